"""Pages for everybody: no cookie, an address for each language, and answers that may be kept for a moment."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import (
    get_conditional_response,
    patch_cache_control,
    patch_vary_headers,
    set_response_etag,
)
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponse]

KEPT_SECONDS = 60
"""How long a browser or a proxy may show a public page without asking again."""
LANGUAGE = "language"
"""Parameter that says in which language the page is wanted; without it, the reader's own settings decide."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What search engines and messengers read of a page: `path` is its one address, without a language."""

    path: str
    title: str
    description: str = ""
    kind: str = "website"
    listed: bool = True
    query: str = ""

    @property
    def canonical(self) -> str:
        """The whole address."""
        return f"{settings.SITE_ORIGIN}{self.path}{'?' if self.query else ''}{self.query}"

    @property
    def versions(self) -> list[tuple[str, str]]:
        """(language, address) of each version of the page."""
        joint = "&" if self.query else "?"
        return [(code, f"{self.canonical}{joint}{LANGUAGE}={code}") for code, _name in settings.LANGUAGES]


def public_page(view: View) -> View:
    """Open a page that only reads to everybody.

    It answers in the language that `?language=` names, says how long it may be kept, and that nothing changed (304) to
    who has it already. Who has signed in gets a page of their own, kept by nobody. The page must hold no token: that
    would set a cookie, and make every answer another one.
    """

    @login_not_required
    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.GET.get(LANGUAGE, "")
        language = asked if asked in dict(settings.LANGUAGES) else translation.get_language() or "en"
        with translation.override(language):
            request.LANGUAGE_CODE = language
            return _kept(request, view(request, *args, **kwargs), language)

    return shown


def _kept(request: HttpRequest, response: HttpResponse, language: str) -> HttpResponse:
    response.headers.setdefault("Content-Language", language)
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_cache=True)
        return response
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    if response.status_code not in (200, 410):
        return response
    patch_cache_control(response, public=True, max_age=KEPT_SECONDS)
    if response.status_code == 410:
        return response
    set_response_etag(response)
    answer = get_conditional_response(request, etag=quote_etag(response.headers["ETag"]), response=response)
    return answer if isinstance(answer, HttpResponse) else response
