"""Setting somebody aside, notes of a team, and contact data in a text."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from accounts.models import AuditEntry, OutboxMail
from placements.actions.errors import UnableToSetAside
from placements.actions.notes import write_note
from placements.actions.setting_aside import put_back, set_aside
from placements.models import SetAside, TeamNote
from placements.rules.contact import contact_in
from tests.factories.accounts import UserFactory
from tests.factories.matching import measured_person
from tests.factories.placements import application, member_of
from tests.factories.vacancies import VacancyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> dict[str, Any]:
    vacancy = VacancyFactory()
    by = member_of(vacancy.employer)
    return {"vacancy": vacancy, "candidate": measured_person(), "by": by, "now": timezone.now()}


class TestSettingAside:
    def test_it_is_kept_with_its_reason_and_nobody_is_written_to(self, pair: dict[str, Any]) -> None:
        made = set_aside(**pair, reason="language", words="The calls are in C1. ")
        assert (made.reason, made.words, made.taken_back_at) == ("language", "The calls are in C1.", None)
        entry = AuditEntry.objects.get(verb="person.set_aside")
        assert (entry.reason, entry.data) == ("language", {"candidate": str(pair["candidate"].public_id)})
        assert not OutboxMail.objects.exists()

    def test_a_second_press_keeps_the_first_reason(self, pair: dict[str, Any]) -> None:
        first = set_aside(**pair, reason="language")
        assert set_aside(**pair, reason="pay") == first
        assert SetAside.objects.get().reason == "language"
        assert AuditEntry.objects.filter(verb="person.set_aside").count() == 1

    def test_it_can_be_undone_and_done_again(self, pair: dict[str, Any]) -> None:
        set_aside(**pair, reason="language")
        put_back(**pair)
        put_back(**pair)
        row = SetAside.objects.get()
        assert (row.taken_back_at, row.taken_back_by) == (pair["now"], pair["by"])
        set_aside(**pair, reason="hours")
        assert SetAside.objects.filter(taken_back_at=None).get().reason == "hours"
        assert AuditEntry.objects.filter(verb="person.put_back").count() == 1

    @pytest.mark.parametrize(
        ("reason", "words", "sentence"),
        [
            ("", "", "Choose a reason"),
            ("age", "", "Choose a reason"),
            ("missed", "", "Choose a reason"),
            ("other", "  ", "Write the reason"),
        ],
    )
    def test_without_a_reason_nothing_is_written(
        self, pair: dict[str, Any], reason: str, words: str, sentence: str
    ) -> None:
        with pytest.raises(UnableToSetAside, match=sentence):
            set_aside(**pair, reason=reason, words=words)
        assert not SetAside.objects.exists()

    def test_somebody_in_an_application_gets_an_answer_instead(self) -> None:
        found = application("invited")
        with pytest.raises(UnableToSetAside, match="Say no to the person instead"):
            set_aside(
                vacancy=found.vacancy,
                candidate=found.candidate,
                reason="pay",
                by=member_of(found.employer),
                now=timezone.now(),
            )

    def test_the_database_keeps_what_was_said(self, pair: dict[str, Any]) -> None:
        made = set_aside(**pair, reason="language")
        for changes in ({"reason": "pay"}, {"by": UserFactory()}):
            with pytest.raises(IntegrityError, match="only ever taken back"), transaction.atomic():
                SetAside.objects.filter(pk=made.pk).update(**changes)
        put_back(**pair)
        with pytest.raises(IntegrityError, match="only ever taken back"), transaction.atomic():
            SetAside.objects.filter(pk=made.pk).update(taken_back_at=None, taken_back_by=None)

    def test_it_goes_with_the_person(self, pair: dict[str, Any]) -> None:
        set_aside(**pair, reason="language")
        pair["candidate"].delete()
        assert not SetAside.objects.exists()


class TestNotes:
    def test_the_same_form_sent_twice_is_one_note(self, pair: dict[str, Any]) -> None:
        key = uuid4()
        first = write_note(**pair, key=key, text=" Ask about weekends. ")
        assert write_note(**pair, key=key, text="Ask about weekends.") == first
        note = TeamNote.objects.get()
        assert (note.text, note.employer, note.by) == (
            "Ask about weekends.",
            pair["vacancy"].employer,
            pair["by"],
        )

    def test_a_note_is_never_changed(self, pair: dict[str, Any]) -> None:
        note = write_note(**pair, key=uuid4(), text="Ask about weekends.")
        with pytest.raises(TypeError):
            note.save()
        with pytest.raises((IntegrityError, InternalError), match="never changed"), transaction.atomic():
            TeamNote.objects.update(at=pair["now"] + timedelta(days=1))

    def test_it_goes_with_the_person(self, pair: dict[str, Any]) -> None:
        write_note(**pair, key=uuid4(), text="Ask about weekends.")
        pair["candidate"].delete()
        assert not TeamNote.objects.exists()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Write to ann.smit@shop.example today", ["ann.smit@shop.example"]),
        ("ann (at) shop.example", ["ann (at) shop.example"]),
        ("See https://shop.example/jobs or www.shop.example.", ["https://shop.example/jobs", "www.shop.example."]),
        ("Call +31 6 1234 5678 or 020-123 45 67!", ["+31 6 1234 5678", "020-123 45 67"]),
        ("Call 0031612345678", ["0031612345678"]),
        ("€1,700.00 a month, 32 hours, from 1 January 2027, 09:00–17:00", []),
        ("Version 1.02.2026, place 12 of 500", []),
        ("We start on 2027-01-04 and talk 30 minutes.", []),
        ("Offer: 012 points", []),
        ("", []),
    ],
)  # fmt: skip
def test_contact_data_in_a_text(text: str, found: list[str]) -> None:
    assert contact_in(text) == found
