"""What a person sets for themselves."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django.views.i18n import set_language as keep_language_in_cookie

from accounts.access import SignedInRequest
from accounts.actions.settings import change_language, change_settings
from accounts.forms.settings import SettingsForm
from accounts.models import Identity
from accounts.typed import keep
from common.posting import acts_by_post


@require_http_methods(["GET", "HEAD", "POST"])
def edit_settings(request: SignedInRequest) -> HttpResponse:
    """Name, language and time zone."""
    user, now = request.user, timezone.now()
    identity = Identity.objects.filter(user=user).first()
    initial = {
        "display_name": identity.display_name if identity else "",
        "language": user.language,
        "time_zone": user.time_zone,
    }
    form = SettingsForm(request.POST or None, initial=initial, now=now)
    if form.is_valid():
        change_settings(user=user, now=now, **form.cleaned_data)
        with translation.override(user.language):
            messages.success(request, _("Your settings are saved."))
        return redirect("people:settings")
    return render(request, "people/settings_edit.html", {"form": form})


@login_not_required
@acts_by_post("front")
def set_language(request: HttpRequest) -> HttpResponseBase:
    """The switch on every page: kept in a cookie, and for a signed-in person in their settings.

    On a page with a form its buttons belong to that form, so that what was typed comes along and is shown again.
    """
    language = request.POST.get("language", "")
    if request.user.is_authenticated:
        if language in dict(settings.LANGUAGES):
            change_language(user=request.user, language=language)
        keep(request, author=request.user.pk, path=urlsplit(request.GET.get("next", "")).path)
    return keep_language_in_cookie(request)
