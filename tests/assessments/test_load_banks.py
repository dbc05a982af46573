"""Loading banks: idempotent, all or nothing, with errors that name file and item."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

import assessments
from assessments.actions.banks import load_banks
from assessments.actions.cut_scores import set_cut_scores
from assessments.actions.items import move_item, write_draft
from assessments.engine.levels import STANDARD_CUTS
from assessments.enums import ItemState
from assessments.models import Bank, CutScores, Item, ItemLog
from assessments.queries import bank_parameters, live_banks, measurable
from assessments.rules.bank_sheet import BankFileError, read_items
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

HEAD = {
    "code": "tiny",
    "language": "en",
    "name": "Tiny",
    "version": "1",
    "cuts": [-2, -1, 0, 1, 2],
    "max_items": 30,
    "valid_months": 24,
}
ITEM = {
    "code": "tiny-001",
    "level": "B1",
    "skill": "reading",
    "topic": "orders",
    "text": "Your order left on Monday.",
    "prompt": "When did the order leave?",
    "options": ["On Monday", "Yesterday", "In June", "It did not"],
    "key": 0,
    "rationale": "The text says Monday.",
    "descriptor": {"scale": "Reading correspondence", "level": "B1", "can_do": "Can find a day in a mail."},
    "difficulty": -0.5,
    "discrimination": 1.4,
    "parameters_source": "expert prior",
}


class Folder:
    """A folder of bank files to write and change."""

    def __init__(self, path: Path) -> None:
        self.path = path
        (path / "tiny").mkdir()
        self.write("banks.json", [HEAD])
        self.write("tiny/b1.json", [ITEM, {**ITEM, "code": "tiny-002", "key": 1}])
        self.write("tiny/practice.json", [{**ITEM, "code": "tiny-p"}])

    def write(self, name: str, content: object) -> None:
        (self.path / name).write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")

    def load(self):
        return load_banks(folder=self.path, now=timezone.now())


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


def test_loading_twice_changes_nothing(folder):
    assert folder.load() == [("tiny", 3, 0, 0, 0)]
    before = list(Item.objects.order_by("code").values())
    assert folder.load() == [("tiny", 0, 0, 3, 0)]
    assert list(Item.objects.order_by("code").values()) == before
    item = Item.objects.get(code="tiny-001")
    assert (item.level, item.a, item.b, item.state) == (3, 1.4, -0.5, ItemState.LIVE)
    assert Item.objects.get(code="tiny-p").state == ItemState.PRACTICE


def test_missing_items_retire_and_come_back(folder):
    folder.load()
    folder.write("tiny/b1.json", [ITEM])
    assert folder.load() == [("tiny", 0, 0, 2, 1)]
    assert Item.objects.get(code="tiny-002").state == ItemState.RETIRED
    assert folder.load() == [("tiny", 0, 0, 2, 0)]
    folder.write("tiny/b1.json", [ITEM, {**ITEM, "code": "tiny-002", "key": 1}])
    assert folder.load() == [("tiny", 0, 1, 2, 0)]
    assert Item.objects.get(code="tiny-002").state == ItemState.LIVE


def test_new_parameters_and_head_are_taken_over(folder):
    folder.load()
    folder.write("tiny/b1.json", [{**ITEM, "difficulty": 0.25, "parameters_source": "calibrated"}])
    folder.write("banks.json", [{**HEAD, "version": "2", "max_items": 20}])
    folder.load()
    assert Item.objects.get(code="tiny-001").b == 0.25
    assert list(Bank.objects.values_list("version", "max_items")) == [("2", 20)]


def test_what_only_staff_read_can_be_corrected_later(folder):
    folder.write("tiny/b1.json", [{**ITEM, "content": {"source": "A page", "why": ["a", "b", "c", "d"]}}])
    folder.load()
    Item.objects.update(times_given=1)
    folder.write("tiny/b1.json", [{**ITEM, "content": {"source": "Another page"}}])
    folder.load()
    assert Item.objects.get(code="tiny-001").content == {"source": "Another page"}


@pytest.mark.parametrize(
    ("field", "value"),
    [("text", "Other."), ("prompt", "What?"), ("options", ["a", "b", "c", "d"]), ("key", 2)],
)
def test_a_question_that_people_were_given_stays_as_it_was(folder, field, value):
    folder.load()
    Item.objects.filter(code="tiny-001").update(times_given=1)
    folder.write("tiny/b1.json", [{**ITEM, field: value, "difficulty": 2.0}])
    with pytest.raises(
        BankFileError, match=rf"^tiny: tiny-001: {field} changed after people were given this item"
    ):
        folder.load()
    assert Item.objects.get(code="tiny-001").b == -0.5
    assert Item.objects.get(code="tiny-002").state == ItemState.LIVE


def wrong(**changes):
    return [ITEM, {**ITEM, "code": "tiny-002", **changes}]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "tiny/b1.json: is not JSON in UTF-8"),
        ({}, "tiny/b1.json: must hold a list of items"),
        ([ITEM, 5], "tiny/b1.json: item 2: must be an object"),
        ([ITEM, ITEM], "tiny: tiny-001: this code is used twice"),
        (wrong(key=4), "tiny/b1.json: tiny-002: key 4 is not one of the 4 options"),
        (wrong(key=-1), "tiny/b1.json: tiny-002: key -1 is not one of the 4 options"),
        (wrong(key=True), "tiny/b1.json: tiny-002: key is of the wrong type"),
        (wrong(level="B3"), "tiny/b1.json: tiny-002: level 'B3' is not one of A1, A2, B1, B2, C1, C2"),
        (
            wrong(skill="singing"),
            "tiny/b1.json: tiny-002: skill 'singing' is not one of reading, use_of_language",
        ),
        (wrong(options=["a"]), "tiny/b1.json: tiny-002: options must be two or more texts"),
        (wrong(options=["a", "b", "b", "c"]), "tiny/b1.json: tiny-002: two options are the same"),
        (wrong(options=["a", "b", " ", "c"]), "tiny/b1.json: tiny-002: options must be two or more texts"),
        (wrong(discrimination=0), "tiny/b1.json: tiny-002: discrimination 0 lies outside 0-4"),
        (wrong(difficulty=7), "tiny/b1.json: tiny-002: difficulty 7 lies outside -6 to 6"),
        (wrong(prompt=" "), "tiny/b1.json: tiny-002: prompt is empty"),
        (wrong(hint="no"), "tiny/b1.json: tiny-002: unknown hint"),
        (wrong(code="t" * 33), "tiny/b1.json: " + "t" * 33 + ": the code is longer than 32 characters"),
        ([{name: ITEM[name] for name in ITEM if name != "key"}], "tiny/b1.json: tiny-001: missing key"),
    ],
)
def test_a_wrong_item_is_named_and_nothing_is_loaded(folder, content, message):
    folder.write("tiny/b1.json", content)
    with pytest.raises(BankFileError) as caught:
        folder.load()
    assert str(caught.value).startswith(message)
    assert Bank.objects.count() == 0
    assert Item.objects.count() == 0


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ({**HEAD, "cuts": [-2, -1, 0, 1]}, "banks.json: tiny: cuts must be five numbers"),
        ({**HEAD, "cuts": [-2, -1, -1, 1, 2]}, "banks.json: tiny: cuts must rise"),
        ({**HEAD, "max_items": 0}, "banks.json: tiny: max_items lies in 8-60"),
        ({**HEAD, "language": "xq"}, "banks.json: tiny: language 'xq' is not on file"),
        ({**HEAD, "code": "other"}, "banks.json: says nothing about the folder tiny"),
        (
            {"code": "tiny"},
            "banks.json: bank: missing cuts, max_items, name, valid_months, version",
        ),
    ],
)
def test_a_wrong_head_is_named(folder, head, message):
    folder.write("banks.json", [head])
    with pytest.raises(BankFileError) as caught:
        folder.load()
    assert str(caught.value).startswith(message)
    assert Bank.objects.count() == 0


def test_a_missing_file_is_named(folder):
    (folder.path / "banks.json").unlink()
    with pytest.raises(BankFileError, match=r"^banks\.json: there is no such file$"):
        folder.load()


def test_a_code_of_another_bank_is_refused(folder):
    folder.load()
    (folder.path / "second").mkdir()
    folder.write("banks.json", [HEAD, {**HEAD, "code": "second"}])
    folder.write("second/a1.json", [ITEM])
    with pytest.raises(BankFileError, match=r"^second: tiny-001: another bank has an item of this code$"):
        folder.load()


def test_the_command_says_what_it_did_and_what_is_wrong(folder):
    out = StringIO()
    call_command("load_banks", folder=folder.path, stdout=out)
    assert out.getvalue() == "tiny: 3 new, 0 changed, 0 unchanged, 0 retired\n"
    folder.write("tiny/b1.json", "[")
    with pytest.raises(CommandError, match=r"^Nothing was loaded\. tiny/b1\.json: is not JSON"):
        call_command("load_banks", folder=folder.path, stdout=out)


def test_the_shipped_banks_load_and_are_measurable():
    assert measurable() == (frozenset(), frozenset())
    call_command("load_banks", stdout=StringIO())
    heads = json.loads((Path(assessments.__file__).parent / "data" / "banks.json").read_text("utf-8"))
    assert measurable() == (
        {head["language"] for head in heads if "language" in head},
        {head["skill"] for head in heads if "skill" in head},
    )
    assert {"en"} <= measurable().languages
    assert {"service_judgement", "etiquette_nl"} <= measurable().skills
    found = bank_parameters(live_banks().get(code="english"))
    assert found.params.shape == (144, 3)
    assert found.codes[0] == "en-a1-001"
    assert found.cuts == STANDARD_CUTS


def test_a_bank_without_live_items_measures_nothing(folder):
    folder.load()
    Item.objects.update(state=ItemState.RETIRED)
    assert measurable().languages == frozenset()


SKILL_HEAD = {
    **{name: HEAD[name] for name in HEAD if name != "language"},
    "kind": "service_judgement",
    "skill": "complaint_handling",
    "written_in": "en",
    "cuts": [-1, 1],
    "min_items": 10,
    "max_items": 10,
}
GRADED = {
    **ITEM,
    "level": "2",
    "skill": "judgement",
    "content": {"credits": [0, 1, 3, 2]},
    "key": 2,
    "steps": [-1, 0, 1],
}


def test_a_bank_of_a_skill_holds_items_with_partial_credit(folder):
    folder.write("banks.json", [SKILL_HEAD])
    folder.write("tiny/b1.json", [GRADED])
    folder.write("tiny/practice.json", [])
    folder.load()
    bank = Bank.objects.get()
    assert (bank.language_id, bank.skill_id, bank.written_in_id) == (None, "complaint_handling", "en")
    assert (bank.min_items, bank.max_items, bank.fixed_length) == (10, 10, True)
    item = Item.objects.select_related("bank").get()
    assert (item.level, item.level_name, item.steps, item.most_credit) == (2, "2", [-1, 0, 1], 3)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": "singing"}, "kind 'singing' is not one of language, service_judgement, local_knowledge"),
        ({"skill": ""}, "a bank of service_judgement names a skill and no language"),
        ({"language": "en"}, "a bank of service_judgement names a skill and no language"),
        ({"written_in": ""}, "written_in is missing"),
        ({"skill": "juggling"}, "skill 'juggling' is not on file"),
        ({"cuts": [-2, -1, 0, 1, 2]}, "cuts must be two numbers, levels 2 and 3"),
        ({"min_items": 11}, "min_items lies in 1-10, the most items"),
    ],
)
def test_a_wrong_head_of_a_skill_is_named(folder, changes, message):
    folder.write("banks.json", [{**SKILL_HEAD, **changes}])
    folder.write("tiny/b1.json", [GRADED])
    folder.write("tiny/practice.json", [])
    with pytest.raises(BankFileError, match=f"^banks.json: tiny: {re.escape(message)}"):
        folder.load()
    assert not Bank.objects.exists()


def test_an_item_of_a_skill_has_a_level_from_1_to_3(folder):
    folder.write("banks.json", [SKILL_HEAD])
    folder.write("tiny/b1.json", [{**GRADED, "level": "B1"}])
    folder.write("tiny/practice.json", [])
    with pytest.raises(BankFileError, match="tiny-001: level 'B1' is not one of 1, 2, 3"):
        folder.load()


# Beside what people decided in the administration

SECOND = {**ITEM, "code": "tiny-002", "key": 1}


def test_items_written_here_live_on_beside_those_of_the_files(folder):
    folder.load()
    author = UserFactory()
    sheet = next(read_items([{**ITEM, "code": "here-001"}], "draft"))
    item = write_draft(bank=Bank.objects.get(), sheet=sheet, by=author, now=timezone.now())
    assert folder.load()[0].retired == 0
    item.refresh_from_db()
    assert item.state == ItemState.DRAFT


def test_a_file_cannot_take_the_code_of_an_item_written_here(folder):
    folder.load()
    sheet = next(read_items([{**ITEM, "code": "tiny-009"}], "draft"))
    write_draft(bank=Bank.objects.get(), sheet=sheet, by=UserFactory(), now=timezone.now())
    folder.write("tiny/b1.json", [ITEM, {**ITEM, "code": "tiny-009"}])
    with pytest.raises(BankFileError, match="tiny-009: an item written in the administration"):
        folder.load()


def test_an_item_that_somebody_retired_stays_retired_and_one_the_files_retired_comes_back(folder):
    folder.write("tiny/b1.json", [ITEM, SECOND])
    folder.load()
    by_person = Item.objects.get(code="tiny-001")
    move_item(item=by_person, to="retired", edition=1, reason="Unfair.", by=UserFactory(), now=timezone.now())
    folder.write("tiny/b1.json", [ITEM])
    folder.load()
    assert set(Item.objects.exclude(code="tiny-p").values_list("state", flat=True)) == {"retired"}
    folder.write("tiny/b1.json", [ITEM, SECOND])
    folder.load()
    assert dict(Item.objects.exclude(code="tiny-p").values_list("code", "state")) == {
        "tiny-001": "retired",
        "tiny-002": "live",
    }
    log = ItemLog.objects.filter(item__code="tiny-002").values_list("state", "by")
    assert list(log) == [("retired", None), ("live", None)]


def test_calibrated_parameters_stand_when_the_file_still_has_its_priors(folder):
    folder.write("tiny/b1.json", [ITEM])
    folder.load()
    Item.objects.filter(code="tiny-001").update(
        a=0.9, b=0.3, parameters_source="calibrated 2026-11-20, n=600"
    )
    folder.write("tiny/b1.json", [{**ITEM, "difficulty": 1.0, "topic": "billing"}])
    folder.load()
    found = Item.objects.get(code="tiny-001")
    assert (found.a, found.b, found.topic) == (0.9, 0.3, "billing")


def test_cut_scores_that_people_set_stand_until_the_file_says_something_new(folder):
    folder.load()
    folder.load()
    stored = Bank.objects.get()
    (first,) = CutScores.objects.all()
    set_cut_scores(
        bank=stored, cuts=[-3, -1, 0, 1, 2], method="angoff", note="Eight teachers.", before=first.pk,
        by=UserFactory(), now=timezone.now(),
    )  # fmt: skip
    folder.load()
    assert Bank.objects.get().cuts == [-3, -1, 0, 1, 2]
    folder.write("banks.json", [{**HEAD, "cuts": [-2, -1, 0, 1, 2.5]}])
    folder.load()
    assert Bank.objects.get().cuts == [-2, -1, 0, 1, 2.5]
    assert list(CutScores.objects.order_by("pk").values_list("method", flat=True)) == [
        "convention", "angoff", "convention",
    ]  # fmt: skip
