"""Own settings and notifications, the door (allauth) and the demo's inbox."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import allauth.urls
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path

from accounts.rules.passkeys import is_readable_credential
from accounts.views import demo_mail, mail_choices, notifications, settings

View = Callable[..., HttpResponseBase]


def with_readable_passkeys(view: View) -> View:
    """Answer 400 to a passkey's answer that no browser sent; the library would stumble over some of them."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "credential" in request.POST and not is_readable_credential(request.POST["credential"]):
            raise BadRequest("credential")
        return view(request, *args, **kwargs)

    return guarded


def in_one_transaction(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The same addresses, each view in a transaction, so that a mail is queued if and only if its cause is saved."""
    return [
        URLResolver(
            entry.pattern,
            in_one_transaction(entry.url_patterns),
            entry.default_kwargs,
            entry.app_name,
            entry.namespace,
        )
        if isinstance(entry, URLResolver)
        else URLPattern(
            entry.pattern,
            with_readable_passkeys(transaction.atomic(entry.callback)),
            entry.default_args,
            entry.name,
        )
        for entry in patterns
    ]


people = [
    path("settings/", settings.edit_settings, name="settings"),
    path("settings/mail/", mail_choices.edit_mail_choices, name="mail_choices"),
    path("mail/<str:token>/", mail_choices.mail_off, name="mail_off"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/read/", notifications.mark_all_read, name="mark_all_read"),
    path("notifications/<int:pk>/", notifications.open_notification, name="open_notification"),
    path("notifications/<int:pk>/read/", notifications.mark_read, name="mark_read"),
]

urlpatterns = [
    path("accounts/", include((people, "people"))),
    path("accounts/", include(in_one_transaction(allauth.urls.urlpatterns))),
    path("language/", settings.set_language, name="set_language"),
    path("demo/mail/", demo_mail.mail_list, name="demo_mail"),
    path("demo/mail/<uuid:mail>/", demo_mail.mail_message, name="demo_mail_message"),
    path("demo/mail/<uuid:mail>/letter/", demo_mail.mail_letter, name="demo_mail_letter"),
]
