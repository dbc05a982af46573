"""The banks of skills taken through the actions: each one as it ships, and a short one again and again until it is used up."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from assessments.actions.sessions import UnableToStart, answer_item, start_session
from assessments.enums import BankKind, Interaction, SessionState
from assessments.models import Bank, Measurement
from candidates.models import Candidate
from tests.factories.assessments import BankFactory
from tests.factories.candidates import CandidateFactory

pytestmark = pytest.mark.django_db


def right(item):
    """A wholly right answer."""
    if item.interaction == Interaction.TEXT_ENTRY:
        return [texts[0] for texts in item.key]
    return item.key


def take(candidate: Candidate, bank: Bank, now, seed=3):
    """A whole session with right answers; the codes of its items, in order."""
    session = start_session(candidate=candidate, bank=bank, seed=seed, now=now)
    codes = []
    while session.state == SessionState.OPEN:
        row = session.responses.select_related("item").get(answered_at=None)
        codes.append(row.item.code)
        session = answer_item(
            session=session, candidate=candidate, position=row.position, answer=right(row.item), now=now
        )
    return codes


def test_every_shipped_bank_is_taken_whole_and_asks_about_as_much_of_each_area(now):
    call_command("load_banks", stdout=StringIO())
    candidate = CandidateFactory()
    banks = list(Bank.objects.exclude(kind=BankKind.LANGUAGE))
    assert len(banks) == 13
    for bank in banks:
        codes = take(candidate, bank, now)
        assert len(set(codes)) == len(codes), bank.code
        assert bank.min_items <= len(codes) <= bank.max_items, bank.code
        session = bank.sessions.get()
        topics = [session.areas[code] for code in codes]
        each = [topics.count(topic) for topic in set(session.areas.values())]
        assert max(each) - min(each) <= 1, bank.code
        found = Measurement.objects.get(candidate=candidate, skill=bank.skill)
        assert (found.level, found.language_id, found.activity, found.session) == (3, None, "", session)


def test_a_short_bank_is_taken_again_on_other_items_until_none_are_left(now):
    bank = BankFactory(judgement=True, items=16, min_items=8, max_items=8)
    candidate, later = CandidateFactory(), now + timedelta(days=15)
    first, second = take(candidate, bank, now), take(candidate, bank, later)
    assert len(set(first) | set(second)) == len(first) + len(second) == 16
    assert Measurement.objects.filter(candidate=candidate, skill=bank.skill).count() == 2
    with pytest.raises(UnableToStart) as caught:
        start_session(candidate=candidate, bank=bank, seed=3, now=later + timedelta(days=15))
    assert caught.value.again_on is None


def test_a_test_of_a_skill_ends_as_soon_as_the_level_is_clear(now):
    """Right at every question: the top level is sure after eight of them, long before the 18 that a session may have."""
    bank = BankFactory(judgement=True, items=66, min_items=8, max_items=18)
    candidate = CandidateFactory()
    assert len(take(candidate, bank, now)) == 8
    session = bank.sessions.get()
    assert session.stopped_because == "precise"
    assert session.measurement.level == 3
    assert session.standard_error <= 0.75
