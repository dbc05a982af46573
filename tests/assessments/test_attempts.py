"""Which result counts, and what a result tells a person to learn."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

import assessments
from assessments.models import Response
from assessments.queries.attempts import Lesson, attempts_of, to_learn
from assessments.rules.descriptors import CAN_DO
from tests.conftest import signed_in
from tests.factories.assessments import BankFactory, ItemFactory, MeasurementFactory, finished_session
from tests.factories.candidates import CandidateFactory
from tests.factories.integrity import FlagFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
DATA = Path(assessments.__file__).parent / "data"


def measured(person, on, level=4, **more):
    return MeasurementFactory(
        candidate=person, level=level, measured_on=on, expires_on=on + timedelta(days=730), **more
    )


def test_the_newest_standing_result_counts_also_when_it_is_lower(now):
    person = CandidateFactory()
    old = measured(person, date(2022, 1, 1), level=6)
    high = measured(person, date(2026, 5, 1), level=5)
    low = measured(person, date(2026, 10, 1), level=4)
    back = measured(person, date(2026, 11, 1), level=6, revoked_at=now)
    found = [(one.measurement, one.state) for one in attempts_of(low, TODAY)]
    assert found == [(back, "revoked"), (low, "counts"), (high, "older"), (old, "expired")]


def test_other_people_languages_and_activities_are_other_results():
    person = CandidateFactory()
    mine = measured(person, date(2026, 5, 1))
    measured(CandidateFactory(), date(2026, 6, 1))
    measured(person, date(2026, 6, 1), language_id="nl")
    measured(person, date(2026, 6, 1), activity="written_interaction")
    measured(person, date(2026, 6, 1), language_id=None, skill_id="crm", level=2)
    assert [one.measurement for one in attempts_of(mine, TODAY)] == [mine]


def test_what_went_wrong_within_reach_is_what_to_learn(now):
    person, bank = CandidateFactory(), BankFactory(items=0)
    session = finished_session(person, bank)
    rows = [("Easy thing", 3, -1.0, False), ("Hard thing", 5, 1.0, False), ("Known thing", 4, 0.5, True),
            ("Far thing", 6, 3.0, False), ("Easy thing", 3, -0.5, False)]  # fmt: skip
    for position, (can_do, level, b, right) in enumerate(rows, start=1):
        item = ItemFactory(bank=bank, level=level, b=b, descriptor={"can_do": can_do})
        Response.objects.create(
            session=session, item=item, position=position, given_at=now,
            answer=0, credit=int(right), correct=right, answered_at=now,
        )  # fmt: skip
    assert to_learn(session, 4) == [Lesson("Easy thing", "en"), Lesson("Hard thing", "en")]
    page = signed_in(person.user).get(f"/tests/sessions/{session.pk}/result/").content.decode()
    assert "Easy thing" in page
    assert "Far thing" not in page
    assert item.prompt not in page


def test_the_result_lists_all_attempts_and_says_which_counts():
    person, bank = CandidateFactory(), BankFactory()
    first = finished_session(person, bank, theta=2.0, at=timezone.now() - timedelta(days=60))
    last = finished_session(person, bank, theta=0.8, at=timezone.now() - timedelta(days=5))
    page = signed_in(person.user).get(f"/tests/sessions/{last.pk}/result/").content.decode()
    assert f'href="/tests/sessions/{first.pk}/result/"' in page
    assert f'href="/tests/sessions/{last.pk}/result/"' not in page
    assert "no, a newer one does" in page
    assert "also where an earlier one was higher" in page


def test_the_result_says_when_a_person_will_look_at_it():
    flag = FlagFactory()
    browser = signed_in(flag.session.candidate.user)
    assert (
        f"/tests/flags/{flag.pk}/"
        in browser.get(f"/tests/sessions/{flag.session.pk}/result/").content.decode()
    )


def test_who_has_seen_everything_is_told_what_else_counts():
    person, bank = CandidateFactory(), BankFactory()
    session = finished_session(person, bank, at=timezone.now() - timedelta(days=30))
    Response.objects.bulk_create(
        Response(session=session, item=item, position=n, given_at=session.started_at)
        for n, item in enumerate(bank.items.filter(state="live"), start=1)
    )
    page = signed_in(person.user).get(f"/tests/sessions/{session.pk}/result/").content.decode()
    assert "You have seen all our questions near your level" in page
    assert "a recognised certificate or rated work counts the same" in page


def test_what_to_learn_is_a_text_of_the_product_and_translated_like_the_others(now):
    person, bank = CandidateFactory(), BankFactory(items=0)
    session = finished_session(person, bank)
    can_do = "Can protect personal data while still helping."
    item = ItemFactory(bank=bank, level=3, descriptor={"can_do": can_do})
    Response.objects.create(
        session=session,
        item=item,
        position=1,
        given_at=now,
        answer=0,
        credit=0,
        correct=False,
        answered_at=now,
    )
    assert to_learn(session, 4) == [Lesson(can_do)]
    page = signed_in(person.user).get(f"/tests/sessions/{session.pk}/result/").content.decode()
    assert f"<li>{can_do}</li>" in page


def test_the_list_holds_what_the_shipped_items_ask_for_and_nothing_else():
    heads = json.loads((DATA / "banks.json").read_text("utf-8"))
    items = [
        item
        for head in heads
        for path in (DATA / head["code"]).glob("*.json")
        for item in json.loads(path.read_text("utf-8"))
    ]
    assert {item["descriptor"]["can_do"] for item in items} == set(CAN_DO)
    assert len(set(CAN_DO)) == len(CAN_DO)
