"""The data files, column by column."""

from reference.rules.fact_files import (
    Column,
    Table,
    as_of,
    clock,
    day,
    flag,
    integer,
    matching,
    number,
    one_of,
    text,
)

COUNTRY = matching(r"[A-Z]{2}", "a country code of two capitals")
REGION = matching(r"[A-Z]{2}-[A-Z0-9]{1,3}", "a region code like CA-ON")
CURRENCY = matching(r"[A-Z]{3}", "a currency code of three capitals")
LANGUAGE = matching(r"[a-z]{2,3}", "a language code of small letters")
SLUG = matching(r"[a-z0-9_]{1,32}", "a code of small letters, digits and underscores")
KEY = matching(r"[a-z0-9-]{1,96}", "a key of small letters, digits and hyphens")
AMOUNT = number("0.0001", "999999999999")
HOURS = number("1", "80")
PERIOD = one_of("hour", "day", "week", "month", "year")

SOURCE = (
    Column("source", text, required=True),
    Column("source_ref", text),
    Column("as_of", as_of),
    Column("reliability", one_of("A", "B", "C", "D"), required=True),
    Column("notes", text),
)
NAMES = (Column("name_en", text, required=True), Column("name_nl", text, required=True))


def country(*, required: bool = True) -> Column:
    """The column that names the country of a row."""
    return Column("country", COUNTRY, required=required, refers_to="countries.csv")


COUNTRIES = Table(
    "countries.csv",
    (
        Column("code", COUNTRY, required=True),
        Column("currency", CURRENCY, required=True),
        Column("eu", flag),
        Column("eea", flag),
        Column("researched", flag),
        Column("main_zone", text, required=True, refers_to="zones.csv"),
    ),
    ("code",),
)
REGIONS = Table(
    "regions.csv",
    (
        Column("code", REGION, required=True),
        country(),
        Column("name", text, required=True),
        Column("name_nl", text),
    ),
    ("code",),
)
ZONES = Table("zones.csv", (Column("name", text, required=True), country(), Column("note", text)), ("name",))
LANGUAGES = Table("languages.csv", (Column("code", LANGUAGE, required=True),), ("code",))
COUNTRY_LANGUAGES = Table(
    "country_languages.csv",
    (
        country(),
        Column("language", LANGUAGE, required=True, refers_to="languages.csv"),
        Column("percent", number("0", "100"), required=True),
        Column("status", one_of("official", "de_facto_official", "official_regional")),
        *SOURCE,
    ),
    ("country", "language"),
)
SKILLS = Table(
    "skills.csv",
    (
        Column("code", SLUG, required=True),
        Column(
            "group",
            one_of("contact", "writing", "tools", "sales", "technical", "back_office", "leadership", "local"),
            required=True,
        ),
        *NAMES,
        Column("esco_uri", text),
    ),
    ("code",),
)
SECTORS = Table("sectors.csv", (Column("code", SLUG, required=True), *NAMES), ("code",))
CHANNELS = Table("channels.csv", (Column("code", SLUG, required=True), *NAMES), ("code",))
OCCUPATIONS = Table(
    "occupations.csv",
    (
        Column("code", matching(r"\d{4}", "an ISCO-08 code of four digits"), required=True),
        *NAMES,
        Column("esco_uri", text),
    ),
    ("code",),
)
EXCHANGE_RATES = Table(
    "exchange_rates.csv",
    (
        Column("currency", CURRENCY, required=True),
        Column("on", day, required=True),
        Column("units_per_eur", number("0.00000001", "99999999999"), required=True),
        Column("kind", one_of("ecb", "market", "definition"), required=True),
        *SOURCE,
    ),
    ("currency", "on"),
)
MARKET_PAY = Table(
    "market_pay.csv",
    (
        Column("key", KEY, required=True),
        country(),
        Column("work", text, required=True),
        Column("main", flag),
        Column(
            "statistic", one_of("p10", "p25", "median", "p75", "p90", "mean", "low", "high"), required=True
        ),
        Column("amount", AMOUNT, required=True),
        Column("currency", CURRENCY, required=True),
        Column("period", PERIOD, required=True),
        Column("basis", one_of("gross", "net"), required=True),
        *SOURCE,
    ),
    ("key",),
)
PRICE_LEVELS = Table(
    "price_levels.csv",
    (
        country(),
        Column("year", integer(2000, 2100), required=True),
        Column("units_per_international_dollar", AMOUNT, required=True),
        Column("level_us_100", number("0.1", "1000"), required=True),
        Column("distorted", flag),
        *SOURCE,
    ),
    ("country",),
)
WORKING_HOURS = Table(
    "working_hours.csv",
    (
        country(),
        Column("normal_hours", HOURS),
        Column("max_hours", HOURS),
        Column("max_kind", text),
        Column("night_premium_percent", number("0", "200")),
        Column("night_premium_of", one_of("wage", "minimum_wage")),
        Column("night_from", clock),
        Column("night_to", clock),
        Column("night_kind", text),
        *SOURCE,
    ),
    ("country",),
)
WAGE_FLOOR_COLUMNS = (
    Column("key", KEY, required=True),
    country(),
    Column("region", REGION, refers_to="regions.csv"),
    Column("kind", one_of("statutory", "collective_agreement", "platform_policy"), required=True),
    Column("status", one_of("usable", "indicative", "net", "no_statutory", "not_researched"), required=True),
    Column("scope", text, required=True),
    Column("occupation_scope", text),
    Column("condition", text),
    Column("stands_for_country", flag),
    Column("amount", AMOUNT),
    Column("percent_of_legal_minimum", number("1", "1000")),
    Column("currency", CURRENCY, required=True),
    Column("period", PERIOD),
    Column("payments_per_year", integer(12, 16), required=True),
    Column("paid_days_per_week", integer(1, 7)),
    Column("basis", one_of("gross", "net")),
    Column("weekly_hours", HOURS),
    Column("weekly_hours_kind", one_of("sourced", "assumed")),
    Column("valid_from", day),
    Column("valid_to", day),
    *SOURCE,
)
WAGE_FLOORS = Table("wage_floors.csv", WAGE_FLOOR_COLUMNS, ("key",))
DEMO_POLICIES = Table("demo_policies.csv", WAGE_FLOOR_COLUMNS, ("key",))

TABLES = (
    COUNTRIES, REGIONS, ZONES, LANGUAGES, COUNTRY_LANGUAGES, SKILLS, SECTORS, CHANNELS, OCCUPATIONS,
    EXCHANGE_RATES, MARKET_PAY, PRICE_LEVELS, WORKING_HOURS, WAGE_FLOORS, DEMO_POLICIES,
)  # fmt: skip
