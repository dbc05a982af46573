"""Two tabs, two clicks, at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from accounts.models import AuditEntry, Consent
from candidates.actions.languages import save_languages
from candidates.actions.listing import agree_to_be_listed
from candidates.actions.start import become_candidate
from candidates.actions.work import save_work
from candidates.content import LanguageRow, Work
from candidates.models import Candidate
from tests.conftest import NOW
from tests.factories.accounts import UserFactory
from tests.factories.candidates import CandidateFactory

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 4


def at_once(act: Callable[[int], Any]) -> list[Any]:
    """Results of `act(0)` … `act(3)`, each in a thread and a connection of its own, started together."""
    barrier = Barrier(AT_ONCE)

    def one(number: int) -> Any:
        try:
            barrier.wait(timeout=20)
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_same_step_saved_at_once_is_one_of_the_versions_whole():
    candidate = CandidateFactory()
    versions = [
        [LanguageRow("en", 3), LanguageRow("de", 6, True)],
        [LanguageRow("en", 5), LanguageRow("fr", 2)],
        [LanguageRow("nl", 6, True)],
        [LanguageRow("en", 1), LanguageRow("nl", 2), LanguageRow("es", 4)],
    ]
    at_once(
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
    at_once(lambda _number: save_languages(candidate=candidate, rows=rows, by=candidate.user, now=later))
    assert candidate.languages.count() == 1
    candidate.refresh_from_db()
    assert candidate.changed_at == later


def test_agreeing_at_once_is_one_consent():
    candidate = CandidateFactory()
    at_once(lambda _number: agree_to_be_listed(candidate=candidate, by=candidate.user, now=NOW))
    assert Consent.objects.filter(user=candidate.user, kind="listed").count() == 1
    assert AuditEntry.objects.filter(verb="candidate.listed").count() == 1


def test_freelance_at_once_is_one_consent():
    candidate = CandidateFactory()
    work = Work(accepts_employment=True, accepts_freelance=True, pay_currency="EUR", just_looking=True)
    at_once(lambda _number: save_work(candidate=candidate, work=work, by=candidate.user, now=NOW))
    assert Consent.objects.filter(user=candidate.user, kind="freelance").count() == 1


def test_starting_at_once_is_one_profile():
    user = UserFactory()
    found = at_once(lambda _number: become_candidate(by=user, now=NOW).pk)
    assert len(set(found)) == 1
    assert Candidate.objects.filter(user=user).count() == 1
    assert AuditEntry.objects.filter(verb="candidate.started").count() == 1
