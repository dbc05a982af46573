"""Scales that all rooms share."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CEFRLevel(models.IntegerChoices):
    """Common European Framework of Reference, six levels; 0 is never stored and means not measured."""

    A1 = 1, "A1"
    A2 = 2, "A2"
    B1 = 3, "B1"
    B2 = 4, "B2"
    C1 = 5, "C1"
    C2 = 6, "C2"


class Reliability(models.TextChoices):
    """How well a figure is founded. D is shown, and used only once staff confirmed it."""

    A = "A", _("A: two sources or the legal text")
    B = "B", _("B: one dated source")
    C = "C", _("C: one weak or derived source")
    D = "D", _("D: stale or unchecked")


class Origin(models.TextChoices):
    """Who made a row. The files never overwrite what staff made."""

    FILE = "file", _("data file")
    STAFF = "staff", _("staff")
    DEMO = "demo", _("demo")


class FloorKind(models.TextChoices):
    """Where a wage floor comes from."""

    STATUTORY = "statutory", _("legal minimum")
    COLLECTIVE_AGREEMENT = "collective_agreement", _("collective agreement")
    PLATFORM_POLICY = "platform_policy", _("platform policy")


class FloorStatus(models.TextChoices):
    """What a wage-floor row is good for."""

    USABLE = "usable", _("usable")
    INDICATIVE = "indicative", _("indicative")
    NET = "net", _("net, not comparable")
    NO_STATUTORY = "no_statutory", _("no legal minimum")
    NOT_RESEARCHED = "not_researched", _("not on file")


class UnknownFloor(models.TextChoices):
    """Why no floor can be named for a place."""

    NO_STATUTORY = "no_statutory", _("there is no legal minimum, and the platform has not set one")
    NET_ONLY = (
        "net_only",
        _("only an amount after tax is known, which cannot be compared with pay before tax"),
    )
    STALE_SOURCE = "stale_source", _("the only amount on file is old or unconfirmed")
    NOT_RESEARCHED = "not_researched", _("no amount is on file")


class WageBasis(models.TextChoices):
    """Before or after tax and contributions."""

    GROSS = "gross", _("gross")
    NET = "net", _("net")


class HoursBasis(models.TextChoices):
    """Where the hours come from that turn a weekly or monthly amount into an hourly one."""

    SOURCED = "sourced", _("hours stated by the source")
    WORKING_HOURS = "working_hours", _("normal working week of the country")
    ASSUMED = "assumed", _("40 hours a week assumed")
    NONE = "none", _("stated per hour")


class RateKind(models.TextChoices):
    """Kind of an exchange rate."""

    ECB = "ecb", _("ECB reference rate")
    MARKET = "market", _("market mid rate")
    DEFINITION = "definition", _("by definition")


class PayStatistic(models.TextChoices):
    """What a figure of market pay stands for."""

    P10 = "p10", _("10 percent earn less")
    P25 = "p25", _("25 percent earn less")
    MEDIAN = "median", _("median")
    P75 = "p75", _("75 percent earn less")
    P90 = "p90", _("90 percent earn less")
    MEAN = "mean", _("mean")
    LOW = "low", _("low end")
    HIGH = "high", _("high end")


class LanguageStatus(models.TextChoices):
    """Standing of a language in a country."""

    OFFICIAL = "official", _("official")
    DE_FACTO = "de_facto_official", _("official in practice")
    REGIONAL = "official_regional", _("official in a region")


class SkillGroup(models.TextChoices):
    """Groups of the skill vocabulary."""

    CONTACT = "contact", _("contact handling")
    WRITING = "writing", _("writing")
    TOOLS = "tools", _("tools")
    SALES = "sales", _("sales")
    TECHNICAL = "technical", _("technical")
    BACK_OFFICE = "back_office", _("back office")
    LEADERSHIP = "leadership", _("leading and training")
    LOCAL = "local", _("local knowledge")


class WordingGround(models.TextChoices):
    """What is wrong with some words. `reference.rules.wording.reasons` says why, and what stops them."""

    SALARY_HISTORY = "salary_history", _("asks for earlier pay")
    NATIVE = "native", _("asks for a mother tongue")
    AGE = "age", _("asks for an age")
    AGE_HINT = "age_hint", _("hints at an age")
    GENDER = "gender", _("asks for a gender")
    GENDER_WORD = "gender_word", _("names one gender")
    ACCENT = "accent", _("judges an accent")
    ORIGIN = "origin", _("asks for a nationality or origin")
    BELIEF = "belief", _("asks for a belief or opinion")
    HEALTH = "health", _("asks about health")
    FAMILY = "family", _("asks about family")
    APPEARANCE = "appearance", _("judges looks")
    PHOTO = "photo", _("asks for a photo")
    FEE = "fee", _("asks people to pay")
    UNPAID = "unpaid", _("offers work without pay")
    CONTACT = "contact", _("leads around the platform")
    WEB_ADDRESS = "web_address", _("holds a web address")
