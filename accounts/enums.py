"""States and kinds of accounts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InterfaceLanguage(models.TextChoices):
    """Languages that the product itself speaks; the same as `settings.LANGUAGES`."""

    ENGLISH = "en", _("English")
    DUTCH = "nl", _("Dutch")


class ConsentKind(models.TextChoices):
    """What a person can agree to, each on its own."""

    LISTED = "listed", _("being listed for employers")
    FREELANCE = "freelance", _("being offered freelance work")


class MailState(models.TextChoices):
    """Life of a mail in the outbox."""

    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
