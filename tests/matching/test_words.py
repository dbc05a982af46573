"""Words for everything that the engine can say: every gate, code, part and change, in every language."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings

from matching.engine import (
    CODES,
    GATES,
    PARTS,
    Change,
    Code,
    Explanation,
    Gate,
    LanguageNeed,
    Part,
    PlaceTerms,
    Proofs,
    SkillNeed,
    SkillWish,
    VacancyQuery,
    describe,
    explain,
)
from matching.words import PART_LABELS, evidence, gate_label, reason, remedy
from matching.words.changes import _REMEDIES
from matching.words.definitions import COLUMNS, DEFINITIONS
from matching.words.gates import GATE_LABELS, REASONS
from matching.words.parts import _WORDS
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

NAMES = {"rome_art": "Art and museums of Rome", "crm": "Customer systems"}
CRM = (SkillNeed("crm", 2),)
MORNINGS = tuple((weekday, 360, 720) for weekday in range(5))

CASES: dict[Code, tuple[Person, VacancyQuery]] = {
    Code.NOT_AGREED: (speaker(agreed=False), vacancy()),
    Code.NOT_AVAILABLE: (speaker(available=False), vacancy()),
    Code.STARTS_LATER: (speaker(start_day=day(2027, 6, 1)), vacancy()),
    Code.RESERVED: (speaker(not_sectors=("travel",)), vacancy(sector="travel")),
    Code.FORM_NOT_ACCEPTED: (speaker(forms=2), vacancy()),
    Code.NOT_HIREABLE: (speaker(place=("ZA", "")), vacancy()),
    Code.NO_RIGHT_STATED: (speaker(right_until=0), vacancy()),
    Code.RIGHT_ENDS_EARLY: (speaker(right_until=day(2027, 3, 1)), vacancy()),
    Code.LANGUAGE_BELOW: (speaker(languages={"en": (3, 5, 0, 0)}), vacancy()),
    Code.LANGUAGE_NOT_STATED: (speaker(languages={}), vacancy()),
    Code.LANGUAGE_CLAIMED_BELOW: (speaker(languages={"en": (0, 3, 0, 0)}), vacancy()),
    Code.LANGUAGE_NOT_MEASURED: (speaker(languages={"en": (0, 5, 0, 0)}), vacancy()),
    Code.SKILL_BELOW: (speaker(skills={"crm": (1, 3)}), vacancy(must_skills=CRM)),
    Code.SKILL_NOT_STATED: (speaker(), vacancy(must_skills=CRM)),
    Code.SKILL_STATED_BELOW: (speaker(skills={"crm": (0, 1)}), vacancy(must_skills=CRM)),
    Code.SKILL_NOT_MEASURED: (speaker(skills={"crm": (0, 3)}), vacancy(must_skills=CRM)),
    Code.BELOW_FLOOR: (speaker(), vacancy(places=(portugal(legal_floor=90_000, other_floor=95_000),))),
    Code.BELOW_MINIMUM: (speaker(minimum=100_000), vacancy()),
    Code.FLOOR_UNKNOWN: (speaker(), vacancy(places=(portugal(floor_known=False),))),
    Code.FEWER_HOURS: (speaker(hours=(3000, 3600)), vacancy()),
    Code.MORE_HOURS: (speaker(hours=(0, 600)), vacancy()),
    Code.MUST_BLOCK: (
        speaker(blocks=OFFICE[:4] + MORNINGS[4:]),
        vacancy(hours_week=600, shifts=shifts(*[(*block, True) for block in OFFICE])),
    ),
    Code.OVERLAP: (speaker(blocks=MORNINGS), vacancy()),
}
EVERYTHING = vacancy(
    nice_languages=(LanguageNeed("nl", 3),),
    must_skills=CRM,
    wanted_skills=(SkillWish("rome_art"),),
    sector="travel",
    channels=("chat",),
    team_countries=countries("NL"),
    customer_countries=countries("IT"),
    organisation=(6,) * 8,
    locality_wanted=True,
    locality_share=5_000_000,
)


PROOFS = Proofs(etiquette={"IT": "etiquette_it"})


def told(person: Person, query: VacancyQuery) -> Explanation:
    return explain(pool_of(person), query, person.id, proofs=PROOFS)


def said(explanation: Explanation) -> list[str]:
    """Everything that can be said about a pair."""
    lines = [reason(gate, NAMES) for gate in explanation.gates]
    lines += [evidence(part, NAMES) for part in explanation.parts]
    return lines + [remedy(change, NAMES) for change in explanation.changes]


def test_every_gate_code_and_part_has_words():
    assert set(GATE_LABELS) == set(GATES)
    assert set(REASONS) == set(CODES)
    assert set(PART_LABELS) == set(_WORDS) == set(PARTS)


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("code", CODES)
def test_every_reason_and_what_would_change_it(code, language):
    explanation = told(*CASES[code])
    failed = [gate for gate in explanation.gates if not gate.passed]
    with override(language):
        assert [gate.code for gate in failed] == [code]
        assert reason(failed[0], NAMES).startswith(str(REASONS[code]))
        assert gate_label(failed[0].gate)
        (change,) = explanation.changes
        assert remedy(change, NAMES)
        assert not any("%" in line.replace("\N{NO-BREAK SPACE}%", "") for line in said(explanation))


def kinds_seen() -> set[str]:
    """Kinds of changes of every failed gate, and of somebody eligible who could do better."""
    found = {change.kind for pair in CASES.values() for change in told(*pair).changes}
    eligible = speaker(
        languages={"en": (4, 4, 0, 0), "nl": (2, 3, 0, 0)},
        skills={"crm": (2, 2)},
        wish=200_000,
        experience=12,
        months=12,
        preferred=MORNINGS,
    )
    return found | {change.kind for change in told(eligible, EVERYTHING).changes}


def test_every_kind_of_change_has_words_and_every_words_a_kind():
    assert kinds_seen() == set(_REMEDIES)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(strategies.populations(3), strategies.vacancies())
def test_whatever_comes_out_can_be_said(people, query):
    pool = pool_of(*people)
    for candidate_id in pool.candidate_id.tolist():
        assert all(isinstance(line, str) for line in said(explain(pool, query, candidate_id)))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (
            Code.LANGUAGE_BELOW,
            "measured below a required level; English: B2 needed, B1 measured",
        ),
        (
            Code.LANGUAGE_NOT_MEASURED,
            "a required language is not measured yet; English: B2 needed, C1 by own account, not measured yet",
        ),
        (
            Code.LANGUAGE_NOT_STATED,
            "does not name a required language; English: B2 needed, not named in the profile",
        ),
        (Code.SKILL_BELOW, "measured below a must-have skill; Customer systems: basic, measured"),
        (
            Code.BELOW_FLOOR,
            "the offer is below a wage floor where the person lives; offer from €9.00 an hour; "
            "legal minimum €9.00 an hour; other floor €9.50 an hour",
        ),
        (Code.NOT_HIREABLE, "lives where this vacancy does not hire; South Africa"),
        (Code.RIGHT_ENDS_EARLY, "has a right to work that ends before the contract; until 1 March 2027"),
        (
            Code.OVERLAP,
            "too little overlap with the shift in the worst week; "
            "20 h within the shift in the worst week, 40 h needed",
        ),
    ],
)  # fmt: skip
def test_reasons_name_their_figures(code, words):
    with override("en"):
        failed = next(gate for gate in told(*CASES[code]).gates if not gate.passed)
        assert reason(failed, NAMES) == words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (Code.LANGUAGE_BELOW, "measure English at B2 or above"),
        (Code.SKILL_NOT_MEASURED, "measure Customer systems"),
        (Code.BELOW_FLOOR, "an offer from €9.50 an hour"),
        (Code.BELOW_MINIMUM, "an offer of €9.00 an hour to €10.00 an hour"),
        (Code.FLOOR_UNKNOWN, "a confirmed wage floor below €9.00 an hour"),
        (Code.MORE_HOURS, "accept 40 h a week"),
        (Code.STARTS_LATER, "be listed, and able to start by 4 January 2027"),
        (Code.RIGHT_ENDS_EARLY, "a right to work until 2 July 2027"),
        (Code.NOT_HIREABLE, "the vacancy would have to hire there"),
    ],
)
def test_what_would_change_it_in_words(code, words):
    with override("en"):
        (change,) = told(*CASES[code]).changes
        assert remedy(change, NAMES) == words


def until(minute: int) -> Person:
    """Available from eight, on weekdays, in Lisbon, where the shift is from eight to four."""
    return speaker(blocks=tuple((weekday, 480, minute) for weekday in range(5)))


@pytest.mark.parametrize(
    ("person", "words"),
    [
        (until(870), "be available up to 1 h 30 min longer: also Mon–Fri 14:30–16:00"),
        (until(945), "be available up to 15 min longer: also Mon–Fri 15:45–16:00"),
        (until(720), "be available 20 h more a week within the shift: Mon–Fri 12:00–16:00"),
        (
            speaker(blocks=(*((weekday, 540, 960) for weekday in range(4)), (4, 480, 960))),
            "be available up to 1 h earlier: also Mon–Thu 08:00–09:00",
        ),
        (
            speaker(blocks=tuple((weekday, 510, 930) for weekday in range(5))),
            "be available up to 30 min earlier and as much longer: "
            "also Mon–Fri 08:00–08:30, Mon–Fri 15:30–16:00",
        ),
    ],
)
def test_more_hours_in_words(person, words):
    with override("en"):
        (change,) = told(person, vacancy()).changes
        assert remedy(change, NAMES) == words


def test_the_weeks_that_hold_less_are_named_by_date():
    night = vacancy(shifts=shifts((0, 0, 480, True)), hours_week=480)
    gates = {
        gate.gate: gate for gate in told(speaker(zone="Asia/Manila", blocks=((0, 420, 900),)), night).gates
    }
    with override("en"):
        assert reason(gates[Gate.HOURS], NAMES) == (
            "a block that must be covered is not wholly available; "
            "7 h within the shift in the worst week, 8 h needed; "
            "least in the weeks of 29 March to 2 July 2027, up to 8 h in others"
        )


def part_of(part: Part, person: Person, query: VacancyQuery = EVERYTHING) -> str:
    found = next(one for one in told(person, query).parts if one.part == part)
    with override("en"):
        return evidence(found, NAMES)


def test_evidence_of_each_part():
    person = speaker(
        experience=18, sectors={"travel": 12}, channels={"chat": 18}, months=6, hours=(1200, 2400), wish=110_000,
        skills={"crm": (2, 3), "rome_art": (0, 1)}, localities={"IT": 5, "NL": 0}, style=(6,) * 8,
    )  # fmt: skip
    assert part_of(Part.LANGUAGE, person) == (
        "English: B2 needed, B2 measured; Dutch: B1 nice to have, not named in the profile"
    )
    assert part_of(Part.SKILLS, person) == (
        "Customer systems: working, measured; Art and museums of Rome: basic by own account, not measured yet"
    )
    assert part_of(Part.EXPERIENCE, person) == "18 months in customer service; 12 of them in this sector"
    assert (
        part_of(Part.COMMITMENT, person)
        == "6 months offered, 6 wished; 40 h a week asked, 20 h to 40 h wanted"
    )
    assert part_of(Part.CULTURE, person) == (
        "own work style compared with the team's; "
        "Italy: lived or worked there, passed its etiquette test; Netherlands: no evidence yet"
    )
    assert part_of(Part.PAY, person) == (
        "offer €9.00 an hour to €9.00 an hour; legal minimum there €6.20 an hour; wish €11.00 an hour"
    )
    night = "at least 40 h a week within the shift; 0\N{NO-BREAK SPACE}% at night in own time"
    assert part_of(Part.TIME, person) == night


def test_open_ends_in_words():
    person = speaker(months=0, style=(-1,) * 8)
    assert part_of(Part.COMMITMENT, person).startswith("6 months offered, as long as possible wished")
    assert part_of(Part.COMMITMENT, person, replace(EVERYTHING, contract_months=0)).startswith(
        "no end offered"
    )
    assert part_of(Part.CULTURE, person).startswith("work-style statements not answered yet")
    assert part_of(Part.CULTURE, person, vacancy()) == "not asked for here"
    assert part_of(Part.EXPERIENCE, speaker(experience=1)) == "1 month in customer service"


def test_gates_without_figures_stay_short():
    passed = {gate.gate: gate for gate in told(speaker(), vacancy()).gates}
    with override("en"):
        assert reason(passed[Gate.LISTED], NAMES) == ""
        assert reason(passed[Gate.RIGHT_TO_WORK], NAMES) == ""
        assert reason(passed[Gate.COUNTRY], NAMES) == "Portugal"


def test_a_change_of_nobody_is_not_guessed():
    with pytest.raises(KeyError):
        remedy(Change("grow_taller", None, {}, None, None, None), NAMES)


def test_codes_of_places_without_names_are_said_as_they_are():
    other = PlaceTerms(country="ZZ", offer_low=90_000, offer_high=90_000)
    person = speaker(place=("ZZ", ""))
    gates: dict[Gate, Any] = {gate.gate: gate for gate in told(person, vacancy(places=(other,))).gates}
    assert reason(gates[Gate.COUNTRY], NAMES)


def test_the_texts_of_the_engine_are_those_that_are_translated():
    definitions = describe()
    said = [gate.question for gate in definitions.gates] + [part.in_words for part in definitions.parts]
    pairs = (*definitions.never, *definitions.changes, *definitions.shown_first, *definitions.exactly)
    said += [text for pair in pairs for text in pair]
    assert sorted(DEFINITIONS) == sorted(said)


def test_every_column_of_the_engine_is_said_in_plain_words():
    assert list(COLUMNS) == [name for name, _meaning in describe().columns]
    assert [words for words in COLUMNS.values() if re.search(r"[A-Z]{3}|_|index|bits|\d{4}", words)] == []
