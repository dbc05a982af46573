"""The repository tests itself: task names, sizes, words, floors, and that nothing lies about unused."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.template.utils import get_app_template_dirs
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver
from django.utils.module_loading import import_string

from marketplace.celery import app as celery_app

ROOT = Path(settings.BASE_DIR)
LAYERS = [
    layer.split(" | ")
    for layer in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0][
        "layers"
    ]
]
FLOORS = {room: floor for floor, rooms in enumerate(reversed(LAYERS)) for room in rooms}
CODE_FOLDERS = (*FLOORS, "tests", "bin", "deploy", "benchmarks")
NOT_OURS = {
    ".git",
    ".venv",
    "var",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    ".import_linter_cache",
    ".hypothesis",
}
SUFFIXES = {
    ".py",
    ".html",
    ".txt",
    ".md",
    ".toml",
    ".yml",
    ".css",
    ".js",
    ".json",
    ".in",
    ".env",
    ".svg",
    ".po",
    "",
}


def code_files(*folders: str) -> Iterator[Path]:
    """Python files that people write: everything but migrations."""
    for folder in folders or CODE_FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if not {"migrations", "__pycache__"} & set(path.parts):
                yield path


def named(path: Path) -> str:
    """A path as the project writes it."""
    return path.relative_to(ROOT).as_posix()


@cache
def source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(source(path))


def lines(path: Path) -> int:
    return len(source(path).splitlines())


# --- Sizes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("folders", "pattern", "most"),
    [
        ((*FLOORS, "bin", "deploy", "benchmarks"), "*.py", 400),
        (("tests",), "*.py", 800),
        (("templates", *FLOORS), "*.html", 150),
    ],
)
def test_files_stay_small(folders: tuple[str, ...], pattern: str, most: int) -> None:
    found = [
        path
        for folder in folders
        for path in (ROOT / folder).rglob(pattern)
        if "migrations" not in path.parts
    ]
    assert found
    assert {named(path): lines(path) for path in found if lines(path) > most} == {}


def test_functions_stay_small() -> None:
    long = {
        f"{named(path)}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path in code_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno >= 50
    }
    assert long == {}


# --- Words -----------------------------------------------------------------------------------------------------------

EMPTY_WORDS = {"util", "utils", "helper", "helpers", "service", "services", "manager"}


def words_of(name: str) -> set[str]:
    """`OpenVacancies` and `open_vacancies` are the words open and vacancies."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def test_no_name_is_an_empty_word() -> None:
    found = [named(path) for path in code_files() if EMPTY_WORDS & words_of(path.stem)]
    for path in code_files():
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                continue
            # A manager in Django's own sense is called what Django calls it.
            is_djangos = isinstance(node, ast.ClassDef) and any(
                "Manager" in ast.unparse(base) for base in node.bases
            )
            if EMPTY_WORDS & words_of(node.name) and not is_djangos:
                found.append(f"{named(path)}:{node.lineno} {node.name}")
    assert not found, "\n".join(found)


def text_files() -> Iterator[Path]:
    """Every file that is part of the project and holds text."""
    for path in sorted(ROOT.rglob("*")):
        if path.is_file() and path.suffix in SUFFIXES and not NOT_OURS & set(path.relative_to(ROOT).parts):
            yield path


@pytest.mark.parametrize(
    "pattern",
    [
        r"--(?:extra-)?index-url",
        r"(?:files\.)?python" r"hosted\.org|//[\w.-]*(?:pypi|npmjs|artifactory|nexus)\b",
        r"(?<![\w.}])/(?:work" r"|root|Users|home/(?!\{)\w+)/\w",
        r"(?<![\w.}])/tmp/" r"\w",
    ],
)
def test_nothing_names_a_registry_or_a_path_of_one_machine(pattern: str) -> None:
    found = [f"{named(path)}: {hit[0]}" for path in text_files() if (hit := re.search(pattern, source(path)))]
    assert not found, "\n".join(found)


# --- Tasks -----------------------------------------------------------------------------------------------------------


@cache
def our_tasks() -> dict[str, Any]:
    """Tasks by name, without those that Celery brings along."""
    celery_app.loader.import_default_modules()
    return {name: task for name, task in celery_app.tasks.items() if not name.startswith("celery.")}


def test_tasks_are_called_app_and_verb_noun() -> None:
    assert our_tasks()
    for name, task in our_tasks().items():
        room, _dot, act = name.partition(".")
        assert room in FLOORS, name
        assert re.fullmatch(r"[a-z]+(_[a-z]+)+", act), name
        assert task.__module__.split(".")[0] == room, f"{name} lives in {task.__module__}"


def test_a_broker_never_hands_a_task_out_twice_while_it_runs() -> None:
    limit = celery_app.conf.task_time_limit
    longest = max(task.time_limit or limit for task in our_tasks().values())
    assert longest < celery_app.conf.broker_transport_options["visibility_timeout"]


def enqueued() -> Iterator[tuple[str, str]]:
    """(place, name of the task) of every `enqueue("…")`; a name that is worked out shows as its code."""
    for path in code_files(*FLOORS):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "enqueue":
                first = node.args[0]
                name = first.value if isinstance(first, ast.Constant) else ast.unparse(first)
                yield f"{named(path)}:{node.lineno}", str(name)


def test_what_is_enqueued_or_scheduled_exists() -> None:
    wanted = [
        *enqueued(),
        *((f"schedule of {key}", each["task"]) for key, each in celery_app.conf.beat_schedule.items()),
    ]
    assert len(wanted) > len(celery_app.conf.beat_schedule)
    assert [(place, name) for place, name in wanted if name not in our_tasks()] == []


# --- Floors ----------------------------------------------------------------------------------------------------------


def test_every_room_stands_on_a_floor() -> None:
    rooms = {config.name for config in apps.get_app_configs() if (ROOT / config.name).is_dir()}
    assert rooms == set(FLOORS)


def test_foreign_keys_only_go_down() -> None:
    upwards = []
    for model in apps.get_models():
        for field in model._meta.get_fields():
            target = field.related_model
            if field.auto_created or not isinstance(target, type) or model._meta.app_label not in FLOORS:
                continue
            here, there = model._meta.app_label, target._meta.app_label
            # Django's own tables (permissions, groups, content types) lie below the ground.
            if here != there and FLOORS[here] <= FLOORS.get(there, -1):
                upwards.append(f"{field} points to {target._meta.label}")
    assert not upwards, "\n".join(upwards)


@pytest.mark.django_db
def test_ranking_reads_nothing_of_accounts() -> None:
    """Neither a name nor an address, a language or an age of an account can reach a ranking: no query asks for one."""
    from django.utils import timezone

    from matching.actions.ranking import refresh_ranking
    from matching.models import Ranking
    from tests.factories.assessments import MeasurementFactory
    from tests.factories.candidates import CandidateFactory
    from tests.factories.vacancies import VacancyFactory

    vacancy, now = VacancyFactory(), timezone.now()
    MeasurementFactory(candidate=CandidateFactory(listed=True), language_id="en", level=6)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        refresh_ranking(vacancy_id=vacancy.pk, today=now.date(), now=now)
    assert Ranking.objects.filter(version__vacancy=vacancy).exists()
    read = {table for query in asked for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    assert "candidates_candidate" in read
    assert {table for table in read if table.startswith("accounts_")} == set()


def test_every_list_of_addresses_is_part_of_the_site() -> None:
    """`tests/test_access.py` walks the site; a list that is not part of it would be asked by nobody."""
    reached = set()

    def walk(entries: list[Any]) -> None:
        for entry in entries:
            reached.add(id(entry))
            if isinstance(entry, URLResolver):
                walk(entry.url_patterns)

    walk(get_resolver().url_patterns)
    lists = [path for path in code_files(*FLOORS) if path.stem == "urls"]
    assert len(lists) > 5
    for path in lists:
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        assert {id(entry) for entry in import_string(f"{module}.urlpatterns")} <= reached, module


# --- Nothing unused --------------------------------------------------------------------------------------------------


@cache
def everything_written() -> str:
    """All code and templates of the product, without tests."""
    pages = [path for folder in ("templates", *FLOORS) for path in sorted((ROOT / folder).rglob("*.html"))]
    mails = sorted((ROOT / "templates").rglob("*.txt"))
    code = [*code_files(*FLOORS, "bin", "deploy", "benchmarks"), *sorted(ROOT.glob("*/migrations/*.py"))]
    return "\n".join(source(path) for path in [*code, *pages, *mails])


def is_named(template: str) -> bool:
    """In full, or without ending and folder where code puts the name together: steps, mails, pieces of the interface."""
    whole = re.sub(r"(\.(subject|short))?\.(html|txt)$", "", template)
    without_room = whole.split("/", 1)[-1]
    names = [template, whole, without_room]
    if template.startswith("components/") or "/mail/" in template:
        names.append(whole.rsplit("/", 1)[-1])
    return any(f'"{name}"' in everything_written() for name in names)


def test_every_template_is_used() -> None:
    theirs = [
        Path(folder)
        for folder in get_app_template_dirs("templates")
        if not Path(folder).is_relative_to(ROOT / "templates")
    ]
    unused = []
    for folder in [ROOT / "templates", *(ROOT / room / "templates" for room in FLOORS)]:
        for path in sorted(folder.rglob("*.*")):
            template = path.relative_to(folder).as_posix()
            overrides = any((Path(other) / template).exists() for other in theirs if Path(other) != folder)
            # Django asks for the error pages by their numbers.
            if not (overrides or re.fullmatch(r"\d{3}(_csrf)?\.html", template) or is_named(template)):
                unused.append(template)
    assert not unused, "\n".join(unused)


def test_every_function_and_class_is_used() -> None:
    """By the product, not by tests alone. What is decorated registers itself; frameworks find some classes by name."""
    known = {"Command", *(type(config).__name__ for config in apps.get_app_configs())}
    mentions: dict[str, int] = {}
    for word in re.findall(r"\w+", everything_written() + source(ROOT / "pyproject.toml")):
        mentions[word] = mentions.get(word, 0) + 1
    unused = [
        f"{named(path)}:{node.lineno} {node.name}"
        for path in code_files(*FLOORS)
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.decorator_list
        and node.name not in known
        and mentions[node.name] < 2
    ]
    assert not unused, "\n".join(unused)
