"""The content of the banks of languages: what can be counted about good items."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

import pytest

DATA = Path(__file__).resolve().parents[2] / "assessments" / "data"
HEADS = json.loads((DATA / "banks.json").read_text("utf-8"))
BANKS = {head["code"]: head["language"] for head in HEADS if head.get("kind", "language") == "language"}
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
# Where b may lie: the level's band, as wide at the two open ends as in between, and a tenth of a logit beyond the ends.
DIFFICULTIES = {
    "A1": (-4.9, -3.2),
    "A2": (-3.2, -1.6),
    "B1": (-1.6, 0.0),
    "B2": (0.0, 1.6),
    "C1": (1.6, 3.2),
    "C2": (3.2, 4.9),
}
LONGEST_STIMULUS_IN_WORDS = {"A1": 40, "A2": 60, "B1": 90, "B2": 100, "C1": 100, "C2": 100}
FORBIDDEN = re.compile(
    r"\b(native speakers?|(all|none|both) of the above|option [abcd1-4]|(first|second|third|fourth|last) option"
    r"|amazon|google|microsoft|facebook|instagram|whatsapp|paypal|netflix|uber|airbnb|ikea|zalando|fedex|dhl"
    r"|vodafone|samsung|mastercard|ryanair|iphone|android)\b",
    re.IGNORECASE,
)
NOT_BRITISH = re.compile(
    r"\b(apologi[z]e|canceled|canceling|catalog|center|color|favorite|fulfill|inquiry|labeled|mom|neighbor|realize"
    r"|recognize|traveler|traveling|zip code)\b",
    re.IGNORECASE,
)
GAP = "____"


@dataclass(frozen=True)
class BankFiles:
    """The files of one bank."""

    folder: Path
    language: str

    def read(self, name: str) -> list[Item]:
        items: list[Item] = json.loads((self.folder / f"{name}.json").read_bytes().decode("utf-8", "strict"))
        return items

    @cached_property
    def levels(self) -> dict[str, list[Item]]:
        return {level: self.read(level.lower()) for level in LEVELS}

    @cached_property
    def items(self) -> list[Item]:
        return [item for level in LEVELS for item in self.levels[level]]

    @cached_property
    def practice(self) -> list[Item]:
        return self.read("practice")

    @cached_property
    def everything(self) -> list[Item]:
        return self.items + self.practice


@pytest.fixture(scope="module", params=BANKS)
def bank(request: pytest.FixtureRequest) -> BankFiles:
    return BankFiles(DATA / request.param, BANKS[request.param])


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


def test_the_folder_holds_one_file_a_level_and_the_practice_items(bank):
    assert sorted(path.stem for path in bank.folder.iterdir()) == [
        "a1",
        "a2",
        "b1",
        "b2",
        "c1",
        "c2",
        "practice",
    ]


def test_there_are_enough_items(bank):
    assert len(bank.items) >= 132
    assert min(len(items) for items in bank.levels.values()) >= 22


@per_level
def test_a_file_holds_its_own_level_in_order_of_code(bank, level):
    items = bank.levels[level]
    assert {item["level"] for item in items} == {level}
    assert codes(items) == [
        f"{bank.language}-{level.lower()}-{number:03d}" for number in range(1, len(items) + 1)
    ]


@per_level
def test_half_reads_and_half_uses_language(bank, level):
    reading = sum(item["skill"] == "reading" for item in bank.levels[level])
    assert 0.45 <= reading / len(bank.levels[level]) <= 0.55


def test_every_topic_is_used_and_none_takes_over(bank):
    counts = Counter(item["topic"] for item in bank.items)
    assert set(counts) == TOPICS
    assert max(counts.values()) <= 0.2 * len(bank.items)


def test_practice_is_one_easy_item_of_each_skill(bank):
    assert codes(bank.practice) == [f"{bank.language}-practice-001", f"{bank.language}-practice-002"]
    assert {item["skill"] for item in bank.practice} == {"reading", "use_of_language"}
    assert {item["level"] for item in bank.practice} <= {"A1", "A2", "B1"}


# --- Schema -------------------------------------------------------------------------------------------------


def test_every_item_has_exactly_the_fields_of_the_schema_in_their_order(bank):
    assert codes([item for item in bank.everything if list(item) != list(FIELDS)]) == []
    wrong_type = [
        (item["code"], name)
        for item in bank.everything
        for name, kind in FIELDS.items()
        if type(item[name]) is not kind
    ]
    assert wrong_type == []


def test_values_come_from_their_vocabularies(bank):
    assert {item["skill"] for item in bank.everything} == {"reading", "use_of_language"}
    assert {item["parameters_source"] for item in bank.everything} == {"expert prior"}
    assert codes([item for item in bank.everything if item["topic"] not in TOPICS]) == []


def test_four_different_options_and_a_key_among_them(bank):
    def sound(item: Item) -> bool:
        options = item["options"]
        return (
            len(options) == 4
            and all(isinstance(option, str) and option.strip() for option in options)
            and len({comparable(option) for option in options}) == 4
            and item["key"] in range(4)
        )

    assert codes([item for item in bank.everything if not sound(item)]) == []


def test_no_text_has_stray_white_space_or_typewriter_quotes(bank):
    def fields(item: Item) -> list[str]:
        return [
            item["text"],
            item["prompt"],
            *item["options"],
            item["rationale"],
            item["descriptor"]["can_do"],
        ]

    stray = re.compile(r"^\s|\s$| {2}|[\t\r'\"]| \n|\n ")
    assert (
        codes([item for item in bank.everything if any(stray.search(field) for field in fields(item))]) == []
    )


def test_files_are_indented_json_with_readable_characters(bank):
    for path in sorted(bank.folder.iterdir()):
        written = path.read_text(encoding="utf-8")
        assert written == json.dumps(json.loads(written), ensure_ascii=False, indent=2) + "\n", path.name


def test_reading_items_have_something_to_read(bank):
    reading = [item for item in bank.everything if item["skill"] == "reading"]
    assert codes([item for item in reading if not item["text"]]) == []


@per_level
def test_stimuli_are_short_enough_for_their_level(bank, level):
    limit = LONGEST_STIMULUS_IN_WORDS[level]
    assert codes([item for item in bank.levels[level] if len(item["text"].split()) > limit]) == []


def test_descriptors_name_scale_level_and_what_a_person_can_do(bank):
    def sound(item: Item) -> bool:
        descriptor = item["descriptor"]
        return (
            list(descriptor) == ["scale", "level", "can_do"]
            and descriptor["scale"] in SCALES
            and descriptor["level"] == item["level"]
            and re.fullmatch(r"Can .{30,}\.", descriptor["can_do"]) is not None
        )

    assert codes([item for item in bank.everything if not sound(item)]) == []


# --- No duplicates, no give-aways -----------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["code", "prompt", "rationale"])
def test_nothing_is_written_twice(bank, field):
    counts = Counter(comparable(item[field]) for item in bank.everything)
    assert [value for value, count in counts.items() if count > 1] == []


def test_no_stimulus_serves_two_items(bank):
    counts = Counter(comparable(item["text"]) for item in bank.everything if item["text"])
    assert [value for value, count in counts.items() if count > 1] == []


def test_no_two_items_offer_the_same_four_options(bank):
    counts = Counter(frozenset(comparable(option) for option in item["options"]) for item in bank.everything)
    assert [sorted(options) for options, count in counts.items() if count > 1] == []


def test_prices_and_times_stand_in_their_natural_order(bank):
    """Options that are nothing but one figure each, around the same words."""

    def in_order(item: Item) -> bool:
        figures = [re.findall(r"\d+(?:[.:,]\d+)?", option) for option in item["options"]]
        words = {re.sub(r"\d+(?:[.:,]\d+)?", "", option) for option in item["options"]}
        if len(words) > 1 or any(len(found) != 1 for found in figures):
            return True
        values = [float(re.sub(r"[:,]", ".", found[0])) for found in figures]
        return values == sorted(values)

    assert codes([item for item in bank.everything if not in_order(item)]) == []


@per_level
def test_keys_are_balanced_over_the_four_positions(bank, level):
    counts = Counter(item["key"] for item in bank.levels[level])
    shares = [counts[position] / len(bank.levels[level]) for position in range(4)]
    assert min(shares) >= 0.2
    assert max(shares) <= 0.3


@per_level
def test_no_three_items_in_a_row_share_a_key_position(bank, level):
    keys = [item["key"] for item in bank.levels[level]]
    assert [start for start in range(len(keys) - 2) if len(set(keys[start : start + 3])) == 1] == []


@pytest.mark.parametrize("extreme", [max, min], ids=["longest", "shortest"])
def test_length_does_not_give_the_key_away(bank, extreme):
    def stands_out(item: Item) -> bool:
        lengths = [len(option) for option in item["options"]]
        return lengths[item["key"]] == extreme(lengths) and lengths.count(extreme(lengths)) == 1

    for items in (bank.items, *bank.levels.values()):
        assert sum(stands_out(item) for item in items) / len(items) <= 0.35


def test_keys_are_as_long_as_the_other_options_on_average(bank):
    keys = [len(item["options"][item["key"]]) for item in bank.items]
    others = [
        len(option) for item in bank.items for i, option in enumerate(item["options"]) if i != item["key"]
    ]
    assert 0.9 <= (sum(keys) / len(keys)) / (sum(others) / len(others)) <= 1.1


# --- Gaps and rationales ----------------------------------------------------------------------------------------


def test_a_gap_item_has_exactly_one_gap(bank):
    gapped = [item for item in bank.everything if "_" in item["prompt"]]
    assert codes([item for item in gapped if re.findall(r"_+", item["prompt"]) != [GAP]]) == []
    assert {item["skill"] for item in gapped} == {"use_of_language"}


def test_gaps_stand_in_prompts_only(bank):
    elsewhere = [item for item in bank.everything if "_" in words_of({**item, "prompt": ""})]
    assert codes(elsewhere) == []


def test_the_other_prompts_are_questions_or_instructions(bank):
    asked = [item for item in bank.everything if GAP not in item["prompt"]]
    assert codes([item for item in asked if not item["prompt"].endswith("?")]) == []


def test_rationales_of_gap_items_name_all_four_options(bank):
    gapped = [item for item in bank.everything if GAP in item["prompt"]]
    unnamed = [
        (item["code"], option)
        for item in gapped
        for option in item["options"]
        if not re.search(rf"‘[^‘]*\b{re.escape(option)}\b", item["rationale"], re.IGNORECASE)
    ]
    assert unnamed == []


def test_rationales_are_one_to_three_sentences(bank):
    def sentences(text: str) -> int:
        return len(re.findall(r"[.?!]’?(?=\s|$)", text))

    assert codes([item for item in bank.everything if not 1 <= sentences(item["rationale"]) <= 3]) == []
    assert codes([item for item in bank.everything if len(item["rationale"]) < 60]) == []


def test_no_forbidden_words(bank):
    found = [
        (item["code"], hit.group()) for item in bank.everything if (hit := FORBIDDEN.search(words_of(item)))
    ]
    assert found == []


def test_english_is_spelt_the_british_way(bank):
    """Everywhere in the English bank, and in what staff read of the others."""
    texts = {
        item["code"]: words_of(item) if bank.language == "en" else item["descriptor"]["can_do"]
        for item in bank.everything
    }
    assert [(code, hit.group()) for code, text in texts.items() if (hit := NOT_BRITISH.search(text))] == []


# --- Parameters -------------------------------------------------------------------------------------------------


@per_level
def test_difficulty_lies_in_the_band_of_the_level(bank, level):
    low, high = DIFFICULTIES[level]
    assert codes([item for item in bank.levels[level] if not low <= item["difficulty"] <= high]) == []


@per_level
def test_difficulties_fill_the_band(bank, level):
    difficulties = sorted(item["difficulty"] for item in bank.levels[level])
    assert difficulties[-1] - difficulties[0] >= 1.35
    assert len(set(difficulties)) >= 15
    assert max(after - before for before, after in pairwise(difficulties)) <= 0.2


def test_both_ends_of_the_scale_have_items(bank):
    assert sum(item["difficulty"] < -4.0 for item in bank.items) >= 5
    assert sum(item["difficulty"] > 4.0 for item in bank.items) >= 5


def test_discriminations_are_varied_and_not_boastful(bank):
    values = [item["discrimination"] for item in bank.items]
    assert min(values) >= 1.3
    assert max(values) <= 2.1
    assert median(values) <= 1.7
    assert max(values) - min(values) >= 0.5


# --- The README ---------------------------------------------------------------------------------------------------


def test_the_readme_states_the_counts_and_the_topics(bank):
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    row = next(line for line in readme.splitlines() if line.startswith(f"| `{bank.folder.name}/` |"))
    assert f"| {len(bank.items)}, and {len(bank.practice)} for practice |" in row
    assert sorted(TOPICS) == re.findall(r"`(\w+)`", readme.split("Topics:")[1].split("\n\n")[0])
