"""What every figure carries: where it comes from, as of when, how sure."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reference.enums import Origin, Reliability


class SourcedFact(models.Model):
    """A figure with its source. `as_of` is as precise as the source: `2026`, `2026-08` or `2026-08-22`."""

    source = models.TextField(_("source"))
    source_ref = models.CharField(_("reference"), max_length=400, blank=True)
    as_of = models.CharField(_("as of"), max_length=10, blank=True)
    reliability = models.CharField(_("reliability"), max_length=1, choices=Reliability)
    notes = models.TextField(_("notes"), blank=True)
    origin = models.CharField(_("made by"), max_length=8, choices=Origin, default=Origin.FILE)

    class Meta:
        abstract = True
