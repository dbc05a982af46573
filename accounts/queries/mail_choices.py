"""How a person wants to be mailed."""

from accounts.enums import MailChoice, NotificationKind
from accounts.models import NotificationPreference, User
from accounts.rules.notification_kinds import KINDS, Reader


def mail_choice(user: User, kind: NotificationKind) -> MailChoice:
    """What the person chose for this kind, or its default. A choice that is no longer offered counts as none."""
    chosen = (
        NotificationPreference.objects.filter(user=user, kind=kind).values_list("mail", flat=True).first()
    )
    return _held(kind, chosen)


def mail_choices(user: User) -> dict[NotificationKind, MailChoice]:
    """What holds for each kind, chosen or by default."""
    chosen = dict(NotificationPreference.objects.filter(user=user).values_list("kind", "mail"))
    return {kind: _held(kind, chosen.get(kind)) for kind in KINDS}


def kinds_for(user: User) -> list[NotificationKind]:
    """The kinds of news that this person can get, in the order of the settings page.

    Roles are told by the profiles of the floors above, which exist or not; somebody without any sees both sides.
    """
    readers = {Reader.STAFF} if user.is_staff else set()
    readers |= {Reader.CANDIDATE} if hasattr(user, "candidate") else set()
    readers |= {Reader.EMPLOYER} if hasattr(user, "membership") else set()
    return [
        kind
        for kind, facts in KINDS.items()
        if facts.readers & (readers or {Reader.CANDIDATE, Reader.EMPLOYER})
    ]


def _held(kind: NotificationKind, chosen: str | None) -> MailChoice:
    facts = KINDS[kind]
    return MailChoice(chosen) if chosen in facts.choices else facts.default
