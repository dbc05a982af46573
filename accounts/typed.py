"""What somebody typed into a form when it could not be saved, kept for them alone and shown to them again.

Two things take a form away from a person: their session ended before they pressed, or they switched the language. In
both cases what was sent waits in the browser's session, on the server, for two hours at most, until its author looks at
that form again. Nothing of it is saved by itself. Who the author is stands in a signed cookie that outlives the session;
another person who signs in on the same browser is never shown it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _

View = Callable[..., HttpResponseBase]

SESSION_KEY = "typed"
SALT = "accounts.author"
KEPT_SECONDS = 2 * 60 * 60
MOST_BYTES = 200_000
NOT_TYPED = ("csrfmiddlewaretoken", "language", "next")


def keeps_typed(view: View) -> View:
    """Mark a view whose forms are kept. On being looked at again it finds them in `request.POST`, see `shown_again`.

    Stands above what checks the role, so that the mark can be seen without asking.
    """

    @wraps(view)
    def looked_at(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST":
            request.session.pop(SESSION_KEY, None)
        elif request.method == "GET" and (data := _taken(request)) is not None:
            request.POST = data  # type: ignore[assignment]
            request.typed = True  # type: ignore[attr-defined]
            messages.info(request, _("The form is as you left it. Changes in it are not saved yet."))
        return view(request, *args, **kwargs)

    looked_at.keeps_typed = True  # type: ignore[attr-defined]
    return looked_at


def shown_again(request: HttpRequest) -> bool:
    """Whether the page is to show what `request.POST` holds, unjudged."""
    return getattr(request, "typed", False)


def keep(request: HttpRequest, *, author: int, path: str) -> bool:
    """Keep what was sent for the form at `path`; False when that page keeps nothing, or it is too much."""
    if not path_keeps(path):
        return False
    data = request.POST.copy()
    for name in NOT_TYPED:
        data.pop(name, None)
    sent = data.urlencode()
    if not data or len(sent) > MOST_BYTES:
        return False
    at = timezone.now().timestamp()
    request.session[SESSION_KEY] = {"author": author, "path": path, "sent": sent, "at": at}
    return True


def path_keeps(path: str) -> bool:
    """Whether a view marked with `keeps_typed` answers at `path`."""
    try:
        return getattr(resolve(path).func, "keeps_typed", False)
    except Resolver404:
        return False


def author_of(request: HttpRequest) -> int | None:
    """Id of the person who last signed in on this browser, signed in still or not."""
    signed = request.get_signed_cookie(settings.AUTHOR_COOKIE_NAME, default="", salt=SALT)
    return int(signed) if signed and signed.isdecimal() else None


def remember_author(request: HttpRequest, response: HttpResponseBase) -> None:
    """Put the signed-in person's id into the cookie, unless it is there."""
    if request.user.pk == author_of(request):
        return
    response.set_signed_cookie(
        settings.AUTHOR_COOKIE_NAME,
        str(request.user.pk),
        salt=SALT,
        max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _taken(request: HttpRequest) -> QueryDict | None:
    kept = request.session.get(SESSION_KEY)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[SESSION_KEY]
    fresh = timezone.now().timestamp() - kept["at"] < KEPT_SECONDS
    return QueryDict(kept["sent"]) if fresh and kept["author"] == request.user.pk else None
