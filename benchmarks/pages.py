"""How fast the pages are that each role uses daily, and how many queries they take.

A market made by `demo_population`, people of each role drawn by a seed, every page asked for by many of them in turn,
in one process, through the whole of Django and compressed as over the line. Reported: milliseconds on the server,
queries (the most that any of them took), kB of the page as sent. The lists are also asked for with one row, with thirty
and with thousands: the number of queries has to be the same.
Results: `var/bench/pages.jsonl`. PAGES_URL names a database that is ready, so that nothing has to be filled; PAGES_ROLES
and PAGES_ROUNDS make a shorter run.
"""

import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

from benchmarks.database import own_database, url_of
from benchmarks.timing import FOLDER, percentile

ROOT: Final = Path(__file__).resolve().parent.parent
VACANCIES: Final = 10_000
EMPLOYERS: Final = 400
ROUNDS: Final = int(os.environ.get("PAGES_ROUNDS", "60"))
PEOPLE: Final = 20
SEED: Final = 7
HEADINGS: Final = ("people", "role", "page", "median ms", "p95 ms", "cpu ms", "queries", "kB")


@dataclass(frozen=True, slots=True)
class Page:
    """A daily page: the name of its URL, what it shows (a method of Visitor that finds its arguments), its query string."""

    name: str
    of: str = ""
    query: str = ""

    @property
    def title(self) -> str:
        return f"{self.name} {self.query}".strip()


DAILY: Final[dict[str, tuple[Page, ...]]] = {
    "anybody": (
        Page("front"),
        Page("front", query="?country=PT&languages=nl"),
        Page("placements:how_matching_works"),
        Page("vacancies:jobs"),
        Page("vacancies:jobs", query="?country=PT&languages=nl"),
        Page("vacancies:job", "job"),
        Page("placements:company", "company"),
    ),
    "candidate": (
        Page("home"),
        Page("placements:matches"),
        Page("placements:match", "match"),
        Page("placements:my_applications"),
        Page("placements:my_application", "application"),
        Page("placements:profile_views"),
        Page("people:notifications"),
        Page("candidates:profile"),
        Page("assessments:overview"),
        Page("people:settings"),
    ),
    "employer": (
        Page("home"),
        Page("vacancies:list"),
        Page("vacancies:detail", "vacancy"),
        Page("vacancies:edit", "vacancy"),
        Page("placements:shortlist", "vacancy"),
        Page("placements:person", "shortlisted"),
        Page("placements:pipeline", "vacancy"),
        Page("placements:all_applications"),
        Page("people:notifications"),
        Page("employers:company"),
    ),
    "recruiter": (
        Page("admin:index"),
        Page("admin:employers_employer_changelist"),
        Page("admin:vacancies_vacancy_changelist"),
        Page("admin:vacancies_vacancy_changelist", query="?q=customer"),
        Page("admin:candidates_candidate_changelist"),
        Page("admin:accounts_user_changelist"),
        Page("admin:accounts_user_changelist", query="?q=person-1234"),
        Page("admin:assessments_measurement_changelist"),
        Page("admin:accounts_auditentry_changelist"),
        Page("admin:accounts_auditentry_changelist", query="?q=recruiter@demo"),
        Page("admin:accounts_outboxmail_changelist"),
        Page("admin:matching_curationlook_changelist"),
        Page("admin:matching_curate", "ranked"),
        Page("admin:placements_application_changelist"),
        Page("admin:market"),
        Page("admin:import_overview"),
        Page("admin:import_table", "table"),
    ),
}


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the results: times in ms, the page in kB as sent, queries (fewest and most).

    `cpu_ms` is the processor time of the web process alone: what other work on the machine disturbs least.
    """

    size: int
    vacancies: int
    role: str
    page: str
    median_ms: float
    p95_ms: float
    cpu_ms: float
    queries: int
    fewest_queries: int
    kb: float


def measure(sizes: Sequence[int]) -> None:
    """Every daily page, at every size."""
    print(f"\n== daily pages ==\n{_line(*HEADINGS)}")
    found: list[Found] = []
    for size in sizes:
        with market(size) as environment:
            command = [sys.executable, "-m", "benchmarks.pages", str(size)]
            done = subprocess.run(
                command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
            )
        found += [Found(**json.loads(line)) for line in done.stdout.splitlines() if line.startswith("{")]
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "pages.jsonl").write_text("".join(json.dumps(asdict(one)) + "\n" for one in found))


@contextmanager
def market(size: int) -> Iterator[dict[str, str]]:
    """The environment of a process at a market of that size."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "static").mkdir()
        environment = {**os.environ, "VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "marketplace.settings"}
        if url := os.environ.get("PAGES_URL"):
            yield {**environment, "DATABASE_URL": url}
            return
        name = f"bench_pages_{os.getpid()}"
        with own_database(name):
            environment["DATABASE_URL"] = url_of(name)
            sizes = {"candidates": size, "employers": EMPLOYERS, "vacancies": VACANCIES}
            options = [text for key, number in sizes.items() for text in (f"--{key}", str(number))]
            subprocess.run(
                [sys.executable, "manage.py", "prepare", "--no-static", "--demo", *options],
                cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL,
            )  # fmt: skip
            yield environment


def main(size: int) -> None:
    """Ask for everything in this process; a line of JSON for each page to standard output, a table to standard error."""
    import django

    django.setup()
    from django.test.utils import override_settings

    from benchmarks.publish import PLAIN_FILES
    from benchmarks.visitors import Visitor, ready
    from vacancies.models import Vacancy

    vacancies = Vacancy.objects.filter(state="published").count()
    with override_settings(STORAGES=PLAIN_FILES):
        ready(PEOPLE)
        wanted = os.environ.get("PAGES_ROLES", " ".join(DAILY)).split()
        for role, pages in ((role, DAILY[role]) for role in wanted):
            visitors = [Visitor(role, number, PEOPLE, SEED) for number in range(PEOPLE)]
            for page in pages:
                one = Found(size, vacancies, role, page.title, *_asked(visitors, page))
                print(json.dumps(asdict(one)), flush=True)
                _show(one)


def _asked(visitors: Sequence[Any], page: Page) -> tuple[float, float, float, int, int, float]:
    """Milliseconds (median, 95th percentile, of the processor), queries (most, fewest), kB. Everybody visits once uncounted."""
    visits = [
        (visitor, address)
        for visitor in visitors
        if (address := visitor.address(page.name, page.of, page.query)) is not None
    ]
    times, processor, queries, sizes = [], [], set(), []
    for turn in range(ROUNDS + len(visits)):
        visitor, address = visits[turn % len(visits)]
        gc.collect()
        start, busy = time.perf_counter(), time.process_time()
        count, answer = visitor.get(address)
        taken = (time.perf_counter() - start) * 1000
        if turn >= len(visits):
            times.append(taken)
            processor.append((time.process_time() - busy) * 1000)
            queries.add(count)
            sizes.append(len(answer.content))
    return (
        round(median(times), 1), round(percentile(times, 0.95), 1), round(median(processor), 1), max(queries), min(queries),
        round(max(sizes) / 1000, 1),
    )  # fmt: skip


def _show(one: Found) -> None:
    asked = str(one.queries) if one.queries == one.fewest_queries else f"{one.fewest_queries}-{one.queries}"
    times = (f"{taken:,.1f}" for taken in (one.median_ms, one.p95_ms, one.cpu_ms))
    print(
        _line(f"{one.size:,}", one.role, one.page, *times, asked, f"{one.kb:,.1f}"),
        file=sys.stderr,
        flush=True,
    )


def _line(people: str, role: str, page: str, *figures: str) -> str:
    return f"  {people:>9}  {role:<10} {page:<60}" + "".join(f"{figure:>10}" for figure in figures)


if __name__ == "__main__":
    main(int(sys.argv[1]))
