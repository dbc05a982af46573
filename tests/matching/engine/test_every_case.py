"""Small tables tried in full: every level, every bit, every point of every curve, against the twin."""

from itertools import product
from random import Random

import numpy as np
import pytest

from matching.engine import CODES, LanguageNeed, PlaceTerms, SkillNeed, rank, screen
from matching.engine.columns import DENSE
from matching.engine.fits import culture, experience, language, pay
from matching.engine.fits.culture import organisation_value
from tests.matching.engine import twin, twin_fits
from tests.matching.engine.people import Person, countries, pool_of, portugal, speaker, vacancy
from tests.matching.engine.twin_calendar import Calendar

CURVES = [
    (language.HEADROOM, twin_fits.HEADROOM),
    (experience.SATURATION, twin_fits.SATURATION),
    (culture.SMALLNESS, twin_fits.SMALLNESS),
    (pay.ABOVE_FLOOR, twin_fits.ABOVE_FLOOR),
    (pay.IN_MARKET, twin_fits.IN_MARKET),
    (pay.TO_WISH, twin_fits.TO_WISH),
]


@pytest.mark.parametrize(("curve", "points"), CURVES, ids=range(len(CURVES)))
def test_every_curve(curve, points) -> None:
    first, last = points[0][0], points[-1][0]
    rng = Random(4)
    xs = [x + off for x, _ in points for off in (-2, -1, 0, 1, 2)] + [first - 10**9, last + 10**9, 0]
    xs += (
        range(first - 3, last + 4) if last - first < 5000 else (rng.randint(first, last) for _ in range(3000))
    )
    expected = [twin_fits.curve(points, x) for x in xs]
    assert curve.at(np.array(xs, dtype=np.int64)).tolist() == expected
    if all(abs(x) < 2**15 for x in xs):
        assert curve.at(np.array(xs, dtype=np.int16)).tolist() == expected


def test_likeness_of_every_kind_of_answers() -> None:
    rng = Random(7)
    answers = [(value,) * 8 for value in range(-1, 13)]
    answers += [tuple(rng.choice((-1, 0, 12)) for _ in range(8)) for _ in range(200)]
    answers += [tuple(rng.randint(-1, 12) for _ in range(8)) for _ in range(200)]
    (style,) = (column for column in DENSE if column.name == "work_style")
    for team in [(0,) * 8, (12,) * 8, (-1,) * 8, *rng.sample(answers, 12)]:
        expected = [twin_fits.alike(own, team) for own in answers]
        assert organisation_value(np.array(answers, dtype=style.dtype), team).tolist() == expected
        assert organisation_value(np.array(answers, dtype=np.int64), team).tolist() == expected


def assert_same_reasons(people: list[Person], query) -> None:
    calendar = Calendar(query)
    expected = [(twin.reasons(person, query, calendar) or [None])[0] for person in people]
    found = screen(pool_of(*people), query).first_reasons.tolist()
    assert [str(CODES[number - 1]) if number else None for number in found] == expected


@pytest.mark.parametrize("minimum", range(1, 7))
def test_every_pair_of_measured_and_claimed_levels(minimum: int) -> None:
    """In one language, and in two at once with the other at B2; also where there is no entry at all."""
    entries = [None, *product(range(7), range(7))]
    people = [
        speaker(
            id=number, languages={code: (*entry, 0, 0) for code, entry in (("en", one), ("nl", two)) if entry}
        )
        for number, (one, two) in enumerate(product(entries, entries[::3]), 1)
    ]
    assert_same_reasons(people, vacancy(languages=(LanguageNeed("en", minimum),)))
    assert_same_reasons(people, vacancy(languages=(LanguageNeed("nl", 4), LanguageNeed("en", minimum))))


@pytest.mark.parametrize("minimum", range(1, 4))
def test_every_pair_of_measured_and_stated_skills(minimum: int) -> None:
    entries = [None, *product(range(4), range(4))]
    people = [
        speaker(id=number, skills={code: entry for code, entry in (("crm", one), ("writing", two)) if entry})
        for number, (one, two) in enumerate(product(entries, entries), 1)
    ]
    assert_same_reasons(people, vacancy(must_skills=(SkillNeed("crm", minimum),)))
    both = (SkillNeed("writing", 2), SkillNeed("crm", minimum))
    assert_same_reasons(people, vacancy(must_skills=both))


def test_every_kind_of_place_and_minimum() -> None:
    kinds = list(product((True, False), (True, False), (89_999, 90_000, 90_001), (0, 90_000, 90_001)))
    places = tuple(
        PlaceTerms(country=f"C{number}", region="", hireable=hireable, floor_known=known, legal_floor=legal,
                   other_floor=other, offer_low=90_000, offer_high=95_000)
        for number, (hireable, known, legal, other) in enumerate(kinds)
    )  # fmt: skip
    people = [
        speaker(id=1 + 3 * number + extra, place=(f"C{number}", "R" if extra else ""), minimum=minimum)
        for number in range(len(kinds))
        for extra, minimum in enumerate((0, 95_000, 95_001))
    ]
    assert_same_reasons(people, vacancy(places=(*places, portugal())))


def test_every_kind_of_listing_form_and_right() -> None:
    query = vacancy(contract_form=2)
    cases = product((True, False), (True, False), (True, False), (0, query.start_day, query.start_day + 1), range(4),
                    (0, query.end_day - 1, query.end_day))  # fmt: skip
    people = [
        speaker(id=number, agreed=agreed, available=available, just_looking=looking, start_day=start, forms=forms,
                right_until=until)
        for number, (agreed, available, looking, start, forms, until) in enumerate(cases, 1)
    ]  # fmt: skip
    assert_same_reasons(people, query)


def test_every_combination_of_evidence() -> None:
    query = vacancy(
        team_countries=countries("NL"), customer_countries=countries("NL", "ES"), locality_wanted=True
    )  # fmt: skip
    people = [
        speaker(id=1 + 16 * nl + es, localities={"NL": nl, "ES": es})
        for nl, es in product(range(16), range(16))
    ]
    result = rank(pool_of(*people), query, top=256)
    by_id = dict(zip(result.candidate_ids.tolist(), result.fits[:, 1].tolist(), strict=True))
    hours = Calendar(query).hours_of(people[0])
    assert by_id == {person.id: twin_fits.culture_fit(person, query, hours) for person in people}
