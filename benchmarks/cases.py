"""The two vacancies that are ranked: a broad one, and a typical one. Both ask about every part of the score."""

from typing import Final

from benchmarks.population import TODAY
from benchmarks.world import BROAD_EMPLOYER, LANDS, PLACES, TYPICAL_EMPLOYER
from matching.engine import (
    CountryWeight,
    LanguageNeed,
    PlaceTerms,
    ShiftBlock,
    SkillNeed,
    SkillWish,
    VacancyQuery,
    locality_share,
)

START: Final = TODAY + 30
NOT_HIRED: Final = ("NO", "DK", "SE")
NO_FLOOR: Final = ("RS", "MU")


def _terms(offer: int) -> tuple[PlaceTerms, ...]:
    """Terms for every country, and of its own for the first region of each that has some.

    `offer`: the middle of the range, in hundredths of the country's usual pay.
    """
    pay = {land.country: land.pay * 100 for land in LANDS}
    found = []
    for number, (country, region) in enumerate(PLACES):
        if region and PLACES[number - 1][1]:
            continue
        usual = pay[country] + (500 if region else 0)
        middle = usual * offer // 100
        found.append(
            PlaceTerms(
                country=country,
                region=region,
                hireable=country not in NOT_HIRED,
                floor_known=country not in NO_FLOOR,
                legal_floor=usual * 6 // 10 + (usual if country == "GE" else 0),
                other_floor=usual * 65 // 100 if country in ("ZA", "FR") else 0,
                offer_low=middle * 9 // 10,
                offer_high=middle * 12 // 10,
                market_low=usual * 8 // 10 if country != "SR" else usual,
                market_high=usual * 13 // 10 if country != "SR" else usual,
            )
        )
    return tuple(found)


def broad() -> VacancyQuery:
    """Around the clock in English, part-time: about 38 of 100 people pass."""
    return VacancyQuery(
        places=_terms(125),
        start_day=START,
        end_day=START + 182,
        contract_months=6,
        languages=(LanguageNeed("en", 3, 2),),
        nice_languages=(LanguageNeed("es", 4), LanguageNeed("fr", 4)),
        must_skills=(SkillNeed("touch_typing", 1),),
        wanted_skills=(SkillWish("active_listening", 3), SkillWish("business_writing", 2), SkillWish("crm")),
        hours_week=20 * 60,
        zone="America/New_York",
        shifts=(
            *tuple(ShiftBlock(day, 0, 1440, must=False) for day in range(1, 7)),
            ShiftBlock(0, 0, 600),
            ShiftBlock(0, 600, 60, must=True),
            ShiftBlock(0, 660, 780),
        ),
        employer=BROAD_EMPLOYER,
        sector="ecommerce",
        channels=("chat", "email"),
        customer_countries=(CountryWeight("US", 3), CountryWeight("CA")),
        team_countries=(CountryWeight("PH", 40), CountryWeight("US", 10)),
        organisation=(6, 4, 8, 3, 9, 5, -1, 7),
        locality_wanted=True,
        locality_share=locality_share([40, 10]),
    )


def typical() -> VacancyQuery:
    """Office hours in Dutch and English with a skill measured: about 3 of 1,000 people pass."""
    return VacancyQuery(
        places=_terms(115),
        start_day=START,
        end_day=START + 364,
        contract_months=12,
        languages=(LanguageNeed("nl", 4, 3), LanguageNeed("en", 4, 2)),
        nice_languages=(LanguageNeed("de", 3),),
        must_skills=(SkillNeed("appointment_planning"), SkillNeed("touch_typing")),
        wanted_skills=(SkillWish("crm", 2), SkillWish("business_writing")),
        hours_week=24 * 60,
        zone="Europe/Amsterdam",
        shifts=(*tuple(ShiftBlock(day, 540, 480) for day in range(4)), ShiftBlock(4, 780, 60, must=True)),
        employer=TYPICAL_EMPLOYER,
        sector="travel",
        channels=("phone", "chat"),
        customer_countries=(CountryWeight("NL", 4), CountryWeight("BE")),
        team_countries=(CountryWeight("NL", 25), CountryWeight("SR", 5)),
        organisation=(4, 7, 6, 8, 5, 9, 3, 6),
        locality_wanted=True,
        locality_share=locality_share([25, 5]),
    )


CASES: Final = {"broad": broad, "typical": typical}
