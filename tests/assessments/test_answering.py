"""Pages of every kind of question: asked on the server, answered without a script, named when something is missing."""

import re
from html import unescape

import pytest

from assessments.enums import Interaction, SessionState
from assessments.forms import answer_form
from assessments.models import Item, Measurement, Response, Session
from assessments.rules.credit import is_possible
from assessments.rules.interactions import question_of
from tests.conftest import signed_in
from tests.factories.assessments import INTERACTIONS, BankFactory
from tests.factories.candidates import CandidateFactory

pytestmark = pytest.mark.django_db
KINDS = list(INTERACTIONS)


@pytest.fixture
def bank():
    return BankFactory(mixed=True, code="judgement")


@pytest.fixture
def candidate(bank):
    return CandidateFactory()


@pytest.fixture
def browser(candidate):
    return signed_in(candidate.user)


@pytest.fixture
def session(browser, candidate):
    browser.post("/tests/judgement/")
    return Session.objects.select_related("bank").get(candidate=candidate)


def at_kind(session, kind):
    """The session with an item of that kind waiting."""
    Response.objects.filter(session=session).update(item=Item.objects.get(interaction=kind))
    return session.responses.select_related("item").get(answered_at=None)


def sent(row, answer):
    """What a browser sends for an answer in the item's own indices."""
    form = answer_form(row.item, seed=row.session.seed, position=row.position)
    data = {"position": row.position}
    match row.item.interaction:
        case Interaction.CHOICE:
            data["answer"] = form.shown.index(answer)
        case Interaction.MULTIPLE_CHOICE:
            data["answer"] = [form.shown.index(one) for one in answer]
        case Interaction.TEXT_ENTRY:
            data |= {f"gap_{number}": typed for number, typed in enumerate(answer)}
        case Interaction.INLINE_CHOICE:
            data |= {f"gap_{n}": form.shown[n].index(one) for n, one in enumerate(answer)}
        case Interaction.ORDER:
            data |= {f"line_{form.shown.index(one)}": place for place, one in enumerate(answer, start=1)}
        case _:
            data |= {f"row_{form.rows.index(n)}": form.shown.index(one) for n, one in enumerate(answer)}
    return data


def right(item):
    """A wholly right answer."""
    if item.interaction == Interaction.TEXT_ENTRY:
        return [texts[0] for texts in item.key]
    return item.key


def send(browser, session, data):
    return browser.post(f"/tests/sessions/{session.pk}/", data)


def errors(page):
    """The summary of errors in words."""
    found = re.search(r"data-error-summary>(.*?)</ul>", page.content.decode(), re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", found.group(1))).split())


@pytest.mark.parametrize("kind", KINDS)
def test_a_right_answer_earns_all_credit(browser, session, kind):
    row = at_kind(session, kind)
    assert send(browser, session, sent(row, right(row.item))).status_code == 302
    row.refresh_from_db()
    assert (row.credit, row.correct) == (row.item.most_credit, True)
    assert row.answer == right(row.item)


WRONG = {
    Interaction.CHOICE: (2, 0),
    Interaction.MULTIPLE_CHOICE: ([0, 1], 0),
    Interaction.TEXT_ENTRY: (["on", "by"], 0),
    Interaction.INLINE_CHOICE: ([0, 2], 1),
    Interaction.ORDER: ([1, 3, 0, 2], 1),
    Interaction.MATCH: ([2, 0], 0),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_answer_earns_what_is_right_in_it(browser, session, kind):
    row = at_kind(session, kind)
    answer, credit = WRONG[kind]
    send(browser, session, sent(row, answer))
    row.refresh_from_db()
    assert (row.answer, row.credit, row.correct) == (answer, credit, False)


MISSING = {
    Interaction.CHOICE: "Choose one of the answers.",
    Interaction.MULTIPLE_CHOICE: "Choose at least one of the answers.",
    Interaction.TEXT_ENTRY: "Gap 1 of 2: Type your answer here.",
    Interaction.INLINE_CHOICE: "Gap 2 of 2: Choose an answer here.",
    Interaction.ORDER: "Ask what they need: Choose a place for this line.",
    Interaction.MATCH: "It never came: Choose an answer here.",
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_missing_is_named_and_nothing_counted(browser, session, kind):
    row = at_kind(session, kind)
    page = send(browser, session, {"position": 1})
    assert page.status_code == 422
    assert MISSING[kind] in errors(page)
    row.refresh_from_db()
    assert row.answered_at is None


FORGED = {
    Interaction.CHOICE: {"answer": "3"},
    Interaction.MULTIPLE_CHOICE: {"answer": ["0", "9"]},
    Interaction.TEXT_ENTRY: {"gap_0": "a" * 81, "gap_1": "at"},
    Interaction.INLINE_CHOICE: {"gap_0": "2", "gap_1": "0"},
    Interaction.ORDER: {"line_0": "1", "line_1": "2", "line_2": "3", "line_3": "5"},
    Interaction.MATCH: {"row_0": "-1", "row_1": "0"},
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_be_answered_is_refused(browser, session, kind):
    row = at_kind(session, kind)
    assert send(browser, session, {"position": 1, **FORGED[kind]}).status_code == 422
    row.refresh_from_db()
    assert row.answered_at is None


def test_the_number_of_choices_is_asked_for(browser, session):
    at_kind(session, Interaction.MULTIPLE_CHOICE)
    page = send(browser, session, {"position": 1, "answer": ["0"]})
    assert "You chose 1. Choose exactly 2." in errors(page)


def test_a_place_taken_twice_is_named(browser, session):
    at_kind(session, Interaction.ORDER)
    page = send(browser, session, {"position": 1, "line_0": 1, "line_1": 2, "line_2": 2, "line_3": 4})
    assert "Place 2 is taken twice. Give every line a place of its own." in errors(page)
    assert page.content.decode().count(" selected") == 4


def test_an_answer_used_twice_is_named_where_each_is_used_once(browser, session):
    row = at_kind(session, Interaction.MATCH)
    Item.objects.filter(pk=row.item_id).update(content={**row.item.content, "once": True})
    page = send(browser, session, {"position": 1, "row_0": 1, "row_1": 1})
    assert "This answer is used twice. Use every answer once at most." in errors(page)


def test_the_key_does_not_reach_the_browser(browser, session):
    """Two items that differ in nothing but their key look the same."""
    for kind in KINDS:
        row = at_kind(session, kind)
        pages = []
        for key in (row.item.key, WRONG[kind][0] if kind != Interaction.TEXT_ENTRY else [["x"], ["y"]]):
            Item.objects.filter(pk=row.item_id).update(key=key)
            page = browser.get(f"/tests/sessions/{session.pk}/").content.decode()
            pages.append(re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", page))
        assert pages[0] == pages[1], kind


def test_lines_to_order_never_stand_in_the_right_order_by_rule(bank):
    """Figures that rise keep their order as options of one choice, and would give the answer away here."""
    item = Item.objects.get(interaction=Interaction.ORDER)
    item.options, item.key = ["1 kg", "2 kg", "3 kg", "4 kg"], [0, 1, 2, 3]
    orders = {answer_form(item, seed=seed).shown for seed in range(40)}
    assert len(orders) > 15


@pytest.mark.parametrize("kind", KINDS)
def test_every_session_has_an_order_of_its_own(bank, kind):
    if kind == Interaction.TEXT_ENTRY:
        return
    item = Item.objects.get(interaction=kind)
    pages = {str(answer_form(item, seed=seed)) for seed in range(20)}
    assert len(pages) > 3


def test_every_kind_scores_on_one_scale_and_ends_with_a_level_of_the_skill(browser, session):
    asked = set()
    for _number in range(6):
        row = session.responses.select_related("item", "session").get(answered_at=None)
        asked.add(row.item.interaction)
        assert is_possible(question_of(row.item), right(row.item))
        last = send(browser, session, sent(row, right(row.item)))
    assert asked == set(KINDS)
    session.refresh_from_db()
    assert (session.state, session.stopped_because) == (SessionState.FINISHED, "length")
    measured = Measurement.objects.get(session=session)
    assert (measured.language_id, measured.skill_id, measured.level) == (None, "complaint_handling", 3)
    page = browser.get(last.url)
    assert "Your level is 3 of 3, strong" in page.content.decode()
    assert "level 3 of 3" in browser.get("/tests/").content.decode()
