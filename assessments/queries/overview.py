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
class Section:
    """Skills of one sort: those shown at once, and those to be unfolded so that the page stays short."""

    rows: list[SkillStanding]
    more: list[SkillStanding]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that the page of tests shows.

    `languages` have a test or a measurement, `unmeasurable` neither; `other_tests` are of languages that the person
    never named. `skills` by section. `asked` counts the open vacancies that ask for a language or skill.
    """

    languages: list[LanguageStanding]
    unmeasurable: list[LanguageStanding]
    other_tests: list[BankStanding]
    skills: dict[str, Section]
    asked: Counter[str]
    interviews: list[Scorecard]
    past: list[Measurement]

    @property
    def other_open(self) -> bool:
        """Whether one of the other tests is in progress, or the person has no other to take."""
        return not self.languages or any(test.state == "open" for test in self.other_tests)


def overview(candidate: Candidate, now: datetime) -> Overview:
    """Tests, levels and earlier results of a person. A fixed number of queries."""
    today = now.astimezone(UTC).date()
    tests = bank_standings(candidate, list(live_banks()), now)
    measured, past = _measured(candidate, today)
    asked = asked_for()
    standings = language_standings(candidate, measured, tests)
    shown = {row.language.pk for row in standings}
    others = [test for test in tests if test.bank.language_id and test.bank.language_id not in shown]
    return Overview(
        languages=[row for row in standings if row.test or row.measurement],
        unmeasurable=[row for row in standings if not (row.test or row.measurement)],
        other_tests=sorted(others, key=lambda test: (test.state != "open", str(test.bank.language))),
        skills={
            name: section_of(rows)
            for name, rows in skill_standings(measured, tests, asked, _pages()).items()
            if rows
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


MOST_ROWS: Final = 4


def section_of(rows: Sequence[SkillStanding]) -> Section:
    """Where there are many: what the person did or vacancies ask for, and then the rest, in the order they came."""
    if len(rows) <= MOST_ROWS:
        return Section(list(rows), [])
    near = [row for row in rows if row.measurement or row.asked or (row.test and row.test.state == "open")]
    return Section(near, [row for row in rows if row not in near])


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
