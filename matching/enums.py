"""What a person can do to a place on a shortlist."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryKind(models.TextChoices):
    """How an entry departs from the ranking."""

    PINNED = "pinned", _("pinned to the top")
    MOVED = "moved", _("moved to a place")
    HIDDEN = "hidden", _("hidden")


class ShortlistAct(models.TextChoices):
    """What the log says was done: making an entry, or taking it back."""

    PINNED = "pinned", _("pinned to the top")
    MOVED = "moved", _("moved to a place")
    HIDDEN = "hidden", _("hidden")
    TAKEN_BACK = "taken_back", _("taken back")
