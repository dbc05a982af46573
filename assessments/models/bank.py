"""Banks of items with their parameters."""

from math import ceil

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.enums import BankKind, Interaction, ItemAct, ItemSkill, ItemState
from reference.enums import CEFRLevel


class Bank(models.Model):
    """A set of items that measure one language (levels A1 to C2) or one skill (levels 1 to 3) on one scale.

    `written_in` is the language of its texts; of a bank of a language that language itself.
    """

    code = models.SlugField(_("code"), unique=True)
    kind = models.CharField(_("kind"), max_length=24, choices=BankKind, default=BankKind.LANGUAGE)
    language = models.ForeignKey(
        "reference.Language", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("language")
    )
    skill = models.ForeignKey(
        "reference.Skill", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("skill")
    )
    written_in = models.ForeignKey(
        "reference.Language", on_delete=models.PROTECT, related_name="+", verbose_name=_("written in")
    )
    name = models.CharField(_("name"), max_length=120)
    version = models.CharField(_("version"), max_length=16)
    cuts = models.JSONField(
        _("lower bound of each level"),
        help_text=_("In logits, rising: A2 to C2 of a language, 2 and 3 of a skill."),
    )
    min_items = models.PositiveSmallIntegerField(_("fewest items in a session"), default=8)
    max_items = models.PositiveSmallIntegerField(_("most items in a session"), default=30)
    valid_months = models.PositiveSmallIntegerField(_("months that a result holds"), default=24)

    class Meta:
        verbose_name = _("item bank")
        verbose_name_plural = _("item banks")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=BankKind.LANGUAGE, language__isnull=False, skill=None)
                | (~models.Q(kind=BankKind.LANGUAGE) & models.Q(language=None, skill__isnull=False)),
                name="bank_of_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(min_items__gte=1, min_items__lte=models.F("max_items")),
                name="bank_length_possible",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def measured_code(self) -> str:
        """Code of the language or skill."""
        return str(self.language_id or self.skill_id)

    @property
    def measures(self) -> str:
        """Name of the language or skill, in the reader's language."""
        return str(self.language or self.skill)

    @property
    def test_name(self) -> str:
        """What its test is called for the reader; `name` is for staff, in English."""
        return gettext("%(what)s test") % {"what": self.measures}

    @property
    def minutes(self) -> int:
        """About how long a session takes: 50 seconds a question, in steps of five minutes."""
        return 5 * ceil(self.max_items * 50 / 300)

    @property
    def fixed_length(self) -> bool:
        """Whether every session has as many items."""
        return self.min_items == self.max_items


class Item(models.Model):
    """A question with its key. `a` discrimination and `b` difficulty in logits.

    What `options`, `key` and `content` hold depends on `interaction`; see `assessments.rules.interactions`. `steps` are
    the offsets from `b` (logits, one a credit) of an item with partial credit, empty where an answer is right or wrong.
    `skill` is its content area. `level` 1 to 6 is A1 to C2 in a bank of a language, 1 to 3 in a bank of a skill.
    `written_by` is empty for an item that a file keeps. `edition` counts the edits of a draft, so that nobody
    reviews another text than the one they read.
    """

    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="items", verbose_name=_("bank"))
    code = models.CharField(_("code"), max_length=32, unique=True)
    interaction = models.CharField(
        _("answered by"), max_length=16, choices=Interaction, default=Interaction.CHOICE
    )
    level = models.PositiveSmallIntegerField(_("level"))
    skill = models.CharField(_("skill"), max_length=32, choices=ItemSkill)
    topic = models.CharField(_("topic"), max_length=32)
    text = models.TextField(_("text"), blank=True)
    prompt = models.TextField(_("question"))
    options = models.JSONField(_("options"), default=list, blank=True)
    key = models.JSONField(_("key"))
    content = models.JSONField(_("further content"), default=dict, blank=True)
    rationale = models.TextField(_("why"))
    descriptor = models.JSONField(_("descriptor"))
    a = models.FloatField(_("discrimination"))
    b = models.FloatField(_("difficulty"))
    steps = models.JSONField(_("steps of partial credit"), default=list, blank=True)
    parameters_source = models.CharField(_("source of the parameters"), max_length=32)
    state = models.CharField(_("state"), max_length=16, choices=ItemState, default=ItemState.LIVE)
    media_count = models.PositiveSmallIntegerField(_("images and sounds"), default=0)
    times_given = models.PositiveIntegerField(_("times given"), default=0)
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("written by"),
    )
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reviewed by"),
    )

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(a__gt=0, a__lte=4), name="item_discrimination_possible"
            ),
            models.CheckConstraint(condition=models.Q(b__range=(-6, 6)), name="item_difficulty_possible"),
            models.CheckConstraint(
                condition=models.Q(written_by=None, reviewed_by=None)
                & models.Q(state__in=[ItemState.LIVE, ItemState.PRACTICE, ItemState.RETIRED])
                | models.Q(written_by__isnull=False, state=ItemState.DRAFT, reviewed_by=None)
                | models.Q(written_by__isnull=False, state=ItemState.RETIRED)
                | models.Q(
                    written_by__isnull=False,
                    reviewed_by__isnull=False,
                    state__in=[ItemState.REVIEWED, ItemState.PILOT, ItemState.LIVE],
                ),
                name="item_state_has_its_people",
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_by=None) | ~models.Q(reviewed_by=models.F("written_by")),
                name="item_reviewed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def level_name(self) -> str:
        """A1 to C2 in a bank of a language, the number in a bank of a skill."""
        return CEFRLevel(self.level).label if self.bank.language_id else str(self.level)

    @property
    def most_credit(self) -> int:
        """The credit of a wholly right answer."""
        return len(self.steps) or 1


class ItemLog(models.Model):
    """Who did what to an item, when and why; append-only. `by` is empty where the files did it."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="log", verbose_name=_("item"))
    act = models.CharField(_("what"), max_length=16, choices=ItemAct)
    state = models.CharField(_("state after it"), max_length=16, choices=ItemState)
    edition = models.PositiveSmallIntegerField(_("edition"))
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    reason = models.TextField(_("why"), blank=True)

    class Meta:
        verbose_name = _("step of an item")
        verbose_name_plural = _("steps of an item")
        ordering = ["item", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.get_act_display()} {self.at:%Y-%m-%d}"
