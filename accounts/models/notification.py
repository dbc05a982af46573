"""News for one person: shown in their account, and mailed as they choose."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import InterfaceLanguage, MailChoice, NotificationKind

KEY_LENGTH = 120


class NotificationQuerySet(models.QuerySet["Notification"]):
    """The words in which notifications are asked."""

    def unread(self) -> "NotificationQuerySet":
        """Not seen yet."""
        return self.filter(read_at=None)

    def waiting_for_digest(self, before: datetime) -> "NotificationQuerySet":
        """Written before a moment and to be mailed together, which has not happened yet."""
        return self.filter(awaits_digest=True, created_at__lt=before)


class Notification(models.Model):
    """One piece of news, rendered in the language that its reader had then.

    `key` names the event: the same event is told once a person. `url` is a path of this site. `about` is the id of the
    user whom it names to somebody else, 0 where it names nobody, and empty in rows from before that was kept: by it the
    name is found when they leave. Not a foreign key, since it says nothing once they have left.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(_("kind"), max_length=32, choices=NotificationKind)
    key = models.CharField(_("event"), max_length=KEY_LENGTH)
    title = models.CharField(_("title"), max_length=255)
    text = models.TextField(_("text"), blank=True)
    language = models.CharField(_("language"), max_length=8, choices=InterfaceLanguage)
    url = models.CharField(_("page"), max_length=500)
    created_at = models.DateTimeField(_("written"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    awaits_digest = models.BooleanField(_("waits for the daily mail"), default=False)
    about = models.BigIntegerField(null=True, blank=True, editable=False)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="notification_newest"),
            models.Index("user", condition=models.Q(read_at=None), name="notification_unread"),
            models.Index(
                "user", "created_at", condition=models.Q(awaits_digest=True), name="notification_for_digest"
            ),
            BrinIndex(fields=["created_at"], name="notification_age"),
            models.Index(fields=["about"], condition=models.Q(about__gt=0), name="notification_about"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="notification_once_per_event"),
            models.CheckConstraint(
                condition=models.Q(url__startswith="/") & ~models.Q(url__startswith="//"),
                name="notification_leads_here",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> NotificationKind:
        """What it is about."""
        return NotificationKind(self.kind)


class NotificationPreference(models.Model):
    """How one person wants news of one kind mailed. Without a row the default of the kind holds."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choices")
    kind = models.CharField(_("kind"), max_length=32, choices=NotificationKind)
    mail = models.CharField(_("mail"), max_length=16, choices=MailChoice)
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("choice of mail")
        verbose_name_plural = _("choices of mail")
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="preference_once_per_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.mail}"


class Digest(models.Model):
    """The daily mail of one person on one day of their own calendar: written once, whatever dies meanwhile."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests")
    day = models.DateField(_("day"))
    written_at = models.DateTimeField(_("written"))
    items = models.PositiveIntegerField(_("pieces of news"))

    class Meta:
        verbose_name = _("daily mail")
        verbose_name_plural = _("daily mails")
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="digest_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day}: {self.items}"
