"""The mail outbox: what is waiting, what failed and why."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.actions.mail import UnableToResend, resend_mail
from accounts.models import OutboxMail
from common.long_lists import LongListAdmin
from common.reading import ReadOnlyAdmin


@admin.register(OutboxMail)
class OutboxMailAdmin(LongListAdmin, ReadOnlyAdmin):
    """Read-only. The text is shown in the demo alone: mails hold codes that open other people's accounts."""

    list_display = (
        "created_at",
        "recipient",
        "subject",
        "state",
        "attempts",
        "next_attempt_at",
        "last_error",
    )
    list_filter = ("state", "created_at")
    list_per_page = 50
    search_ways = (("recipient", "text"),)
    ordering = ("-pk",)
    actions = ("resend",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """All of a mail but, outside the demo, what it says."""
        hidden = set() if settings.DEMO else {"text", "html"}
        return [field.name for field in OutboxMail._meta.fields if field.name not in hidden]

    def has_resend_permission(self, request: HttpRequest) -> bool:
        """Asked for by the action: needs the permission to change mail, though nothing here can be edited."""
        return bool(request.user.has_perm("accounts.change_outboxmail"))

    @admin.action(description=_("Send again as a new mail"), permissions=["resend"])
    def resend(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        """Queue a copy of each mail that was sent or failed; say which are still on their way."""
        sent = 0
        for mail in queryset:
            try:
                resend_mail(mail=mail, by=request.user, now=timezone.now())  # type: ignore[arg-type]
            except UnableToResend:
                text = _("The mail to %(to)s is still on its way and was not sent again.") % {
                    "to": mail.recipient
                }
                self.message_user(request, text, messages.WARNING)
            else:
                sent += 1
        if sent:
            text = ngettext("%(n)d mail was queued again.", "%(n)d mails were queued again.", sent) % {
                "n": sent
            }
            self.message_user(request, text, messages.SUCCESS)
