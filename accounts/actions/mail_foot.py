"""What stands below a mail of news: which news it is, and how to get it another way or not at all."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.enums import NotificationKind
from accounts.models import User
from accounts.rules.mail_off import DIGEST, can_be_off, off_token


def foot_facts(to: User, kind: NotificationKind | str) -> dict[str, Any]:
    """For `mail/foot.txt`: `foot_kind`, `foot_label`, `choices_link`, and `off_link` ("" where it cannot be off)."""
    return {
        "foot_kind": str(kind),
        "foot_label": "" if kind == DIGEST else NotificationKind(kind).label,
        "choices_link": settings.SITE_ORIGIN + reverse("people:mail_choices"),
        "off_link": off_link(to, str(kind)) if can_be_off(str(kind)) else "",
    }


def off_link(to: User, kind: str) -> str:
    """The address that switches mail of this kind off for this person."""
    return f"{settings.SITE_ORIGIN}{reverse('people:mail_off', args=[off_token(to.pk, kind)])}"


def off_headers(link: str) -> dict[str, str]:
    """The headers that let a mail program show "unsubscribe" (RFC 2369) and do it in one step (RFC 8058, https only)."""
    if not link:
        return {}
    headers = {"List-Unsubscribe": f"<{link}>"}
    if link.startswith("https://"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
