"""Who calls: a token of an employer, what it may do, and how often."""

import time
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from redis.exceptions import RedisError
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from accounts.models import User
from common.api.problems import Problem
from employers.access import EDITORS
from employers.actions.tokens import note_use
from employers.enums import WRITING_SCOPES, EmployerState
from employers.models import ApiToken
from employers.queries.tokens import token_behind

WINDOW_SECONDS = 60


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer mkt_…`. There is no other way in: a browser's session opens nothing here, so that no
    page of somebody else can act through it."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The member that the token acts as, and the token. Raises AuthenticationFailed."""
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != b"bearer":
            return None
        now = timezone.now()
        token = token_behind(words[1].decode("latin-1"), now) if len(words) == 2 else None
        if token is None:
            raise AuthenticationFailed(_("This token is not known, was revoked, or has expired."))
        note_use(token=token, now=now)
        return token.membership.user, token

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return 'Bearer realm="api"'


class TokenMay(BasePermission):
    """The token has the scope that the view asks for, its member may do as much, and the employer is accepted."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Raises a Problem that says what is missing."""
        if not isinstance(request.auth, ApiToken):
            return False
        membership = request.auth.membership
        scope = view.scopes.get("GET" if request.method == "HEAD" else request.method)
        if membership.employer.state != EmployerState.ACCEPTED:
            raise Problem("forbidden", _("A recruiter has to accept the company first."))
        if scope and scope not in request.auth.scopes:
            raise Problem("forbidden", _("This takes the scope %(scope)s.") % {"scope": scope})
        if scope in WRITING_SCOPES | view.editors and membership.role not in EDITORS:
            raise Problem("forbidden", _("The member who made this token may read, but not change anything."))
        return True


def turn_away_strangers(request: Request) -> None:
    """Count a call without a valid token for its address, as the trusted proxies tell it. Raises Throttled beyond the limit.

    Whoever has a valid token is never counted here. Without the store that counts, nobody is turned away.
    """
    window, second = divmod(time.time(), WINDOW_SECONDS)
    address = get_adapter().get_client_ip(request)
    key = f"api-rate:stranger:{address}:{int(window)}"
    try:
        cache.add(key, 0, timeout=2 * WINDOW_SECONDS)
        used = cache.incr(key)
    except (RedisError, ValueError):
        return
    if used > settings.API_RATES["stranger"]:
        raise Throttled(WINDOW_SECONDS - second)


class TokenThrottle(BaseThrottle):
    """So many requests a minute for each token, counted apart for reading, writing and what-if.

    Without the store that counts, nobody is turned away.
    """

    remaining: int | None = None

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count it; whether it may be answered."""
        self.rate_name = view.rate_of(request)
        self.most = settings.API_RATES[self.rate_name]
        window, second = divmod(time.time(), WINDOW_SECONDS)
        self.left_seconds = WINDOW_SECONDS - second
        key = f"api-rate:{self.rate_name}:{request.auth.pk}:{int(window)}"
        try:
            cache.add(key, 0, timeout=2 * WINDOW_SECONDS)
            used = cache.incr(key)
        except (RedisError, ValueError):
            return True
        self.remaining = max(0, self.most - used)
        return used <= self.most

    def wait(self) -> float:
        """Seconds until the next minute of the count begins."""
        return self.left_seconds

    def headers(self) -> dict[str, str]:
        """Policy and state, as the IETF's draft on RateLimit fields writes them."""
        if self.remaining is None:
            return {}
        return {
            "RateLimit-Policy": f'"{self.rate_name}";q={self.most};w={WINDOW_SECONDS}',
            "RateLimit": f'"{self.rate_name}";r={self.remaining};t={int(self.left_seconds) + 1}',
        }
