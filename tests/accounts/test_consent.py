"""Agreeing and taking it back, also by doubled clicks."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from accounts.actions.consent import give_consent, withdraw_consent
from accounts.enums import ConsentKind
from accounts.models import AuditEntry, Consent
from tests.accounts.at_once import at_once
from tests.factories.accounts import ConsentFactory, UserFactory


def verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


@pytest.mark.django_db
def test_giving_is_recorded_with_version_and_time(now):
    user = UserFactory()
    consent = give_consent(user=user, kind=ConsentKind.LISTED, text_version="3", now=now)
    assert (consent.user, consent.kind, consent.text_version) == (user, "listed", "3")
    assert (consent.given_at, consent.withdrawn_at) == (now, None)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.at) == ("consent.given", user, now)
    assert entry.data == {"kind": "listed", "text_version": "3"}


@pytest.mark.django_db
def test_giving_twice_changes_nothing(now):
    user = UserFactory()
    first = give_consent(user=user, kind=ConsentKind.LISTED, text_version="1", now=now)
    again = give_consent(user=user, kind=ConsentKind.LISTED, text_version="1", now=now + timedelta(hours=1))
    assert again == first
    assert again.given_at == now
    assert verbs() == ["consent.given"]


@pytest.mark.django_db
def test_a_withdrawal_that_began_before_the_consent_but_waited_for_it_still_counts(now):
    user = UserFactory()
    given = give_consent(user=user, kind=ConsentKind.LISTED, text_version="1", now=now)
    withdraw_consent(user=user, kind=ConsentKind.LISTED, now=now - timedelta(seconds=1))
    given.refresh_from_db()
    assert given.withdrawn_at == now
    assert verbs() == ["consent.given", "consent.withdrawn"]


@pytest.mark.django_db
def test_a_newer_text_closes_the_older_consent(now):
    user = UserFactory()
    old = give_consent(user=user, kind=ConsentKind.LISTED, text_version="1", now=now)
    new = give_consent(user=user, kind=ConsentKind.LISTED, text_version="2", now=now + timedelta(days=1))
    old.refresh_from_db()
    assert old.withdrawn_at == now + timedelta(days=1)
    assert list(Consent.objects.filter(withdrawn_at=None)) == [new]
    assert verbs() == ["consent.given", "consent.withdrawn", "consent.given"]


@pytest.mark.django_db
def test_withdrawing_closes_and_a_second_time_does_nothing(now):
    consent = ConsentFactory(given_at=now - timedelta(days=1))
    closed = withdraw_consent(user=consent.user, kind=ConsentKind.LISTED, now=now)
    assert closed.withdrawn_at == now
    assert withdraw_consent(user=consent.user, kind=ConsentKind.LISTED, now=now) is None
    assert verbs() == ["consent.withdrawn"]


@pytest.mark.django_db
def test_kinds_stand_apart(now):
    user = UserFactory()
    give_consent(user=user, kind=ConsentKind.LISTED, text_version="1", now=now)
    freelance = give_consent(user=user, kind=ConsentKind.FREELANCE, text_version="1", now=now)
    withdraw_consent(user=user, kind=ConsentKind.LISTED, now=now)
    assert list(Consent.objects.filter(withdrawn_at=None)) == [freelance]


@pytest.mark.django_db
def test_the_database_refuses_withdrawal_before_giving(now):
    with pytest.raises(IntegrityError, match="consent_withdrawn_after_given"), transaction.atomic():
        ConsentFactory(given_at=now, withdrawn_at=now - timedelta(seconds=1))


@pytest.mark.django_db(transaction=True)
def test_a_doubled_click_gives_once(now):
    user = UserFactory()
    click = partial(give_consent, user=user, kind=ConsentKind.LISTED, text_version="1", now=now)
    first, second = at_once(click, click)
    assert first == second == Consent.objects.get()
    assert verbs() == ["consent.given"]


@pytest.mark.django_db(transaction=True)
def test_a_doubled_click_withdraws_once(now):
    consent = ConsentFactory(given_at=now - timedelta(days=1))
    click = partial(withdraw_consent, user=consent.user, kind=ConsentKind.LISTED, now=now)
    results = at_once(click, click)
    assert sorted(results, key=bool) == [None, consent]
    assert verbs() == ["consent.withdrawn"]
