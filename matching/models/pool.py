"""Pools that rankings were made from, kept so that each can be replayed and other hosts can open it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class PoolVersion(models.Model):
    """One state of the pool: everybody's columns (a base), or what differs from its parent (a delta).

    `digest` is the pool's own, so equal pools are one version, whoever keeps them. `seen`, `snapshot` and `database`
    say which transactions it has seen (see `matching.queries.changes.Moment`), `basis` which facts it was read with.
    `gone` are candidates of the parent who are no longer there. `emptied_at`: its content was deleted for its age.
    """

    digest = models.CharField(_("digest"), max_length=64, unique=True)
    parent = models.ForeignKey(
        "self", on_delete=models.RESTRICT, null=True, related_name="children", verbose_name=_("differs from")
    )
    base = models.ForeignKey(
        "self", on_delete=models.RESTRICT, null=True, related_name="family", verbose_name=_("grown from")
    )
    on = models.DateField(_("facts of"))
    made_at = models.DateTimeField(_("made"))
    emptied_at = models.DateTimeField(_("content deleted"), null=True)
    seen = models.BigIntegerField()
    snapshot = models.TextField(blank=True)
    database = models.CharField(max_length=100)
    basis = models.CharField(max_length=64)
    people = models.PositiveIntegerField(_("people"))
    depth = models.PositiveIntegerField(_("deltas since the base"), default=0)
    changed = models.PositiveIntegerField(_("people changed since the base"), default=0)
    gone = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        verbose_name = _("state of the pool")
        verbose_name_plural = _("states of the pool")
        indexes = [models.Index(fields=["-made_at", "-id"], name="pool_version_newest_first")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(parent=None, base=None)
                | models.Q(parent__isnull=False, base__isnull=False),
                name="pool_version_delta_has_base",
            )
        ]

    def __str__(self) -> str:
        return self.digest[:12]


class PoolChunk(models.Model):
    """A stretch of a version's content: its snapshot folder as one compressed archive, cut into pieces."""

    version = models.ForeignKey(PoolVersion, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="pool_chunk_once")]

    def __str__(self) -> str:
        return f"{self.version_id}/{self.number}"
