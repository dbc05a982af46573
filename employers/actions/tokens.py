"""Making, using and revoking tokens of the API."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts.actions import audit
from accounts.models import User
from employers.actions.checks import held_by_owner
from employers.actions.errors import MadeAlready, TokenGone, TooManyTokens
from employers.actions.token_news import tell_made
from employers.models import ApiToken, Employer
from employers.queries.tokens import tokens_of
from employers.rules.tokens import MOST_TOKENS, USE_NOTED_EVERY, new_token


@transaction.atomic
def make_token(
    *,
    employer: Employer,
    name: str,
    scopes: Sequence[str],
    days: int,
    by: User,
    now: datetime,
    key: UUID | None = None,
) -> tuple[ApiToken, str]:
    """A token that acts as `by`, and its secret, which is kept nowhere. `key` belongs to the form.

    Raises NotAnOwner, TooManyTokens, and MadeAlready when the form was sent before.
    """
    employer = held_by_owner(employer, by)
    token, secret = _new(employer, name, scopes, days, by, now, key)
    audit.record(
        verb="employer.token_made", target=employer, by=by, now=now, token=token.pk, prefix=token.prefix, scopes=list(scopes)
    )  # fmt: skip
    return token, secret


@transaction.atomic
def renew_token(
    *, employer: Employer, token_id: int, by: User, now: datetime, key: UUID | None = None
) -> tuple[ApiToken, str]:
    """Another token like this one, for as long, that acts as `by`; and its secret. The old one holds until its own end.

    Raises NotAnOwner, TooManyTokens, TokenGone when it is no live one of the employer, and MadeAlready when the form was
    sent before.
    """
    employer = held_by_owner(employer, by)
    old = tokens_of(employer).live(now).filter(pk=token_id).first()
    if old is None:
        raise TokenGone
    days = (old.expires_at - old.made_at).days
    token, secret = _new(employer, old.name, old.scopes, days, by, now, key)
    ApiToken.objects.filter(pk=old.pk).update(renewed_at=now)
    audit.record(
        verb="employer.token_renewed", target=employer, by=by, now=now, token=token.pk, prefix=token.prefix,
        scopes=token.scopes, renews=old.pk,
    )  # fmt: skip
    return token, secret


def _new(
    employer: Employer, name: str, scopes: Sequence[str], days: int, by: User, now: datetime, key: UUID | None
) -> tuple[ApiToken, str]:
    made = tokens_of(employer)
    if key and made.filter(form_key=key).exists():
        raise MadeAlready
    if made.live(now).count() >= MOST_TOKENS:
        raise TooManyTokens
    fresh = new_token()
    token = ApiToken.objects.create(
        membership=employer.memberships.get(user=by),
        name=name,
        prefix=fresh.prefix,
        digest=fresh.digest,
        scopes=list(scopes),
        made_at=now,
        expires_at=now + timedelta(days=days),
        form_key=key,
    )
    tell_made(token=token, employer=employer, by=by, now=now)
    return token, fresh.secret


@transaction.atomic
def revoke_token(*, employer: Employer, token_id: int, by: User, now: datetime) -> None:
    """End a token at once, whoever of the company made it. Raises NotAnOwner and TokenGone."""
    employer = held_by_owner(employer, by)
    if not tokens_of(employer).filter(pk=token_id, revoked_at=None).update(revoked_at=now):
        raise TokenGone
    audit.record(verb="employer.token_revoked", target=employer, by=by, now=now, token=token_id)


def note_use(*, token: ApiToken, now: datetime) -> None:
    """Remember that it was used, every ten minutes at most: a busy token must not mean a write at every call."""
    before = now - USE_NOTED_EVERY
    if token.last_used_at is None or token.last_used_at <= before:
        unnoted = Q(last_used_at=None) | Q(last_used_at__lte=before)
        ApiToken.objects.filter(unnoted, pk=token.pk).update(last_used_at=now)
