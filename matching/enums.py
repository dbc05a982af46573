"""What a person can do to a place on a shortlist."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryKind(models.TextChoices):
    """How an entry departs from the ranking."""

    PINNED = "pinned", _("pinned to the top")
    MOVED = "moved", _("moved to a place")
    HIDDEN = "hidden", _("hidden")
    ADDED = "added", _("added by hand")


class ShortlistAct(models.TextChoices):
    """What the log says was done: making an entry, taking it back, or only noting something."""

    PINNED = "pinned", _("pinned to the top")
    MOVED = "moved", _("moved to a place")
    HIDDEN = "hidden", _("hidden")
    ADDED = "added", _("added by hand")
    NOTED = "noted", _("noted")
    TAKEN_BACK = "taken_back", _("taken back")


class Waiting(models.TextChoices):
    """Why somebody who fits waits for a place among those shown first."""

    BUSY = "busy", _("shown on as many other lists as one person may be")
    FULL = "full", _("the places are taken")
    NEW = "new", _("new since the last round")
    QUIET = "quiet", _("let an invitation pass without an answer")


class Look(models.TextChoices):
    """Why a recruiter should look at a list."""

    NEW = "new", _("not looked at yet")
    CHANGED = "changed", _("half of those shown have changed")
    FEW = "few", _("few people suit")
    SAME = "same", _("the same people as everywhere")
