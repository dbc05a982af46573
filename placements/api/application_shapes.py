"""What the API says about applications, and what it may be told."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from accounts.models import Identity
from common.api.bodies import Strict
from common.api.cursors import PageQuery
from placements.enums import ApplicationState, EmployerReason, Side
from placements.forms.deciding import TOO_FAR
from placements.models import WORDS, Application, ApplicationLog
from placements.rules.deciding import FURTHEST, is_near


class ApplicationListQuery(PageQuery):
    """Which applications: of which vacancy, in which state, waiting for whom, changed since when."""

    vacancy = serializers.IntegerField(min_value=1, required=False)
    state = serializers.ChoiceField(choices=ApplicationState.values, required=False)
    owed_by = serializers.ChoiceField(choices=[Side.CANDIDATE, Side.EMPLOYER], required=False)
    changed_since = serializers.DateTimeField(required=False)


class MessageInput(Strict):
    """A yes, with a message that may be left out."""

    message = serializers.CharField(max_length=WORDS, required=False, allow_blank=True)


class NoInput(Strict):
    """A no: the reason that decided it, and words that help the person."""

    reason = serializers.ChoiceField(choices=EmployerReason.values)
    message = serializers.CharField(max_length=WORDS)


class InterviewInput(Strict):
    """When you talk or talked. The note is read by your team alone."""

    talk_at = serializers.DateTimeField(help_text=f"At most {FURTHEST.days} days from now, before or after.")
    message = serializers.CharField(max_length=WORDS, required=False, allow_blank=True)
    note = serializers.CharField(max_length=WORDS, required=False, allow_blank=True)

    def validate_talk_at(self, talk_at: datetime) -> datetime:
        """Neither long ago nor far away, as on the page."""
        if not is_near(talk_at, timezone.now()):
            raise serializers.ValidationError(TOO_FAR)
        return talk_at


class OfferInput(Strict):
    """What you offer, in words. The note is read by your team alone."""

    message = serializers.CharField(max_length=WORDS)
    note = serializers.CharField(max_length=WORDS, required=False, allow_blank=True)


class Contact(serializers.Serializer[Any]):
    """Who it is, and how to reach them: the latter while it goes on, and when the person was hired."""

    name = serializers.CharField()
    email = serializers.CharField(allow_null=True)
    phone = serializers.CharField(allow_null=True)


class ApplicationWhole(serializers.Serializer[Any]):
    """One person and one of your vacancies. `contact` is null until both sides are interested."""

    id = serializers.UUIDField()
    vacancy = serializers.IntegerField()
    person = serializers.UUIDField(allow_null=True, help_text="As on the shortlist; null when they left.")
    contact = Contact(allow_null=True)
    state = serializers.ChoiceField(choices=ApplicationState.values)
    started_by = serializers.ChoiceField(choices=Side.values)
    owed_by = serializers.ChoiceField(
        choices=Side.values, allow_null=True, help_text="Who owes the next answer."
    )
    promise_on = serializers.DateField(allow_null=True, help_text="Until the end of which day.")
    open = serializers.CharField(
        allow_null=True, help_text="What was still to be measured or confirmed at the start."
    )
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()
    met_at = serializers.DateTimeField(allow_null=True, help_text="Since when both are interested.")
    ended_at = serializers.DateTimeField(allow_null=True)
    ended_by = serializers.ChoiceField(choices=Side.values, allow_null=True)
    reason = serializers.CharField(allow_null=True)
    reason_words = serializers.CharField(allow_null=True)


class ApplicationPage(serializers.Serializer[Any]):
    """A page of applications, the newest first."""

    items = ApplicationWhole(many=True)
    next = serializers.URLField(allow_null=True)


class ApplicationStep(serializers.Serializer[Any]):
    """One step. `note` is your own team's, and null on steps of others."""

    state = serializers.ChoiceField(choices=ApplicationState.values)
    at = serializers.DateTimeField()
    side = serializers.ChoiceField(choices=Side.values)
    reason = serializers.CharField(allow_null=True)
    reason_words = serializers.CharField(allow_null=True)
    message = serializers.CharField(allow_null=True)
    note = serializers.CharField(allow_null=True)
    talk_at = serializers.DateTimeField(allow_null=True)
    promise_on = serializers.DateField(allow_null=True)


class ApplicationSteps(serializers.Serializer[Any]):
    """Every step, the first one first."""

    items = ApplicationStep(many=True)


def application_whole(application: Application) -> dict[str, Any]:
    """In the shape of `ApplicationWhole`."""
    candidate = application.candidate
    return {
        "id": str(application.public_id),
        "vacancy": application.vacancy_id,
        "person": str(candidate.public_id) if candidate else None,
        "contact": _contact(application),
        "state": application.state,
        "started_by": application.started_by,
        "owed_by": application.owed_by or None,
        "promise_on": application.promise_on,
        "open": application.open_code or None,
        "created_at": application.created_at,
        "changed_at": application.changed_at,
        "met_at": application.met_at,
        "ended_at": application.ended_at,
        "ended_by": application.ended_by or None,
        "reason": application.reason or None,
        "reason_words": application.reason_words or None,
    }


def _contact(application: Application) -> dict[str, Any] | None:
    """Nothing before both have said that they are interested, and nothing of somebody who left."""
    if not application.names_shown or application.candidate is None:
        return None
    user, shown = application.candidate.user, application.contact_shown
    identity: Identity | None = getattr(user, "identity", None)
    return {
        "name": identity.display_name if identity else "",
        "email": user.email if shown else None,
        "phone": (identity.phone or None) if identity and shown else None,
    }


def application_step(entry: ApplicationLog) -> dict[str, Any]:
    """In the shape of `ApplicationStep`."""
    return {
        "state": entry.state,
        "at": entry.at,
        "side": entry.side,
        "reason": entry.reason or None,
        "reason_words": entry.reason_words or None,
        "message": entry.message or None,
        "note": (entry.note or None) if entry.side == Side.EMPLOYER else None,
        "talk_at": entry.talk_at,
        "promise_on": entry.promise_on,
    }
