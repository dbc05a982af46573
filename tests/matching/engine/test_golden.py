"""Published calendar facts, and one score worked out by hand from beginning to end."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from matching.engine import PARTS, LanguageNeed, PartWeights, SkillWish, explain, pack, rank, unpack
from matching.engine.clocks import weeks_in_two_clocks
from tests.matching.engine.people import day, pool_of, portugal, shifts, speaker, vacancy

WEEKDAYS = range(5)
NIGHT = shifts(*((weekday, 0, 480) for weekday in WEEKDAYS))
OFFICE = shifts(*((weekday, 540, 1020) for weekday in WEEKDAYS))
EVENING = shifts(*((weekday, 960, 1440) for weekday in WEEKDAYS))
FIRST, LAST = date(2027, 1, 4), date(2027, 12, 20)
"""Mondays. In 2027 clocks change in Europe on 28 March and 31 October, in the United States on 14 March and
7 November (second Sunday of March, first of November), in New South Wales on 4 April and 3 October (first Sundays),
in Chile on 4 April and 5 September; in the Philippines, Colombia, India, Nepal, Brazil, Arizona, South Africa, Turkey
and, since 20 September 2026, in Morocco never."""


def european(winter: str, summer: str) -> list[tuple[date, str]]:
    """For whoever's own clock never changes, or changes with Europe's."""
    return [(FIRST, winter), (date(2027, 3, 29), summer), (date(2027, 11, 1), winter)]


YEAR_2027 = [
    (NIGHT, "Asia/Manila", european("07:00-15:00", "06:00-14:00")),
    (NIGHT, "Asia/Kolkata", european("04:30-12:30", "03:30-11:30")),
    (NIGHT, "Asia/Kathmandu", european("04:45-12:45", "03:45-11:45")),
    (EVENING, "America/Bogota", european("10:00-18:00", "09:00-17:00")),
    (EVENING, "America/Sao_Paulo", european("12:00-20:00", "11:00-19:00")),
    (EVENING, "America/Phoenix", european("08:00-16:00", "07:00-15:00")),
    (OFFICE, "Africa/Casablanca", european("08:00-16:00", "07:00-15:00")),
    (OFFICE, "Africa/Johannesburg", european("10:00-18:00", "09:00-17:00")),
    (OFFICE, "Europe/Istanbul", european("11:00-19:00", "10:00-18:00")),
    (OFFICE, "Europe/Lisbon", european("08:00-16:00", "08:00-16:00")),
    # The two weeks in March and the one in November in which the United States are closer by an hour.
    (EVENING, "America/New_York", [(FIRST, "10:00-18:00"), (date(2027, 3, 15), "11:00-19:00"),
        (date(2027, 3, 29), "10:00-18:00"), (date(2027, 11, 1), "11:00-19:00"), (date(2027, 11, 8), "10:00-18:00")]),
    (EVENING, "America/Los_Angeles", [(FIRST, "07:00-15:00"), (date(2027, 3, 15), "08:00-16:00"),
        (date(2027, 3, 29), "07:00-15:00"), (date(2027, 11, 1), "08:00-16:00"), (date(2027, 11, 8), "07:00-15:00")]),
    # The south goes the other way: two hours between January and July, one for a while in spring and in autumn.
    (NIGHT, "Australia/Sydney", [(FIRST, "10:00-18:00"), (date(2027, 3, 29), "09:00-17:00"),
        (date(2027, 4, 5), "08:00-16:00"), (date(2027, 10, 4), "09:00-17:00"), (date(2027, 11, 1), "10:00-18:00")]),
    (EVENING, "America/Santiago", [(FIRST, "12:00-20:00"), (date(2027, 3, 29), "11:00-19:00"),
        (date(2027, 4, 5), "10:00-18:00"), (date(2027, 9, 6), "11:00-19:00"), (date(2027, 11, 1), "12:00-20:00")]),
]  # fmt: skip


def on(moment: date) -> int:
    return day(moment.year, moment.month, moment.day)


def minutes(clock: str) -> int:
    hours, rest = clock.split(":")
    return int(hours) * 60 + int(rest)


def year(shift, **changes):
    return vacancy(shifts=shift, start_day=on(FIRST), end_day=on(LAST) + 4, **changes)


@pytest.mark.parametrize(("shift", "zone", "published"), YEAR_2027, ids=[zone for _, zone, _ in YEAR_2027])
def test_amsterdam_by_other_clocks_through_2027(shift, zone: str, published: list[tuple[date, str]]) -> None:
    found = {}
    for view in weeks_in_two_clocks(year(shift), pool_of(speaker(zone=zone))):
        for monday in view.mondays:
            block = view.blocks[0]
            found[monday] = (block.person_start % 1440, block.person_end % 1440)
    expected = {}
    for monday in (FIRST + timedelta(weeks=n) for n in range(51)):
        *_, clock = (clock for since, clock in published if since <= monday)
        start, end = clock.split("-")
        expected[on(monday)] = (minutes(start), minutes(end))
    assert found == expected


@pytest.mark.parametrize(("shift", "zone", "published"), YEAR_2027, ids=[zone for _, zone, _ in YEAR_2027])
def test_available_from_the_earliest_to_the_latest_of_the_year_and_no_less(
    shift, zone: str, published
) -> None:
    """Whoever has all those hours fits every week; with a quarter of an hour less at either end, some week lacks
    five quarters."""
    edges = [tuple(map(minutes, clock.split("-"))) for _, clock in published]
    first, last = min(start for start, _ in edges), max(end for _, end in edges)
    people = {
        1: [(weekday, first, last) for weekday in WEEKDAYS],
        2: [(weekday, first + 15, last) for weekday in WEEKDAYS],
        3: [(weekday, first, last - 15) for weekday in WEEKDAYS],
    }
    pool = pool_of(*(speaker(id=n, zone=zone, blocks=tuple(blocks)) for n, blocks in people.items()))
    assert rank(pool, year(shift, hours_week=2400)).candidate_ids.tolist() == [1]
    assert rank(pool, year(shift, hours_week=2400 - 75)).eligible == 3
    assert rank(pool, year(shift, hours_week=2400 - 74)).eligible == 1


def test_only_the_weeks_of_the_contract_count() -> None:
    """Ten to six in New York, for a shift that lies an hour later there in two weeks of March 2027."""
    person = speaker(zone="America/New_York", blocks=tuple((weekday, 600, 1080) for weekday in WEEKDAYS))
    spans = {
        (date(2027, 3, 1), date(2027, 3, 12)): 1,
        (date(2027, 3, 1), date(2027, 3, 14)): 1,
        (date(2027, 3, 1), date(2027, 3, 15)): 0,
        (date(2027, 3, 28), date(2027, 4, 30)): 0,
        (date(2027, 3, 29), date(2027, 10, 31)): 1,
        (date(2027, 3, 29), date(2027, 11, 1)): 0,
        (date(2027, 11, 8), date(2028, 3, 12)): 1,
        (date(2027, 11, 8), date(2028, 3, 13)): 0,
    }
    for (first, last), eligible in spans.items():
        query = vacancy(shifts=EVENING, start_day=on(first), end_day=on(last), hours_week=2400)
        assert rank(pool_of(person), query).eligible == eligible, (first, last)


def test_a_score_from_beginning_to_end() -> None:
    query = vacancy(
        languages=(LanguageNeed("en", 4),),
        wanted_skills=(SkillWish("crm"),),
        places=(portugal(offer_low=93_000, offer_high=93_000, legal_floor=62_000),),
        hours_week=30 * 60,
        contract_months=6,
    )
    person = speaker(
        languages={"en": (4, 4, 900, 400)}, skills={"crm": (2, 0)}, wish=93_000, months=12, hours=(1200, 2400)
    )  # fmt: skip
    result = rank(pool_of(person), query)
    # Language: 900 - 400 = 500 above B2: 0.82. Time: by day, no preference: 1. Pay: 9.30 / 6.20 = 1.5: 0.85, weighs 3;
    # the wish is met: 1, weighs 4: 6.55 / 7. Skills: level 2: 0.75. Commitment: 6 of 12 months, the middle of 20 to 40
    # hours: 0.6 x 0.5 + 0.4 = 0.7. Culture and experience are not asked.
    fits = [8_200_000, 0, 10_000_000, 9_357_142, 7_500_000, 0, 7_000_000]
    assert result.fits.tolist() == [fits]
    # Employer: 30 + 15 + 25 + 15 = 85; of the three units lost by rounding the remainders .88, .88 and .76 get one each.
    employer = [3_529_412, 0, 1_764_706, 0, 2_941_176, 0, 1_764_706]
    # Candidates: 10 + 25 + 30 + 10 + 15 = 90; the remainders .78 and .67 get the two.
    candidate = [1_111_111, 0, 2_777_778, 3_333_333, 1_111_111, 0, 1_666_667]
    told = explain(pool_of(person), query, 1)
    assert [part.employer_weight for part in told.parts] == employer
    assert [part.candidate_weight for part in told.parts] == candidate
    # 0.82 x 3,529,412 = 2,894,117.84; 1,764,706; 0.75 x 2,941,176 = 2,205,882; 0.7 x 1,764,706 = 1,235,294.2
    assert result.employer_scores.tolist() == [2_894_117 + 1_764_706 + 2_205_882 + 1_235_294] == [8_099_999]
    # 911,111.02; 2,777,778; 0.9357142 x 3,333,333 = 3,119,047.0; 833,333.25; 1,166,666.9
    assert (
        result.candidate_scores.tolist()
        == [911_111 + 2_777_778 + 3_119_047 + 833_333 + 1_166_666]
        == [8_807_935]
    )
    # 2 x 8,099,999 x 8,807,935 / 16,907,934 = 8,439,146.34
    total = Fraction(2 * 8_099_999 * 8_807_935, 8_099_999 + 8_807_935)
    assert result.scores.tolist() == [int(total)] == [8_439_146]
    assert sum(result.contributions[0].tolist()) == 8_439_146
    for number, part in enumerate(PARTS):
        share = fits[number] * (
            employer[number] * Fraction(2 * 8_807_935**2, 16_907_934**2)
            + candidate[number] * Fraction(2 * 8_099_999**2, 16_907_934**2)
        )
        assert abs(int(result.contributions[0, number]) - share / 10**7) < 3, part


def test_the_same_figures_in_every_version_one() -> None:
    """A whole ranking, written down: whoever changes any figure has to raise the engine's version and say so here."""
    query = vacancy(
        languages=(LanguageNeed("en", 4, 2), LanguageNeed("de", 5)), nice_languages=(LanguageNeed("fr", 3),),
        hours_week=1200, weights=PartWeights(language=30, time=15, pay=5, commitment=15),
    )  # fmt: skip
    people = [
        speaker(id=4, languages={"en": (6, 6, 2500, 310), "de": (5, 5, 1200, 350), "fr": (2, 2, 0, 0)}, wish=101_000),
        speaker(id=2, languages={"en": (4, 6, 350, 290), "de": (6, 6, 0, 0)}, zone="Asia/Kathmandu", months=9),
        speaker(id=9, languages={"en": (5, 6, 1350, 290), "de": (5, 6, 1001, 500), "fr": (4, 4, 0, 0)}, hours=(600, 1500),
                zone="America/Bogota", preferred=((0, 180, 705), (1, 180, 705), (2, 180, 705))),
    ]  # fmt: skip
    result = unpack(pack(rank(pool_of(*people), query)))
    assert [
        (number, score, e, c, fits, parts)
        for number, score, e, c, fits, parts in zip(
            result.candidate_ids.tolist(),
            result.scores.tolist(),
            result.employer_scores.tolist(),
            result.candidate_scores.tolist(),
            result.fits.tolist(),
            result.contributions.tolist(),
            strict=True,
        )
    ] == WRITTEN_DOWN


WRITTEN_DOWN = [
    (
        9,
        9135728,
        9171788,
        9099952,
        [8670600, 0, 10000000, 8209677, 0, 0, 9666666],
        [2531387, 0, 2719601, 1864720, 0, 0, 2020020],
    ),
    (
        4,
        8862708,
        8890524,
        8835066,
        [8149999, 0, 10000000, 7676848, 0, 0, 9666666],
        [2381586, 0, 2718930, 1741848, 0, 0, 2020344],
    ),
    (
        2,
        8122600,
        7796289,
        8477420,
        [6690350, 0, 10000000, 8209677, 0, 0, 7666666],
        [2059749, 0, 2686897, 1755897, 0, 0, 1620057],
    ),
]
