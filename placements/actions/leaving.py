"""Leaving for good: all that is personal goes, employers get an answer, logs keep a number."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.actions import audit, mail
from accounts.actions.leaving import forget_person
from accounts.actions.names import call_otherwise
from accounts.models import Identity, User
from assessments.actions.recordings import delete_recordings_of
from candidates.models import Candidate
from candidates.queries import may_become_candidate
from employers.actions.api_calls import forget_calls_naming
from placements.actions.endings import close_for_candidate
from placements.actions.locking import lock_candidate
from placements.enums import EndReason
from placements.models import Application, ApplicationLog


class UnableToLeave(Exception):
    """The account belongs to somebody else, or does other work here; the text says which."""


@transaction.atomic
def leave(*, candidate: Candidate, by: User, now: datetime) -> int:
    """Delete the person; how many open applications ended by it. Raises UnableToLeave.

    Open applications end with a receipt to each employer. The words of every application are emptied, and the person's
    name in what employers were told gives way to the number that stood there before. A last mail says that it is done.
    Doing it twice changes nothing.
    """
    if by.pk != candidate.user_id:
        raise UnableToLeave(_("Only the person themselves can leave."))
    if not may_become_candidate(by):
        raise UnableToLeave(_("This account also works for a company or the platform. Leave that first."))
    ended = close_for_candidate(candidate=candidate, reason=EndReason.LEFT, by=by, now=now)
    held = lock_candidate(candidate.pk)
    if held is None:
        return 0
    candidate = held
    _empty_words(candidate)
    user = candidate.user
    goodbye = mail.Addressee(user.email, user.language, user.time_zone)
    delete_recordings_of(candidate=candidate)
    audit.record(verb="candidate.left", target=candidate, by=None, now=now, applications=ended)
    candidate.delete()
    forget_person(user=user, now=now)
    mail.send(to=goodbye, template="placements/mail/left", context={"days": settings.MAIL_KEPT_DAYS}, now=now)
    return ended


def _empty_words(candidate: Candidate) -> None:
    """What was written in the person's applications, and their name in what employers and their systems were told."""
    own = Application.objects.of_candidate(candidate)
    # Also those who have left the company's team since: what they were told stands in their account.
    acted = ApplicationLog.objects.filter(application__in=own, by__isnull=False).values("by")
    readers = User.objects.filter(
        Q(membership__employer__in=own.values("employer"))
        | Q(pk__in=acted)
        | Q(pk__in=own.values("vacancy__created_by"))
    ).distinct()
    name = Identity.objects.filter(user=candidate.user_id).values_list("display_name", flat=True).first()
    said = (name or "", candidate.user.email)
    call_otherwise(user=candidate.user, said=said, instead=candidate.short_name, readers=readers)
    forget_calls_naming(employers=own.values("employer"), text=str(candidate.public_id))
    ApplicationLog.objects.filter(application__in=own).exclude(message="", note="").update(
        message="", note=""
    )
    own.exclude(message="").update(message="")
