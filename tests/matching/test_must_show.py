"""What the product promises, from stored profiles and vacancies to the ranking."""

from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from candidates.enums import PlaceTie
from candidates.models import Candidate
from candidates.rules.week import Span, mask_of
from matching.engine import Code, Gate, Part, RankingResult, VacancyQuery
from matching.engine import columns as spec
from matching.queries.matches import Explained, explained
from matching.words import reason
from tests.factories.assessments import MeasurementFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.vacancies import VacancyFactory, version_content
from vacancies.content import CountryRow, LanguageRow, ShiftRow, SkillRow
from vacancies.models import Vacancy
from vacancies.queries.vacancies import with_version_rows

pytestmark = pytest.mark.django_db
WEEK = range(7)


def posted(employer: dict[str, Any] | None = None, **changes: Any) -> Vacancy:
    """A published vacancy with these changes, by an employer with these traits."""
    given = {f"employer__{name}": value for name, value in (employer or {}).items()}
    return VacancyFactory(content=version_content(**changes), **given)


def result_of(vacancy: Vacancy) -> RankingResult:
    return ranked(vacancy).result


def pair(vacancy: Vacancy, person: Candidate) -> Explained:
    stored = with_version_rows(Vacancy.objects.all()).prefetch_related("employer__staff").get(pk=vacancy.pk)
    return explained(stored, [person], timezone.now().date())[person.pk]


def scores(vacancy: Vacancy) -> dict[int, int]:
    result = result_of(vacancy)
    return dict(zip(result.candidate_ids.tolist(), result.scores.tolist(), strict=True))


def test_french_at_b2_required_claimed_c1_measured_b1_is_out_at_the_language_gate():
    vacancy = posted(languages=(LanguageRow("fr", 4),))
    person = CandidateFactory(listed=True, languages={"fr": 5})
    MeasurementFactory(candidate=person, language_id="fr", level=3)
    result = result_of(vacancy)
    assert (result.eligible, result.waterfall.by_code()) == (0, {Code.LANGUAGE_BELOW: 1})
    assert result.near_misses == ()
    explanation = pair(vacancy, person).explanation
    assert (explanation.code, explanation.near_miss) == (Code.LANGUAGE_BELOW, False)


def test_the_same_person_unmeasured_is_a_near_miss():
    vacancy = posted(languages=(LanguageRow("fr", 4),))
    person = CandidateFactory(listed=True, languages={"fr": 5})
    result = result_of(vacancy)
    assert result.waterfall.by_code() == {Code.LANGUAGE_NOT_MEASURED: 1}
    (miss,) = result.near_misses
    assert (miss.code, miss.count, miss.candidate_ids) == (Code.LANGUAGE_NOT_MEASURED, 1, (person.pk,))
    assert pair(vacancy, person).explanation.near_miss


def test_nine_euros_keeps_portugal_and_loses_the_netherlands_at_the_pay_gate_with_figures_and_source():
    vacancy = posted(pay_min=Decimal("9.00"), pay_max=Decimal("9.00"))
    portuguese = measured_person(in_portugal=True)
    dutch = measured_person(in_netherlands=True, languages={"en": 5}, minimum_pay=None, wished_pay=None)
    result = result_of(vacancy)
    assert result.candidate_ids.tolist() == [portuguese.pk]
    assert result.waterfall.by_code() == {Code.BELOW_FLOOR: 1}
    found = pair(vacancy, dutch)
    gate = next(one for one in found.explanation.gates if one.gate == Gate.PAY)
    assert (gate.passed, gate.code) == (False, Code.BELOW_FLOOR)
    assert gate.facts["terms"]["legal_floor"] == 149_900
    assert gate.facts["terms"]["offer_low"] == 90_000
    with override("en"):
        words = reason(gate, {})
    assert "offer from €9.00 an hour" in words
    assert "legal minimum €14.99 an hour" in words
    for country, floor in (("NL", "14.99"), ("PT", "6.20")):
        legal = found.offers[country].whole.floors.legal_minimum
        assert (legal.hourly, bool(legal.row.source), bool(legal.row.as_of)) == (Decimal(floor), True, True)


@pytest.mark.parametrize(("pay", "eligible"), [("6.20", 0), ("6.21", 1)])
def test_an_offer_equal_to_the_legal_minimum_is_refused(pay, eligible):
    vacancy = posted(pay_min=Decimal(pay), pay_max=Decimal("9.00"), countries=(CountryRow("PT"),))
    measured_person()
    assert result_of(vacancy).eligible == eligible


def test_in_portugal_nine_euros_ranks_no_lower_for_the_person_than_six_fifty_would():
    person = measured_person(minimum_pay=Decimal("6.30"), wished_pay=Decimal("8.00"))
    found = {}
    for pay in ("6.50", "9.00"):
        offer = {"pay_min": Decimal(pay), "pay_max": Decimal(pay), "countries": (CountryRow("PT"),)}
        result = result_of(posted(**offer))
        assert result.candidate_ids.tolist() == [person.pk]
        found[pay] = int(result.candidate_scores[0])
    assert found["9.00"] > found["6.50"]


def test_rome_museum_tickets_of_two_equal_people_the_one_with_evidence_of_rome_s_art_stands_higher():
    vacancy = posted(
        title="Museum tickets in Rome", sector_id="museums", customer_countries=("IT",),
        skills=(SkillRow("rome_art"), SkillRow("email_handling")),
    )  # fmt: skip
    measured_person()
    knows = measured_person(skills={"rome_art": 2})
    by_person = scores(vacancy)
    assert next(iter(by_person)) == knows.pk
    first, second = by_person.values()
    assert first > second


def test_spain_the_etiquette_test_passed_counts_as_much_as_having_lived_there():
    vacancy = posted(
        title="Trips to Spain", sector_id="travel", customer_countries=("ES",), culture_wanted=True,
        locality_wanted=True, locality_for="advising on trips through Spain",
    )  # fmt: skip
    lived = measured_person(places=[("ES", "Sevilla", PlaceTie.LIVED, 6)], markets=())
    passed = measured_person(places=[], markets=(), skills={"etiquette_es": 2})
    neither = measured_person(places=[], markets=())
    by_person = scores(vacancy)
    assert by_person[lived.pk] == by_person[passed.pk] > by_person[neither.pk]
    fits = {
        one.pk: {part.part: part.fit for part in pair(vacancy, one).explanation.parts}
        for one in (lived, passed)
    }
    assert fits[lived.pk] == fits[passed.pk]


def gap_to_somebody_new_to_everything_dutch(**employer: Any) -> int:
    """How much higher, of 10**7, a Dutch speaker in Portugal who worked for Dutch teams stands."""
    vacancy = posted(
        employer, languages=(LanguageRow("en", 4),), customer_countries=("NL",), culture_wanted=True,
        locality_wanted=True, locality_for="Dutch customers", countries=(CountryRow("PT"),),
    )  # fmt: skip
    alike = {"languages": {"en": 5, "nl": 5}, "experience": [("ecommerce", "email", 24)]}
    at_home = measured_person(
        places=[("NL", "Utrecht", PlaceTie.WORKED, 3)], markets=("NL",), also={"nl": 5}, **alike
    )
    new = measured_person(places=[], markets=(), **alike)
    by_person = scores(vacancy)
    Candidate.objects.filter(pk__in=[at_home.pk, new.pk]).update(listed=False, changed_at=timezone.now())
    return by_person[at_home.pk] - by_person[new.pk]


def test_being_at_home_in_dutch_teams_is_a_clear_gap_in_a_small_dutch_company_and_nearly_none_in_a_large_mixed_one():
    small = gap_to_somebody_new_to_everything_dutch(small_dutch=True)
    large = gap_to_somebody_new_to_everything_dutch(large_international=True)
    assert small > 500_000, "more than five points of a hundred"
    assert 0 <= large < 100_000, "less than one"


def test_no_cv_and_levels_met_is_eligible():
    vacancy = posted()
    bare = measured_person(
        experience=[], places=[], markets=(), skills={}, education_level=None, education_field="", work_style=None,
        work_style_version="",
    )  # fmt: skip
    assert result_of(vacancy).candidate_ids.tolist() == [bare.pk]


def test_without_the_freelance_opt_in_nobody_is_on_a_freelance_vacancy():
    vacancy = posted(contract_form="freelance")
    employed = measured_person()
    both = measured_person(takes_freelance=True)
    only_freelance = measured_person(takes_freelance=True, accepts_employment=False)
    result = result_of(vacancy)
    assert result.candidate_ids.tolist() == [both.pk, only_freelance.pk]
    assert result.waterfall.by_code() == {Code.FORM_NOT_ACCEPTED: 1}
    assert pair(vacancy, employed).explanation.code == Code.FORM_NOT_ACCEPTED
    assert result_of(posted()).candidate_ids.tolist() == [employed.pk, both.pk]


def hours(start: int, end: int) -> bytes:
    """Every day from `start` to `end` o'clock by the person's own clock."""
    return mask_of(Span(day, 60 * start, 60 * end) for day in WEEK)


def shift(start: int, end: int, **changes: Any) -> Vacancy:
    """Every day, all of it, on the clock of Amsterdam, for a year, through both of its clock changes."""
    blocks = tuple(ShiftRow(day, 60 * start, 60 * (end - start), True) for day in WEEK)
    places = tuple(CountryRow(code) for code in ("CO", "MA", "PH"))
    return posted(shifts=blocks, hours_week=40, months=12, countries=places, **changes)


CASES = [
    # (lives in, shift in Amsterdam, available by the own clock, eligible)
    ("in_manila", (0, 8), (6, 15), True),  # 07–15 in winter, 06–14 in summer
    ("in_manila", (0, 8), (7, 15), False),
    ("in_manila", (0, 8), (6, 14), False),
    ("in_bogota", (16, 24), (9, 18), True),  # 10–18 in winter, 09–17 in summer
    ("in_bogota", (16, 24), (10, 18), False),
    ("in_bogota", (16, 24), (9, 17), False),
]


@pytest.mark.parametrize(("trait", "block", "own", "eligible"), CASES)
def test_night_and_evening_shifts_lie_in_the_own_day_through_every_clock_change(trait, block, own, eligible):
    vacancy = shift(*block)
    person = measured_person(
        **{trait: True}, availability=hours(*own), preferred=hours(*own), hours_min=20, hours_max=40
    )
    result = result_of(vacancy)
    assert result.candidate_ids.tolist() == ([person.pk] if eligible else [])
    if eligible:
        explanation = pair(vacancy, person).explanation
        distances = {week.person_offset - week.vacancy_offset for week in explanation.weeks}
        assert distances == ({420, 360} if trait == "in_manila" else {-360, -420})
        time = next(part for part in explanation.parts if part.part == Part.TIME)
        assert time.facts["night"] == 0, "work at night in Amsterdam is work by day there"
        assert time.facts["preferred"] == time.facts["worked"]
    else:
        assert result.waterfall.by_code() == {Code.MUST_BLOCK: 1}


@pytest.mark.parametrize(("own", "eligible"), [((14, 23), True), ((15, 23), False), ((14, 22), False)])
def test_morocco_after_its_change_of_20_september_2026(own, eligible):
    """It stays on Greenwich time from then on: 16–24 in Amsterdam is 15–23 in winter and 14–22 in summer."""
    vacancy = shift(16, 24, start_date=date(2027, 2, 1))
    person = measured_person(
        in_casablanca=True, availability=hours(*own), hours_min=20, hours_max=40, preferred=bytes(84)
    )
    assert result_of(vacancy).candidate_ids.tolist() == ([person.pk] if eligible else [])


PROTECTED = (
    "name", "mail", "phone", "national", "citizen", "birth", "age_", "gender", "sex", "ethnic", "race", "religion",
    "photo", "child", "family", "marital", "disab", "health", "salary", "address", "education",
)  # fmt: skip


def test_the_columns_of_matching_contain_nothing_protected():
    columns = [column.name for column in spec.DENSE]
    columns += [f"{family}.{column.name}" for family, parts in spec.FAMILIES.items() for column in parts]
    columns += [field.name for field in fields(VacancyQuery)]
    assert [name for name in columns for word in PROTECTED if word in name] == []


def test_two_people_who_differ_only_in_who_they_are_score_alike():
    vacancy = posted(culture_wanted=True)
    first = measured_person(user__name="Anna de Vries", user__language="nl", education_level=7)
    second = measured_person(user__name="Nomvula Dlamini", user__language="en", education_level=2)
    by_person = scores(vacancy)
    assert by_person[first.pk] == by_person[second.pk]


def test_nobody_is_held_to_a_start_that_lies_before_today():
    vacancy = posted()
    person = measured_person(earliest_start=timezone.now().date() - timedelta(days=400))
    assert result_of(vacancy).candidate_ids.tolist() == [person.pk]
