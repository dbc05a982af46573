"""Own vocabularies: a code that never changes, and a name in each language of the product."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reference.enums import SkillGroup
from reference.vocabularies import in_active_language


class Term(models.Model):
    """A word of a vocabulary. `names` maps a language of the product to the name; English is always there."""

    code = models.SlugField(_("code"), max_length=32, primary_key=True)
    names = models.JSONField(_("names"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the active language, else in English."""
        return in_active_language(self.names)


class Skill(Term):
    """A skill of customer-service work. `esco_uri` stands only where ESCO itself was read."""

    group = models.CharField(_("group"), max_length=16, choices=SkillGroup)
    esco_uri = models.URLField(blank=True)

    class Meta(Term.Meta):
        verbose_name = _("skill")
        verbose_name_plural = _("skills")


class Sector(Term):
    """A line of business that customers belong to."""

    class Meta(Term.Meta):
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")


class Channel(Term):
    """A way that customers reach people."""

    class Meta(Term.Meta):
        verbose_name = _("channel")
        verbose_name_plural = _("channels")


class Occupation(Term):
    """An occupation of ISCO-08 (the code is its four digits)."""

    esco_uri = models.URLField(blank=True)

    class Meta(Term.Meta):
        verbose_name = _("occupation")
        verbose_name_plural = _("occupations")
