"""What a vacancy query refuses, and which field it names."""

from typing import Any

import pytest

from matching.engine import (
    CountryWeight,
    InvalidQuery,
    LanguageNeed,
    Part,
    PartWeights,
    PayStatus,
    PlaceTerms,
    ShiftBlock,
    SkillNeed,
    SkillWish,
)
from tests.matching.engine.people import countries, day, portugal, vacancy


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"end_day": day(2027, 1, 3)}, "end_day"),
        ({"end_day": day(2040, 1, 3)}, "end_day"),
        ({"start_day": 20_000.5}, "start_day"),
        ({"contract_form": 3}, "contract_form"),
        ({"contract_months": -1}, "contract_months"),
        ({"places": ()}, "places"),
        ({"places": (portugal(hireable=False),)}, "places"),
        ({"places": (portugal(), portugal())}, "places"),
        ({"places": (portugal(offer_high=80_000),)}, "places[PT].offer_high"),
        ({"places": (portugal(offer_low=0),)}, "places[PT].offer_low"),
        ({"places": (portugal(offer_low=-5),)}, "places[PT].offer_low"),
        ({"places": (portugal(offer_high=10**8 + 1),)}, "places[PT].offer_high"),
        ({"places": (portugal(legal_floor=float("nan")),)}, "places[PT].legal_floor"),
        ({"places": (portugal(market_high=1),)}, "places[PT].market_low"),
        ({"places": (portugal(region="X", offer_low=0),)}, "places[PT-X].offer_low"),
        ({"languages": (LanguageNeed("en", 7),)}, "languages[en].level"),
        ({"languages": (LanguageNeed("en", 0),)}, "languages[en].level"),
        ({"languages": (LanguageNeed("en", 4, 0),)}, "languages[en].weight"),
        ({"languages": (LanguageNeed("", 4),)}, "languages.code"),
        ({"languages": (LanguageNeed("en", 4), LanguageNeed("en", 5))}, "languages"),
        ({"nice_languages": (LanguageNeed("en", 4),)}, "languages"),
        ({"must_skills": (SkillNeed("crm", 4),)}, "must_skills[crm].minimum"),
        ({"must_skills": (SkillNeed("crm"),), "wanted_skills": (SkillWish("crm"),)}, "must_skills"),
        ({"wanted_skills": (SkillWish("crm", -1),)}, "wanted_skills[crm].weight"),
        ({"shifts": ()}, "shifts"),
        ({"shifts": (ShiftBlock(7, 0, 60),)}, "shifts.weekday"),
        ({"shifts": (ShiftBlock(0, 1440, 60),)}, "shifts.start_minute"),
        ({"shifts": (ShiftBlock(0, 0, 0),)}, "shifts.duration_minutes"),
        ({"shifts": (ShiftBlock(0, 0, 1441),)}, "shifts.duration_minutes"),
        ({"shifts": (ShiftBlock(0, 0, 600), ShiftBlock(0, 540, 60))}, "shifts"),
        ({"shifts": (ShiftBlock(0, 0, 60), ShiftBlock(6, 1380, 61))}, "shifts"),
        ({"hours_week": 0}, "hours_week"),
        ({"hours_week": 40 * 60 + 1}, "hours_week"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"zone": "../../etc/passwd"}, "zone"),
        ({"channels": ("chat", "chat")}, "channels"),
        ({"team_countries": countries("NL", "NL")}, "team_countries"),
        ({"team_countries": (CountryWeight("NL", 0),)}, "team_countries[NL].weight"),
        ({"locality_wanted": True}, "locality_wanted"),
        ({"locality_share": 10**7 + 1}, "locality_share"),
        ({"organisation": (1,) * 7}, "organisation"),
        ({"organisation": (13,) * 8}, "organisation"),
        ({"cefr_cuts": (0, 1, 2, 3)}, "cefr_cuts"),
        ({"cefr_cuts": (0, 1, 1, 2, 3)}, "cefr_cuts"),
        ({"weights": {"language": 1}}, "weights"),
        ({"weights": PartWeights(skills=5)}, "weights"),
        ({"weights": PartWeights(culture=5), "locality_wanted": False}, "weights"),
    ],
)
def test_bad_fields_are_named(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidQuery) as caught:
        vacancy(**changes)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("weights", "field"),
    [
        ({}, "weights"),
        ({"language": -1}, "weights.language"),
        ({"pay": 1001}, "weights.pay"),
        ({"time": 0.5}, "weights.time"),
        ({"skills": float("nan")}, "weights.skills"),
        ({"skills": True}, "weights.skills"),
        ({"beauty": 1}, "weights"),
    ],
)
def test_bad_weights_are_named(weights: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidQuery) as caught:
        PartWeights.from_mapping(weights)
    assert caught.value.field == field


def test_shifts_may_touch_and_pass_midnight() -> None:
    blocks = (ShiftBlock(6, 1380, 60), ShiftBlock(0, 0, 60), ShiftBlock(0, 60, 1440))
    assert vacancy(shifts=blocks, hours_week=60).shifts == blocks


@pytest.mark.parametrize(
    ("terms", "status"),
    [
        ({"legal_floor": 62_000, "offer_low": 62_000}, PayStatus.BELOW_FLOOR),
        ({"legal_floor": 62_000, "offer_low": 62_001}, PayStatus.OK),
        ({"other_floor": 62_000, "offer_low": 62_000}, PayStatus.OK),
        ({"other_floor": 62_000, "offer_low": 61_999}, PayStatus.BELOW_FLOOR),
        ({"legal_floor": 62_000, "other_floor": 70_000, "offer_low": 65_000}, PayStatus.BELOW_FLOOR),
        ({"floor_known": False, "offer_low": 200_000}, PayStatus.FLOOR_UNKNOWN),
    ],
)
def test_an_offer_exceeds_the_law_and_reaches_other_floors(terms: dict[str, Any], status: PayStatus) -> None:
    assert PlaceTerms(country="PT", offer_high=200_000, **terms).pay_status == status


def test_a_region_goes_before_its_country() -> None:
    ontario = PlaceTerms(country="CA", region="CA-ON", offer_low=1, offer_high=1)
    canada = PlaceTerms(country="CA", offer_low=2, offer_high=2)
    query = vacancy(places=(ontario, canada))
    assert query.terms_for(("CA", "CA-ON")) == ontario
    assert query.terms_for(("CA", "CA-QC")) == canada
    assert query.terms_for(("NL", "")) is None


def test_what_is_not_asked_weighs_nothing() -> None:
    plain = vacancy()
    assert plain.asked_parts == {Part.LANGUAGE, Part.TIME, Part.PAY, Part.COMMITMENT}
    assert plain.effective(plain.weights) == (30, 0, 15, 0, 0, 0, 15)
    full = vacancy(
        wanted_skills=(SkillWish("crm"),),
        sector="travel",
        locality_wanted=True,
        team_countries=countries("NL"),
    )
    assert full.effective(full.weights) == (30, 10, 15, 0, 25, 5, 15)
    unweighted = vacancy(organisation=(6,) * 8, weights=PartWeights(language=1))
    assert Part.CULTURE not in unweighted.asked_parts
