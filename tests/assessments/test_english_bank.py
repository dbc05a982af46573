"""The content of the English item bank: what can be counted about good items."""

import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pytest

DATA = Path(__file__).resolve().parents[2] / "assessments" / "data"
BANK = DATA / "english"
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")

Item = dict[str, Any]
FIELDS = {
    "code": str,
    "level": str,
    "skill": str,
    "topic": str,
    "text": str,
    "prompt": str,
    "options": list,
    "key": int,
    "rationale": str,
    "descriptor": dict,
    "difficulty": float,
    "discrimination": float,
    "parameters_source": str,
}
TOPICS = {
    "account",
    "appointments",
    "billing",
    "complaint",
    "delivery",
    "internal_team",
    "orders",
    "policy",
    "privacy",
    "product_advice",
    "returns",
    "technical_support",
    "tickets",
    "travel",
}
SCALES = {
    "Coherence and cohesion",
    "Grammatical accuracy",
    "Identifying cues and inferring",
    "Obtaining goods and services",
    "Propositional precision",
    "Reading correspondence",
    "Reading for information and argument",
    "Reading for orientation",
    "Reading instructions",
    "Sociolinguistic appropriateness",
    "Vocabulary range",
}
# Where b may lie: the level's band with a tenth of a logit of leeway, and a bit more at the two open ends.
DIFFICULTIES = {
    "A1": (-3.5, -1.9),
    "A2": (-2.1, -0.9),
    "B1": (-1.1, 0.1),
    "B2": (-0.1, 1.1),
    "C1": (0.9, 2.1),
    "C2": (1.9, 3.3),
}
LONGEST_STIMULUS_IN_WORDS = {"A1": 40, "A2": 60, "B1": 90, "B2": 100, "C1": 100, "C2": 100}
FORBIDDEN = re.compile(
    r"\b(native speakers?|(all|none|both) of the above|option [abcd1-4]|(first|second|third|fourth|last) option"
    r"|amazon|google|microsoft|facebook|instagram|whatsapp|paypal|netflix|uber|airbnb|ikea|zalando|fedex|dhl"
    r"|vodafone|samsung|mastercard|ryanair|iphone|android"
    r"|apologi[z]e|canceled|canceling|catalog|center|color|favorite|fulfill|inquiry|labeled|mom|neighbor|realize"
    r"|recognize|traveler|traveling|zip code)\b",
    re.IGNORECASE,
)
GAP = "____"


def read(name: str) -> list[Item]:
    items: list[Item] = json.loads((BANK / f"{name}.json").read_bytes().decode("utf-8", "strict"))
    return items


BY_LEVEL = {level: read(level.lower()) for level in LEVELS}
ITEMS = [item for level in LEVELS for item in BY_LEVEL[level]]
PRACTICE = read("practice")
EVERYTHING = ITEMS + PRACTICE

per_level = pytest.mark.parametrize("level", LEVELS)


def codes(items: list[Item]) -> list[str]:
    return [item["code"] for item in items]


def words_of(item: Item) -> str:
    return " ".join(
        [item["text"], item["prompt"], *item["options"], item["rationale"], item["descriptor"]["can_do"]]
    )


def comparable(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


# --- Counts -------------------------------------------------------------------------------------------------


def test_the_folder_holds_one_file_a_level_and_the_practice_items():
    assert sorted(path.stem for path in BANK.iterdir()) == ["a1", "a2", "b1", "b2", "c1", "c2", "practice"]


def test_there_are_enough_items():
    assert len(ITEMS) >= 132
    assert min(len(items) for items in BY_LEVEL.values()) >= 22


@per_level
def test_a_file_holds_its_own_level_in_order_of_code(level):
    items = BY_LEVEL[level]
    assert {item["level"] for item in items} == {level}
    assert codes(items) == [f"en-{level.lower()}-{number:03d}" for number in range(1, len(items) + 1)]


@per_level
def test_half_reads_and_half_uses_language(level):
    reading = sum(item["skill"] == "reading" for item in BY_LEVEL[level])
    assert 0.45 <= reading / len(BY_LEVEL[level]) <= 0.55


def test_every_topic_is_used_and_none_takes_over():
    counts = Counter(item["topic"] for item in ITEMS)
    assert set(counts) == TOPICS
    assert max(counts.values()) <= 0.2 * len(ITEMS)


def test_practice_is_one_item_of_each_of_the_two_lowest_levels():
    assert [(item["code"], item["level"], item["skill"]) for item in PRACTICE] == [
        ("en-practice-001", "A1", "reading"),
        ("en-practice-002", "A2", "use_of_language"),
    ]


# --- Schema -------------------------------------------------------------------------------------------------


def test_every_item_has_exactly_the_fields_of_the_schema_in_their_order():
    assert codes([item for item in EVERYTHING if list(item) != list(FIELDS)]) == []
    wrong_type = [
        (item["code"], name)
        for item in EVERYTHING
        for name, kind in FIELDS.items()
        if type(item[name]) is not kind
    ]
    assert wrong_type == []


def test_values_come_from_their_vocabularies():
    assert {item["skill"] for item in EVERYTHING} == {"reading", "use_of_language"}
    assert {item["parameters_source"] for item in EVERYTHING} == {"expert prior"}
    assert codes([item for item in EVERYTHING if item["topic"] not in TOPICS]) == []


def test_four_different_options_and_a_key_among_them():
    def sound(item: Item) -> bool:
        options = item["options"]
        return (
            len(options) == 4
            and all(isinstance(option, str) and option.strip() for option in options)
            and len({comparable(option) for option in options}) == 4
            and item["key"] in range(4)
        )

    assert codes([item for item in EVERYTHING if not sound(item)]) == []


def test_no_text_has_stray_white_space_or_typewriter_quotes():
    def fields(item: Item) -> list[str]:
        return [
            item["text"],
            item["prompt"],
            *item["options"],
            item["rationale"],
            item["descriptor"]["can_do"],
        ]

    stray = re.compile(r"^\s|\s$| {2}|[\t\r'\"]| \n|\n ")
    assert codes([item for item in EVERYTHING if any(stray.search(field) for field in fields(item))]) == []


def test_files_are_indented_json_with_readable_characters():
    for path in sorted(BANK.iterdir()):
        written = path.read_text(encoding="utf-8")
        assert written == json.dumps(json.loads(written), ensure_ascii=False, indent=2) + "\n", path.name


def test_reading_items_have_something_to_read():
    reading = [item for item in EVERYTHING if item["skill"] == "reading"]
    assert codes([item for item in reading if not item["text"]]) == []


@per_level
def test_stimuli_are_short_enough_for_their_level(level):
    limit = LONGEST_STIMULUS_IN_WORDS[level]
    assert codes([item for item in BY_LEVEL[level] if len(item["text"].split()) > limit]) == []


def test_descriptors_name_scale_level_and_what_a_person_can_do():
    def sound(item: Item) -> bool:
        descriptor = item["descriptor"]
        return (
            list(descriptor) == ["scale", "level", "can_do"]
            and descriptor["scale"] in SCALES
            and descriptor["level"] == item["level"]
            and re.fullmatch(r"Can .{30,}\.", descriptor["can_do"]) is not None
        )

    assert codes([item for item in EVERYTHING if not sound(item)]) == []


# --- No duplicates, no give-aways -----------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["code", "prompt", "rationale"])
def test_nothing_is_written_twice(field):
    counts = Counter(comparable(item[field]) for item in EVERYTHING)
    assert [value for value, count in counts.items() if count > 1] == []


def test_no_stimulus_serves_two_items():
    counts = Counter(comparable(item["text"]) for item in EVERYTHING if item["text"])
    assert [value for value, count in counts.items() if count > 1] == []


def test_no_two_items_offer_the_same_four_options():
    counts = Counter(frozenset(comparable(option) for option in item["options"]) for item in EVERYTHING)
    assert [sorted(options) for options, count in counts.items() if count > 1] == []


@per_level
def test_keys_are_balanced_over_the_four_positions(level):
    counts = Counter(item["key"] for item in BY_LEVEL[level])
    shares = [counts[position] / len(BY_LEVEL[level]) for position in range(4)]
    assert min(shares) >= 0.2
    assert max(shares) <= 0.3


@per_level
def test_no_three_items_in_a_row_share_a_key_position(level):
    keys = [item["key"] for item in BY_LEVEL[level]]
    assert [start for start in range(len(keys) - 2) if len(set(keys[start : start + 3])) == 1] == []


@pytest.mark.parametrize("items", [ITEMS, *BY_LEVEL.values()], ids=["bank", *LEVELS])
@pytest.mark.parametrize("extreme", [max, min], ids=["longest", "shortest"])
def test_length_does_not_give_the_key_away(items, extreme):
    def stands_out(item: Item) -> bool:
        lengths = [len(option) for option in item["options"]]
        return lengths[item["key"]] == extreme(lengths) and lengths.count(extreme(lengths)) == 1

    assert sum(stands_out(item) for item in items) / len(items) <= 0.35


def test_keys_are_as_long_as_the_other_options_on_average():
    keys = [len(item["options"][item["key"]]) for item in ITEMS]
    others = [len(option) for item in ITEMS for i, option in enumerate(item["options"]) if i != item["key"]]
    assert 0.9 <= (sum(keys) / len(keys)) / (sum(others) / len(others)) <= 1.1


# --- Gaps and rationales ----------------------------------------------------------------------------------------


def test_a_gap_item_has_exactly_one_gap():
    gapped = [item for item in EVERYTHING if "_" in item["prompt"]]
    assert codes([item for item in gapped if re.findall(r"_+", item["prompt"]) != [GAP]]) == []
    assert {item["skill"] for item in gapped} == {"use_of_language"}


def test_gaps_stand_in_prompts_only():
    elsewhere = [item for item in EVERYTHING if "_" in words_of({**item, "prompt": ""})]
    assert codes(elsewhere) == []


def test_the_other_prompts_are_questions_or_instructions():
    asked = [item for item in EVERYTHING if GAP not in item["prompt"]]
    assert codes([item for item in asked if not item["prompt"].endswith("?")]) == []


def test_rationales_of_gap_items_name_all_four_options():
    gapped = [item for item in EVERYTHING if GAP in item["prompt"]]
    unnamed = [
        (item["code"], option)
        for item in gapped
        for option in item["options"]
        if not re.search(rf"‘[^‘]*\b{re.escape(option)}\b", item["rationale"], re.IGNORECASE)
    ]
    assert unnamed == []


def test_rationales_are_one_to_three_sentences():
    def sentences(text: str) -> int:
        return len(re.findall(r"[.?!]’?(?=\s|$)", text))

    assert codes([item for item in EVERYTHING if not 1 <= sentences(item["rationale"]) <= 3]) == []
    assert codes([item for item in EVERYTHING if len(item["rationale"]) < 60]) == []


def test_no_forbidden_words():
    found = [(item["code"], hit.group()) for item in EVERYTHING if (hit := FORBIDDEN.search(words_of(item)))]
    assert found == []


# --- Parameters -------------------------------------------------------------------------------------------------


@per_level
def test_difficulty_lies_in_the_band_of_the_level(level):
    low, high = DIFFICULTIES[level]
    assert codes([item for item in BY_LEVEL[level] if not low <= item["difficulty"] <= high]) == []


@per_level
def test_difficulties_fill_the_band(level):
    difficulties = sorted(item["difficulty"] for item in BY_LEVEL[level])
    assert difficulties[-1] - difficulties[0] >= 0.8
    assert len(set(difficulties)) >= 15
    assert max(after - before for before, after in pairwise(difficulties)) <= 0.16


def test_both_ends_of_the_scale_have_items():
    assert sum(item["difficulty"] < -3.0 for item in ITEMS) >= 5
    assert sum(item["difficulty"] >= 3.0 for item in ITEMS) >= 3


def test_discriminations_are_varied_and_not_boastful():
    values = [item["discrimination"] for item in ITEMS]
    assert min(values) >= 0.9
    assert max(values) <= 2.2
    assert median(values) <= 1.7
    assert max(values) - min(values) >= 1.0


# --- The README ---------------------------------------------------------------------------------------------------


def test_the_readme_states_the_counts_the_topics_and_the_ends_of_the_scale():
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    assert f"| {len(ITEMS)}, and {len(PRACTICE)} for practice |" in readme
    assert sorted(TOPICS) == re.findall(r"`(\w+)`", readme.split("Topics:")[1].split("\n\n")[0])
    lowest, highest = (end(item["difficulty"] for item in ITEMS) for end in (min, max))
    assert f"(−{-lowest} to {highest})" in readme
