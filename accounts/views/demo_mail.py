"""The inbox of the demo: what would have been mailed, for everybody to read. Elsewhere it does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from csp.constants import NONE, UNSAFE_INLINE
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import OutboxMail

PAGE_SIZE = 25
OF_A_LETTER = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "frame-ancestors": [NONE],
    "sandbox": [""],
}

View = Callable[..., HttpResponse]


def in_demo_only(view: View) -> View:
    """404 unless this installation is a demo."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@login_not_required
@never_cache
@in_demo_only
def mail_list(request: HttpRequest) -> HttpResponse:
    """Every mail of this installation, newest first. Public, since one reads the code here before signing in."""
    mails = OutboxMail.objects.order_by("-created_at", "id").defer("text", "html")
    page = Paginator(mails, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "accounts/mail_list.html", {"page": page})


@require_safe
@login_not_required
@never_cache
@in_demo_only
def mail_message(request: HttpRequest, mail: UUID) -> HttpResponse:
    """One mail, as text."""
    return render(request, "accounts/mail_message.html", {"mail": get_object_or_404(OutboxMail, pk=mail)})


@require_safe
@login_not_required
@never_cache
@in_demo_only
def mail_letter(request: HttpRequest, mail: UUID) -> HttpResponse:
    """One mail as a mail program shows it: its own styles, and nothing else that a page may do."""
    found = get_object_or_404(OutboxMail.objects.exclude(html=""), pk=mail)
    response = HttpResponse(found.html)
    response._csp_config = OF_A_LETTER  # type: ignore[attr-defined]
    return response
