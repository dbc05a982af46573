"""Items written in the administration: draft, review by another person, trying out, live, retired."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from assessments.actions.items import (
    ReasonMissing,
    UnableToEdit,
    UnableToMoveItem,
    UnableToWrite,
    edit_draft,
    move_item,
    write_draft,
)
from assessments.actions.sessions import StartFacts, answer_item, start_session
from assessments.engine.pilots import place_pilots
from assessments.enums import ItemState
from assessments.models import Item, ItemLog, Measurement, Session
from assessments.queries.items import item_figures
from assessments.rules.bank_sheet import read_items
from assessments.rules.device import device_class
from assessments.rules.item_life import moves_open_to
from marketplace.recruiters import keep_recruiters_group
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.assessments import BankFactory
from tests.factories.candidates import CandidateFactory

pytestmark = pytest.mark.django_db

RECORD = {
    "code": "new-001",
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
    "discrimination": 1.5,
    "parameters_source": "expert prior",
}


def sheet(**changes):
    return next(read_items([{**RECORD, **changes}], "draft"))


def draft(bank, by, **changes):
    return write_draft(bank=bank, sheet=sheet(**changes), by=by, now=timezone.now())


def move(item, to, by, reason="It is good.", edition=None):
    return move_item(
        item=item, to=to, edition=edition or item.edition, reason=reason, by=by, now=timezone.now()
    )


def pilot(bank, code, author=None, reviewer=None):
    author, reviewer = author or UserFactory(), reviewer or UserFactory()
    item = draft(bank, author, code=code)
    move(item, ItemState.REVIEWED, reviewer)
    return move(item, ItemState.PILOT, reviewer)


def test_an_item_goes_from_draft_to_retired_and_the_log_says_who_when_and_why():
    author, reviewer = UserFactory(), UserFactory()
    item = draft(BankFactory(items=0), author)
    for to in ("reviewed", "pilot", "live", "retired"):
        move(item, to, reviewer, reason=f"To {to}.")
    item.refresh_from_db()
    assert (item.state, item.written_by, item.reviewed_by) == ("retired", author, reviewer)
    assert list(ItemLog.objects.order_by("pk").values_list("act", "state", "by", "reason")) == [
        ("written", "draft", author.pk, ""),
        ("moved", "reviewed", reviewer.pk, "To reviewed."),
        ("moved", "pilot", reviewer.pk, "To pilot."),
        ("moved", "live", reviewer.pk, "To live."),
        ("moved", "retired", reviewer.pk, "To retired."),
    ]


def test_nobody_reviews_what_they_wrote_or_edited():
    author, editor, third = UserFactory(), UserFactory(), UserFactory()
    item = draft(BankFactory(items=0), author)
    item = edit_draft(item=item, sheet=sheet(prompt="Which day?"), edition=1, by=editor, now=timezone.now())
    for person in (author, editor):
        with pytest.raises(UnableToMoveItem):
            move(item, "reviewed", person)
    move(item, "reviewed", third)
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.update(reviewed_by=author)


@pytest.mark.parametrize("to", ["pilot", "live", "draft", "practice", "nonsense"])
def test_a_draft_goes_nowhere_but_to_review_or_away(to):
    item = draft(BankFactory(items=0), UserFactory())
    with pytest.raises(UnableToMoveItem):
        move(item, to, UserFactory())
    item.refresh_from_db()
    assert item.state == "draft"


def test_a_move_says_why_and_holds_for_the_text_that_was_read():
    author, other = UserFactory(), UserFactory()
    item = draft(BankFactory(items=0), author)
    with pytest.raises(ReasonMissing):
        move(item, "reviewed", other, reason=" ")
    edit_draft(item=item, sheet=sheet(prompt="Which day?"), edition=1, by=author, now=timezone.now())
    with pytest.raises(UnableToMoveItem):
        move(item, "reviewed", other, edition=1)
    assert ItemLog.objects.filter(act="moved").count() == 0


def test_an_edit_of_an_older_text_or_of_a_reviewed_item_changes_nothing():
    author = UserFactory()
    item = draft(BankFactory(items=0), author)
    edit_draft(item=item, sheet=sheet(prompt="First?"), edition=1, by=author, now=timezone.now())
    with pytest.raises(UnableToEdit):
        edit_draft(item=item, sheet=sheet(prompt="Second?"), edition=1, by=author, now=timezone.now())
    move(item, "reviewed", UserFactory())
    with pytest.raises(UnableToEdit):
        edit_draft(item=item, sheet=sheet(prompt="Third?"), edition=2, by=author, now=timezone.now())
    item.refresh_from_db()
    assert (item.prompt, item.edition) == ("First?", 2)


def test_an_item_sent_back_needs_a_new_review():
    author, reviewer = UserFactory(), UserFactory()
    item = draft(BankFactory(items=0), author)
    move(item, "reviewed", reviewer)
    move(item, "draft", reviewer, reason="Two right answers.")
    item.refresh_from_db()
    assert item.reviewed_by is None
    assert moves_open_to(state="draft", person_id=author.pk, writers={author.pk}) == ["retired"]
    assert moves_open_to(state="draft", person_id=reviewer.pk, writers={author.pk}) == ["reviewed", "retired"]


def test_a_code_is_used_once():
    bank = BankFactory(items=0)
    draft(bank, UserFactory())
    with pytest.raises(UnableToWrite):
        draft(bank, UserFactory())


@pytest.mark.django_db(transaction=True)
def test_of_two_reviewers_at_once_one_succeeds():
    item = draft(BankFactory(items=0), UserFactory())
    people = [UserFactory(), UserFactory()]
    outcomes, barrier = [], threading.Barrier(2)

    def review(person):
        own = Item.objects.get(pk=item.pk)
        barrier.wait()
        try:
            move(own, "reviewed", person)
            outcomes.append("moved")
        except UnableToMoveItem:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=review, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["moved", "refused"]
    assert ItemLog.objects.filter(state="reviewed").count() == 1


# Trying out


def test_pilots_stand_at_places_that_the_seed_fixes_and_every_session_reaches():
    found = place_pilots(7, [0] * 20, min_items=8)
    assert found == place_pilots(7, [0] * 20, min_items=8)
    assert len(found) == 2
    for seed in range(200):
        places = place_pilots(seed, [0] * 20, min_items=8)
        assert len(set(places.values())) == 2
        assert all(3 <= place <= 8 for place in places)
    assert {place for seed in range(200) for place in place_pilots(seed, [0] * 20, min_items=8)} == {
        3,
        4,
        5,
        6,
        7,
        8,
    }


def test_those_given_least_are_tried_out_first_and_a_single_one_once():
    times = [5] * 10 + [0] * 8
    assert all(row >= 10 for seed in range(50) for row in place_pilots(seed, times, min_items=8).values())
    assert list(place_pilots(1, [9], min_items=8).values()) == [0]
    assert place_pilots(1, [], min_items=8) == {}
    assert place_pilots(1, [0, 0], min_items=2) == {}


def take(session, candidate, *, right=True):
    """Answer to the end; the key of the factory's items is known."""
    while session.state == "open":
        response = session.responses.select_related("item").get(answered_at=None)
        key = response.item.key
        answer = key if right else (key + 1) % 4
        session = answer_item(
            session=session,
            candidate=candidate,
            position=response.position,
            answer=answer,
            now=timezone.now(),
        )
    return session


def test_a_pilot_is_given_at_its_place_and_counts_for_nothing():
    bank, candidate = BankFactory(), CandidateFactory()
    twin = CandidateFactory()
    without = start_session(candidate=twin, bank=bank, seed=11, now=timezone.now())
    without = take(without, twin)
    items = [pilot(bank, f"new-{number}") for number in range(3)]
    session = start_session(candidate=candidate, bank=bank, seed=11, now=timezone.now())
    assert len(session.pilots) == 2
    session = take(session, candidate)
    tried = session.responses.filter(scored=False).order_by("position")
    assert {str(row.position): row.item.code for row in tried} == session.pilots
    assert {row.item.code for row in tried} <= {item.code for item in items}
    assert (session.theta, session.standard_error) == (without.theta, without.standard_error)
    scored = session.responses.filter(scored=True).order_by("position").values_list("item_id", flat=True)
    assert list(scored) == list(without.responses.order_by("position").values_list("item_id", flat=True))
    assert Item.objects.filter(code__in=session.pilots.values(), times_given=1).count() == 2


def test_a_pilot_that_is_retired_during_a_session_is_left_out():
    bank, candidate = BankFactory(), CandidateFactory()
    item = pilot(bank, "new-1")
    session = start_session(candidate=candidate, bank=bank, seed=5, now=timezone.now())
    assert list(session.pilots.values()) == ["new-1"]
    move(item, "retired", UserFactory())
    session = take(session, candidate)
    assert session.responses.filter(scored=False).count() == 0
    assert Measurement.objects.get().session == session


def test_a_pilot_that_went_live_is_never_given_to_somebody_who_tried_it_out():
    bank, candidate = BankFactory(items=80), CandidateFactory()
    item = pilot(bank, "new-1")
    take(start_session(candidate=candidate, bank=bank, seed=5, now=timezone.now()), candidate)
    move(item, "live", UserFactory())
    later = timezone.now() + timedelta(days=20)
    again = start_session(candidate=candidate, bank=bank, seed=6, now=later)
    assert "new-1" not in again.parameters
    fresh = start_session(candidate=CandidateFactory(), bank=bank, seed=6, now=later)
    assert "new-1" in fresh.parameters


def test_the_person_is_told_before_and_after_that_questions_are_tried_out(candidate_client):
    bank = BankFactory()
    address = reverse("assessments:start", args=[bank.code])
    assert "your answers to them do not count" not in candidate_client.get(address).content.decode()
    pilot(bank, "new-1")
    assert "your answers to them do not count" in candidate_client.get(address).content.decode()
    candidate_client.post(address, HTTP_SEC_CH_UA_MOBILE="?1")
    session = Session.objects.get()
    assert (session.device_class, session.interface_language, session.with_accommodation) == (
        "phone",
        "en",
        False,
    )
    page = candidate_client.get(reverse("assessments:item", args=[session.pk])).content.decode()
    assert "At most 31 questions left" in page
    take(session, session.candidate)
    page = candidate_client.get(reverse("assessments:result", args=[session.pk])).content.decode()
    assert "One of the questions was being tried out and did not count." in page


@pytest.mark.parametrize(
    ("hint", "agent", "expected"),
    [
        ("?1", "", "phone"),
        ("?0", "Mozilla/5.0 (Linux; Android 14) Mobile", "other"),
        ("", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Mobile/15E148", "phone"),
        ("", "Mozilla/5.0 (X11; Linux x86_64)", "other"),
        ("yes", "", ""),
        ("", " ", ""),
    ],
)
def test_a_device_is_told_apart_as_coarsely_as_needed(hint, agent, expected):
    assert device_class(mobile_hint=hint, user_agent=agent) == expected


def test_figures_of_an_item_come_from_finished_sessions():
    bank = BankFactory()
    item = pilot(bank, "new-1")
    assert item_figures(item) == (0, None, None)
    for right in (True, False):
        candidate = CandidateFactory()
        facts = StartFacts(device_class="phone")
        session = start_session(candidate=candidate, bank=bank, seed=5, now=timezone.now(), facts=facts)
        take(session, candidate, right=right)
    found = item_figures(item)
    assert (found.answers, found.share_of_credit) == (2, 0.5)
    assert found.with_ability == pytest.approx(1.0)


# In the administration


def form(own_bank, /, **changes):
    return {
        "bank": str(own_bank.pk),
        "code": "new-001",
        "interaction": "choice",
        "level_code": "B1",
        "skill": "reading",
        "topic": "orders",
        "text": "Your order left on Monday.",
        "prompt": "When did it leave?",
        "options_text": "On Monday\r\nYesterday\r\nIn June\r\nIt did not",
        "answer_text": "1",
        "rationale": "The text says Monday.",
        "scale": "Reading correspondence",
        "can_do": "Can find a day.",
        "a": "1.5",
        "b": "-0.5",
        "log-TOTAL_FORMS": "0",
        "log-INITIAL_FORMS": "0",
        **changes,
    }


ADD = "/admin/assessments/item/add/"
KINDS = {
    "choice": ({}, ["On Monday", "Yesterday", "In June", "It did not"], 0, {}),
    "graded": (
        {"credits_text": "3, 0, 1, 2", "steps_text": "-1, 0, 1", "why_text": "a\nb\nc\nd"},
        ["On Monday", "Yesterday", "In June", "It did not"],
        0,
        {"credits": [3, 0, 1, 2], "why": ["a", "b", "c", "d"]},
    ),
    "multiple_choice": (
        {"answer_text": "3 1", "choose": "on"},
        ["On Monday", "Yesterday", "In June", "It did not"],
        [0, 2],
        {"choose": 2},
    ),
    "text_entry": (
        {
            "prompt": "It ____ on ____.",
            "options_text": "",
            "answer_text": "left | went\nMonday",
            "case": "on",
        },
        [],
        [["left", "went"], ["Monday"]],
        {"case": True},
    ),
    "inline_choice": (
        {"prompt": "It ____ on ____.", "options_text": "left | leave\nMonday | June", "answer_text": "1, 1"},
        [["left", "leave"], ["Monday", "June"]],
        [0, 0],
        {},
    ),
    "order": (
        {"answer_text": "2 1 3 4"},
        ["On Monday", "Yesterday", "In June", "It did not"],
        [1, 0, 2, 3],
        {},
    ),
    "match": (
        {
            "options_text": "a\nb",
            "rows_text": "A\nB",
            "answer_text": "1 2",
            "once": "on",
            "source": "A book.",
        },
        ["a", "b"],
        [0, 1],
        {"rows": ["A", "B"], "once": True, "source": "A book."},
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_staff_write_every_kind_of_item_and_find_it_in_the_form_again(staff_client, kind):
    changes, options, key, content = KINDS[kind]
    interaction = "choice" if kind == "graded" else kind
    sent = form(BankFactory(items=0), interaction=interaction, **changes)
    assert staff_client.post(ADD, sent).status_code == 302
    item = Item.objects.get()
    assert (item.state, item.written_by, item.parameters_source) == (
        "draft",
        staff_client.user,
        "expert prior",
    )
    assert (item.options, item.key, item.content) == (options, key, content)
    page = staff_client.get(f"/admin/assessments/item/{item.pk}/change/")
    shown = page.context["adminform"].form
    same = {name: shown[name].value() for name in shown.fields if shown[name].value() not in (None, False)}
    same |= {"log-TOTAL_FORMS": "0", "log-INITIAL_FORMS": "0", "prompt": sent["prompt"]}
    assert staff_client.post(f"/admin/assessments/item/{item.pk}/change/", same).status_code == 302
    again = Item.objects.get()
    assert (again.options, again.key, again.content, again.edition) == (options, key, content, 2)
    preview = staff_client.get(reverse("admin:assessments_item_preview", args=[item.pk]))
    assert preview.status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"answer_text": "5"},
        {"answer_text": "0"},
        {"answer_text": "1 2"},
        {"answer_text": "Monday"},
        {"answer_text": "1.5"},
        {"answer_text": "1" * 500},
        {"options_text": "One"},
        {"options_text": "One\nOne"},
        {"level_code": "2"},
        {"level_code": "D1"},
        {"skill": "judgement"},
        {"interaction": "hotspot"},
        {"credits_text": "1, 0"},
        {"credits_text": "-1, 0, 1, 2", "steps_text": "-1, 1"},
        {"steps_text": "1, 1"},
        {"rows_text": "A\nB"},
        {"a": "0"},
        {"a": "nan"},
        {"b": "9"},
        {"code": "new/1 \x00"},
        {"code": "n" * 33},
        {"rationale": " "},
        {"bank": "4711"},
    ],
)
def test_a_wrong_draft_is_refused_with_the_form_kept(staff_client, changes):
    page = staff_client.post(ADD, form(BankFactory(items=0), **changes))
    assert page.status_code == 200
    assert "errorlist" in page.content.decode()
    assert Item.objects.count() == ItemLog.objects.count() == 0


def test_an_edit_from_an_older_page_is_refused_in_words(staff_client):
    bank = BankFactory(items=0)
    item = draft(bank, UserFactory())
    edit_draft(item=item, sheet=sheet(prompt="Newer?"), edition=1, by=UserFactory(), now=timezone.now())
    address = f"/admin/assessments/item/{item.pk}/change/"
    page = staff_client.post(address, form(bank, edition="1", prompt="Older?"), follow=True)
    assert "somebody else has changed this item" in page.content.decode()
    item.refresh_from_db()
    assert item.prompt == "Newer?"


def test_a_recruiter_reviews_what_somebody_else_wrote_and_not_their_own():
    recruiter = UserFactory(is_staff=True, totp=True)
    recruiter.groups.add(keep_recruiters_group())
    client = signed_in(recruiter)
    bank = BankFactory(items=0)
    client.post(ADD, form(bank))
    own = Item.objects.get()
    address = reverse("admin:assessments_item_move", args=[own.pk])
    assert "somebody else reviews it" in client.get(address).content.decode()
    sent = {"to": "reviewed", "reason": "Good.", "edition": "1"}
    assert client.post(address, sent).status_code == 200
    others = draft(bank, UserFactory(), code="new-002")
    address = reverse("admin:assessments_item_move", args=[others.pk])
    assert client.post(address, {**sent, "reason": ""}).status_code == 200
    assert client.post(address, {**sent, "edition": "9"}, follow=True).status_code == 200
    assert Item.objects.filter(state="draft").count() == 2
    page = client.post(address, sent, follow=True).content.decode()
    assert "The item new-002 is now: reviewed." in page
    assert Item.objects.get(pk=others.pk).reviewed_by == recruiter
    assert client.post(f"/admin/assessments/item/{others.pk}/change/", form(bank)).status_code == 403


def test_staff_without_permissions_neither_write_nor_move_nor_see():
    item = draft(BankFactory(items=0), UserFactory())
    plain = signed_in(UserFactory(is_staff=True, totp=True))
    move_to, preview = (
        reverse(f"admin:assessments_item_{page}", args=[item.pk]) for page in ("move", "preview")
    )
    assert plain.get(ADD).status_code == 403
    assert plain.get(preview).status_code == 403
    assert plain.post(move_to, {"to": "retired", "reason": "x", "edition": "1"}).status_code == 403
    item.refresh_from_db()
    assert item.state == "draft"


def test_the_preview_says_what_an_answer_earns_and_keeps_nothing(staff_client):
    item = draft(BankFactory(items=0), UserFactory())
    address = reverse("admin:assessments_item_preview", args=[item.pk])
    assert "This answer earns 1 of 1" in staff_client.post(address, {"answer": "0"}).content.decode()
    assert "This answer earns 0 of 1" in staff_client.post(address, {"answer": "2"}).content.decode()
    assert staff_client.post(address, {"answer": "9"}).status_code == 200
    assert staff_client.get(reverse("admin:assessments_item_preview", args=[4711])).status_code == 302
    item.refresh_from_db()
    assert item.times_given == 0


def test_an_edit_leaves_the_media_and_the_writer_of_a_draft_alone(staff_client):
    bank, author = BankFactory(items=0), UserFactory()
    item = draft(bank, author)
    Item.objects.filter(pk=item.pk).update(media_count=1)
    staff_client.post(
        f"/admin/assessments/item/{item.pk}/change/", form(bank, edition="1", prompt="Which day?")
    )
    item.refresh_from_db()
    assert (item.prompt, item.media_count, item.written_by) == ("Which day?", 1, author)
