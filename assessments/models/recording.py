"""Recorded answers. The sound lies in a private folder, the row says what it is and how far it has come."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.enums import RecordingState
from assessments.models.rated import Reply


class Recording(models.Model):
    """One take of a spoken reply. `chunks` and `size` (bytes) are what has been stored, in order and without a gap."""

    key = models.UUIDField(_("key"), unique=True, editable=False)
    reply = models.ForeignKey(
        Reply, on_delete=models.CASCADE, related_name="recordings", verbose_name=_("reply")
    )
    state = models.CharField(
        _("state"), max_length=16, choices=RecordingState, default=RecordingState.UPLOADING
    )
    media_type = models.CharField(_("type"), max_length=32, blank=True)
    chunks = models.PositiveIntegerField(_("chunks"), default=0)
    size = models.PositiveIntegerField(_("bytes"), default=0)
    started_at = models.DateTimeField(_("started"))
    completed_at = models.DateTimeField(_("complete"), null=True, blank=True)
    deleted_at = models.DateTimeField(_("sound deleted"), null=True, blank=True)

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "reply", condition=models.Q(state="uploading"), name="recording_one_uploading"
            ),
            models.UniqueConstraint("reply", condition=models.Q(state="sent"), name="recording_one_sent"),
            models.CheckConstraint(
                condition=models.Q(state="uploading")
                | models.Q(completed_at__isnull=False, size__gt=0) & ~models.Q(media_type=""),
                name="recording_complete_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def path(self) -> Path:
        """Where the sound lies; the name says nothing about whose it is."""
        return Path(settings.RECORDINGS_DIR) / self.key.hex[:2] / self.key.hex


class EquipmentCheck(models.Model):
    """That somebody checked microphone, camera and line, and when; nothing about what was found."""

    candidate = models.OneToOneField(
        "candidates.Candidate",
        on_delete=models.CASCADE,
        related_name="equipment_check",
        verbose_name=_("candidate"),
    )
    checked_on = models.DateField(_("checked on"))

    class Meta:
        verbose_name = _("equipment check")
        verbose_name_plural = _("equipment checks")

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.checked_on}"
