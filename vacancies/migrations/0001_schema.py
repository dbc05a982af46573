"""Vacancies, their versions, and what a version asks for and offers."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Upper

from common.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [
        ("vacancies", "0001_initial"),
        ("vacancies", "0002_names"),
        ("vacancies", "0003_remarks_of_a_review"),
        ("vacancies", "0004_newest_published"),
        ("vacancies", "0005_desk_list"),
        ("vacancies", "0006_names_of_columns"),
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
                name="Vacancy",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "employer",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="vacancies",
                            to="employers.employer",
                            verbose_name="employer",
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("draft", "draft"),
                                ("in_review", "in review"),
                                ("published", "published"),
                                ("paused", "paused"),
                                ("closed", "closed"),
                            ],
                            default="draft",
                            max_length=16,
                            verbose_name="state",
                        ),
                    ),
                    (
                        "current",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.PROTECT,
                            related_name="+",
                            to="vacancies.vacancyversion",
                        ),
                    ),
                    (
                        "draft",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.SET_NULL,
                            related_name="+",
                            to="vacancies.vacancyversion",
                        ),
                    ),
                    (
                        "created_by",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="made by",
                        ),
                    ),
                    ("created_at", models.DateTimeField(verbose_name="made")),
                    ("changed_at", models.DateTimeField(db_index=True, verbose_name="changed")),
                    ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                    ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                    (
                        "closed_because",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("filled", "filled"),
                                ("withdrawn", "withdrawn"),
                                ("expired", "expired"),
                            ],
                            max_length=16,
                            verbose_name="closed because",
                        ),
                    ),
                    ("form_key", models.UUIDField(blank=True, editable=False, null=True)),
                ],
                options={
                    "verbose_name": "vacancy",
                    "verbose_name_plural": "vacancies",
                    "indexes": [
                        models.Index(fields=["employer", "state"], name="vacancy_by_employer"),
                        models.Index(
                            condition=Q(state="published"),
                            fields=["-published_at", "-id"],
                            name="vacancy_published_newest",
                        ),
                        models.Index(
                            models.Case(
                                models.When(state="in_review", then=models.Value(0)),
                                default=models.Value(1),
                                output_field=models.IntegerField(),
                            ),
                            F("changed_at"),
                            F("id"),
                            name="vacancy_review_first",
                        ),
                    ],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("employer", "form_key"), name="vacancy_form_sent_once"
                        ),
                        models.CheckConstraint(
                            condition=~Q(state__in=["draft", "in_review"]) | Q(current=None),
                            name="vacancy_unpublished_has_no_current",
                        ),
                        models.CheckConstraint(
                            condition=~Q(state="in_review") | Q(draft__isnull=False),
                            name="vacancy_in_review_has_draft",
                        ),
                        models.CheckConstraint(
                            condition=~Q(state__in=["published", "paused"])
                            | Q(current__isnull=False, published_at__isnull=False),
                            name="vacancy_published_has_version",
                        ),
                        models.CheckConstraint(
                            condition=(Q(closed_at__isnull=False, state="closed") & ~Q(closed_because=""))
                            | (~Q(state="closed") & Q(closed_at=None, closed_because="")),
                            name="vacancy_closed_has_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="VacancyStatusLog",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "vacancy",
                        models.ForeignKey(
                            on_delete=models.CASCADE, related_name="status_log", to="vacancies.vacancy"
                        ),
                    ),
                    (
                        "state",
                        models.CharField(
                            choices=[
                                ("draft", "draft"),
                                ("in_review", "in review"),
                                ("published", "published"),
                                ("paused", "paused"),
                                ("closed", "closed"),
                            ],
                            max_length=16,
                            verbose_name="state",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="at")),
                    (
                        "by",
                        models.ForeignKey(
                            null=True,
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="by",
                        ),
                    ),
                    ("reason", models.TextField(blank=True, verbose_name="reason")),
                    ("remarks", models.JSONField(blank=True, default=dict, verbose_name="remarks")),
                ],
                options={
                    "verbose_name": "step of a vacancy",
                    "verbose_name_plural": "steps of a vacancy",
                },
            ),
            migrations.CreateModel(
                name="VacancyVersion",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "vacancy",
                        models.ForeignKey(
                            on_delete=models.CASCADE, related_name="versions", to="vacancies.vacancy"
                        ),
                    ),
                    ("number", models.PositiveIntegerField()),
                    ("created_at", models.DateTimeField()),
                    ("frozen_at", models.DateTimeField(blank=True, null=True)),
                    ("title", models.CharField(max_length=120, verbose_name="title")),
                    ("description", models.TextField(blank=True, max_length=8000, verbose_name="the work")),
                    (
                        "occupation",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.PROTECT,
                            to="reference.occupation",
                            verbose_name="occupation",
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
                        "channels",
                        ArrayField(
                            base_field=models.CharField(max_length=32),
                            blank=True,
                            default=list,
                            size=None,
                            verbose_name="channels",
                        ),
                    ),
                    (
                        "zone",
                        models.CharField(blank=True, max_length=64, verbose_name="time zone of the shift"),
                    ),
                    (
                        "hours_week",
                        models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="hours a week"),
                    ),
                    ("start_date", models.DateField(blank=True, null=True, verbose_name="start")),
                    ("months", models.PositiveSmallIntegerField(default=6, verbose_name="months")),
                    ("openings", models.PositiveSmallIntegerField(default=1, verbose_name="openings")),
                    (
                        "contract_form",
                        models.CharField(
                            choices=[("employment", "employment"), ("freelance", "freelance")],
                            default="employment",
                            max_length=16,
                            verbose_name="contract",
                        ),
                    ),
                    (
                        "legal_employer",
                        models.CharField(
                            choices=[
                                ("client", "the company itself"),
                                ("platform", "the platform"),
                                ("provider", "a staffing provider in the person's country"),
                            ],
                            default="client",
                            max_length=16,
                            verbose_name="legal employer",
                        ),
                    ),
                    (
                        "legal_employer_name",
                        models.CharField(
                            blank=True, max_length=120, verbose_name="name of the legal employer"
                        ),
                    ),
                    (
                        "pay_min",
                        models.DecimalField(
                            blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="pay from"
                        ),
                    ),
                    (
                        "pay_max",
                        models.DecimalField(
                            blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="pay to"
                        ),
                    ),
                    ("pay_currency", models.CharField(default="EUR", max_length=3, verbose_name="currency")),
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
                        "customer_countries",
                        ArrayField(
                            base_field=models.CharField(max_length=2),
                            blank=True,
                            default=list,
                            size=None,
                            verbose_name="customers' countries",
                        ),
                    ),
                    (
                        "culture_wanted",
                        models.BooleanField(default=False, verbose_name="cultural fit counts"),
                    ),
                    (
                        "locality_wanted",
                        models.BooleanField(
                            default=False, verbose_name="being at home with the customers' countries counts"
                        ),
                    ),
                    (
                        "locality_for",
                        models.CharField(
                            blank=True, max_length=400, verbose_name="which part of the work needs it"
                        ),
                    ),
                    (
                        "weights",
                        models.JSONField(blank=True, default=dict, verbose_name="weights of the parts"),
                    ),
                ],
                options={
                    "verbose_name": "vacancy version",
                    "verbose_name_plural": "vacancy versions",
                    "indexes": [
                        GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="version_title_trigrams")
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("vacancy", "number"), name="version_number_once"),
                        models.CheckConstraint(
                            condition=Q(pay_min=None) | Q(pay_min__gt=0), name="version_pay_positive"
                        ),
                        models.CheckConstraint(
                            condition=Q(pay_min=None) | Q(pay_max=None) | Q(pay_max__gte=F("pay_min")),
                            name="version_pay_in_order",
                        ),
                        models.CheckConstraint(
                            condition=Q(hours_week=None) | Q(hours_week__range=(1, 60)),
                            name="version_hours_possible",
                        ),
                        models.CheckConstraint(
                            condition=Q(months__range=(1, 120)), name="version_months_possible"
                        ),
                        models.CheckConstraint(
                            condition=Q(openings__range=(1, 10000)), name="version_openings_possible"
                        ),
                        models.CheckConstraint(
                            condition=Q(locality_wanted=False) | ~Q(locality_for=""),
                            name="version_locality_says_for_what",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="VersionLanguage",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "version",
                        models.ForeignKey(
                            on_delete=models.CASCADE, related_name="languages", to="vacancies.vacancyversion"
                        ),
                    ),
                    (
                        "language",
                        models.ForeignKey(
                            on_delete=models.PROTECT, to="reference.language", verbose_name="language"
                        ),
                    ),
                    (
                        "level",
                        models.PositiveSmallIntegerField(
                            choices=[(1, "A1"), (2, "A2"), (3, "B1"), (4, "B2"), (5, "C1"), (6, "C2")],
                            verbose_name="level",
                        ),
                    ),
                    ("must", models.BooleanField(default=True, verbose_name="required")),
                    ("weight", models.PositiveSmallIntegerField(default=1, verbose_name="weight")),
                ],
                options={
                    "verbose_name": "language asked for",
                    "verbose_name_plural": "languages asked for",
                    "constraints": [
                        models.UniqueConstraint(fields=("version", "language"), name="version_language_once"),
                        models.CheckConstraint(
                            condition=Q(weight__range=(1, 5)), name="version_language_weight_possible"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="VersionSkill",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "version",
                        models.ForeignKey(
                            on_delete=models.CASCADE, related_name="skills", to="vacancies.vacancyversion"
                        ),
                    ),
                    (
                        "skill",
                        models.ForeignKey(
                            on_delete=models.PROTECT, to="reference.skill", verbose_name="skill"
                        ),
                    ),
                    ("must", models.BooleanField(default=False, verbose_name="required")),
                    ("minimum", models.PositiveSmallIntegerField(default=1, verbose_name="minimum")),
                    ("weight", models.PositiveSmallIntegerField(default=1, verbose_name="weight")),
                ],
                options={
                    "verbose_name": "skill asked for",
                    "verbose_name_plural": "skills asked for",
                    "constraints": [
                        models.UniqueConstraint(fields=("version", "skill"), name="version_skill_once"),
                        models.CheckConstraint(
                            condition=Q(minimum__range=(1, 3)), name="version_skill_minimum_possible"
                        ),
                        models.CheckConstraint(
                            condition=Q(weight__range=(1, 5)), name="version_skill_weight_possible"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="VersionShift",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "version",
                        models.ForeignKey(
                            on_delete=models.CASCADE, related_name="shifts", to="vacancies.vacancyversion"
                        ),
                    ),
                    ("weekday", models.PositiveSmallIntegerField(verbose_name="weekday")),
                    ("start_minute", models.PositiveSmallIntegerField(verbose_name="start")),
                    ("duration_minutes", models.PositiveSmallIntegerField(verbose_name="length")),
                    ("must", models.BooleanField(default=False, verbose_name="must be covered")),
                ],
                options={
                    "verbose_name": "block of the week",
                    "verbose_name_plural": "blocks of the week",
                    "ordering": ["weekday", "start_minute"],
                    "constraints": [
                        models.UniqueConstraint(
                            fields=("version", "weekday", "start_minute"), name="version_shift_once"
                        ),
                        models.CheckConstraint(
                            condition=Q(weekday__lte=6), name="version_shift_weekday_possible"
                        ),
                        models.CheckConstraint(
                            condition=Q(start_minute__lt=1440), name="version_shift_start_possible"
                        ),
                        models.CheckConstraint(
                            condition=Q(duration_minutes__range=(15, 1440)),
                            name="version_shift_length_possible",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="VersionCountry",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    (
                        "version",
                        models.ForeignKey(
                            on_delete=models.CASCADE, related_name="countries", to="vacancies.vacancyversion"
                        ),
                    ),
                    (
                        "country",
                        models.ForeignKey(
                            on_delete=models.PROTECT, to="reference.country", verbose_name="country"
                        ),
                    ),
                    (
                        "pay_min",
                        models.DecimalField(
                            blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="pay from"
                        ),
                    ),
                    (
                        "pay_max",
                        models.DecimalField(
                            blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="pay to"
                        ),
                    ),
                    ("currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                    (
                        "pay_state",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("ok", "above every floor"),
                                ("below", "below a floor"),
                                ("unknown", "floor to be confirmed"),
                            ],
                            max_length=8,
                        ),
                    ),
                    ("pay_facts", models.JSONField(blank=True, default=dict)),
                    ("checked_on", models.DateField(blank=True, null=True)),
                ],
                options={
                    "verbose_name": "country to hire in",
                    "verbose_name_plural": "countries to hire in",
                    "constraints": [
                        models.UniqueConstraint(fields=("version", "country"), name="version_country_once"),
                        models.CheckConstraint(
                            condition=Q(pay_max=None, pay_min=None)
                            | Q(pay_max__gte=F("pay_min"), pay_min__gt=0),
                            name="version_country_pay_in_order",
                        ),
                    ],
                },
            ),
        )
    ]
