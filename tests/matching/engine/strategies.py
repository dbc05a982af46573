"""Random people and vacancies, drawn so that many of them meet and many just fail."""

from __future__ import annotations

from hypothesis import strategies as st

from matching.engine import (
    CountryWeight,
    LanguageNeed,
    PartWeights,
    PlaceTerms,
    ShiftBlock,
    SkillNeed,
    SkillWish,
    VacancyQuery,
)
from matching.engine.columns import UNRESTRICTED
from tests.matching.engine.people import ALWAYS, OFFICE, Person, day

ZONES = (
    "Europe/Amsterdam",
    "Europe/Lisbon",
    "Europe/London",
    "Africa/Casablanca",
    "Africa/Johannesburg",
    "Africa/Cairo",
    "America/New_York",
    "America/Bogota",
    "America/Havana",
    "America/Santiago",
    "America/Nuuk",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Asia/Manila",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
)
STARTS = (
    day(2026, 9, 14),
    day(2026, 10, 19),
    day(2026, 11, 2),
    day(2027, 2, 1),
    day(2027, 3, 8),
    day(2027, 3, 22),
    day(2027, 4, 1),
    day(2027, 9, 20),
)
PLACES = (("PT", ""), ("NL", ""), ("CA", "CA-ON"), ("CA", "CA-QC"), ("ZA", ""))
LANGUAGES = ("en", "nl", "fr")
SKILLS = ("writing", "rome_art", "crm")
AROUND_CHANGES = tuple((6, hour * 60, hour * 60 + 15 * n) for hour in range(4) for n in (1, 3, 6))


def weeks() -> st.SearchStrategy[tuple[tuple[int, int, int], ...]]:
    block = st.builds(
        lambda weekday, start, length: (weekday, start * 15, (start + length) * 15),
        st.integers(0, 6),
        st.integers(0, 95),
        st.integers(1, 96),
    )
    several = st.lists(st.one_of(block, st.sampled_from(AROUND_CHANGES)), max_size=9, unique=True)
    made = several.map(lambda blocks: tuple(sorted(blocks)))
    return st.one_of(st.just(ALWAYS), st.just(ALWAYS), st.just(OFFICE), made)


def mostly(usual, other: st.SearchStrategy) -> st.SearchStrategy:
    return st.integers(0, 9).flatmap(lambda drawn: other if drawn == 7 else st.just(usual))


def language_entries() -> st.SearchStrategy[tuple[int, int, int, int]]:
    return st.tuples(
        st.one_of(st.integers(4, 6), st.integers(4, 6), st.integers(0, 6)),
        st.integers(0, 6),
        st.integers(-4000, 4000),
        st.one_of(st.just(0), st.integers(1, 900)),
    )


@st.composite
def people(draw: st.DrawFn, number: int = 1) -> Person:
    low = draw(mostly(0, st.sampled_from((300, 600, 1200))))
    return Person(
        id=number,
        agreed=draw(mostly(True, st.booleans())),
        available=draw(mostly(True, st.booleans())),
        just_looking=draw(st.booleans()),
        start_day=draw(mostly(0, st.sampled_from(STARTS))),
        forms=draw(mostly(3, st.integers(0, 3))),
        place=draw(mostly(("PT", ""), st.sampled_from(PLACES))),
        right_until=draw(mostly(UNRESTRICTED, st.sampled_from((0, day(2026, 12, 31), day(2028, 1, 1))))),
        hours=(low, draw(mostly(3600, st.integers(low, 3600)))),
        blocks=draw(weeks()),
        preferred=draw(st.one_of(st.none(), weeks())),
        zone=draw(st.sampled_from(ZONES)),
        minimum=draw(mostly(0, st.integers(40_000, 120_000))),
        wish=draw(st.one_of(st.just(0), st.integers(50_000, 150_000))),
        months=draw(st.sampled_from((0, 3, 6, 12, 60))),
        style=tuple(draw(st.lists(st.integers(-1, 12), min_size=8, max_size=8))),
        experience=draw(st.integers(0, 80)),
        languages={
            code: draw(language_entries()) for code in LANGUAGES if draw(mostly(True, st.just(False)))
        },
        skills=draw(
            st.dictionaries(st.sampled_from(SKILLS), st.tuples(st.integers(0, 3), st.integers(0, 3)))
        ),
        localities=draw(st.dictionaries(st.sampled_from(("NL", "ES")), st.integers(0, 15))),
        sectors=draw(st.dictionaries(st.sampled_from(("travel", "retail")), st.integers(0, 80))),
        channels=draw(st.dictionaries(st.sampled_from(("phone", "chat")), st.integers(0, 80))),
    )


@st.composite
def populations(draw: st.DrawFn, most: int = 6) -> list[Person]:
    ids = draw(st.lists(st.integers(1, 10**6), min_size=1, max_size=most, unique=True))
    return [draw(people(number)) for number in ids]


@st.composite
def shift_blocks(draw: st.DrawFn) -> tuple[ShiftBlock, ...]:
    drawn = draw(
        st.lists(
            st.tuples(
                st.integers(0, 6),
                st.integers(0, 1439),
                st.integers(1, 1440),
                st.sampled_from((False,) * 4 + (True,)),
            ),
            min_size=1,
            max_size=5,
        )
    )
    kept: list[ShiftBlock] = []
    for block in (ShiftBlock(*values) for values in sorted(drawn)):
        begin = block.weekday * 1440 + block.start_minute
        after = kept[-1].weekday * 1440 + kept[-1].start_minute + kept[-1].duration_minutes if kept else 0
        wraps = kept[0].weekday * 1440 + kept[0].start_minute + 10080 if kept else 20160
        if after <= begin and begin + block.duration_minutes <= wraps:
            kept.append(block)
    return tuple(kept)


@st.composite
def terms(draw: st.DrawFn, country: str, region: str) -> PlaceTerms:
    low = draw(st.integers(50_000, 110_000))
    market = sorted(draw(st.lists(st.integers(40_000, 140_000), min_size=2, max_size=2)))
    market = draw(st.sampled_from((market, [0, 0], [market[0]] * 2)))
    return PlaceTerms(
        country=country,
        region=region,
        hireable=country == "PT" or draw(mostly(True, st.booleans())),
        floor_known=draw(mostly(True, st.booleans())),
        legal_floor=draw(mostly(0, st.integers(0, 90_000))),
        other_floor=draw(mostly(0, st.integers(0, 90_000))),
        offer_low=low,
        offer_high=low + draw(st.integers(0, 20_000)),
        market_low=market[0],
        market_high=market[1],
    )


@st.composite
def part_weights(draw: st.DrawFn) -> PartWeights:
    values = draw(st.lists(st.integers(0, 100), min_size=7, max_size=7))
    names = ("language", "culture", "time", "pay", "skills", "experience", "commitment")
    return PartWeights(**(dict(zip(names, values, strict=True)) | {"time": max(values[2], 1)}))


@st.composite
def vacancies(draw: st.DrawFn) -> VacancyQuery:
    blocks = draw(shift_blocks())
    start = draw(st.sampled_from(STARTS)) + draw(st.integers(0, 6))
    codes = draw(st.lists(st.sampled_from(LANGUAGES), max_size=2, unique=True))
    nice = [code for code in LANGUAGES if code not in codes][: draw(st.integers(0, 1))]
    skills = draw(st.permutations(SKILLS))
    must = tuple(SkillNeed(skills[0], draw(st.integers(1, 2))) for _ in range(draw(mostly(0, st.just(1)))))
    weight = st.integers(1, 5)
    where = st.lists(st.builds(CountryWeight, st.sampled_from(("NL", "ES", "IT")), weight), max_size=2,
                     unique_by=lambda one: one.country)  # fmt: skip
    team, customers = tuple(draw(where)), tuple(draw(where))
    style = st.lists(st.integers(-1, 12), min_size=8, max_size=8).map(tuple)
    return VacancyQuery(
        places=tuple(draw(terms(*place)) for place in (("PT", ""), ("NL", ""), ("CA", ""), ("CA", "CA-QC"))),
        contract_form=draw(mostly(1, st.just(2))),
        start_day=start,
        end_day=start + draw(st.integers(0, 24)),
        contract_months=draw(st.sampled_from((0, 6, 12))),
        languages=tuple(LanguageNeed(c, draw(st.integers(1, 4)), draw(weight)) for c in codes),
        nice_languages=tuple(LanguageNeed(c, draw(st.integers(1, 6)), draw(weight)) for c in nice),
        must_skills=must,
        wanted_skills=tuple(SkillWish(c, draw(weight)) for c in skills[1 : draw(st.integers(1, 3))]),
        hours_week=draw(st.integers(1, sum(block.duration_minutes for block in blocks))),
        zone=draw(st.sampled_from(ZONES)),
        shifts=blocks,
        sector=draw(st.sampled_from(("", "travel"))),
        channels=draw(st.sampled_from(((), ("phone",), ("phone", "chat")))),
        customer_countries=customers,
        team_countries=team,
        organisation=draw(st.one_of(st.none(), style)),
        locality_wanted=bool(team or customers) and draw(st.booleans()),
        locality_share=draw(st.integers(0, 10**7)),
        weights=draw(part_weights()),
    )
