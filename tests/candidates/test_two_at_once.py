"""Two tabs, two clicks, at the same moment."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from accounts.models import AuditEntry, Consent
from candidates.actions.languages import save_languages
from candidates.actions.listing import agree_to_be_listed
from candidates.actions.start import become_candidate
from candidates.actions.work import save_work
from candidates.content import LanguageRow, Work
from candidates.models import Candidate
from tests.accounts.at_once import at_once
from tests.conftest import NOW
from tests.factories.accounts import UserFactory
from tests.factories.candidates import CandidateFactory

pytestmark = pytest.mark.django_db(transaction=True)


def four_times(act: Callable[[int], Any]) -> list[Any]:
    """Results of `act(0)` … `act(3)`, started together; none may fail."""
    found = at_once(*(partial(act, number) for number in range(4)))
    assert [one for one in found if isinstance(one, Exception)] == []
    return found


def test_same_step_saved_at_once_is_one_of_the_versions_whole():
    candidate = CandidateFactory()
    versions = [
        [LanguageRow("en", 3), LanguageRow("de", 6, True)],
        [LanguageRow("en", 5), LanguageRow("fr", 2)],
        [LanguageRow("nl", 6, True)],
        [LanguageRow("en", 1), LanguageRow("nl", 2), LanguageRow("es", 4)],
    ]
    four_times(
        lambda number: save_languages(
            candidate=candidate, rows=versions[number], by=candidate.user, now=NOW + timedelta(days=number)
        )
    )
    held = sorted(candidate.languages.values_list("language_id", "claimed_level", "mother_tongue"))
    assert held in [sorted(tuple(row) for row in version) for version in versions]


def test_same_content_at_once_is_written_once():
    candidate = CandidateFactory(changed_at=NOW)
    rows = [LanguageRow("en", 3)]
    later = NOW + timedelta(hours=1)
    four_times(lambda _number: save_languages(candidate=candidate, rows=rows, by=candidate.user, now=later))
    assert candidate.languages.count() == 1
    candidate.refresh_from_db()
    assert candidate.changed_at == later


def test_agreeing_at_once_is_one_consent():
    candidate = CandidateFactory()
    four_times(lambda _number: agree_to_be_listed(candidate=candidate, by=candidate.user, now=NOW))
    assert Consent.objects.filter(user=candidate.user, kind="listed").count() == 1
    assert AuditEntry.objects.filter(verb="candidate.listed").count() == 1


def test_freelance_at_once_is_one_consent():
    candidate = CandidateFactory()
    work = Work(accepts_employment=True, accepts_freelance=True, pay_currency="EUR", just_looking=True)
    four_times(lambda _number: save_work(candidate=candidate, work=work, by=candidate.user, now=NOW))
    assert Consent.objects.filter(user=candidate.user, kind="freelance").count() == 1


def test_starting_at_once_is_one_profile():
    user = UserFactory()
    found = four_times(lambda _number: become_candidate(by=user, now=NOW).pk)
    assert len(set(found)) == 1
    assert Candidate.objects.filter(user=user).count() == 1
    assert AuditEntry.objects.filter(verb="candidate.started").count() == 1
