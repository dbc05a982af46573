"""What the product promises, shown on the engine."""

from dataclasses import replace

import pytest

from matching.engine import Code, LanguageNeed, PlaceTerms, SkillWish, locality_share, rank
from matching.engine.columns import (
    ETIQUETTE_PASSED,
    FREELANCE,
    LANGUAGE_C1,
    LIVED_OR_WORKED,
    SERVED_CUSTOMERS,
)
from matching.engine.parts import PARTS, Part
from tests.matching.engine.people import countries, pool_of, portugal, speaker, vacancy

FRENCH = (LanguageNeed("fr", 4),)
NETHERLANDS = PlaceTerms(country="NL", legal_floor=149_900, offer_low=90_000, offer_high=90_000)


def scores(query, *people) -> dict[int, int]:
    result = rank(pool_of(*people), query)
    return dict(zip(result.candidate_ids.tolist(), result.scores.tolist(), strict=True))


def fit_of(query, person, part: Part) -> int:
    return int(rank(pool_of(person), query).fits[0, PARTS.index(part)])


def test_french_claimed_but_measured_below_is_out_and_unmeasured_is_a_near_miss() -> None:
    measured = speaker(id=1, languages={"fr": (3, 5, -500, 300)})
    unmeasured = speaker(id=2, languages={"fr": (0, 5, 0, 0)})
    result = rank(pool_of(measured, unmeasured), vacancy(languages=FRENCH))
    assert result.eligible == 0
    assert result.waterfall.by_code() == {Code.LANGUAGE_BELOW: 1, Code.LANGUAGE_NOT_MEASURED: 1}
    assert [(m.code, m.candidate_ids) for m in result.near_misses] == [(Code.LANGUAGE_NOT_MEASURED, (2,))]


def test_nine_euros_keeps_portugal_and_loses_the_netherlands_at_the_pay_gate() -> None:
    query = vacancy(places=(portugal(), NETHERLANDS))
    result = rank(pool_of(speaker(id=1), speaker(id=2, place=("NL", ""))), query)
    assert result.candidate_ids.tolist() == [1]
    assert result.waterfall.by_code() == {Code.BELOW_FLOOR: 1}


def test_an_offer_equal_to_the_legal_minimum_is_refused() -> None:
    equal = vacancy(places=(portugal(legal_floor=90_000),))
    above = vacancy(places=(portugal(legal_floor=89_999),))
    assert rank(pool_of(speaker()), equal).waterfall.by_code() == {Code.BELOW_FLOOR: 1}
    assert rank(pool_of(speaker()), above).eligible == 1


def test_a_floor_to_be_confirmed_is_a_third_outcome() -> None:
    result = rank(pool_of(speaker()), vacancy(places=(portugal(floor_known=False),)))
    assert result.waterfall.by_code() == {Code.FLOOR_UNKNOWN: 1}
    assert [(m.code, m.count) for m in result.near_misses] == [(Code.FLOOR_UNKNOWN, 1)]


@pytest.mark.parametrize("wish", [0, 60_000, 80_000, 150_000])
def test_in_portugal_nine_euros_are_no_worse_than_six_fifty(wish: int) -> None:
    person = speaker(wish=wish)
    nine, six_fifty = (
        scores(vacancy(places=(portugal(offer_low=amount, offer_high=amount),)), person)[1]
        for amount in (90_000, 65_000)
    )
    assert nine > six_fifty


def test_being_cheap_moves_nobody_up() -> None:
    found = scores(vacancy(), speaker(id=1, wish=90_000), speaker(id=2, wish=65_000), speaker(id=3, wish=1))
    assert len(set(found.values())) == 1
    found = scores(vacancy(), speaker(id=1, minimum=90_000), speaker(id=2, minimum=1))
    assert found[1] == found[2]


def test_evidence_of_romes_art_stands_higher() -> None:
    query = vacancy(wanted_skills=(SkillWish("rome_art"),))
    found = scores(
        query,
        speaker(id=1),
        speaker(id=2, skills={"rome_art": (2, 2)}),
        speaker(id=3, skills={"rome_art": (0, 3)}),
    )
    assert found[2] > found[3] > found[1]


def test_the_spanish_etiquette_test_counts_as_having_lived_there() -> None:
    query = vacancy(
        customer_countries=countries("ES"), locality_wanted=True, locality_share=locality_share([12])
    )
    found = scores(
        query,
        speaker(id=1, localities={"ES": ETIQUETTE_PASSED}),
        speaker(id=2, localities={"ES": LIVED_OR_WORKED}),
        speaker(id=3),
    )
    assert found[1] == found[2] > found[3]


TEAM_STYLE = (6,) * 8


def dutch_gap(staff: dict[str, int]) -> int:
    """Score gap between two equally skilled people in Portugal, one at home with the Dutch."""
    query = vacancy(
        team_countries=countries(*staff),
        customer_countries=countries("NL"),
        locality_wanted=True,
        organisation=TEAM_STYLE,
        locality_share=locality_share(list(staff.values())),
        wanted_skills=(SkillWish("crm"),),
    )
    equal = speaker(style=TEAM_STYLE, skills={"crm": (2, 2)})
    found = scores(
        query,
        replace(equal, id=1, localities={"NL": LIVED_OR_WORKED | SERVED_CUSTOMERS | LANGUAGE_C1}),
        replace(equal, id=2),
    )
    return found[1] - found[2]


def test_dutch_experience_matters_in_a_small_dutch_company_and_hardly_in_a_large_mixed_one() -> None:
    small = dutch_gap({"NL": 8})
    large = dutch_gap({"NL": 600, "PT": 400, "ZA": 300, "RS": 300, "TR": 200, "ES": 200})
    assert small > 600_000  # more than six points of a hundred
    assert 0 < large < 30_000  # less than a third of a point
    assert small > 20 * large


def test_no_cv_but_levels_met_is_eligible() -> None:
    query = vacancy(sector="travel", channels=("chat",))
    result = rank(pool_of(speaker(experience=0, sectors={}, channels={})), query)
    assert result.eligible == 1
    assert result.scores[0] > 0


def test_no_freelance_opt_in_never_on_a_freelance_vacancy() -> None:
    result = rank(pool_of(speaker(id=1, forms=1), speaker(id=2, forms=3)), vacancy(contract_form=FREELANCE))
    assert result.candidate_ids.tolist() == [2]
    assert result.waterfall.by_code() == {Code.FORM_NOT_ACCEPTED: 1}


def test_locality_is_silent_where_it_is_not_asked_for() -> None:
    query = vacancy(team_countries=countries("NL"), customer_countries=countries("NL"))
    found = scores(query, speaker(id=1, localities={"NL": 15}), speaker(id=2))
    assert found[1] == found[2]
    assert fit_of(query, speaker(localities={"NL": 15}), Part.CULTURE) == 0
