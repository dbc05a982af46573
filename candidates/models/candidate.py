"""The candidate: one row a person, no name, nothing protected."""

import uuid
from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.signing import TimestampSigner
from django.db import models
from django.db.models.functions import Cast, Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from candidates.enums import UnlistedBecause, WorkRight
from common.money import PayPeriod
from common.week import EMPTY_WEEK, WEEK_BYTES

STAY_SALT = "candidates.stay_listed"


class CandidateQuerySet(models.QuerySet["Candidate"]):
    """The vocabulary of candidates."""

    def listed(self) -> "CandidateQuerySet":
        """People who agreed to be listed for employers."""
        return self.filter(listed=True)

    def open_to(self, *, employer: int, sector: str | None) -> "CandidateQuerySet":
        """People who made no reservation against an employer (its number) or a sector (its code, None for none)."""
        people = self.exclude(reservations__employer=employer)
        return people.exclude(reservations__sector=sector) if sector else people


class Candidate(models.Model):
    """A person looking for work. Saved in steps, so every fact may still be missing.

    Name and contact stand in `accounts.Identity`.
    `availability` and `preferred` are weekly masks of local quarter hours (see `common.week`); an empty
    `preferred` is no preference.
    `changed_at` moves whenever anything that matching reads changes.
    `confirmed_on` is the day on which the person last said that they want to be found, `reminders` how often they were
    asked since. Whoever agreed and is not found at the moment has a reason for it in `unlisted_because`.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="candidate")
    public_id = models.UUIDField(_("number"), default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, db_index=True, editable=False)
    listed = models.BooleanField(_("listed for employers"), default=False)
    confirmed_on = models.DateField(
        _("wish to be listed confirmed"), db_default=Cast(Now(), models.DateField())
    )
    reminders = models.PositiveSmallIntegerField(_("reminders to confirm it"), default=0, db_default=0)
    unlisted_because = models.CharField(
        _("not listed because"), max_length=8, choices=UnlistedBecause, blank=True, default="", db_default=""
    )
    paused_until = models.DateField(_("paused until"), null=True, blank=True)
    quiet_until = models.DateField(_("others are shown first until"), null=True, blank=True, editable=False)

    country = models.ForeignKey(
        "reference.Country",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("country of residence"),
    )
    region = models.ForeignKey(
        "reference.Region", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("region")
    )
    zone = models.CharField(_("time zone"), max_length=64, blank=True)
    work_right = models.CharField(_("right to work there"), max_length=16, choices=WorkRight, blank=True)
    permit_until = models.DateField(_("permit valid until"), null=True, blank=True)

    education_level = models.PositiveSmallIntegerField(
        _("education level (ISCED 2011)"), null=True, blank=True
    )
    education_field = models.CharField(_("field of education (ISCED-F 2013)"), max_length=2, blank=True)

    availability = models.BinaryField(max_length=WEEK_BYTES, default=EMPTY_WEEK)
    preferred = models.BinaryField(max_length=WEEK_BYTES, default=EMPTY_WEEK)
    hours_min = models.PositiveSmallIntegerField(_("fewest hours a week"), null=True, blank=True)
    hours_max = models.PositiveSmallIntegerField(_("most hours a week"), null=True, blank=True)

    contract_months = models.PositiveSmallIntegerField(
        _("contract length wanted in months"),
        null=True,
        blank=True,
        help_text=_("Empty means as long as possible."),
    )
    accepts_employment = models.BooleanField(_("employment"), default=True)
    accepts_freelance = models.BooleanField(_("freelance"), default=False)
    minimum_pay = models.DecimalField(
        _("lowest pay I accept"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    wished_pay = models.DecimalField(
        _("pay I wish for"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    pay_currency = models.CharField(_("currency"), max_length=3, blank=True)
    pay_period = models.CharField(_("period"), max_length=8, choices=PayPeriod, default=PayPeriod.HOUR)
    earliest_start = models.DateField(_("earliest start"), null=True, blank=True)
    just_looking = models.BooleanField(_("just looking around"), default=False)

    work_style = ArrayField(
        models.PositiveSmallIntegerField(),
        size=24,
        null=True,
        blank=True,
        verbose_name=_("work-style answers"),
    )
    work_style_version = models.CharField(_("version of the statements"), max_length=8, blank=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        indexes = [
            models.Index(fields=["-changed_at", "-id"], name="candidate_last_changed"),
            models.Index(
                fields=["confirmed_on"], condition=models.Q(listed=True), name="candidate_to_confirm"
            ),
            models.Index(
                fields=["quiet_until"],
                condition=models.Q(quiet_until__isnull=False),
                name="candidate_quiet",
            ),
            models.Index(
                fields=["paused_until"],
                condition=models.Q(paused_until__isnull=False),
                name="candidate_pause_ends",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hours_min=None)
                | models.Q(hours_max=None)
                | models.Q(hours_max__gte=models.F("hours_min")),
                name="candidate_hours_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(hours_max=None) | models.Q(hours_max__range=(1, 60)),
                name="candidate_hours_possible",
            ),
            models.CheckConstraint(
                condition=~models.Q(work_right="permit") | models.Q(permit_until__isnull=False),
                name="candidate_permit_has_end",
            ),
            models.CheckConstraint(
                condition=models.Q(minimum_pay=None) | models.Q(minimum_pay__gte=0),
                name="candidate_minimum_pay_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(wished_pay=None)
                | models.Q(minimum_pay=None)
                | models.Q(wished_pay__gte=models.F("minimum_pay")),
                name="candidate_wish_not_below_minimum",
            ),
            models.CheckConstraint(
                condition=models.Q(listed=False) | models.Q(country__isnull=False) & ~models.Q(zone=""),
                name="candidate_listed_has_place",
            ),
            models.CheckConstraint(
                condition=models.Q(listed=False) | models.Q(unlisted_because=""),
                name="candidate_listed_or_not",
            ),
            models.CheckConstraint(
                condition=models.Q(paused_until=None) | models.Q(unlisted_because="paused"),
                name="candidate_pause_has_end_while_paused",
            ),
            models.CheckConstraint(
                condition=models.Q(education_level=None) | models.Q(education_level__lte=8),
                name="candidate_education_possible",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def listed_until(self) -> date:
        """The last day on which the person is found without saying again that they want to be."""
        return self.confirmed_on + timedelta(days=settings.LISTED_DAYS)

    @property
    def stay_token(self) -> str:
        """What the link to stay listed carries: it can do that one thing, for whoever holds it."""
        return TimestampSigner(salt=STAY_SALT).sign(self.public_id.hex)

    @property
    def short_name(self) -> str:
        """What a person is called wherever their name is not shown: the first six signs of their public id."""
        return self.public_id.hex[:6].upper()
