"""How a person wants to be mailed."""

from accounts.enums import MailChoice, NotificationKind
from accounts.models import NotificationPreference, User
from accounts.rules.notification_kinds import KINDS


def mail_choice(user: User, kind: NotificationKind) -> MailChoice:
    """What the person chose for this kind, or its default. A choice that is no longer offered counts as none."""
    chosen = (
        NotificationPreference.objects.filter(user=user, kind=kind).values_list("mail", flat=True).first()
    )
    facts = KINDS[kind]
    return MailChoice(chosen) if chosen in facts.choices else facts.default
