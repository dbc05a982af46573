"""The signed address in a mail that switches mail of its kind off, without signing in.

Whoever holds it can change how one person is mailed about one kind of news, and nothing else. It does not expire: mail is
read late, and a link that no longer stops anything is worse than none.
"""

from dataclasses import dataclass

from django.core import signing

from accounts.enums import NotificationKind
from accounts.rules.notification_kinds import KINDS

DIGEST = "digest"
"""Stands for all kinds that a person gets in the daily mail and that can be off."""
SALT = "accounts.mail-off"


@dataclass(frozen=True, slots=True)
class MailOff:
    """Whose mail of which kind: a `NotificationKind` that can be off, or `DIGEST`."""

    user_id: int
    kind: str


def off_token(user_id: int, kind: str) -> str:
    """What stands in the address."""
    return signing.dumps([user_id, str(kind)], salt=SALT)


def read_off_token(token: str) -> MailOff | None:
    """Whom and what it is for; None when it was not made here, or for a kind that cannot be off."""
    try:
        user_id, kind = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if not isinstance(user_id, int) or not can_be_off(kind):
        return None
    return MailOff(user_id, kind)


def can_be_off(kind: str) -> bool:
    """Whether mail of this kind, or the daily mail, can be switched off."""
    if kind == DIGEST:
        return True
    return kind in NotificationKind.values and KINDS[NotificationKind(kind)].can_be_off
