"""Reads about tokens of the API."""

from datetime import datetime

from django.db.models import F

from employers.models import ApiToken, Employer
from employers.models.api_token import ApiTokenQuerySet
from employers.rules.tokens import digest_of

LISTED = 50


def tokens_of(employer: Employer) -> ApiTokenQuerySet:
    """Every token of the employer's members, the newest first."""
    return ApiToken.objects.filter(membership__employer=employer).order_by("-made_at", "-pk")


def token_behind(secret: str, now: datetime) -> ApiToken | None:
    """The live token that a secret belongs to, with member, user and employer; None for any other text. One query."""
    found = ApiToken.objects.live(now).filter(digest=digest_of(secret), membership__user__is_active=True)
    return found.select_related("membership__employer", "membership__user").first()


def listed_tokens(employer: Employer) -> list[ApiToken]:
    """What owners see: live tokens first, then the last that ended; with whoever made them. One query."""
    found = tokens_of(employer).select_related("membership__user__identity")
    return list(found.order_by(F("revoked_at").desc(nulls_first=True), "-made_at", "-pk")[:LISTED])
