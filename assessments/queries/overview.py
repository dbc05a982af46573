"""What the page of tests shows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from django.db.models import Exists, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.models import Measurement, Scorecard
from assessments.queries.banks import live_banks
from assessments.queries.demand import asked_for
from assessments.queries.desk import live_scenarios
from assessments.queries.measurements import with_evidence
from assessments.queries.standings import (
    BankStanding,
    LanguageStanding,
    bank_standings,
    language_standings,
)
from assessments.rules.computer_tasks import SKILL as TASKS_SKILL
from assessments.rules.typing_test import SKILL as TYPING_SKILL
from candidates.models import Candidate
from reference.enums import SkillGroup
from reference.models import Skill


@dataclass(frozen=True, slots=True)
class OwnPage:
    """Where a test that is no bank of items begins: the name of its URL, what its link says, and what the test is.

    `argument` is the language of a rated test, "" where the URL takes none.
    """

    url: str
    step: Promise
    words: Promise
    argument: str = ""

    @property
    def address(self) -> str:
        """Its URL."""
        return reverse(self.url, args=[self.argument] if self.argument else [])


DESK_SKILL: Final = "case_handling"
PAGES: Final = {
    DESK_SKILL: OwnPage(
        "assessments:desk_overview",
        _("To the desk"),
        _(
            "A trial shift: messages come in, you look things up and answer. To try, to practise, and to be measured."
        ),
    ),
    TYPING_SKILL: OwnPage(
        "assessments:typing_start",
        _("To the typing test"),
        _("Copy a text for five minutes. You need a real keyboard."),
    ),
    TASKS_SKILL: OwnPage(
        "assessments:tasks_start",
        _("To the office tasks"),
        _("Twelve small tasks with lists, prices and addresses, about 20 minutes."),
    ),
}
"""Skills that are measured by no item bank."""

SECTIONS: Final = {
    SkillGroup.CONTACT: "customers",
    SkillGroup.TOOLS: "tools",
    SkillGroup.LOCAL: "places",
}
OTHER: Final = "other"


@dataclass(frozen=True, slots=True)
class SkillStanding:
    """One skill with its test, its measurement, or both. `page` is that of a test that is no bank of items."""

    skill: Skill
    measurement: Measurement | None
    test: BankStanding | None
    page: OwnPage | None
    asked: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that the page of tests shows: what is for the person now, what is done, and what else there is.

    `languages_now` have a test that was begun or never taken, `languages_done` a measurement; `unmeasurable` have
    neither, and `other_tests` are of languages that the person never named. `skills_now` were begun, or vacancies ask
    for them; `skills_other` are by section. `asked` counts the open vacancies that ask for a language or skill.
    """

    languages_now: list[LanguageStanding]
    languages_done: list[LanguageStanding]
    unmeasurable: list[LanguageStanding]
    other_tests: list[BankStanding]
    skills_now: list[SkillStanding]
    skills_done: list[SkillStanding]
    skills_other: dict[str, list[SkillStanding]]
    asked: Counter[str]
    interviews: list[Scorecard]
    past: list[Measurement]

    @property
    def named(self) -> bool:
        """Whether the person has any language on this page."""
        return bool(self.languages_now or self.languages_done or self.unmeasurable)

    @property
    def other_open(self) -> bool:
        """Whether one of the other tests is in progress, or the person has no other to take."""
        return not (self.languages_now or self.languages_done) or any(
            test.state == "open" for test in self.other_tests
        )


def overview(candidate: Candidate, now: datetime) -> Overview:
    """Tests, levels and earlier results of a person. A fixed number of queries."""
    today = now.astimezone(UTC).date()
    tests = bank_standings(candidate, list(live_banks()), now)
    measured, past = _measured(candidate, today)
    asked = asked_for()
    standings = language_standings(candidate, measured, tests)
    shown = {row.language.pk for row in standings}
    others = [test for test in tests if test.bank.language_id and test.bank.language_id not in shown]
    skills = skill_standings(measured, tests, asked, _pages())
    everything = [row for rows in skills.values() for row in rows]
    now_rows = for_now(everything)
    done = [row for row in everything if row.measurement and row not in now_rows]
    return Overview(
        languages_now=[row for row in standings if _to_take(row)],
        languages_done=[row for row in standings if row.measurement and not _to_take(row)],
        unmeasurable=[row for row in standings if not (row.test or row.measurement)],
        other_tests=sorted(others, key=lambda test: (test.state != "open", str(test.bank.language))),
        skills_now=now_rows,
        skills_done=done,
        skills_other={
            name: [row for row in rows if row not in now_rows and row not in done]
            for name, rows in skills.items()
        },
        asked=asked,
        interviews=list(Scorecard.objects.filter(candidate=candidate).select_related("employer")),
        past=past,
    )


def skill_standings(
    measured: Sequence[Measurement],
    tests: Sequence[BankStanding],
    asked: Counter[str],
    pages: Mapping[Skill, OwnPage],
) -> dict[str, list[SkillStanding]]:
    """Skills by section, in each by name: with a bank, with a page of their own, or only with a measurement."""
    found = {row.skill_id: row for row in measured if row.skill_id}
    by_skill = {test.bank.skill: test for test in tests if test.bank.skill}
    skills = {*by_skill, *pages, *(row.skill for row in found.values() if row.skill)}
    groups: dict[str, list[SkillStanding]] = {name: [] for name in (*SECTIONS.values(), OTHER)}
    for skill in sorted(skills, key=str):
        row = SkillStanding(
            skill, found.get(skill.pk), by_skill.get(skill), pages.get(skill), asked[skill.pk]
        )
        groups[SECTIONS.get(SkillGroup(skill.group), OTHER)].append(row)
    return groups


MOST_NOW: Final = 4


def for_now(rows: Sequence[SkillStanding]) -> list[SkillStanding]:
    """Tests that were begun, then those that most open vacancies ask for; only a few, so that nobody drowns in them."""
    begun = [row for row in rows if row.test and row.test.state == "open"]
    asked = [
        row for row in rows if row.asked and not row.measurement and row not in begun and _can_be_taken(row)
    ]
    return begun + sorted(asked, key=lambda row: -row.asked)[: max(0, MOST_NOW - len(begun))]


def _can_be_taken(row: SkillStanding) -> bool:
    return row.page is not None or (row.test is not None and row.test.state == "ready")


def _to_take(row: LanguageStanding) -> bool:
    """Whether its test was begun, or was never taken although there is one."""
    return row.test is not None and (row.test.state == "open" or row.measurement is None)


def _pages() -> dict[Skill, OwnPage]:
    """Skills with pages of their own that have something to offer. One query."""
    skills = Skill.objects.filter(pk__in=PAGES).annotate(desk_open=Exists(live_scenarios()))
    return {skill: PAGES[skill.pk] for skill in skills if skill.desk_open or skill.pk != DESK_SKILL}


def _measured(candidate: Candidate, today: date) -> tuple[list[Measurement], list[Measurement]]:
    """The measurements that count, and the results that no longer do, the newest first. One query."""
    own = Measurement.objects.filter(candidate=candidate)
    rows = with_evidence(own).annotate(
        counts=Q(pk__in=own.newest_each(today).values("pk")),
        stands=Q(pk__in=own.newest_of_each_activity(today).values("pk")),
    )
    found = list(rows.order_by("-measured_on", "-recorded_at", "-pk"))
    return [row for row in found if row.counts], [row for row in found if not row.stands]
