"""The banks of skills taken through the actions, as they ship: whole, twice, and then not again."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from assessments.actions.sessions import UnableToStart, answer_item, start_session
from assessments.enums import BankKind, Interaction, SessionState
from assessments.models import Bank, Measurement
from candidates.models import Candidate
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


def test_short_banks_are_taken_twice_on_other_items_and_judgement_asks_as_much_of_each_area(now):
    call_command("load_banks", stdout=StringIO())
    candidate, later = CandidateFactory(), now + timedelta(days=15)
    banks = list(Bank.objects.exclude(kind=BankKind.LANGUAGE).exclude(min_items=15))
    assert len(banks) == 12
    for bank in banks:
        first, second = take(candidate, bank, now), take(candidate, bank, later)
        assert len(set(first) | set(second)) == len(first) + len(second) == 16, bank.code
        found = Measurement.objects.filter(candidate=candidate, skill=bank.skill)
        assert [(one.level, one.language_id, one.activity) for one in found] == [(3, None, "")] * 2
        with pytest.raises(UnableToStart) as caught:
            start_session(candidate=candidate, bank=bank, seed=3, now=later + timedelta(days=15))
        assert caught.value.again_on is None

    bank = Bank.objects.get(code="service-judgement")
    take(candidate, bank, now)
    session = bank.sessions.get()
    topics = [session.areas[code] for code in session.responses.values_list("item__code", flat=True)]
    assert {topic: topics.count(topic) for topic in topics} == dict.fromkeys(
        ("upset_customer", "refund_limits", "escalation", "privacy", "fraud"), 3
    )
    measured = Measurement.objects.get(session=session)
    assert (measured.skill_id, measured.level) == ("service_judgement", 3)
