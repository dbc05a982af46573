"""Pages about the interface itself: the living style page and the choice of colours."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from common.posting import acts_by_post
from common.style_samples import samples

A_YEAR = 365 * 24 * 3600
THEMES = ("", "light", "dark")


@require_safe
def style_page(request: HttpRequest) -> HttpResponse:
    """Every component and graphic in several states; for staff."""
    if not getattr(request.user, "is_staff", False):
        raise PermissionDenied
    return render(request, "style/style_page.html", samples())


@csrf_exempt  # a forged press changes colours at most, and a token in every page would set a cookie for every reader
@login_not_required
@acts_by_post("front")
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or "as my device" in a cookie and go back."""
    theme = request.POST.get("theme", "")
    if theme not in THEMES:
        raise BadRequest("theme is light, dark or empty")
    back = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(back if allowed else "/")
    if theme:
        response.set_cookie(
            "theme", theme, max_age=A_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response
