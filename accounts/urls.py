"""Own settings, the door (allauth) and the demo's inbox."""

import allauth.urls
from django.db import transaction
from django.urls import URLPattern, URLResolver, include, path

from accounts.views import demo_mail, settings


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
        else URLPattern(entry.pattern, transaction.atomic(entry.callback), entry.default_args, entry.name)
        for entry in patterns
    ]


people = [
    path("settings/", settings.edit_settings, name="settings"),
]

urlpatterns = [
    path("accounts/", include((people, "people"))),
    path("accounts/", include(in_one_transaction(allauth.urls.urlpatterns))),
    path("language/", settings.set_language, name="set_language"),
    path("demo/mail/", demo_mail.mail_list, name="demo_mail"),
    path("demo/mail/<uuid:mail>/", demo_mail.mail_message, name="demo_mail_message"),
]
