"""Facts and vocabularies: countries, languages, skills, wage floors, prices, hours, zones, exchange rates."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q
from django.utils import timezone

from common.migrating import CreateModels


class Migration(migrations.Migration):
    replaces = [("reference", "0001_initial"), ("reference", "0002_names_of_columns")]

    initial = True

    dependencies = [("accounts", "0001_schema")]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Language",
                fields=[
                    (
                        "code",
                        models.CharField(
                            max_length=8, primary_key=True, serialize=False, verbose_name="code"
                        ),
                    ),
                ],
                options={
                    "verbose_name": "language",
                    "verbose_name_plural": "languages",
                    "ordering": ["code"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(code__regex="^[a-z]{2,3}$"), name="language_code_is_bcp47"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ExchangeRate",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("source", models.TextField(verbose_name="source")),
                    ("source_ref", models.CharField(blank=True, max_length=400, verbose_name="reference")),
                    ("as_of", models.CharField(blank=True, max_length=10, verbose_name="as of")),
                    (
                        "reliability",
                        models.CharField(
                            choices=[
                                ("A", "A: two sources or the legal text"),
                                ("B", "B: one dated source"),
                                ("C", "C: one weak or derived source"),
                                ("D", "D: stale or unchecked"),
                            ],
                            max_length=1,
                            verbose_name="reliability",
                        ),
                    ),
                    ("notes", models.TextField(blank=True, verbose_name="notes")),
                    (
                        "origin",
                        models.CharField(
                            choices=[("file", "data file"), ("staff", "staff"), ("demo", "demo")],
                            default="file",
                            max_length=8,
                            verbose_name="made by",
                        ),
                    ),
                    ("currency", models.CharField(max_length=3, verbose_name="currency")),
                    ("on", models.DateField(verbose_name="day of the rate")),
                    (
                        "units_per_eur",
                        models.DecimalField(decimal_places=8, max_digits=20, verbose_name="units per euro"),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("ecb", "ECB reference rate"),
                                ("market", "market mid rate"),
                                ("definition", "by definition"),
                            ],
                            max_length=12,
                            verbose_name="kind",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "exchange rate",
                    "verbose_name_plural": "exchange rates",
                    "ordering": ["currency", "-on"],
                    "constraints": [
                        models.UniqueConstraint(F("currency"), F("on"), name="exchange_rate_once_a_day"),
                        models.CheckConstraint(
                            condition=Q(units_per_eur__gt=0), name="exchange_rate_positive"
                        ),
                        models.CheckConstraint(
                            condition=Q(currency__regex="^[A-Z]{3}$"), name="exchange_rate_currency_is_iso"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="FactsVersion",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("digest", models.CharField(max_length=64, verbose_name="digest")),
                    ("loaded_at", models.DateTimeField(verbose_name="loaded")),
                    ("counts", models.JSONField(default=dict, verbose_name="rows")),
                ],
                options={
                    "verbose_name": "version of the facts",
                    "verbose_name_plural": "versions of the facts",
                    "ordering": ["-loaded_at"],
                },
            ),
            migrations.CreateModel(
                name="Skill",
                fields=[
                    (
                        "code",
                        models.SlugField(
                            max_length=32, primary_key=True, serialize=False, verbose_name="code"
                        ),
                    ),
                    ("names", models.JSONField(verbose_name="names")),
                    ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                    (
                        "group",
                        models.CharField(
                            choices=[
                                ("contact", "contact handling"),
                                ("writing", "writing"),
                                ("tools", "tools"),
                                ("sales", "sales"),
                                ("technical", "technical"),
                                ("back_office", "back office"),
                                ("leadership", "leading and training"),
                                ("local", "local knowledge"),
                            ],
                            max_length=16,
                            verbose_name="group",
                        ),
                    ),
                    ("esco_uri", models.URLField(blank=True)),
                ],
                options={
                    "verbose_name": "skill",
                    "verbose_name_plural": "skills",
                    "ordering": ["position", "code"],
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Sector",
                fields=[
                    (
                        "code",
                        models.SlugField(
                            max_length=32, primary_key=True, serialize=False, verbose_name="code"
                        ),
                    ),
                    ("names", models.JSONField(verbose_name="names")),
                    ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ],
                options={
                    "verbose_name": "sector",
                    "verbose_name_plural": "sectors",
                    "ordering": ["position", "code"],
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Channel",
                fields=[
                    (
                        "code",
                        models.SlugField(
                            max_length=32, primary_key=True, serialize=False, verbose_name="code"
                        ),
                    ),
                    ("names", models.JSONField(verbose_name="names")),
                    ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ],
                options={
                    "verbose_name": "channel",
                    "verbose_name_plural": "channels",
                    "ordering": ["position", "code"],
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Occupation",
                fields=[
                    (
                        "code",
                        models.SlugField(
                            max_length=32, primary_key=True, serialize=False, verbose_name="code"
                        ),
                    ),
                    ("names", models.JSONField(verbose_name="names")),
                    ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                    ("esco_uri", models.URLField(blank=True)),
                ],
                options={
                    "verbose_name": "occupation",
                    "verbose_name_plural": "occupations",
                    "ordering": ["position", "code"],
                    "abstract": False,
                },
            ),
            migrations.CreateModel(
                name="Country",
                fields=[
                    (
                        "iso2",
                        models.CharField(
                            max_length=2, primary_key=True, serialize=False, verbose_name="code"
                        ),
                    ),
                    ("currency", models.CharField(max_length=3, verbose_name="currency")),
                    ("eu", models.BooleanField(default=False, verbose_name="European Union")),
                    ("eea", models.BooleanField(default=False, verbose_name="European Economic Area")),
                    ("researched", models.BooleanField(default=False, verbose_name="facts gathered")),
                    (
                        "main_zone",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.PROTECT,
                            related_name="+",
                            to="reference.zone",
                            verbose_name="main time zone",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "country",
                    "verbose_name_plural": "countries",
                    "ordering": ["iso2"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(iso2__regex="^[A-Z]{2}$"), name="country_code_is_iso2"
                        ),
                        models.CheckConstraint(
                            condition=Q(currency__regex="^[A-Z]{3}$"), name="country_currency_is_iso"
                        ),
                        models.CheckConstraint(
                            condition=Q(eu=False) | Q(eea=True), name="country_eu_is_in_eea"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Region",
                fields=[
                    (
                        "code",
                        models.CharField(
                            max_length=6, primary_key=True, serialize=False, verbose_name="code"
                        ),
                    ),
                    (
                        "country",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="regions",
                            to="reference.country",
                            verbose_name="country",
                        ),
                    ),
                    ("name", models.CharField(max_length=80, verbose_name="name")),
                ],
                options={
                    "verbose_name": "region",
                    "verbose_name_plural": "regions",
                    "ordering": ["country", "name"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(code__regex="^[A-Z]{2}-[A-Z0-9]{1,3}$"), name="region_code_is_iso"
                        ),
                        models.UniqueConstraint(F("country"), F("name"), name="region_name_once"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Zone",
                fields=[
                    (
                        "name",
                        models.CharField(
                            max_length=64, primary_key=True, serialize=False, verbose_name="time zone"
                        ),
                    ),
                    (
                        "country",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="zones",
                            to="reference.country",
                            verbose_name="country",
                        ),
                    ),
                    ("note", models.CharField(blank=True, max_length=120, verbose_name="where")),
                ],
                options={
                    "verbose_name": "time zone",
                    "verbose_name_plural": "time zones",
                    "ordering": ["name"],
                },
            ),
            migrations.CreateModel(
                name="CountryLanguage",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("source", models.TextField(verbose_name="source")),
                    ("source_ref", models.CharField(blank=True, max_length=400, verbose_name="reference")),
                    ("as_of", models.CharField(blank=True, max_length=10, verbose_name="as of")),
                    (
                        "reliability",
                        models.CharField(
                            choices=[
                                ("A", "A: two sources or the legal text"),
                                ("B", "B: one dated source"),
                                ("C", "C: one weak or derived source"),
                                ("D", "D: stale or unchecked"),
                            ],
                            max_length=1,
                            verbose_name="reliability",
                        ),
                    ),
                    ("notes", models.TextField(blank=True, verbose_name="notes")),
                    (
                        "origin",
                        models.CharField(
                            choices=[("file", "data file"), ("staff", "staff"), ("demo", "demo")],
                            default="file",
                            max_length=8,
                            verbose_name="made by",
                        ),
                    ),
                    (
                        "country",
                        models.ForeignKey(
                            on_delete=models.CASCADE, related_name="languages", to="reference.country"
                        ),
                    ),
                    (
                        "language",
                        models.ForeignKey(
                            on_delete=models.PROTECT, related_name="countries", to="reference.language"
                        ),
                    ),
                    (
                        "percent",
                        models.DecimalField(
                            decimal_places=4, max_digits=7, verbose_name="percent of the population"
                        ),
                    ),
                    (
                        "status",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("official", "official"),
                                ("de_facto_official", "official in practice"),
                                ("official_regional", "official in a region"),
                            ],
                            max_length=20,
                            verbose_name="standing",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "language of a country",
                    "verbose_name_plural": "languages of countries",
                    "constraints": [
                        models.UniqueConstraint(F("country"), F("language"), name="country_language_once"),
                        models.CheckConstraint(
                            condition=Q(percent__range=(0, 100)), name="country_language_percent_possible"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="MarketPay",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("source", models.TextField(verbose_name="source")),
                    ("source_ref", models.CharField(blank=True, max_length=400, verbose_name="reference")),
                    ("as_of", models.CharField(blank=True, max_length=10, verbose_name="as of")),
                    (
                        "reliability",
                        models.CharField(
                            choices=[
                                ("A", "A: two sources or the legal text"),
                                ("B", "B: one dated source"),
                                ("C", "C: one weak or derived source"),
                                ("D", "D: stale or unchecked"),
                            ],
                            max_length=1,
                            verbose_name="reliability",
                        ),
                    ),
                    ("notes", models.TextField(blank=True, verbose_name="notes")),
                    (
                        "origin",
                        models.CharField(
                            choices=[("file", "data file"), ("staff", "staff"), ("demo", "demo")],
                            default="file",
                            max_length=8,
                            verbose_name="made by",
                        ),
                    ),
                    ("key", models.CharField(max_length=96, unique=True, verbose_name="code")),
                    (
                        "country",
                        models.ForeignKey(
                            on_delete=models.CASCADE,
                            related_name="market_pay",
                            to="reference.country",
                            verbose_name="country",
                        ),
                    ),
                    ("work", models.CharField(max_length=120, verbose_name="work")),
                    (
                        "main",
                        models.BooleanField(default=False, verbose_name="stands for the work as a whole"),
                    ),
                    (
                        "statistic",
                        models.CharField(
                            choices=[
                                ("p10", "10 percent earn less"),
                                ("p25", "25 percent earn less"),
                                ("median", "median"),
                                ("p75", "75 percent earn less"),
                                ("p90", "90 percent earn less"),
                                ("mean", "mean"),
                                ("low", "low end"),
                                ("high", "high end"),
                            ],
                            max_length=8,
                            verbose_name="statistic",
                        ),
                    ),
                    ("amount", models.DecimalField(decimal_places=4, max_digits=16, verbose_name="amount")),
                    ("currency", models.CharField(max_length=3, verbose_name="currency")),
                    (
                        "period",
                        models.CharField(
                            choices=[
                                ("hour", "per hour"),
                                ("day", "per day"),
                                ("week", "per week"),
                                ("month", "per month"),
                                ("year", "per year"),
                            ],
                            max_length=8,
                            verbose_name="period",
                        ),
                    ),
                    (
                        "basis",
                        models.CharField(
                            choices=[("gross", "gross"), ("net", "net")],
                            max_length=8,
                            verbose_name="gross or net",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "market pay",
                    "verbose_name_plural": "market pay",
                    "ordering": ["country", "key"],
                    "constraints": [
                        models.CheckConstraint(condition=Q(amount__gt=0), name="market_pay_positive")
                    ],
                },
            ),
            migrations.CreateModel(
                name="PriceLevel",
                fields=[
                    ("source", models.TextField(verbose_name="source")),
                    ("source_ref", models.CharField(blank=True, max_length=400, verbose_name="reference")),
                    ("as_of", models.CharField(blank=True, max_length=10, verbose_name="as of")),
                    (
                        "reliability",
                        models.CharField(
                            choices=[
                                ("A", "A: two sources or the legal text"),
                                ("B", "B: one dated source"),
                                ("C", "C: one weak or derived source"),
                                ("D", "D: stale or unchecked"),
                            ],
                            max_length=1,
                            verbose_name="reliability",
                        ),
                    ),
                    ("notes", models.TextField(blank=True, verbose_name="notes")),
                    (
                        "origin",
                        models.CharField(
                            choices=[("file", "data file"), ("staff", "staff"), ("demo", "demo")],
                            default="file",
                            max_length=8,
                            verbose_name="made by",
                        ),
                    ),
                    (
                        "country",
                        models.OneToOneField(
                            on_delete=models.CASCADE,
                            primary_key=True,
                            related_name="price_level",
                            serialize=False,
                            to="reference.country",
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                    (
                        "units_per_international_dollar",
                        models.DecimalField(decimal_places=4, max_digits=14, verbose_name="units"),
                    ),
                    (
                        "level_us_100",
                        models.DecimalField(
                            decimal_places=1, max_digits=6, verbose_name="price level, USA = 100"
                        ),
                    ),
                    ("distorted", models.BooleanField(default=False, verbose_name="distorted")),
                ],
                options={
                    "verbose_name": "price level",
                    "verbose_name_plural": "price levels",
                    "ordering": ["country"],
                },
            ),
            migrations.CreateModel(
                name="WorkingHours",
                fields=[
                    ("source", models.TextField(verbose_name="source")),
                    ("source_ref", models.CharField(blank=True, max_length=400, verbose_name="reference")),
                    ("as_of", models.CharField(blank=True, max_length=10, verbose_name="as of")),
                    (
                        "reliability",
                        models.CharField(
                            choices=[
                                ("A", "A: two sources or the legal text"),
                                ("B", "B: one dated source"),
                                ("C", "C: one weak or derived source"),
                                ("D", "D: stale or unchecked"),
                            ],
                            max_length=1,
                            verbose_name="reliability",
                        ),
                    ),
                    ("notes", models.TextField(blank=True, verbose_name="notes")),
                    (
                        "origin",
                        models.CharField(
                            choices=[("file", "data file"), ("staff", "staff"), ("demo", "demo")],
                            default="file",
                            max_length=8,
                            verbose_name="made by",
                        ),
                    ),
                    (
                        "country",
                        models.OneToOneField(
                            on_delete=models.CASCADE,
                            primary_key=True,
                            related_name="working_hours",
                            serialize=False,
                            to="reference.country",
                            verbose_name="country",
                        ),
                    ),
                    (
                        "normal_hours",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=5,
                            null=True,
                            verbose_name="normal hours a week",
                        ),
                    ),
                    (
                        "max_hours",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=5,
                            null=True,
                            verbose_name="most hours a week",
                        ),
                    ),
                    ("max_kind", models.CharField(blank=True, max_length=60, verbose_name="kind of maximum")),
                    (
                        "night_premium_percent",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=5,
                            null=True,
                            verbose_name="night premium, %",
                        ),
                    ),
                    (
                        "night_premium_of",
                        models.CharField(
                            blank=True,
                            choices=[("wage", "the wage"), ("minimum_wage", "the minimum wage")],
                            max_length=16,
                            verbose_name="premium on",
                        ),
                    ),
                    ("night_from", models.TimeField(blank=True, null=True, verbose_name="night from")),
                    ("night_to", models.TimeField(blank=True, null=True, verbose_name="night to")),
                    ("night_kind", models.CharField(blank=True, max_length=60, verbose_name="premium by")),
                ],
                options={
                    "verbose_name": "working hours",
                    "verbose_name_plural": "working hours",
                    "ordering": ["country"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(normal_hours=None) | Q(normal_hours__range=(1, 80)),
                            name="working_hours_normal_possible",
                        ),
                        models.CheckConstraint(
                            condition=Q(max_hours=None) | Q(max_hours__range=(1, 80)),
                            name="working_hours_max_possible",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="WageFloor",
                fields=[
                    (
                        "id",
                        models.BigAutoField(
                            auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                        ),
                    ),
                    ("source", models.TextField(verbose_name="source")),
                    ("source_ref", models.CharField(blank=True, max_length=400, verbose_name="reference")),
                    ("as_of", models.CharField(blank=True, max_length=10, verbose_name="as of")),
                    (
                        "reliability",
                        models.CharField(
                            choices=[
                                ("A", "A: two sources or the legal text"),
                                ("B", "B: one dated source"),
                                ("C", "C: one weak or derived source"),
                                ("D", "D: stale or unchecked"),
                            ],
                            max_length=1,
                            verbose_name="reliability",
                        ),
                    ),
                    ("notes", models.TextField(blank=True, verbose_name="notes")),
                    (
                        "origin",
                        models.CharField(
                            choices=[("file", "data file"), ("staff", "staff"), ("demo", "demo")],
                            default="file",
                            max_length=8,
                            verbose_name="made by",
                        ),
                    ),
                    ("key", models.CharField(max_length=96, unique=True, verbose_name="code")),
                    (
                        "country",
                        models.ForeignKey(
                            on_delete=models.PROTECT,
                            related_name="wage_floors",
                            to="reference.country",
                            verbose_name="country",
                        ),
                    ),
                    (
                        "region",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=models.PROTECT,
                            related_name="wage_floors",
                            to="reference.region",
                            verbose_name="region",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("statutory", "legal minimum"),
                                ("collective_agreement", "collective agreement"),
                                ("platform_policy", "platform policy"),
                            ],
                            max_length=24,
                            verbose_name="kind",
                        ),
                    ),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("usable", "usable"),
                                ("indicative", "indicative"),
                                ("net", "net, not comparable"),
                                ("no_statutory", "no legal minimum"),
                                ("not_researched", "not on file"),
                            ],
                            max_length=16,
                            verbose_name="status",
                        ),
                    ),
                    ("scope", models.CharField(max_length=160, verbose_name="for whom")),
                    (
                        "occupation_scope",
                        models.CharField(blank=True, max_length=160, verbose_name="for which work"),
                    ),
                    (
                        "condition",
                        models.CharField(blank=True, max_length=32, verbose_name="binds only with"),
                    ),
                    (
                        "stands_for_country",
                        models.BooleanField(default=True, verbose_name="stands for the country"),
                    ),
                    (
                        "amount",
                        models.DecimalField(
                            blank=True, decimal_places=4, max_digits=16, null=True, verbose_name="amount"
                        ),
                    ),
                    (
                        "percent_of_legal_minimum",
                        models.DecimalField(
                            blank=True,
                            decimal_places=2,
                            max_digits=6,
                            null=True,
                            verbose_name="percent of the legal minimum",
                        ),
                    ),
                    ("currency", models.CharField(max_length=3, verbose_name="currency")),
                    (
                        "period",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("hour", "per hour"),
                                ("day", "per day"),
                                ("week", "per week"),
                                ("month", "per month"),
                                ("year", "per year"),
                            ],
                            max_length=8,
                            verbose_name="period",
                        ),
                    ),
                    (
                        "payments_per_year",
                        models.PositiveSmallIntegerField(default=12, verbose_name="payments a year"),
                    ),
                    (
                        "paid_days_per_week",
                        models.PositiveSmallIntegerField(
                            blank=True, null=True, verbose_name="days paid a week"
                        ),
                    ),
                    (
                        "basis",
                        models.CharField(
                            blank=True,
                            choices=[("gross", "gross"), ("net", "net")],
                            max_length=8,
                            verbose_name="gross or net",
                        ),
                    ),
                    (
                        "weekly_hours",
                        models.DecimalField(
                            blank=True,
                            decimal_places=5,
                            max_digits=8,
                            null=True,
                            verbose_name="hours a week behind it",
                        ),
                    ),
                    (
                        "weekly_hours_kind",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("sourced", "hours stated by the source"),
                                ("working_hours", "normal working week of the country"),
                                ("assumed", "40 hours a week assumed"),
                                ("none", "stated per hour"),
                            ],
                            max_length=16,
                            verbose_name="hours from",
                        ),
                    ),
                    ("valid_from", models.DateField(blank=True, null=True, verbose_name="valid from")),
                    (
                        "valid_to",
                        models.DateField(blank=True, null=True, verbose_name="valid until, not including"),
                    ),
                    (
                        "created_at",
                        models.DateTimeField(default=timezone.now, editable=False, verbose_name="entered"),
                    ),
                    (
                        "created_by",
                        models.ForeignKey(
                            blank=True,
                            editable=False,
                            null=True,
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "confirmed_at",
                        models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed"),
                    ),
                    (
                        "confirmed_by",
                        models.ForeignKey(
                            blank=True,
                            editable=False,
                            null=True,
                            on_delete=models.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                        ),
                    ),
                    (
                        "withdrawn_at",
                        models.DateTimeField(blank=True, editable=False, null=True, verbose_name="withdrawn"),
                    ),
                    (
                        "supersedes",
                        models.OneToOneField(
                            blank=True,
                            editable=False,
                            null=True,
                            on_delete=models.PROTECT,
                            related_name="superseded_by",
                            to="reference.wagefloor",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "wage floor",
                    "verbose_name_plural": "wage floors",
                    "ordering": ["country", "region", "kind", "-valid_from"],
                    "indexes": [models.Index(F("country"), F("valid_from"), name="wage_floor_by_country")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=Q(amount=None) | Q(amount__gt=0), name="wage_floor_amount_positive"
                        ),
                        models.CheckConstraint(
                            condition=Q(percent_of_legal_minimum=None) | Q(percent_of_legal_minimum__gt=0),
                            name="wage_floor_percent_positive",
                        ),
                        models.CheckConstraint(
                            condition=Q(
                                amount=None,
                                percent_of_legal_minimum=None,
                                status__in=["no_statutory", "not_researched"],
                            )
                            | (
                                ~Q(status__in=["no_statutory", "not_researched"])
                                & (
                                    (Q(amount__isnull=False, percent_of_legal_minimum=None) & ~Q(period=""))
                                    | Q(amount=None, percent_of_legal_minimum__isnull=False)
                                )
                            ),
                            name="wage_floor_status_fits_amount",
                        ),
                        models.CheckConstraint(
                            condition=Q(basis="net", status="net") | (~Q(status="net") & ~Q(basis="net")),
                            name="wage_floor_net_is_marked",
                        ),
                        models.CheckConstraint(
                            condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                            name="wage_floor_ends_after_start",
                        ),
                        models.CheckConstraint(
                            condition=Q(confirmed_at=None, confirmed_by=None)
                            | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                            name="wage_floor_confirmed_by_someone",
                        ),
                        models.CheckConstraint(
                            condition=Q(weekly_hours=None) | Q(weekly_hours__range=(1, 80)),
                            name="wage_floor_hours_possible",
                        ),
                        models.CheckConstraint(
                            condition=Q(paid_days_per_week=None) | Q(paid_days_per_week__range=(1, 7)),
                            name="wage_floor_days_possible",
                        ),
                        models.CheckConstraint(
                            condition=Q(payments_per_year__range=(12, 16)),
                            name="wage_floor_payments_possible",
                        ),
                        models.CheckConstraint(
                            condition=~Q(origin="staff") | Q(created_by__isnull=False),
                            name="wage_floor_staff_row_has_author",
                        ),
                        models.UniqueConstraint(
                            condition=Q(withdrawn_at=None),
                            fields=(
                                "country",
                                "region",
                                "kind",
                                "condition",
                                "scope",
                                "period",
                                "valid_from",
                            ),
                            name="wage_floor_once",
                            nulls_distinct=False,
                        ),
                    ],
                },
            ),
        )
    ]
