"""The explanation agrees with the ranking and says what would change it."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from matching.engine import (
    CANDIDATE_WEIGHTS,
    CODES,
    Code,
    Explanation,
    Gate,
    LanguageNeed,
    Part,
    PlaceTerms,
    Proofs,
    ShiftBlock,
    SkillNeed,
    SkillWish,
    Standing,
    UnknownCandidate,
    describe,
    explain,
    explain_everybody,
    rank,
    screen,
)
from matching.engine.changes import Change
from matching.engine.columns import ETIQUETTE_PASSED, LANGUAGE_C1
from tests.matching.engine import strategies
from tests.matching.engine.people import (
    OFFICE,
    Person,
    countries,
    day,
    pool_of,
    portugal,
    shifts,
    speaker,
    vacancy,
)


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(strategies.populations(4), strategies.vacancies())
def test_it_says_what_the_ranking_says(people, query) -> None:
    pool = pool_of(*people)
    result, screening = rank(pool, query), screen(pool, query)
    near = {one for miss in result.near_misses for one in miss.candidate_ids}
    together = explain_everybody(pool, query)
    for row, candidate_id in enumerate(pool.candidate_id.tolist()):
        told = explain(pool, query, candidate_id)
        assert together[candidate_id] == replace(told, changes=())
        number = int(screening.first_reasons[row])
        assert told.code == (CODES[number - 1] if number else None)
        assert told.eligible == (number == 0)
        assert told.near_miss == (candidate_id in near)
        adds_up(told)
        json.dumps(told.as_dict())
        place = result.rank_of(candidate_id)
        if place is not None:
            assert told.score == result.scores[place - 1]
            assert [part.fit for part in told.parts] == result.fits[place - 1].tolist()
            assert [p.contribution for p in told.parts] == result.contributions[place - 1].tolist()
        for change in told.changes:
            assert told.eligible or change.gate in {gate.gate for gate in told.gates if not gate.passed}
            assert not told.eligible or (change.gain is not None and change.gain > 0)


def adds_up(told: Explanation) -> None:
    """Contributions to the score, each side's shares to that side's score, weights to the whole; nothing is left over."""
    parts = told.parts
    assert sum(part.contribution for part in parts) == told.score
    assert told.employer_score == sum(part.fit * part.employer_weight // 10**7 for part in parts)
    assert told.candidate_score == sum(part.fit * part.candidate_weight // 10**7 for part in parts)
    both = told.employer_score + told.candidate_score
    assert told.score == (2 * told.employer_score * told.candidate_score // both if both else 0)
    for side in ("employer_weight", "candidate_weight"):
        assert sum(getattr(part, side) for part in parts) in (0, 10**7)
    assert all(0 <= part.contribution <= 10**7 for part in parts)


PROOFS = Proofs({"es": ("CO", "ES"), "nl": ("BE", "NL")}, {"ES": "etiquette_es"})


def told_of(person: Person, query):
    return explain(pool_of(person), query, person.id, proofs=PROOFS)


def changes_of(person: Person, query) -> dict[str, Change]:
    return {change.kind: change for change in told_of(person, query).changes}


def test_an_unknown_candidate() -> None:
    with pytest.raises(UnknownCandidate):
        explain(pool_of(speaker()), vacancy(), 2)


def test_weights_of_both_sides_add_up() -> None:
    told = told_of(speaker(), vacancy())
    assert sum(part.employer_weight for part in told.parts) == 10**7
    assert sum(part.candidate_weight for part in told.parts) == 10**7
    assert [part.part for part in told.parts if not part.asked] == [
        Part.CULTURE,
        Part.SKILLS,
        Part.EXPERIENCE,
    ]
    assert (told.engine_version, told.tz_version) == (describe().engine_version, describe().tz_version)


def test_every_gate_is_judged_even_after_a_failure() -> None:
    person = speaker(agreed=False, languages={"en": (3, 5, -500, 250)}, minimum=95_000)
    told = told_of(person, vacancy())
    failed = {gate.gate: gate.code for gate in told.gates if not gate.passed}
    assert failed == {
        Gate.LISTED: Code.NOT_AGREED,
        Gate.LANGUAGE: Code.LANGUAGE_BELOW,
        Gate.PAY: Code.BELOW_MINIMUM,
    }
    assert told.code == Code.NOT_AGREED
    (language,) = [gate for gate in told.gates if gate.gate == Gate.LANGUAGE]
    assert language.facts == {
        "languages": [
            {
                "code": "en",
                "required_level": 4,
                "measured_level": 3,
                "claimed_level": 5,
                "theta": -500,
                "standard_error": 250,
            }
        ]
    }


def test_the_pay_gate_shows_its_figures() -> None:
    told = told_of(speaker(wish=80_000), vacancy(places=(portugal(legal_floor=90_000),)))
    (pay,) = [gate for gate in told.gates if gate.gate == Gate.PAY]
    assert (pay.passed, pay.code) == (False, Code.BELOW_FLOOR)
    assert pay.facts["terms"] == {
        "status": "below_floor",
        "legal_floor": 90_000,
        "other_floor": 0,
        "offer_low": 90_000,
        "offer_high": 90_000,
        "market_low": 0,
        "market_high": 0,
    }
    assert pay.facts["wished_pay"] == 80_000


def test_measuring_what_is_missing_leads_to_a_place() -> None:
    person = speaker(languages={"en": (0, 5, 0, 0)})
    told = told_of(person, vacancy())
    assert told.near_miss
    (change,) = told.changes
    assert (change.kind, change.gate, change.next_code) == ("measure_languages", Gate.LANGUAGE, None)
    assert change.details == {"languages": [{"code": "en", "level": 4}]}
    measured = speaker(languages={"en": (4, 5, 0, 0)})
    assert change.score == rank(pool_of(measured), vacancy()).scores[0]


def test_one_remedy_alone_may_not_be_enough() -> None:
    person = speaker(forms=2, languages={"en": (2, 2, 0, 0)})
    found = changes_of(person, vacancy())
    assert found["accept_contract_form"].next_code == Code.LANGUAGE_BELOW
    assert found["measure_languages"].next_code == Code.FORM_NOT_ACCEPTED
    assert found["measure_languages"].score is None


@pytest.mark.parametrize(
    ("person", "changes", "kind", "details"),
    [
        (speaker(agreed=False), {}, "be_listed_and_available", {"start_day": day(2027, 1, 4)}),
        (speaker(start_day=day(2027, 5, 1)), {}, "be_listed_and_available", {"start_day": day(2027, 1, 4)}),
        (speaker(forms=2), {}, "accept_contract_form", {"contract_form": 1}),
        (speaker(right_until=0), {}, "extend_right_to_work", {"until_day": day(2027, 7, 2)}),
        (
            speaker(),
            {"must_skills": (SkillNeed("crm", 2),)},
            "measure_skills",
            {"skills": [{"code": "crm", "minimum": 2}]},
        ),
        (
            speaker(),
            {"places": (portugal(legal_floor=90_000),)},
            "raise_offer",
            {"offer_low": 90_100, "offer_high": 90_100},
        ),
        (
            speaker(minimum=95_000),
            {"places": (portugal(other_floor=93_050),)},
            "raise_offer",
            {"offer_low": 93_100, "offer_high": 95_000},
        ),
        (speaker(minimum=95_000), {}, "raise_offer", {"offer_low": 90_000, "offer_high": 95_000}),
        (speaker(minimum=95_001), {}, "raise_offer", {"offer_low": 90_000, "offer_high": 95_100}),
        (
            speaker(),
            {"places": (portugal(floor_known=False),)},
            "confirm_floor_below_offer",
            {"below": 90_000},
        ),
        (speaker(hours=(0, 600)), {}, "accept_hours", {"hours_week": 2400}),
    ],
)
def test_the_remedy_of_a_gate_works(person, changes, kind, details) -> None:
    change = changes_of(person, vacancy(**changes))[kind]
    assert change.details == details
    assert change.next_code is None
    assert change.score is not None


def test_nothing_can_be_computed_where_the_vacancy_does_not_hire() -> None:
    told = told_of(speaker(place=("BR", ""), minimum=50_000), vacancy())
    assert [gate.gate for gate in told.gates if not gate.passed] == [Gate.COUNTRY], "nothing is offered there"
    (change,) = told.changes
    assert (change.kind, change.details, change.score) == (
        "hire_in_place",
        {"country": "BR", "region": ""},
        None,
    )


LISBON_OFFICE = tuple((weekday, 480, 960) for weekday in range(5))


def test_missing_days_are_named_and_would_do() -> None:
    assert told_of(speaker(blocks=LISBON_OFFICE), vacancy()).eligible
    change = changes_of(speaker(blocks=LISBON_OFFICE[:4]), vacancy())["widen_availability"]
    assert change.details == {"minutes": 480, "blocks": [[4, 480, 960]]}
    assert change.next_code is None


def test_no_more_missing_hours_are_named_than_it_takes() -> None:
    """Twenty hours within a shift of forty: two days and a half, and not all five."""
    person, query = speaker(blocks=()), vacancy(hours_week=20 * 60)
    change = changes_of(person, query)["widen_availability"]
    assert change.details == {"minutes": 1200, "blocks": [[0, 480, 960], [1, 480, 960], [2, 480, 720]]}
    assert change.next_code is None
    must = vacancy(hours_week=20 * 60, shifts=shifts(*((weekday, 540, 1020, True) for weekday in range(5))))
    assert changes_of(person, must)["widen_availability"].details["minutes"] == 2400


@pytest.mark.parametrize(
    ("hours", "side", "minutes", "added"),
    [
        ((480, 945), "later", 15, (945, 960)),
        ((480, 840), "later", 120, (840, 960)),
        ((585, 960), "earlier", 105, (480, 585)),
    ],
)
def test_the_smallest_extension_that_passes_the_gate(hours, side, minutes, added) -> None:
    """In the person's own clock: nine to five in Amsterdam is eight to four in Lisbon."""
    person = speaker(blocks=tuple((weekday, *hours) for weekday in range(5)))
    change = changes_of(person, vacancy())["extend_hours"]
    assert change.details == {
        "side": side, "minutes": minutes, "preference_only": False,
        "blocks": [[weekday, *added] for weekday in range(5)],
    }  # fmt: skip
    assert (change.gate, change.next_code) == (Gate.HOURS, None)
    longer = speaker(
        blocks=tuple((day, min(hours[0], added[0]), max(hours[1], added[1])) for day in range(5))
    )
    assert change.score == rank(pool_of(longer), vacancy()).scores[0]


def test_both_ends_where_one_is_not_enough() -> None:
    person = speaker(blocks=tuple((weekday, 510, 930) for weekday in range(5)))
    change = changes_of(person, vacancy())["extend_hours"]
    assert (change.details["side"], change.details["minutes"]) == ("both", 30)


def test_missing_hours_in_the_night_of_a_clock_change_would_do() -> None:
    for start in (day(2027, 3, 22), day(2027, 10, 25)):
        query = vacancy(
            shifts=(ShiftBlock(6, 0, 480, True),), hours_week=300, start_day=start, end_day=start + 6
        )
        change = changes_of(speaker(zone="Europe/Paris", blocks=OFFICE), query)["widen_availability"]
        assert change.next_code is None


def test_a_liked_evening_more_leads_to_a_better_place() -> None:
    """Liked until two, the shift lasts until four: fits 7/10 x 6/8 + 3/10; one quarter-hour a day more is enough."""
    liked = tuple((weekday, 480, 840) for weekday in range(5))
    person, rival = speaker(id=9, preferred=liked), speaker(id=1, preferred=liked)
    pool = pool_of(person, rival)
    result = rank(pool, vacancy())
    standing = Standing.of(result.candidate_ids, result.scores, result.eligible)
    told = explain(pool, vacancy(), 9, standing=standing)
    change = next(one for one in told.changes if one.kind == "extend_hours")
    assert result.rank_of(9) == 2
    assert (change.place, change.details["side"], change.details["minutes"]) == (1, "later", 15)
    assert change.details["preference_only"]


def test_a_place_is_counted_among_all_others() -> None:
    standing = Standing.of([7, 3, 9, 4], [900, 800, 800, 100], eligible=4)
    assert [standing.place_of(9, score) for score in (901, 900, 800, 799, 99)] == [1, 2, 3, 3, 4]
    assert standing.place_of(2, 800) == 2
    cut = Standing.of([7, 3], [900, 800], eligible=50)
    assert (cut.place_of(5, 850), cut.place_of(5, 799), cut.place_of(3, 100)) == (2, None, None)


def test_each_lever_gives_its_smallest_step_and_the_furthest_of_the_next_ten_places() -> None:
    """English at B2 among people at C1 and C2, three of each."""
    people = [speaker(id=10, languages={"en": (4, 4, 0, 0)})]
    people += [speaker(id=20 + n, languages={"en": (5, 5, 0, 0)}) for n in range(3)]
    people += [speaker(id=30 + n, languages={"en": (6, 6, 0, 0)}) for n in range(3)]
    pool, query = pool_of(*people), vacancy()
    result = rank(pool, query)
    standing = Standing.of(result.candidate_ids, result.scores, result.eligible)
    told = explain(pool, query, 10, standing=standing)
    raised = [one for one in told.changes if one.kind == "raise_language"]
    assert result.rank_of(10) == 7
    assert [(one.details["level"], one.place) for one in raised] == [(6, 1), (5, 4)]
    offer = next(one for one in told.changes if one.kind == "raise_offer")
    assert (offer.own, offer.place) == (False, None), "an offer is raised for everybody"


def test_what_a_near_miss_would_reach_when_measured() -> None:
    people = [speaker(id=1, languages={"en": (6, 6, 0, 0)}), speaker(id=2, languages={"en": (0, 5, 0, 0)})]
    pool = pool_of(*people)
    result = rank(pool, vacancy())
    standing = Standing.of(result.candidate_ids, result.scores, result.eligible)
    (change,) = explain(pool, vacancy(), 2, standing=standing).changes
    assert (change.kind, change.place) == ("measure_languages", 2)


def test_nobody_is_told_to_ask_for_less_or_to_be_somebody_else() -> None:
    query = vacancy(organisation=(6,) * 8, sector="travel", wanted_skills=(SkillWish("crm"),))
    person = speaker(wish=200_000, minimum=80_000, months=12, style=(0,) * 8, experience=3)
    kinds = {change.kind for change in told_of(person, query).changes}
    assert kinds <= {"raise_language", "raise_skill", "wish_length", "extend_hours", "raise_offer"}
    assert "wish_length" in kinds


def test_without_changes_everything_else_is_the_same() -> None:
    pool, query = pool_of(speaker()), vacancy()
    whole, short = explain(pool, query, 1), explain(pool, query, 1, with_changes=False)
    assert short.changes == ()
    assert replace(whole, changes=()) == short


def test_what_would_raise_the_score_of_somebody_eligible() -> None:
    query = vacancy(
        wanted_skills=(SkillWish("crm"),),
        nice_languages=(LanguageNeed("nl", 3),),
        customer_countries=countries("ES"),
        locality_wanted=True,
    )
    person = speaker(skills={"crm": (1, 1)})
    told = told_of(person, query)
    assert [change.kind for change in told.changes if change.kind != "raise_language"] == [
        "pass_etiquette",
        "raise_skill",
        "raise_offer",
    ]
    gains = [change.gain for change in told.changes]
    assert gains == sorted(gains, reverse=True)
    skill = next(change for change in told.changes if change.kind == "raise_skill")
    better = speaker(skills={"crm": (2, 1)})
    assert skill.gain == rank(pool_of(better), query, CANDIDATE_WEIGHTS).scores[0] - told.score


def test_a_language_at_c1_also_counts_as_being_at_home_where_it_is_spoken() -> None:
    dutch = {"customer_countries": countries("NL", "BE"), "locality_wanted": True}
    unmeasured = speaker(languages={"en": (5, 5, 0, 0), "nl": (0, 5, 0, 0)})
    at_home = {"BE": LANGUAGE_C1, "NL": LANGUAGE_C1}
    for level, evidence in ((5, at_home), (4, {})):
        query = vacancy(languages=(LanguageNeed("nl", level),), **dutch)
        measured = speaker(languages={"en": (5, 5, 0, 0), "nl": (level, 5, 0, 0)}, localities=evidence)
        change = changes_of(unmeasured, query)["measure_languages"]
        assert change.score == rank(pool_of(measured), query).scores[0]
    query = vacancy(nice_languages=(LanguageNeed("nl", 3),), **dutch)
    steps = [one for one in told_of(unmeasured, query).changes if one.details.get("code") == "nl"]
    best = speaker(languages={"en": (5, 5, 0, 0), "nl": (5, 5, 0, 0)}, localities=at_home)
    assert rank(pool_of(best), query).scores[0] > steps[0].score, "at B1 the language alone"


def test_an_etiquette_test_counts_as_the_skill_that_it_is_and_exists_only_for_some_countries() -> None:
    query = vacancy(
        customer_countries=countries("ES", "FR"),
        locality_wanted=True,
        wanted_skills=(SkillWish("etiquette_es"),),
    )
    found = [
        one for one in told_of(speaker(), query).changes if one.kind in ("pass_etiquette", "raise_skill")
    ]
    passed = rank(
        pool_of(speaker(skills={"etiquette_es": (2, 0)}, localities={"ES": ETIQUETTE_PASSED})), query
    )
    basic = rank(pool_of(speaker(skills={"etiquette_es": (1, 0)})), query)
    assert [one.details for one in found if one.kind == "pass_etiquette"] == [{"country": "ES"}]
    by_kind = {one.kind: one.score for one in found}
    assert by_kind == {"pass_etiquette": passed.scores[0], "raise_skill": basic.scores[0]}


def test_a_higher_offer_is_tried_where_the_person_lives() -> None:
    spain = PlaceTerms(country="ES", offer_low=1, offer_high=1)
    change = changes_of(speaker(), vacancy(places=(portugal(), spain)))["raise_offer"]
    raised = vacancy(places=(portugal(offer_low=95_000, offer_high=95_000), spain))
    assert change.details == {"by": 5_000}
    assert change.score == rank(pool_of(speaker()), raised).scores[0]


def test_both_clocks_of_each_distinct_week() -> None:
    query = vacancy(shifts=shifts((0, 0, 480, True)), hours_week=480)
    told = told_of(speaker(zone="Asia/Manila", blocks=((0, 420, 900),)), query)
    winter, summer = sorted(told.weeks, key=lambda week: week.monday)
    assert winter.spans == ((day(2027, 1, 4), day(2027, 3, 28)),)
    assert summer.spans == ((day(2027, 3, 29), day(2027, 7, 2)),), "to the contract's last day"
    hours = next(gate for gate in told.gates if gate.gate == Gate.HOURS)
    assert hours.facts["worst_weeks"] == [[day(2027, 3, 29), day(2027, 7, 2)]]
    assert (hours.facts["worst_overlap"], hours.facts["best_overlap"]) == (420, 480)
    assert (winter.monday, winter.weeks, winter.vacancy_offset, winter.person_offset) == (
        day(2027, 1, 4),
        12,
        60,
        480,
    )
    assert (summer.monday, summer.weeks, summer.vacancy_offset) == (day(2027, 3, 29), 14, 120)
    (block,) = winter.blocks
    assert (block.vacancy_start, block.vacancy_end) == (0, 480)
    assert (block.person_start, block.person_end) == (420, 900)
    assert (block.minutes, block.overlap, winter.overlap, winter.needed) == (480, 480, 480, 480)
    (block,) = summer.blocks
    assert (block.person_start, block.person_end, block.overlap) == (360, 840, 420)
    assert told.code == Code.MUST_BLOCK
