"""The audit log only grows."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from accounts.actions.audit import record
from accounts.models import AuditEntry
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(now):
    user = UserFactory()
    return record(verb="user.changed", target=user, by=user, now=now, reason="moved", zone="Europe/Lisbon")


def test_an_entry_says_who_what_when_and_why(entry, now):
    entry.refresh_from_db()
    assert (entry.verb, entry.at, entry.reason) == ("user.changed", now, "moved")
    assert (entry.object_type, entry.object_id) == ("accounts.user", str(entry.actor_id))
    assert entry.data == {"zone": "Europe/Lisbon"}


def test_the_platform_itself_can_act(now):
    target = UserFactory()
    assert record(verb="user.swept", target=target, by=None, now=now).actor is None


def test_the_database_refuses_a_change(entry):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(reason="nothing happened")
    entry.refresh_from_db()
    assert entry.reason == "moved"


def test_the_database_refuses_a_deletion(entry):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).delete()
    assert AuditEntry.objects.filter(pk=entry.pk).exists()


def test_the_model_refuses_both(entry):
    entry.reason = "nothing happened"
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()


def test_who_acted_cannot_be_deleted(entry):
    with pytest.raises(ProtectedError):
        entry.actor.delete()
