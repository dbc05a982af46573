"""How the page of tests is grouped: what is for the person now, what is done, and the rest behind its title."""

from collections import Counter
from typing import Any

import pytest
from django.utils import timezone

from assessments.actions.sessions import start_session
from assessments.queries.overview import MOST_NOW, SkillStanding, for_now, overview
from reference.models import Skill
from tests.conftest import signed_in
from tests.factories.assessments import BankFactory, MeasurementFactory
from tests.factories.candidates import CandidateFactory

pytestmark = pytest.mark.django_db


def test_a_language_is_for_now_until_it_is_measured_and_again_while_its_test_is_open() -> None:
    bank, now = BankFactory(), timezone.now()
    person = CandidateFactory(languages={"en": 5, "pt": 6})
    MeasurementFactory(candidate=person, language_id="pt", level=6)
    found = overview(person, now)
    assert [row.language.pk for row in found.languages_now] == ["en"]
    assert [row.language.pk for row in found.languages_done] == ["pt"]
    MeasurementFactory(candidate=person, language_id="en", level=5)
    found = overview(person, now)
    assert found.languages_now == []
    assert {row.language.pk for row in found.languages_done} == {"en", "pt"}
    start_session(candidate=person, bank=bank, seed=1, now=now)
    assert [row.language.pk for row in overview(person, now).languages_now] == ["en"]


def test_of_skills_only_the_most_asked_few_are_for_now() -> None:
    skills = list(Skill.objects.order_by("pk")[: MOST_NOW + 3])
    page: Any = object()
    asked = Counter(
        {skill.pk: number for number, skill in enumerate(skills)}
    )  # the first is asked for by nobody
    rows = [SkillStanding(skill, None, None, page, asked[skill.pk]) for skill in skills]
    assert [row.skill for row in for_now(rows)] == skills[::-1][:MOST_NOW]
    measured: Any = object()
    done = [SkillStanding(skill, measured, None, page, 9) for skill in skills]
    assert for_now(done) == []


def test_nothing_stands_on_the_page_twice() -> None:
    person = CandidateFactory(languages={"en": 5}, skills={"crm": 2})
    BankFactory()
    MeasurementFactory(candidate=person, language_id=None, skill_id="crm", level=2)
    found = overview(person, timezone.now())
    others = [row.skill for rows in found.skills_other.values() for row in rows]
    everything = [row.skill for row in (*found.skills_now, *found.skills_done)] + others
    assert len(everything) == len(set(everything))
    page = signed_in(person.user).get("/tests/").content.decode()
    assert page.index('id="now"') < page.index('id="done"') < page.index('id="others"')
