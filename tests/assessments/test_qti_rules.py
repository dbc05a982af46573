"""QTI 3.0 packages: what goes out comes back the same, what others make is read, what is broken or unsafe is refused."""

import json
import stat
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

import assessments
from assessments.enums import BankKind, Interaction
from assessments.rules import qti_package
from assessments.rules.bank_sheet import read_bank, read_items
from assessments.rules.interactions import question_of
from assessments.rules.qti_package import PackageError, beside, is_inside
from assessments.rules.qti_reading import levels_of, read_package
from assessments.rules.qti_writing import Picture, packed
from tests.assessments.qti_packages import (
    PNG,
    SIMPLE,
    archive,
    choice,
    choices,
    declared,
    item,
    manifest,
    package,
)

DATA = Path(assessments.__file__).parent / "data"
HEADS = [read_bank(head, "banks.json") for head in json.loads((DATA / "banks.json").read_text("utf-8"))]
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")


def sheets_of(head):
    found = []
    for path in sorted((DATA / head.code).glob("*.json")):
        found += read_items(json.loads(path.read_text("utf-8")), path.name, head.kind)
    return [replace(sheet, state="live") for sheet in found]


def read(content, kind=BankKind.LANGUAGE, level="B1"):
    return read_package(content, kind=kind, level=level)


def only(content, **facts):
    (found,) = read(content, **facts).items
    return found.sheet


def skipped(content):
    found = read(content)
    assert found.items == []
    return [(one.name, one.reason) for one in found.skipped]


# --- what goes out comes back ---------------------------------------------------------------------------------


@pytest.mark.parametrize("head", HEADS, ids=lambda head: head.code)
def test_every_shipped_bank_comes_back_as_it_was(head):
    sheets, levels = sheets_of(head), levels_of(head.kind)
    made = packed(
        [(sheet, levels[sheet.level - 1], ()) for sheet in sheets],
        identifier=head.code,
        language=head.written_in,
    )
    found = read(made, head.kind, levels[0])
    assert found.skipped == []
    assert [one.sheet for one in found.items] == sheets


def test_the_same_items_give_the_same_bytes_with_media():
    (sheet,) = read_items([ITEM], "b1.json")
    pictures = (
        Picture("map.png", "image/png", PNG, "A map of the shop"),
        Picture("call.mp3", "audio/mpeg", b"ID3x", ""),
    )
    made = [packed([(sheet, "B1", pictures)], identifier="x", language="en") for _ in range(2)]
    assert made[0] == made[1]
    (found,) = read(made[0]).items
    assert found.sheet == sheet
    assert found.pictures == pictures


ITEM = {
    "code": "x-1", "level": "B1", "skill": "reading", "topic": "orders",
    "text": "First line\nsecond line\n\nAnother paragraph & <b>signs</b> “quoted”",
    "prompt": "What does it say?\nRead well.",
    "options": ["One", "Two <three>", "Four & five", "A very long line indeed"], "key": 1, "rationale": "Because.",
    "descriptor": {"scale": "S", "level": "B1", "can_do": "Can read."}, "difficulty": -0.8, "discrimination": 1.7,
    "parameters_source": "expert prior",
}  # fmt: skip

ELEMENTS = {
    "qti-assessment-item",
    "qti-response-declaration",
    "qti-correct-response",
    "qti-value",
    "qti-mapping",
    "qti-map-entry",
    "qti-outcome-declaration",
    "qti-default-value",
    "qti-item-body",
    "qti-rubric-block",
    "qti-content-body",
    "qti-prompt",
    "qti-simple-choice",
    "qti-choice-interaction",
    "qti-order-interaction",
    "qti-match-interaction",
    "qti-simple-match-set",
    "qti-simple-associable-choice",
    "qti-text-entry-interaction",
    "qti-inline-choice-interaction",
    "qti-inline-choice",
    "qti-response-processing",
    "qti-set-outcome-value",
    "qti-sum",
    "qti-map-response",
    "p",
    "br",
    "div",
    "img",
}
ATTRIBUTES = {
    "qti-assessment-item": {"identifier", "title", "adaptive", "time-dependent", "lang", "schemaLocation"},
    "qti-response-declaration": {"identifier", "cardinality", "base-type"},
    "qti-mapping": {"lower-bound", "default-value"},
    "qti-map-entry": {"map-key", "mapped-value", "case-sensitive"},
    "qti-outcome-declaration": {"identifier", "cardinality", "base-type", "normal-maximum"},
    "qti-rubric-block": {"view", "use"},
    "qti-simple-choice": {"identifier"},
    "qti-choice-interaction": {"response-identifier", "shuffle", "max-choices", "min-choices"},
    "qti-order-interaction": {"response-identifier", "shuffle"},
    "qti-match-interaction": {"response-identifier", "shuffle", "max-associations"},
    "qti-simple-associable-choice": {"identifier", "match-max"},
    "qti-text-entry-interaction": {"response-identifier", "expected-length"},
    "qti-inline-choice-interaction": {"response-identifier", "shuffle"},
    "qti-inline-choice": {"identifier"},
    "qti-response-processing": {"template"},
    "qti-set-outcome-value": {"identifier"},
    "qti-map-response": {"identifier"},
    "img": {"src", "alt"},
}
"""Names of the QTI 3.0 item schema that are used here."""


GAPS = {
    **ITEM, "code": "x-2", "interaction": "inline_choice", "prompt": "It ____ one, they ____ two.",
    "options": [["is", "are"], ["is", "are"]], "key": [0, 1], "steps": [-0.5, 0.5],
}  # fmt: skip


def test_only_names_of_the_specification_are_used():
    seen = set()
    pictures = (Picture("a.png", "image/png", PNG, "A"),)
    every = [(sheet, "1", pictures) for head in HEADS for sheet in sheets_of(head)]
    every += [(sheet, "B1", pictures) for sheet in read_items([ITEM, GAPS], "b1.json")]
    for start in range(0, len(every), 400):
        made = packed(every[start : start + 400], identifier="x", language="en")
        with zipfile.ZipFile(BytesIO(made)) as files:
            for name in files.namelist():
                if name.startswith("items/"):
                    for element in fromstring(files.read(name)).iter():
                        space, local = element.tag[1:].split("}")
                        assert space == "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
                        names = {attribute.rsplit("}", 1)[-1] for attribute in element.attrib}
                        assert names <= ATTRIBUTES.get(local, set()), (name, local, names)
                        seen.add(local)
    assert seen == ELEMENTS


# --- what others make -----------------------------------------------------------------------------------------


def test_a_choice_of_somebody_else_is_read():
    body = "<div><p>Read <em>this</em>\n   notice.</p><p>Open<br/>from 9</p></div>" + choice(
        "<p>At <b>nine</b></p>", "At ten", prompt="<p>When?</p>"
    )
    sheet = only(package(item(body, declared(["A"]), identifier="Notice_1.A")))
    assert (sheet.code, sheet.interaction, sheet.level) == ("notice-1-a", Interaction.CHOICE, 3)
    assert (sheet.text, sheet.prompt) == ("Read this notice.\n\nOpen\nfrom 9", "When?")
    assert (sheet.options, sheet.key, sheet.b, sheet.a) == (["At nine", "At ten"], 0, -0.8, 1.3)


def test_without_a_prompt_the_last_paragraph_is_the_question():
    made = choice("Yes", "No").replace("<qti-prompt>Which?</qti-prompt>", "")
    sheet = only(package(item(f"<p>Some text.</p><p>Is it so?</p>{made}", declared(["B"]))))
    assert (sheet.text, sheet.prompt, sheet.key) == ("Some text.", "Is it so?", 1)


def test_credits_come_from_a_mapping():
    entries = "".join(
        f'<qti-map-entry map-key="{key}" mapped-value="{worth}"/>'
        for key, worth in (("A", 2), ("B", 0), ("C", 1))
    )
    sheet = only(
        package(item(choice("a", "b", "c"), declared(["A"], mapping=f"<qti-mapping>{entries}</qti-mapping>")))
    )
    assert (sheet.content, sheet.steps) == ({"credits": [2, 0, 1]}, [-0.25, 0.25])


@pytest.mark.parametrize(
    ("worth", "reason"),
    [
        ("12", "its credits are no whole numbers from 0 to 11"),
        ("1e300", "its credits are no whole numbers from 0 to 11"),
        ("1.5", "its credits are no whole numbers from 0 to 11"),
        ("inf", "“inf” is no number"),
        ("nan", "“nan” is no number"),
    ],
)
def test_credits_beyond_reason_are_not_counted_out(worth, reason):
    entry = f'<qti-mapping><qti-map-entry map-key="A" mapped-value="{worth}"/></qti-mapping>'
    assert skipped(package(item(choice("a", "b"), declared(["A"], mapping=entry)))) == [("one", reason)]


def test_several_choices_say_how_many_where_the_package_does():
    right = declared(["A", "C"], "multiple")
    free = only(package(item(choice("a", "b", "c", most="0"), right)))
    assert (free.interaction, free.key, free.content) == (Interaction.MULTIPLE_CHOICE, [0, 2], {})
    exact = only(package(item(choice("a", "b", "c", most="2", least="2"), right)))
    assert exact.content == {"choose": 2}


def test_words_typed_in_take_what_the_mapping_accepts():
    mapping = (
        '<qti-mapping default-value="0"><qti-map-entry map-key="York" mapped-value="1" case-sensitive="true"/>'
        '<qti-map-entry map-key="york" mapped-value="0.5" case-sensitive="true"/>'
        '<qti-map-entry map-key="Leeds" mapped-value="0" case-sensitive="true"/></qti-mapping>'
    )
    body = '<p>It was <qti-text-entry-interaction response-identifier="RESPONSE"/> then.</p>'
    sheet = only(package(item(body, declared(["York"], base_type="string", mapping=mapping))))
    assert (sheet.prompt, sheet.key, sheet.content) == (
        "It was ____ then.",
        [["York", "york"]],
        {"case": True},
    )


def test_two_choices_in_a_text():
    def gap(name):
        words = (("A", "is"), ("B", "are"))
        options = "".join(
            f'<qti-inline-choice identifier="{a}">{word}</qti-inline-choice>' for a, word in words
        )
        return f'<qti-inline-choice-interaction response-identifier="{name}">{options}</qti-inline-choice-interaction>'

    body = f"<p>Intro.</p><p>It {gap('R1')} one, they {gap('R2')} two.</p>"
    sheet = only(package(item(body, declared(["A"], name="R1"), declared(["B"], name="R2"))))
    assert (sheet.text, sheet.prompt) == ("Intro.", "It ____ one, they ____ two.")
    assert (sheet.options, sheet.key) == ([["is", "are"]] * 2, [0, 1])


def test_an_order_and_a_match():
    body = (
        '<qti-order-interaction response-identifier="RESPONSE"><qti-prompt>Order?</qti-prompt>'
        f"{choices('one', 'two', 'three')}</qti-order-interaction>"
    )
    sheet = only(package(item(body, declared(["B", "A", "C"], "ordered"))))
    assert (sheet.interaction, sheet.key) == (Interaction.ORDER, [1, 0, 2])

    def one_set(prefix, most, *texts):
        return "<qti-simple-match-set>" + "".join(
            f'<qti-simple-associable-choice identifier="{prefix}{n}" match-max="{most}">{text}</qti-simple-associable-choice>'
            for n, text in enumerate(texts)
        ) + "</qti-simple-match-set>"  # fmt: skip

    body = (
        '<qti-match-interaction response-identifier="RESPONSE"><qti-prompt>Match?</qti-prompt>'
        f"{one_set('r', 1, 'Cat', 'Dog')}{one_set('o', 0, 'Miaow', 'Woof', 'Moo')}</qti-match-interaction>"
    )
    sheet = only(package(item(body, declared(["r0 o0", "r1 o1"], "multiple", "directedPair"))))
    assert (sheet.key, sheet.content, sheet.options) == (
        [0, 1],
        {"rows": ["Cat", "Dog"]},
        ["Miaow", "Woof", "Moo"],
    )


def test_media_come_along():
    body = '<p>Look.</p><p><img src="../img/sign.png" alt="A sign"/></p>' + choice("Yes", "No")
    (found,) = read(package(item(body, declared(["A"])), files={"img/sign.png": PNG})).items
    assert found.pictures == (Picture("sign.png", "image/png", PNG, "A sign"),)
    assert found.sheet.text == "Look."


# --- what is skipped, by name ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "declarations", "reason"),
    [
        (
            '<qti-hotspot-interaction response-identifier="RESPONSE"/>',
            [declared(["A"])],
            "it is answered by qti-hotspot-interaction, which is not known here",
        ),
        (
            '<qti-extended-text-interaction response-identifier="RESPONSE"/>',
            [],
            "it is answered by qti-extended-text-interaction, which is not known here",
        ),
        (
            choice("a", "b") + choice("c", "d"),
            [declared(["A"])],
            "it asks several things at once: qti-choice-interaction",
        ),
        ("<p>Only text.</p>", [], "it asks nothing"),
        (choice("a", "b"), [], "nothing says which answer to “RESPONSE” is right"),
        (choice("a", "b"), [declared([])], "no right answer is given"),
        (choice("a", "b"), [declared(["Z"])], "the right answer “Z” is none of the options"),
        (
            choice("a", "b"),
            [declared(["A"], base_type="float")],
            "its answer is declared as single float, not as single identifier",
        ),
        (choice("a", "a"), [declared(["A"])], "two options are the same"),
        (choice("a", ""), [declared(["A"])], "an option has no text or no identifier"),
        (
            '<p><img src="../a.svg" alt="x"/></p>' + choice("a", "b"),
            [declared(["A"])],
            "“a.svg” is no image or sound of a kind that is shown here",
        ),
        (
            '<p><img src="../a.png" alt=" "/></p>' + choice("a", "b"),
            [declared(["A"])],
            "the image “a.png” has no text that says the same",
        ),
        (
            '<object data="a.swf"/>' + choice("a", "b"),
            [declared(["A"])],
            "it holds a “object”, which is not shown here",
        ),
    ],
)
def test_what_cannot_be_asked_is_skipped_by_name(body, declarations, reason):
    made = package(item(body, *declarations), files={"a.svg": "<svg/>", "a.png": PNG})
    assert skipped(made) == [("one", reason)]


def test_the_others_are_read_beside_it():
    strange = item('<qti-drawing-interaction response-identifier="RESPONSE"/>', identifier="two")
    found = read(package(SIMPLE, strange, SIMPLE))
    assert [one.sheet.code for one in found.items] == ["one"]
    assert [(one.name, one.reason) for one in found.skipped] == [
        ("two", "it is answered by qti-drawing-interaction, which is not known here"),
        ("one", "its identifier is in the package twice"),
    ]


def test_an_older_version_is_named():
    made = archive({"imsmanifest.xml": manifest("a.xml", kind="imsqti_item_xmlv2p1"), "a.xml": SIMPLE})
    assert skipped(made) == [("one", "it is of another version of QTI than 3.0 (imsqti_item_xmlv2p1)")]


# --- what is refused whole ------------------------------------------------------------------------------------

LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def with_item(text):
    return archive({"imsmanifest.xml": manifest("a.xml"), "a.xml": text})


def linked():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("imsmanifest.xml", manifest("a.xml"))
        entry = zipfile.ZipInfo("a.xml")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(entry, "/etc/passwd")
    return out.getvalue()


def damaged():
    whole = bytearray(with_item(SIMPLE * 40))
    at = whole.index(b"a.xml") + 60
    whole[at : at + 30] = bytes(30)
    return bytes(whole)


def encrypted():
    whole = bytearray(with_item(SIMPLE))
    for signature, flag in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = whole.rindex(signature) + flag
        whole[at] |= 1
    return bytes(whole)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "This is no readable ZIP archive."),
        (b"PK\x03\x04 and then nothing", "This is no readable ZIP archive."),
        (archive({"a.xml": SIMPLE}), "The package has no imsmanifest.xml at its top."),
        (archive({"deep/imsmanifest.xml": manifest()}), "The package has no imsmanifest.xml at its top."),
        (archive({"imsmanifest.xml": manifest()}), "The package holds no items of QTI."),
        (archive({"imsmanifest.xml": "<nothing/>"}), "imsmanifest.xml does not begin with “manifest”."),
        (archive({"imsmanifest.xml": manifest("a.xml")}), "“a.xml” is named but not in the package."),
        (archive({"imsmanifest.xml": manifest("../a.xml")}), "The path “../a.xml” leads out of the package."),
        (
            archive({"imsmanifest.xml": manifest("/etc/passwd")}),
            "The path “/etc/passwd” leads out of the package.",
        ),
        (archive({"imsmanifest.xml": manifest("%2e%2e/a.xml")}), "The path “%2e%2e/a.xml” leads out"),
        (
            archive({"imsmanifest.xml": manifest("https://example.org/a.xml")}),
            "The path “https://example.org/a.xml”",
        ),
        (archive({"imsmanifest.xml": manifest(), "../evil.xml": "x"}), "The path “../evil.xml” leads out"),
        (archive({"imsmanifest.xml": manifest(), "/evil.xml": "x"}), "The path “/evil.xml” leads out"),
        (
            archive({"imsmanifest.xml": manifest(), "a\\..\\evil.xml": "x"}),
            "The path “a\\..\\evil.xml” leads out",
        ),
        (archive({"imsmanifest.xml": manifest(), "C:evil.xml": "x"}), "The path “C:evil.xml” leads out"),
        (linked(), "The path “a.xml” leads out of the package."),
        (encrypted(), "“a.xml” is encrypted."),
        (damaged(), "“a.xml” cannot be unpacked."),
        (with_item("<qti-assessment-item"), "“a.xml” is not well-formed XML:"),
        (
            with_item(SIMPLE.replace("?>", f"?>{LAUGHS}")),
            "“a.xml” defines entities or a document type of its own",
        ),
        (
            with_item(SIMPLE.replace("?>", f"?>{OUTSIDE}")),
            "“a.xml” defines entities or a document type of its own",
        ),
        (with_item("<assessmentItem/>"), "“a.xml” is no item of QTI 3.0."),
        (
            with_item(item(choice("a", "b"), declared(["A"]), namespace="urn:else")),
            "“a.xml” is no item of QTI 3.0.",
        ),
        (with_item("<a>" * 41 + "</a>" * 41), "“a.xml” has too many elements."),
        (with_item("<a>" + "<b/>" * 20_001 + "</a>"), "“a.xml” has too many elements."),
        (with_item("<a>" + " " * 1_000_001 + "</a>"), "“a.xml” is larger than 1000 kB."),
        (
            archive({"imsmanifest.xml": manifest(), **{f"f{n}": "" for n in range(3_000)}}),
            "more than 3000 files",
        ),
        (
            archive({"imsmanifest.xml": manifest(), "zeros": bytes(60_000_001)}),
            "Unpacked, the package is larger than 60 MB.",
        ),
        (
            package(item('<img src="../../../a.png" alt="x"/>' + choice("a", "b"), declared(["A"]))),
            "The path “../../../a.png” leads out",
        ),
        (
            package(
                item('<img src="http://example.org/a.png" alt="x"/>' + choice("a", "b"), declared(["A"]))
            ),
            "The path “http://example.org/a.png”",
        ),
    ],
)
def test_a_broken_or_unsafe_package_is_refused_whole(content, reason):
    with pytest.raises(PackageError) as caught:
        read(content)
    assert reason in str(caught.value)


def test_a_package_that_is_too_large_is_not_even_opened(monkeypatch):
    monkeypatch.setattr(qti_package, "MOST_BYTES", 1_000_000)
    with pytest.raises(PackageError, match=r"The package is larger than 1 MB\."):
        read(bytes(1_000_001))


def test_a_size_that_lies_does_not_help():
    """The archive says that the file is small; unpacking stops where it was said to end, and the sum does not fit."""
    whole = bytearray(with_item("<a>" + " " * 500_000 + "</a>"))
    at = whole.rindex(b"PK\x01\x02") + 24
    whole[at : at + 4] = (10).to_bytes(4, "little")
    with pytest.raises(PackageError):
        read(bytes(whole))


def test_damaged_facts_are_refused_and_wrong_ones_skipped():
    (sheet,) = read_items([ITEM], "b1.json")
    whole = packed([(sheet, "B1", ())], identifier="x", language="en")

    def changed(before, after):
        with zipfile.ZipFile(BytesIO(whole)) as files:
            texts = {name: files.read(name).decode() for name in files.namelist()}
        assert before in texts["imsmanifest.xml"]
        texts["imsmanifest.xml"] = texts["imsmanifest.xml"].replace(before, after)
        return archive(texts)

    with pytest.raises(PackageError, match=r"The facts about “items/x-1\.xml” are damaged"):
        read(changed('{"content"', '"content"'))
    assert (
        skipped(changed('"difficulty": -0.8', '"difficulty": 99'))[0][1]
        == "difficulty 99 lies outside -6 to 6"
    )
    for sign in (r"\u0000", r"\ud800"):
        for name in ('"topic": "', '"can_do": "'):
            with pytest.raises(PackageError, match="are damaged"):
                read(changed(name, name + sign))
    assert skipped(changed('"level": "B1", "param', '"level": "Z9", "param'))[0][1].startswith(
        "level 'Z9' is not one of"
    )
    assert skipped(changed('"topic": "orders"', f'"topic": "{"o" * 33}"'))[0][1] == (
        "its topic or the source of its parameters is too long"
    )


@pytest.mark.parametrize("path", ["", "/a", "../a", "a/../b", "a\\b", "C:a", "a\x00b", "a\nb"])
def test_paths_that_lead_out(path):
    assert not is_inside(path)


def test_paths_beside_a_file():
    assert beside("items/a.xml", "../media/b%20c.png#x") == "media/b c.png"
    assert is_inside("items/a.xml")
    assert question_of(read_items([ITEM], "b1.json").__next__()).key == 1
