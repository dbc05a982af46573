import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("reference", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Candidate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "changed_at",
                    models.DateTimeField(db_index=True, default=django.utils.timezone.now, editable=False),
                ),
                ("listed", models.BooleanField(default=False, verbose_name="listed for employers")),
                ("zone", models.CharField(blank=True, max_length=64, verbose_name="time zone")),
                (
                    "work_right",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unrestricted", "I may work here without a permit, or for an unlimited time"),
                            ("permit", "I have a permit with an end date"),
                            ("none", "I may not work here now"),
                        ],
                        max_length=16,
                        verbose_name="right to work there",
                    ),
                ),
                ("permit_until", models.DateField(blank=True, null=True, verbose_name="permit valid until")),
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
                        default=b"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00",
                        max_length=84,
                    ),
                ),
                (
                    "preferred",
                    models.BinaryField(
                        default=b"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00",
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
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="most hours a week"),
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
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="pay I wish for"
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
                ("earliest_start", models.DateField(blank=True, null=True, verbose_name="earliest start")),
                ("just_looking", models.BooleanField(default=False, verbose_name="just looking around")),
                (
                    "work_style",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        blank=True,
                        null=True,
                        size=24,
                        verbose_name="work-style answers",
                    ),
                ),
                ("work_style_version", models.CharField(blank=True, max_length=8)),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="reference.country",
                        verbose_name="country of residence",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="reference.region",
                        verbose_name="region",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="candidate",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "candidate",
                "verbose_name_plural": "candidates",
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
                    "claimed_level",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "A1"), (2, "A2"), (3, "B1"), (4, "B2"), (5, "C1"), (6, "C2")],
                        verbose_name="level",
                    ),
                ),
                ("mother_tongue", models.BooleanField(default=False, verbose_name="mother tongue")),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="languages",
                        to="candidates.candidate",
                    ),
                ),
                (
                    "language",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="reference.language",
                        verbose_name="language",
                    ),
                ),
            ],
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
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="skills",
                        to="candidates.candidate",
                    ),
                ),
                (
                    "skill",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="reference.skill",
                        verbose_name="skill",
                    ),
                ),
            ],
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
                ("months", models.PositiveSmallIntegerField(verbose_name="months")),
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="experience",
                        to="candidates.candidate",
                    ),
                ),
                (
                    "channel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="reference.channel",
                        verbose_name="channel",
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="reference.sector",
                        verbose_name="sector",
                    ),
                ),
            ],
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="markets",
                        to="candidates.candidate",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="reference.country",
                        verbose_name="country",
                    ),
                ),
            ],
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
                (
                    "candidate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="places",
                        to="candidates.candidate",
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="reference.country",
                        verbose_name="country",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hours_min", None),
                    ("hours_max", None),
                    ("hours_max__gte", models.F("hours_min")),
                    _connector="OR",
                ),
                name="candidate_hours_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours_max", None), ("hours_max__range", (1, 60)), _connector="OR"),
                name="candidate_hours_possible",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("work_right", "permit"), _negated=True),
                    ("permit_until__isnull", False),
                    _connector="OR",
                ),
                name="candidate_permit_has_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(("minimum_pay", None), ("minimum_pay__gte", 0), _connector="OR"),
                name="candidate_minimum_pay_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("wished_pay", None),
                    ("minimum_pay", None),
                    ("wished_pay__gte", models.F("minimum_pay")),
                    _connector="OR",
                ),
                name="candidate_wish_not_below_minimum",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("listed", False),
                    models.Q(("country__isnull", False), models.Q(("zone", ""), _negated=True)),
                    _connector="OR",
                ),
                name="candidate_listed_has_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidate",
            constraint=models.CheckConstraint(
                condition=models.Q(("education_level", None), ("education_level__lte", 8), _connector="OR"),
                name="candidate_education_possible",
            ),
        ),
        migrations.AddConstraint(
            model_name="candidatelanguage",
            constraint=models.UniqueConstraint(
                models.F("candidate"), models.F("language"), name="candidate_language_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="candidatelanguage",
            constraint=models.CheckConstraint(
                condition=models.Q(("claimed_level__range", (1, 6))), name="candidate_language_level_possible"
            ),
        ),
        migrations.AddConstraint(
            model_name="candidateskill",
            constraint=models.UniqueConstraint(
                models.F("candidate"), models.F("skill"), name="candidate_skill_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="candidateskill",
            constraint=models.CheckConstraint(
                condition=models.Q(("stated__range", (1, 3))), name="candidate_skill_statement_possible"
            ),
        ),
        migrations.AddConstraint(
            model_name="experience",
            constraint=models.UniqueConstraint(
                models.F("candidate"),
                models.F("sector"),
                models.F("channel"),
                name="candidate_experience_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="experience",
            constraint=models.CheckConstraint(
                condition=models.Q(("months__range", (1, 720))), name="candidate_experience_months_possible"
            ),
        ),
        migrations.AddConstraint(
            model_name="marketserved",
            constraint=models.UniqueConstraint(
                models.F("candidate"), models.F("country"), name="candidate_market_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="placeknown",
            constraint=models.UniqueConstraint(
                models.F("candidate"),
                models.F("country"),
                models.F("city"),
                models.F("tie"),
                name="candidate_place_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="placeknown",
            constraint=models.CheckConstraint(
                condition=models.Q(("years__lte", 80)), name="candidate_place_years_possible"
            ),
        ),
    ]
