"""Who is shown on which shortlist now, and the rounds in which that was shared out."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.naming import moment_in_words


class AllocationRound(models.Model):
    """One sharing out over all open vacancies, kept as it was; append-only, in the database too, for half a year.

    `places` are openings times `places_per_opening`. `by_hand` are people whom a recruiter placed; they take places
    and lists before anybody else. `beyond` are people shown on a list that would show nobody, although they are on as
    many others as one person may be. `busy` are those who suit and wait because they are shown on as many lists as one
    person may be. `short` counts vacancies that show fewer people than they have openings although more would suit.
    """

    made_at = models.DateTimeField(_("made"))
    inputs_digest = models.CharField(_("digest of the inputs"), max_length=64)
    cap = models.PositiveIntegerField(_("most shortlists a person"))
    places_per_opening = models.PositiveIntegerField(_("places shown an opening"))
    vacancies = models.PositiveIntegerField(_("open vacancies"))
    people = models.PositiveIntegerField(_("people ranked"))
    pairs = models.PositiveBigIntegerField(_("pairs that suit"))
    places = models.PositiveBigIntegerField(_("places"))
    shown = models.PositiveBigIntegerField(_("shown"))
    by_hand = models.PositiveIntegerField(_("placed by hand"))
    beyond = models.PositiveIntegerField(_("placed beyond the limit"), default=0)
    busy = models.PositiveBigIntegerField(_("waiting because of the cap"))
    short = models.PositiveIntegerField(_("vacancies with empty openings"))
    turns = models.PositiveIntegerField(_("turns"))
    blocking = models.PositiveIntegerField(_("blocking pairs found"))

    class Meta:
        verbose_name = _("allocation round")
        verbose_name_plural = _("allocation rounds")
        indexes = [models.Index(fields=["-made_at", "-id"], name="allocation_newest_first")]
        constraints = [models.CheckConstraint(condition=models.Q(blocking=0), name="allocation_is_stable")]

    def __str__(self) -> str:
        return moment_in_words(self.made_at)


class VacancyAllocation(models.Model):
    """Candidate ids of an open vacancy's list, each in rank order: `shown` now, and `waiting` for a place.

    `busy` are those of `waiting` who are shown on as many other lists as one person may be. `round` is the last one
    that changed this row. Who is ranked but in neither came after that round.
    """

    vacancy = models.OneToOneField(
        "vacancies.Vacancy", on_delete=models.CASCADE, primary_key=True, related_name="allocation"
    )
    round = models.ForeignKey(AllocationRound, on_delete=models.PROTECT, related_name="+")
    shown = ArrayField(models.BigIntegerField())
    waiting = ArrayField(models.BigIntegerField())
    busy = ArrayField(models.BigIntegerField())

    class Meta:
        indexes = [GinIndex(fields=["shown"], name="allocation_shown")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(busy__contained_by=models.F("waiting"))
                & ~models.Q(shown__overlap=models.F("waiting")),
                name="allocation_shown_or_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.vacancy_id}: {len(self.shown)}"


class ExposureReport(models.Model):
    """How evenly shortlists show the people who suit anything; append-only, in the database too, for half a year.

    `figures` holds what `matching.queries.exposure` worked out, for the lists without and with sharing out.
    """

    made_at = models.DateTimeField(_("made"))
    on = models.DateField(_("facts of"))
    round = models.ForeignKey(AllocationRound, on_delete=models.PROTECT, null=True, related_name="+")
    figures = models.JSONField()

    class Meta:
        verbose_name = _("exposure report")
        verbose_name_plural = _("exposure reports")
        indexes = [models.Index(fields=["-made_at", "-id"], name="exposure_newest_first")]

    def __str__(self) -> str:
        return moment_in_words(self.made_at)
