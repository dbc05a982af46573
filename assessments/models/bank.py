"""Banks of items with their parameters."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.enums import ItemSkill, ItemState
from reference.enums import CEFRLevel


class Bank(models.Model):
    """A set of items that measure one language on one scale. Written by `manage.py load_banks` only."""

    code = models.SlugField(_("code"), unique=True)
    language = models.ForeignKey("reference.Language", on_delete=models.PROTECT, verbose_name=_("language"))
    name = models.CharField(_("name"), max_length=120)
    version = models.CharField(_("version"), max_length=16)
    cuts = models.JSONField(_("lower bound of each level"), help_text=_("In logits, A2 to C2, rising."))
    max_items = models.PositiveSmallIntegerField(_("most items in a session"), default=30)
    valid_months = models.PositiveSmallIntegerField(_("months that a result holds"), default=24)

    class Meta:
        verbose_name = _("item bank")
        verbose_name_plural = _("item banks")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Item(models.Model):
    """A question with one key. `a` discrimination and `b` difficulty in logits; `skill` is its content area."""

    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="items", verbose_name=_("bank"))
    code = models.CharField(_("code"), max_length=32, unique=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=CEFRLevel)
    skill = models.CharField(_("skill"), max_length=32, choices=ItemSkill)
    topic = models.CharField(_("topic"), max_length=32)
    text = models.TextField(_("text"), blank=True)
    prompt = models.TextField(_("question"))
    options = models.JSONField(_("options"))
    key = models.PositiveSmallIntegerField(_("key"))
    rationale = models.TextField(_("why"))
    descriptor = models.JSONField(_("descriptor"))
    a = models.FloatField(_("discrimination"))
    b = models.FloatField(_("difficulty"))
    parameters_source = models.CharField(_("source of the parameters"), max_length=32)
    state = models.CharField(_("state"), max_length=16, choices=ItemState, default=ItemState.LIVE)
    times_given = models.PositiveIntegerField(_("times given"), default=0)

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(a__gt=0, a__lte=4), name="item_discrimination_possible"
            ),
            models.CheckConstraint(condition=models.Q(b__range=(-6, 6)), name="item_difficulty_possible"),
        ]

    def __str__(self) -> str:
        return self.code
