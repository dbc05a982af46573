"""Choices of a candidate's profile."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Step(models.TextChoices):
    """The steps of a profile, in their order. Each is saved on its own."""

    ABOUT = "about", _("About you")
    LANGUAGES = "languages", _("Languages")
    BACKGROUND = "background", _("Background")
    SKILLS = "skills", _("Skills")
    HOURS = "hours", _("Hours")
    WORK = "work", _("Work and pay")
    WORK_STYLE = "work-style", _("Work style")
    LISTING = "listing", _("Being found")


class WorkRight(models.TextChoices):
    """The right to work in the country of residence."""

    UNRESTRICTED = "unrestricted", _("I may work here without a permit, or for an unlimited time")
    PERMIT = "permit", _("I have a permit with an end date")
    NONE = "none", _("I may not work here now")


class UnlistedBecause(models.TextChoices):
    """Why somebody who agreed to be listed is not found now."""

    PAUSED = "paused", _("paused by the person")
    LAPSED = "lapsed", _("not confirmed in time")


class PlaceTie(models.TextChoices):
    """How a person knows a place."""

    LIVED = "lived", _("lived there")
    WORKED = "worked", _("worked there")
    STUDIED = "studied", _("studied there")


class StatedSkill(models.IntegerChoices):
    """A person's own statement of a skill."""

    BASIC = 1, _("basic: I have done it with help")
    WORKING = 2, _("working: I do it on my own")
    STRONG = 3, _("strong: I could teach it")


class DayBand(models.TextChoices):
    """Parts of the day that a person can prefer; together they are the whole day."""

    MORNINGS = "mornings", _("Mornings, 06:00–12:00")
    AFTERNOONS = "afternoons", _("Afternoons, 12:00–18:00")
    EVENINGS = "evenings", _("Evenings, 18:00–24:00")
    NIGHTS = "nights", _("Nights, 00:00–06:00")
