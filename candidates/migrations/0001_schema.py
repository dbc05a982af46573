"""People's profiles, the employers and sectors they keep away from, and the log of changed profiles."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Cast, Now
from django.utils import timezone

from common.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("candidates", "0001_initial"),
        ("candidates", "0003_work_style_draft"),
        ("candidates", "0004_names"),
        ("candidates", "0005_staying_listed"),
        ("candidates", "0006_reservations"),
        ("candidates", "0007_quiet_until"),
        ("candidates", "0008_last_changed"),
        ("candidates", "0009_read_by_matching"),
        ("candidates", "0010_names_of_columns"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_schema"),
        ("employers", "0001_schema"),
        ("reference", "0001_schema"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Candidate",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "user",
                        models.OneToOneField(
                            on_delete=models.CASCADE, related_name="candidate", to=settings.AUTH_USER_MODEL
                        ),
                    ),
                    (
                        "public_id",
                        models.UUIDField(
                            default=uuid.uuid4, editable=False, unique=True, verbose_name="number"
                        ),
                    ),
                    (
                        "created_at",
                        models.DateTimeField(default=timezone.now, editable=False, verbose_name="made"),
                    ),
                    (
                        "changed_at",
                        models.DateTimeField(
                            db_index=True, default=timezone.now, editable=False, verbose_name="changed"
                        ),
                    ),
                    ("listed", models.BooleanField(default=False, verbose_name="listed for employers")),
                    (
                        "confirmed_on",
                        models.DateField(
                            db_default=Cast(Now(), models.DateField()),
                            verbose_name="wish to be listed confirmed",
                        ),
                    ),
                    (
                        "reminders",
                        models.PositiveSmallIntegerField(
                            db_default=0, default=0, verbose_name="reminders to confirm it"
                        ),
                    ),
                    (
                        "unlisted_because",
                        models.CharField(
                            blank=True,
                            choices=[("paused", "paused by the person"), ("lapsed", "not confirmed in time")],
                            db_default="",
                            default="",
                            max_length=8,
                            verbose_name="not listed because",
                        ),
                    ),
                    ("paused_until", models.DateField(blank=True, null=True, verbose_name="paused until")),
                    (
                        "quiet_until",
                        models.DateField(
                            blank=True, editable=False, null=True, verbose_name="others are shown first until"
                        ),
                    ),
                    (
                        "country",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.PROTECT,
                            to="reference.country",
                            verbose_name="country of residence",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.PROTECT,
                            to="reference.region",
                            verbose_name="region",
                        ),
                    ),
                    ("zone", models.CharField(blank=True, max_length=64, verbose_name="time zone")),
                    (
                        "work_right",
                        models.CharField(
                            blank=True,
                            choices=[
                                (
                                    "unrestricted",
                                    "I may work here without a permit, or for an unlimited time",
                                ),
                                ("permit", "I have a permit with an end date"),
                                ("none", "I may not work here now"),
                            ],
                            max_length=16,
                            verbose_name="right to work there",
                        ),
                    ),
                    (
                        "permit_until",
                        models.DateField(blank=True, null=True, verbose_name="permit valid until"),
                    ),
                    (
                        "education_level",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="education level (ISCED 2011)"
                        ),
                    ),
                    (
                        "education_field",
                        models.CharField(
                            blank=True, max_length=2, verbose_name="field of education (ISCED-F 2013)"
                        ),
                    ),
                    (
                        "availability",
                        models.BinaryField(
                            default=bytes(84),
                            max_length=84,
                        ),
                    ),
                    (
                        "preferred",
                        models.BinaryField(
                            default=bytes(84),
                            max_length=84,
                        ),
                    ),
                    (
                        "hours_min",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="fewest hours a week"
                        ),
                    ),
                    (
                        "hours_max",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="most hours a week"
                        ),
                    ),
                    (
                        "contract_months",
                        models.PositiveSmallIntegerField(
                            blank=True,
                            help_text="Empty means as long as possible.",
                            null=True,
                            verbose_name="contract length wanted in months",
                        ),
                    ),
                    ("accepts_employment", models.BooleanField(default=True, verbose_name="employment")),
                    ("accepts_freelance", models.BooleanField(default=False, verbose_name="freelance")),
                    (
                        "minimum_pay",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=14,
                            null=True,
                            verbose_name="lowest pay I accept",
                        ),
                    ),
                    (
                        "wished_pay",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=14,
                            null=True,
                            verbose_name="pay I wish for",
                        ),
                    ),
                    ("pay_currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                    (
                        "pay_period",
                        models.CharField(
                            choices=[
                                ("hour", "per hour"),
                                ("day", "per day"),
                                ("week", "per week"),
                                ("month", "per month"),
                                ("year", "per year"),
                            ],
                            default="hour",
                            max_length=8,
                            verbose_name="period",
                        ),
                    ),
                    (
                        "earliest_start",
                        models.DateField(blank=True, null=True, verbose_name="earliest start"),
                    ),
                    ("just_looking", models.BooleanField(default=False, verbose_name="just looking around")),
                    (
                        "work_style",
                        ArrayField(
                            base_field=models.PositiveSmallIntegerField(),
                            blank=True,
                            null=True,
                            size=24,
                            verbose_name="work-style answers",
                        ),
                    ),
                    (
                        "work_style_version",
                        models.CharField(blank=True, max_length=8, verbose_name="version of the statements"),
                    ),
                ],
                options={
                    "verbose_name": "candidate",
                    "verbose_name_plural": "candidates",
                    "indexes": [
                        models.Index(fields=["-changed_at", "-id"], name="candidate_last_changed"),
                        models.Index(
                            condition=Q(listed=True), fields=["confirmed_on"], name="candidate_to_confirm"
                        ),
                        models.Index(
                            condition=Q(quiet_until__isnull=False),
                            fields=["quiet_until"],
                            name="candidate_quiet",
                        ),
                        models.Index(
                            condition=Q(paused_until__isnull=False),
                            fields=["paused_until"],
                            name="candidate_pause_ends",
                        ),
                    ],
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(hours_min=None)
                            | Q(hours_max=None)
                            | Q(hours_max__gte=F("hours_min")),
                            name="candidate_hours_in_order",
                        ),
                        models.CheckConstraint(
                            condition=Q(hours_max=None) | Q(hours_max__range=(1, 60)),
                            name="candidate_hours_possible",
                        ),
                        models.CheckConstraint(
                            condition=~Q(work_right="permit") | Q(permit_until__isnull=False),
                            name="candidate_permit_has_end",
                        ),
                        models.CheckConstraint(
                            condition=Q(minimum_pay=None) | Q(minimum_pay__gte=0),
                            name="candidate_minimum_pay_not_negative",
                        ),
                        models.CheckConstraint(
                            condition=Q(wished_pay=None)
                            | Q(minimum_pay=None)
                            | Q(wished_pay__gte=F("minimum_pay")),
                            name="candidate_wish_not_below_minimum",
                        ),
                        models.CheckConstraint(
                            condition=Q(listed=False) | (Q(country__isnull=False) & ~Q(zone="")),
                            name="candidate_listed_has_place",
                        ),
                        models.CheckConstraint(
                            condition=Q(listed=False) | Q(unlisted_because=""), name="candidate_listed_or_not"
                        ),
                        models.CheckConstraint(
                            condition=Q(paused_until=None) | Q(unlisted_because="paused"),
                            name="candidate_pause_has_end_while_paused",
                        ),
                        models.CheckConstraint(
                            condition=Q(education_level=None) | Q(education_level__lte=8),
                            name="candidate_education_possible",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PlaceKnown",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "candidate",
                        models.ForeignKey(
                            on_delete=models.CASCADE, related_name="places", to="candidates.candidate"
                        ),
                    ),
                    (
                        "country",
                        models.ForeignKey(
                            on_delete=models.PROTECT, to="reference.country", verbose_name="country"
                        ),
                    ),
                    ("city", models.CharField(blank=True, max_length=80, verbose_name="city")),
                    (
                        "tie",
                        models.CharField(
                            choices=[
                                ("lived", "lived there"),
                                ("worked", "worked there"),
                                ("studied", "studied there"),
                            ],
                            max_length=8,
                            verbose_name="how you know it",
                        ),
                    ),
                    ("years", models.PositiveSmallIntegerField(verbose_name="years")),
                ],
                options={
                    "verbose_name": "place known",
                    "verbose_name_plural": "places known",
                    "constraints": [
                        models.UniqueConstraint(
                            F("candidate"), F("country"), F("city"), F("tie"), name="candidate_place_once"
                        ),
                        models.CheckConstraint(
                            condition=Q(years__lte=80), name="candidate_place_years_possible"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="MarketServed",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "candidate",
                        models.ForeignKey(
                            on_delete=models.CASCADE, related_name="markets", to="candidates.candidate"
                        ),
                    ),
                    (
                        "country",
                        models.ForeignKey(
                            on_delete=models.PROTECT, to="reference.country", verbose_name="country"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "market served",
                    "verbose_name_plural": "markets served",
                    "constraints": [
                        models.UniqueConstraint(F("candidate"), F("country"), name="candidate_market_once")
                    ],
                },
            ),
            migrations.CreateModel(
                name="Experience",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "candidate",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=models.CASCADE,
                            related_name="experience",
                            to="candidates.candidate",
                        ),
                    ),
                    (
                        "sector",
                        models.ForeignKey(
                            on_delete=models.PROTECT, to="reference.sector", verbose_name="sector"
                        ),
                    ),
                    (
                        "channel",
                        models.ForeignKey(
                            on_delete=models.PROTECT, to="reference.channel", verbose_name="channel"
                        ),
                    ),
                    ("months", models.PositiveSmallIntegerField(verbose_name="months")),
                ],
                options={
                    "verbose_name": "experience",
                    "verbose_name_plural": "experience",
                    "indexes": [
                        models.Index(
                            fields=["candidate"],
                            include=("sector", "channel", "months"),
                            name="candidate_experience_read",
                        )
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            F("candidate"), F("sector"), F("channel"), name="candidate_experience_once"
                        ),
                        models.CheckConstraint(
                            condition=Q(months__range=(1, 720)), name="candidate_experience_months_possible"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CandidateChange",
                fields=[
                    (
                        "pk",
                        models.CompositePrimaryKey(
                            "xid",
                            "candidate_id",
                            blank=True,
                            editable=False,
                            primary_key=True,
                            serialize=False,
                        ),
                    ),
                    ("xid", models.BigIntegerField()),
                    ("candidate_id", models.BigIntegerField()),
                    ("at", models.DateTimeField(db_default=Now())),
                ],
                options={
                    "verbose_name": "change of a candidate",
                    "verbose_name_plural": "changes of candidates",
                    "db_table": "candidates_change",
                    "indexes": [
                        models.Index(
                            condition=Q(candidate_id=0), fields=["xid"], name="candidates_change_everybody"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="CandidateLanguage",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "candidate",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=models.CASCADE,
                            related_name="languages",
                            to="candidates.candidate",
                        ),
                    ),
                    (
                        "language",
                        models.ForeignKey(
                            on_delete=models.PROTECT, to="reference.language", verbose_name="language"
                        ),
                    ),
                    (
                        "claimed_level",
                        models.PositiveSmallIntegerField(
                            choices=[(1, "A1"), (2, "A2"), (3, "B1"), (4, "B2"), (5, "C1"), (6, "C2")],
                            verbose_name="level",
                        ),
                    ),
                    ("mother_tongue", models.BooleanField(default=False, verbose_name="mother tongue")),
                ],
                options={
                    "verbose_name": "language of a candidate",
                    "verbose_name_plural": "languages of candidates",
                    "indexes": [
                        models.Index(
                            fields=["candidate"],
                            include=("language", "claimed_level"),
                            name="candidate_language_read",
                        )
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            F("candidate"), F("language"), name="candidate_language_once"
                        ),
                        models.CheckConstraint(
                            condition=Q(claimed_level__range=(1, 6)), name="candidate_language_level_possible"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Reservation",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "candidate",
                        models.ForeignKey(
                            on_delete=models.CASCADE, related_name="reservations", to="candidates.candidate"
                        ),
                    ),
                    (
                        "sector",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.PROTECT,
                            to="reference.sector",
                            verbose_name="sector",
                        ),
                    ),
                    (
                        "employer",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.CASCADE,
                            related_name="+",
                            to="employers.employer",
                            verbose_name="employer",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "reservation of a candidate",
                    "verbose_name_plural": "reservations of candidates",
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(sector__isnull=True) ^ Q(employer__isnull=True),
                            name="candidate_reservation_of_one_thing",
                        ),
                        models.UniqueConstraint(
                            F("candidate"), F("sector"), name="candidate_reserves_sector_once"
                        ),
                        models.UniqueConstraint(
                            F("candidate"), F("employer"), name="candidate_reserves_employer_once"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CandidateSkill",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "candidate",
                        models.ForeignKey(
                            db_index=False,
                            on_delete=models.CASCADE,
                            related_name="skills",
                            to="candidates.candidate",
                        ),
                    ),
                    (
                        "skill",
                        models.ForeignKey(
                            on_delete=models.PROTECT, to="reference.skill", verbose_name="skill"
                        ),
                    ),
                    (
                        "stated",
                        models.PositiveSmallIntegerField(
                            choices=[
                                (1, "basic: I have done it with help"),
                                (2, "working: I do it on my own"),
                                (3, "strong: I could teach it"),
                            ],
                            verbose_name="your own statement",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "skill of a candidate",
                    "verbose_name_plural": "skills of candidates",
                    "indexes": [
                        models.Index(
                            fields=["candidate"], include=("skill", "stated"), name="candidate_skill_read"
                        )
                    ],
                    "constraints": [
                        models.UniqueConstraint(F("candidate"), F("skill"), name="candidate_skill_once"),
                        models.CheckConstraint(
                            condition=Q(stated__range=(1, 3)), name="candidate_skill_statement_possible"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="WorkStyleDraft",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "candidate",
                        models.OneToOneField(
                            on_delete=models.CASCADE,
                            related_name="work_style_draft",
                            to="candidates.candidate",
                        ),
                    ),
                    ("version", models.CharField(max_length=8, verbose_name="version of the statements")),
                    ("answers", models.JSONField(default=dict, verbose_name="answers so far")),
                ],
                options={
                    "verbose_name": "unfinished work-style answers",
                    "verbose_name_plural": "unfinished work-style answers",
                },
            ),
        )
    ]
