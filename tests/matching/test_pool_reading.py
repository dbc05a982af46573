"""The pool as it is read from PostgreSQL: every column with its exact value, and nothing that it must not know."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from candidates.enums import PlaceTie, WorkRight
from common.money import PayPeriod
from common.week import EMPTY_WEEK
from matching.engine import Pool, mask_of_week
from matching.engine import columns as spec
from matching.queries.pool import read_pool
from reference.work_style import vector
from tests.factories.assessments import MeasurementFactory
from tests.factories.candidates import DAYTIME, CandidateFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
QUERIES = 12


def days(moment: date) -> int:
    return (moment - date(1970, 1, 1)).days


def alone(**facts: Any) -> Pool:
    """The pool of one person with these facts."""
    return read_pool(TODAY, [CandidateFactory(**facts).pk])


def test_every_dense_column_of_one_person():
    person = CandidateFactory(
        listed=True, country_id="CA", region_id="CA-ON", zone="America/Toronto", work_right=WorkRight.PERMIT,
        permit_until=date(2028, 5, 31), hours_min=16, hours_max=32, contract_months=12, accepts_freelance=True,
        minimum_pay=Decimal("20.00"), wished_pay=Decimal("24.50"), pay_currency="EUR",
        earliest_start=date(2027, 1, 4), availability=mask_bytes((0, 540, 1020)), preferred=mask_bytes((0, 600, 720)),
        work_style=[1, 2, 3, 4, 5] * 4 + [1, 2, 3, 4],
        experience=[("ecommerce", "chat", 14), ("ecommerce", "email", 3), ("travel", "chat", 24)],
    )  # fmt: skip
    pool = read_pool(TODAY)
    assert len(pool) == 1
    assert pool.candidate_id.tolist() == [person.pk]
    assert pool.listing.tolist() == [spec.AGREED + spec.AVAILABLE]
    assert pool.earliest_start_day.tolist() == [days(date(2027, 1, 4))]
    assert pool.contract_forms.tolist() == [spec.EMPLOYMENT + spec.FREELANCE]
    assert [pool.places[code] for code in pool.place_code] == [("CA", "CA-ON")]
    assert [pool.zones[code] for code in pool.zone_code] == ["America/Toronto"]
    assert pool.right_to_work_until_day.tolist() == [days(date(2028, 5, 31))]
    assert (pool.hours_min.tolist(), pool.hours_max.tolist()) == ([960], [1920])
    assert pool.week_masks[pool.availability_code[0]].tolist() == mask_of_week([(0, 540, 1020)]).tolist()
    assert pool.week_masks[pool.preferred_code[0]].tolist() == mask_of_week([(0, 600, 720)]).tolist()
    assert (pool.minimum_pay.tolist(), pool.wished_pay.tolist()) == ([200_000], [245_000])
    assert pool.wished_months.tolist() == [12]
    assert pool.experience_months.tolist() == [41]
    assert months(pool.sector_months) == {"ecommerce": 17, "travel": 24}
    assert months(pool.channel_months) == {"chat": 38, "email": 3}


def mask_bytes(*blocks: tuple[int, int, int]) -> bytes:
    return mask_of_week(blocks).tobytes()


def months(family: Any) -> dict[str, int]:
    return {code: int(column.months[0]) for code, column in family.items()}


def test_work_style_answers_become_eight_positions():
    answers = [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2, 3, 4]
    assert alone(work_style=answers).work_style.tolist() == [list(vector(answers))]
    assert alone(work_style=[3] * 24).work_style.tolist() == [[6] * 8]
    assert alone(work_style=None, work_style_version="").work_style.tolist() == [[-1] * 8]


def test_what_was_left_open():
    pool = alone(
        hours_min=None, hours_max=None, contract_months=None, minimum_pay=None, wished_pay=None, preferred=EMPTY_WEEK,
        earliest_start=None, just_looking=True, work_right="", experience=[], markets=(), places=[], skills={},
        languages={},
    )  # fmt: skip
    assert pool.listing.tolist() == [spec.AVAILABLE + spec.JUST_LOOKING]
    assert pool.earliest_start_day.tolist() == [0]
    assert (pool.hours_min.tolist(), pool.hours_max.tolist()) == ([0], [7 * 24 * 60])
    assert pool.preferred_code.tolist() == [-1]
    assert (pool.minimum_pay.tolist(), pool.wished_pay.tolist()) == ([0], [0])
    assert pool.wished_months.tolist() == [0]
    assert pool.right_to_work_until_day.tolist() == [0]
    assert pool.experience_months.tolist() == [0]
    assert (pool.languages, pool.skills, pool.localities, pool.sector_months) == ({}, {}, {}, {})


def test_just_looking_with_a_date_is_held_to_the_date():
    pool = alone(just_looking=True, earliest_start=date(2027, 3, 1))
    assert pool.listing.tolist() == [spec.AVAILABLE]
    assert pool.earliest_start_day.tolist() == [days(date(2027, 3, 1))]


@pytest.mark.parametrize(
    ("right", "until", "day"),
    [
        (WorkRight.UNRESTRICTED, None, spec.UNRESTRICTED),
        (WorkRight.PERMIT, date(2027, 6, 30), days(date(2027, 6, 30))),
        (WorkRight.PERMIT, date(9999, 12, 31), spec.MAX_DAY),
        (WorkRight.NONE, None, 0),
    ],
)
def test_the_right_to_work(right, until, day):
    assert alone(work_right=right, permit_until=until).right_to_work_until_day.tolist() == [day]


@pytest.mark.parametrize(
    ("amount", "currency", "period", "hours_max", "expected"),
    [
        ("9.00", "EUR", PayPeriod.HOUR, 40, 90_000),
        ("1500.00", "EUR", PayPeriod.MONTH, 40, 86_538),  # 1,500 x 12 / (52 x 40) = 8.65384…
        ("1500.00", "EUR", PayPeriod.MONTH, 20, 173_076),
        ("1500.00", "EUR", PayPeriod.MONTH, None, 86_538),
        ("560.00", "RSD", PayPeriod.HOUR, 40, 47_655),  # 560 / 117.51127855 = 4.765500…
        ("250.00", "PHP", PayPeriod.HOUR, 40, 35_140),  # 250 / 71.143 = 3.51404…
        ("5.00", "XXX", PayPeriod.HOUR, 40, 0),
    ],
)
def test_the_own_minimum_an_hour_in_euros(amount, currency, period, hours_max, expected):
    pool = alone(
        minimum_pay=Decimal(amount), wished_pay=None, pay_currency=currency, pay_period=period,
        hours_min=None, hours_max=hours_max,
    )  # fmt: skip
    assert pool.minimum_pay.tolist() == [expected]


def test_absurd_figures_of_one_person_do_not_stop_the_pool():
    pool = alone(
        hours_min=30_000, hours_max=None, contract_months=30_000, earliest_start=date(9999, 12, 31),
        minimum_pay=Decimal("99999999.00"), wished_pay=None,
    )  # fmt: skip
    assert pool.hours_min.tolist() == [spec.WEEK_MINUTES]
    assert pool.wished_months.tolist() == [spec.MAX_MONTHS]
    assert pool.earliest_start_day.tolist() == [spec.MAX_DAY]
    assert pool.minimum_pay.tolist() == [spec.MAX_PAY]


def test_nobody_without_a_place_or_on_an_unknown_clock_is_in_the_pool():
    CandidateFactory(empty=True)
    CandidateFactory(zone="")
    CandidateFactory(zone="Europe/Atlantis")
    known = CandidateFactory()
    assert read_pool(TODAY).candidate_id.tolist() == [known.pk]


def test_people_who_are_not_listed_are_read_and_marked():
    assert alone(listed=False).listing.tolist() == [spec.AVAILABLE]


def test_languages_claimed_and_measured():
    person = CandidateFactory(languages={"en": 5, "pt": 6, "nl": 3})
    MeasurementFactory(candidate=person, language_id="en", level=4, simulated=True)
    MeasurementFactory(candidate=person, language_id="fr", level=3)
    pool = read_pool(TODAY)
    found = {
        code: (
            int(c.claimed_level[0]),
            int(c.measured_level[0]),
            int(c.theta[0]),
            int(c.standard_error[0]),
        )
        for code, c in pool.languages.items()
    }
    assert found == {"en": (5, 4, 500, 350), "fr": (0, 3, 0, 0), "nl": (3, 0, 0, 0), "pt": (6, 0, 0, 0)}


def test_only_the_newest_standing_measurement_counts():
    person = CandidateFactory()
    older = {"candidate": person, "language_id": "en", "measured_on": date(2026, 1, 5)}
    MeasurementFactory(**older, level=6)
    MeasurementFactory(candidate=person, language_id="en", level=4, measured_on=date(2026, 10, 1))
    assert read_pool(TODAY).languages["en"].measured_level.tolist() == [4]


def test_a_measurement_counts_to_its_last_day_and_not_after():
    person = CandidateFactory()
    MeasurementFactory(candidate=person, language_id="en", level=4, expires_on=TODAY)
    assert read_pool(TODAY).languages["en"].measured_level.tolist() == [4]
    assert read_pool(TODAY + timedelta(days=1)).languages["en"].measured_level.tolist() == [0]


def test_skills_stated_and_measured():
    person = CandidateFactory(skills={"crm": 2, "ticketing": 1})
    MeasurementFactory(candidate=person, language_id=None, skill_id="crm", level=3)
    MeasurementFactory(candidate=person, language_id=None, skill_id="rome_art", level=2)
    found = {code: (int(c.stated[0]), int(c.measured[0])) for code, c in read_pool(TODAY).skills.items()}
    assert found == {"crm": (2, 3), "rome_art": (0, 2), "ticketing": (1, 0)}


@pytest.mark.parametrize("tie", PlaceTie.values)
def test_a_place_known_is_evidence_of_its_country(tie):
    pool = alone(places=[("IT", "Rome", tie, 4)], markets=(), languages={})
    assert evidence(pool) == {"IT": spec.LIVED_OR_WORKED}


def evidence(pool: Pool) -> dict[str, int]:
    return {code: int(column.evidence[0]) for code, column in pool.localities.items()}


def test_evidence_of_being_at_home_adds_up():
    person = CandidateFactory(places=[("NL", "", PlaceTie.WORKED, 2)], markets=("NL", "ES"), languages={})
    MeasurementFactory(candidate=person, language_id=None, skill_id="etiquette_es", level=2)
    MeasurementFactory(candidate=person, language_id="nl", level=5)
    MeasurementFactory(candidate=person, language_id="fr", level=4)
    found = evidence(read_pool(TODAY))
    assert found["NL"] == spec.LIVED_OR_WORKED + spec.SERVED_CUSTOMERS + spec.LANGUAGE_C1
    assert found["ES"] == spec.SERVED_CUSTOMERS + spec.ETIQUETTE_PASSED
    assert found["BE"] == spec.LANGUAGE_C1, "Dutch is official in Belgium too"
    assert "FR" not in found, "B2 in its language is not yet being at home"


def test_an_etiquette_test_is_passed_from_level_2():
    person = CandidateFactory(places=[], markets=(), languages={})
    MeasurementFactory(candidate=person, language_id=None, skill_id="etiquette_es", level=1)
    MeasurementFactory(candidate=person, language_id=None, skill_id="etiquette_it", level=2)
    found = read_pool(TODAY)
    assert evidence(found) == {"IT": spec.ETIQUETTE_PASSED}


def test_claimed_c1_is_no_evidence():
    assert evidence(alone(places=[], markets=(), languages={"nl": 6})) == {}


def test_a_language_official_in_a_region_only_is_no_evidence_for_the_country():
    person = CandidateFactory(places=[], markets=(), languages={})
    MeasurementFactory(candidate=person, language_id="fr", level=5)
    found = evidence(read_pool(TODAY))
    assert "FR" in found
    assert "IT" not in found


def test_several_people_share_dictionaries_and_keep_their_own_rows():
    first = CandidateFactory(in_portugal=True, languages={"en": 5})
    second = CandidateFactory(in_manila=True)
    third = CandidateFactory(in_portugal=True, languages={"nl": 4})
    pool = read_pool(TODAY)
    assert pool.candidate_id.tolist() == [first.pk, second.pk, third.pk]
    assert [pool.places[code] for code in pool.place_code] == [("PT", ""), ("PH", ""), ("PT", "")]
    assert pool.place_code[0] == pool.place_code[2]
    assert len(pool.week_masks) == 1
    assert pool.week_masks[0].tobytes() == DAYTIME
    assert pool.languages["en"].rows.tolist() == [0, 1]
    assert pool.languages["nl"].rows.tolist() == [2]


def test_some_people_are_read_as_they_are_among_all():
    people = [CandidateFactory(languages={"en": level}) for level in (3, 4, 5)]
    for person in people:
        MeasurementFactory(candidate=person, level=4)
    everyone = read_pool(TODAY)
    for row, person in enumerate(people):
        one = read_pool(TODAY, [person.pk])
        assert one.row_digests.tolist() == everyone.take([row]).row_digests.tolist()


def test_many_codes_are_read_side_by_side_as_each_alone(monkeypatch):
    """Of few people all at once, of everybody code by code; also with rows of people who are in no pool."""
    for level in (3, 4, 5):
        person = CandidateFactory(languages={"en": level, "nl": 6}, in_portugal=level == 4)
        MeasurementFactory(candidate=person, language_id="en", level=level)
        MeasurementFactory(candidate=person, language_id="nl", level=2)
    MeasurementFactory(candidate=person, language_id="nl", level=1)
    nowhere = CandidateFactory(zone="", languages={"en": 6})
    MeasurementFactory(candidate=nowhere, language_id="en", level=6)
    together = read_pool(TODAY)
    assert together.languages["en"].measured_level.tolist() == [3, 4, 5]
    for name, most in (
        ("queries.pool_sparse.FEW_BYTES", 0),
        ("queries.pool_entries.MOST_CELLS", 1),
        ("engine.pool_building.FEW_ENTRIES", 0),
        ("engine.pool_checks.FEW_ENTRIES", 0),
        ("engine.digests._BLOCK", 1),
    ):
        monkeypatch.setattr(f"matching.{name}", most)
        alone = read_pool(TODAY)
        assert alone.row_digests.tolist() == together.row_digests.tolist()
        assert list(alone.languages) == list(together.languages)
        assert alone.languages["nl"].theta.tolist() == together.languages["nl"].theta.tolist()


def test_people_are_read_in_chunks(monkeypatch):
    people = [CandidateFactory(hours_min=hours, hours_max=40) for hours in range(7)]
    whole = read_pool(TODAY)
    for size in (1, 700, 3000):
        monkeypatch.setattr("matching.queries.pool_copy.BUFFER_BYTES", size)
        assert read_pool(TODAY).digest == whole.digest
    assert whole.hours_min.tolist() == [60 * hours for hours in range(7)]
    assert whole.candidate_id.tolist() == [person.pk for person in people]


def test_an_empty_pool():
    pool = read_pool(TODAY)
    assert len(pool) == 0
    assert pool.work_style.shape == (0, 8)
    assert read_pool(TODAY, [1]).candidate_id.tolist() == []


@pytest.mark.parametrize("people", [1, 30])
def test_the_pool_takes_the_same_queries_for_one_and_for_thirty(people, django_assert_num_queries):
    for _ in range(people):
        MeasurementFactory()
    with django_assert_num_queries(QUERIES):
        read_pool(TODAY)


READ = {
    "candidates_candidate": {
        "id", "listed", "just_looking", "earliest_start", "accepts_employment", "accepts_freelance", "country_id",
        "region_id", "work_right", "permit_until", "hours_min", "hours_max", "availability", "preferred", "zone",
        "minimum_pay", "wished_pay", "pay_currency", "pay_period", "contract_months", "work_style",
    },
    "candidates_candidatelanguage": {"candidate_id", "language_id", "claimed_level"},
    "candidates_candidateskill": {"candidate_id", "skill_id", "stated"},
    "candidates_reservation": {"candidate_id", "sector_id", "employer_id"},
    "assessments_session": {"id", "cuts"},
    "candidates_placeknown": {"candidate_id", "country_id"},
    "candidates_marketserved": {"candidate_id", "country_id"},
    "candidates_experience": {"candidate_id", "sector_id", "channel_id", "months"},
    "assessments_measurement": {
        "id", "candidate_id", "language_id", "skill_id", "level", "theta", "standard_error", "revoked_at",
        "measured_on", "expires_on", "recorded_at", "session_id",
    },
}  # fmt: skip
"""Every column of people that matching may read. A person's name, contact, age, gender and education are not in it."""
FACTS_READ = {"reference_exchangerate", "reference_countrylanguage", "assessments_bank"}


def test_the_pool_reads_nothing_but_the_columns_on_the_list():
    MeasurementFactory()
    with CaptureQueriesContext(connection) as caught:
        read_pool(TODAY)
        read_pool(TODAY, [1, 2, 3])
    seen: dict[str, set[str]] = {}
    for query in caught:
        sql = query["sql"]
        for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', sql):
            seen.setdefault(table, set())
        for table, column in re.findall(r'"(\w+)"\."(\w+)"', sql):
            seen.setdefault(table, set()).add(column)
    people = {table: columns for table, columns in seen.items() if table not in FACTS_READ}
    assert people.keys() == READ.keys()
    for table, columns in people.items():
        aliases = {column for column in columns if column not in READ[table]}
        assert aliases == set(), table


def test_the_pool_has_no_column_for_anything_protected():
    names = {column.name for column in spec.DENSE} | set(spec.FAMILIES)
    assert names == {
        "candidate_id", "listing", "earliest_start_day", "contract_forms", "place_code", "right_to_work_until_day",
        "hours_min", "hours_max", "availability_code", "preferred_code", "zone_code", "minimum_pay", "wished_pay",
        "wished_months", "work_style", "experience_months", "languages", "skills", "localities", "sector_months",
        "channel_months", "reserved_sectors", "reserved_employers",
    }  # fmt: skip
