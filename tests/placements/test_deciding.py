"""An employer decides on a person: every step, its words, who may, and that a name is shown when both are interested."""

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Identity
from candidates.models import Candidate
from placements.actions import applications as acts
from placements.actions.notes import write_note
from placements.actions.setting_aside import set_aside
from placements.enums import Side
from placements.models import Application, ApplicationLog, SetAside, TeamNote
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.employers import MembershipFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.placements import member_of, walk
from tests.factories.vacancies import VacancyFactory
from tests.standing import standing
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db

NAME = "Secretname Hidden"
PHONE = "+351 900 000 001"
MESSAGE = "Your English was a joy to read; the evening shifts need somebody who can start at six."


def beginning() -> tuple[Vacancy, Candidate]:
    """A vacancy and the person on its shortlist."""
    vacancy, found = VacancyFactory(), measured_person(in_portugal=True)
    Identity.objects.update_or_create(user=found.user, defaults={"display_name": NAME, "phone": PHONE})
    member_of(vacancy.employer)
    ranked(vacancy)
    return vacancy, found


once = standing(beginning)


@pytest.fixture
def begun(once: Any, db: None) -> Any:
    return deepcopy(once)


@pytest.fixture
def vacancy(begun: Any) -> Vacancy:
    return begun[0]


@pytest.fixture
def candidate(begun: Any) -> Candidate:
    return begun[1]


@pytest.fixture
def member(vacancy: Vacancy) -> Client:
    return signed_in(member_of(vacancy.employer))


def at(state: str, vacancy: Vacancy, candidate: Candidate) -> Application:
    return walk(state, vacancy, candidate, member_of(vacancy.employer), timezone.now())


def url(name: str, vacancy: Vacancy, candidate: Candidate) -> str:
    return reverse(f"placements:{name}", args=[vacancy.pk, candidate.public_id])


def page(client: Client, vacancy: Vacancy, candidate: Candidate) -> str:
    return client.get(url("person", vacancy, candidate)).content.decode()


def press(client: Client, name: str, vacancy: Vacancy, candidate: Candidate, **sent: Any) -> Any:
    return client.post(url(name, vacancy, candidate), sent, follow=True)


def told(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


class TestInviting:
    def test_an_invitation_leaves_with_its_message_and_shows_no_name(
        self, vacancy: Vacancy, candidate: Candidate, member: Client
    ) -> None:
        answer = press(member, "invite_person", vacancy, candidate, message=MESSAGE)
        assert told(answer) == ["The invitation is sent. The promise date of the answer stands below."]
        found = Application.objects.get()
        assert (found.state, found.message, found.owed_by) == ("invited", MESSAGE, Side.CANDIDATE)
        assert "They answer by" in answer.content.decode()
        assert NAME not in answer.content.decode()

    def test_a_second_press_sends_nothing_more(
        self, vacancy: Vacancy, candidate: Candidate, member: Client
    ) -> None:
        press(member, "invite_person", vacancy, candidate, message="")
        again = press(member, "invite_person", vacancy, candidate, message="")
        assert told(again) == ["This person is invited already. Nothing was sent again."]
        assert ApplicationLog.objects.count() == 1

    @pytest.mark.parametrize("contact", ["ann@shop.example", "+31 6 1234 5678", "https://shop.example/jobs"])
    def test_contact_data_has_no_place_in_it(
        self, vacancy: Vacancy, candidate: Candidate, member: Client, contact: str
    ) -> None:
        answer = press(member, "invite_person", vacancy, candidate, message=f"Reach me: {contact}")
        assert answer.status_code == 422
        assert f"Leave this out: {contact}." in answer.content.decode()
        assert f"Reach me: {contact}" in answer.content.decode(), "what was typed is kept"
        assert not Application.objects.exists()

    @pytest.mark.parametrize(
        ("step", "state"), [("decline", "interested"), ("take_back", "invited"), ("set_aside", "")]
    )
    def test_nor_in_a_no_before_the_two_know_each_other(
        self, vacancy: Vacancy, candidate: Candidate, member: Client, step: str, state: str
    ) -> None:
        if state:
            at(state, vacancy, candidate)
        words = "Write to ann@shop.example instead, we pay there."
        answer = press(
            member, step, vacancy, candidate, reason="skills", message=words, words=words, send="yes"
        )
        assert answer.status_code == 422
        assert "Leave this out: ann@shop.example." in answer.content.decode()
        assert not Application.objects.exclude(state__in=["interested", "invited"]).exists()

    def test_a_no_between_two_who_know_each_other_may_say_how_to_stay_in_touch(
        self, vacancy: Vacancy, candidate: Candidate, member: Client
    ) -> None:
        at("both_interested", vacancy, candidate)
        words = "Write to ann@shop.example when your level has risen."
        press(member, "decline", vacancy, candidate, reason="skills", message=words, send="yes")
        assert Application.objects.get().message == words

    def test_a_message_that_is_too_long_is_refused(
        self, vacancy: Vacancy, candidate: Candidate, member: Client
    ) -> None:
        answer = press(member, "invite_person", vacancy, candidate, message="x" * 2001)
        assert answer.status_code == 422
        assert "at most 2000 characters, and it has 2001" in answer.content.decode()

    def test_who_said_no_is_not_offered_to_be_asked_again(
        self, vacancy: Vacancy, candidate: Candidate, member: Client
    ) -> None:
        at("declined", vacancy, candidate)
        assert url("invite_person", vacancy, candidate) not in page(member, vacancy, candidate)


class TestNames:
    @pytest.mark.parametrize(
        ("state", "shown"),
        [
            ("invited", False),
            ("interested", False),
            ("both_interested", True),
            ("in_interview", True),
            ("offered", True),
            ("hired", True),
            ("declined", False),
            ("withdrawn", False),
        ],
    )
    def test_name_and_contact_are_shown_when_both_are_interested(
        self, vacancy: Vacancy, candidate: Candidate, member: Client, state: str, shown: bool
    ) -> None:
        at(state, vacancy, candidate)
        html = page(member, vacancy, candidate)
        for secret in (NAME, candidate.user.email, PHONE):
            assert (secret in html) is shown, secret
        assert (f"<title>{NAME}" in html) is shown

    def test_after_the_end_the_name_stays_and_the_contact_goes(
        self, vacancy: Vacancy, candidate: Candidate, member: Client
    ) -> None:
        found = at("both_interested", vacancy, candidate)
        acts.decline(
            application=found, side=Side.EMPLOYER, reason="hours", by=member.user, now=timezone.now(), message=MESSAGE
        )  # type: ignore[attr-defined]  # fmt: skip
        html = page(member, vacancy, candidate)
        assert NAME in html
        assert candidate.user.email not in html
        assert PHONE not in html

    def test_meeting_at_one_vacancy_shows_no_name_at_another(
        self, vacancy: Vacancy, candidate: Candidate, member: Client
    ) -> None:
        at("both_interested", vacancy, candidate)
        second = VacancyFactory(employer=vacancy.employer)
        ranked(second)
        html = page(member, second, candidate)
        assert NAME not in html
        assert candidate.user.email not in html

    def test_hired_people_stay_readable_though_they_left_the_list(
        self, vacancy: Vacancy, candidate: Candidate, member: Client
    ) -> None:
        at("hired", vacancy, candidate)
        candidate.refresh_from_db()
        assert not candidate.listed
        assert NAME in page(member, vacancy, candidate)

    def test_who_ended_and_left_the_list_shows_what_was_said_and_no_profile(
        self, vacancy: Vacancy, candidate: Candidate, member: Client
    ) -> None:
        at("withdrawn", vacancy, candidate)
        Candidate.objects.filter(pk=candidate.pk).update(listed=False)
        html = page(member, vacancy, candidate)
        assert "This has ended" in html
        assert "They took it back" in html
        assert "What each part rests on" not in html
        assert press(member, "note", vacancy, candidate, key=uuid4(), text="Hm").status_code == 404


class TestSayingNo:
    def test_the_words_are_shown_as_the_person_reads_them_before_they_leave(
        self, vacancy: Vacancy, candidate: Candidate, member: Client
    ) -> None:
        candidate.user.language = "nl"
        candidate.user.save(update_fields=["language"])
        at("interested", vacancy, candidate)
        sent = {"reason": "hours", "message": MESSAGE}
        preview = press(member, "decline", vacancy, candidate, **sent)
        assert preview.status_code == 200
        assert '<article class="card" lang="nl">' in preview.content.decode()
        assert MESSAGE in preview.content.decode()
        assert Application.objects.get().state == "interested"
        back = press(member, "decline", vacancy, candidate, **sent, change="yes")
        assert back.context["form"]["message"].value() == MESSAGE
        assert Application.objects.get().state == "interested"
        answer = press(member, "decline", vacancy, candidate, **sent, send="yes")
        assert told(answer) == ["The answer is sent. Thank you for giving a reason."]
        assert (
            "The person reads your reason. Nothing more is owed between you here." in answer.content.decode()
        )
        assert f'href="{reverse("placements:shortlist", args=[vacancy.pk])}"' in answer.content.decode()
        found = Application.objects.get()
        assert (found.state, found.reason, found.message, found.ended_by) == (
            "declined", "hours", MESSAGE, Side.EMPLOYER,
        )  # fmt: skip

    def test_a_second_press_changes_nothing(
        self, vacancy: Vacancy, candidate: Candidate, member: Client
    ) -> None:
        at("interested", vacancy, candidate)
        sent = {"reason": "hours", "message": MESSAGE, "send": "yes"}
        press(member, "decline", vacancy, candidate, **sent)
        again = press(member, "decline", vacancy, candidate, **sent | {"reason": "pay"})
        assert told(again) == ["It is “declined” already. Nothing was changed."]
        assert Application.objects.get().reason == "hours"
        assert ApplicationLog.objects.filter(state="declined").count() == 1

    @pytest.mark.parametrize(
        ("sent", "field", "words"),
        [
            ({"reason": "", "message": MESSAGE}, "reason", "Choose a reason; the person reads it."),
            ({"reason": "age", "message": MESSAGE}, "reason", "Choose one of the list."),
            ({"reason": "pay", "message": ""}, "message", "Write a sentence or two."),
            ({"reason": "pay", "message": "No."}, "message", "at least 30 characters"),
        ],
    )
    def test_a_no_without_reason_or_words_is_not_sent(
        self,
        vacancy: Vacancy,
        candidate: Candidate,
        member: Client,
        sent: dict[str, str],
        field: str,
        words: str,
    ) -> None:
        at("interested", vacancy, candidate)
        answer = press(member, "decline", vacancy, candidate, **sent, send="yes")
        assert answer.status_code == 422
        assert words in answer.context["form"].errors[field][0]
        assert Application.objects.get().state == "interested"

    def test_an_invitation_and_an_offer_are_taken_back_with_a_reason(
        self, vacancy: Vacancy, candidate: Candidate, member: Client
    ) -> None:
        at("offered", vacancy, candidate)
        assert "Take it back" in page(member, vacancy, candidate)
        sent = {"reason": "not_needed", "message": MESSAGE, "send": "yes"}
        answer = press(member, "take_back", vacancy, candidate, **sent)
        assert told(answer) == ["It is taken back, and the person knows why."]
        assert Application.objects.get().state == "withdrawn"


class TestGoingOn:
    def test_yes_shows_the_name(self, vacancy: Vacancy, candidate: Candidate, member: Client) -> None:
        at("interested", vacancy, candidate)
        answer = press(member, "accept", vacancy, candidate, message="We call you on Tuesday.")
        assert Application.objects.get().state == "both_interested"
        assert NAME in answer.content.decode()
        assert candidate.user.email in answer.content.decode()

    def test_a_conversation_is_kept_on_both_clocks_with_a_note_for_the_team_alone(
        self, vacancy: Vacancy, candidate: Candidate, member: Client
    ) -> None:
        at("both_interested", vacancy, candidate)
        day = timezone.localdate() + timedelta(days=2)
        answer = press(
            member, "talk", vacancy, candidate, day=day.isoformat(), time="10:00",
            message="By video, half an hour.", note="Ask about weekends.",
        )  # fmt: skip
        line = ApplicationLog.objects.get(state="in_interview")
        expected = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)  # winter in Amsterdam
        assert abs(line.talk_at - expected) <= timedelta(hours=1)  # type: ignore[operator]
        html = answer.content.decode()
        assert "10:00 Amsterdam" in html
        assert "09:00 Lisbon" in html
        assert "Ask about weekends." in html
        theirs = signed_in(candidate.user).get(reverse("placements:match", args=[vacancy.pk]))
        assert "Ask about weekends." not in theirs.content.decode()

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({"day": "", "time": "10:00"}, "day"),
            ({"day": "soon", "time": "10:00"}, "day"),
            ({"day": "2020-01-01", "time": "10:00"}, "day"),
            ({"day": "today", "time": "25:00"}, "time"),
        ],
    )
    def test_a_day_that_cannot_be_meant_is_refused(
        self, vacancy: Vacancy, candidate: Candidate, member: Client, sent: dict[str, str], field: str
    ) -> None:
        at("both_interested", vacancy, candidate)
        values = {
            key: timezone.localdate().isoformat() if one == "today" else one for key, one in sent.items()
        }
        answer = press(member, "talk", vacancy, candidate, **values)
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [field]

    def test_an_offer_is_previewed_and_its_note_stays_with_the_team(
        self, vacancy: Vacancy, candidate: Candidate, member: Client
    ) -> None:
        at("in_interview", vacancy, candidate)
        sent = {"message": MESSAGE, "note": "At most 18 euro."}
        assert press(member, "offer", vacancy, candidate, **sent).status_code == 200
        assert Application.objects.get().state == "in_interview"
        press(member, "offer", vacancy, candidate, **sent, send="yes")
        line = ApplicationLog.objects.get(state="offered")
        assert (line.message, line.note) == (MESSAGE, "At most 18 euro.")

    def test_a_step_that_is_not_possible_leads_back(
        self, vacancy: Vacancy, candidate: Candidate, member: Client
    ) -> None:
        answer = member.get(url("offer", vacancy, candidate), follow=True)
        assert told(answer) == ["This step is not possible now. You see here how you two stand."]
        sent = {"message": MESSAGE, "send": "yes"}
        assert told(press(member, "offer", vacancy, candidate, **sent)) == [
            "There is no application between you yet. Nothing was changed."
        ]


class TestSettingAside:
    def test_aside_and_back(self, vacancy: Vacancy, candidate: Candidate, member: Client) -> None:
        answer = press(member, "set_aside", vacancy, candidate, reason="start", words="We begin in January.")
        assert told(answer) == ["The person is set aside. You can put them back at any time."]
        assert "We begin in January." in answer.content.decode()
        assert told(press(member, "put_back", vacancy, candidate)) == [
            "The person stands on your list again."
        ]
        assert SetAside.objects.get().taken_back_at is not None
        press(member, "put_back", vacancy, candidate)
        assert SetAside.objects.count() == 1

    def test_the_person_reads_it_on_their_match_page(
        self, vacancy: Vacancy, candidate: Candidate, member: Client
    ) -> None:
        own = signed_in(candidate.user)
        address = reverse("placements:match", args=[vacancy.pk])
        press(member, "set_aside", vacancy, candidate, reason="start", words="We begin in January.")
        html = own.get(address).content.decode()
        assert "The company set you aside for this vacancy" in html
        assert "We begin in January." in html
        press(member, "put_back", vacancy, candidate)
        assert "set you aside" not in own.get(address).content.decode()


class TestNotes:
    def test_a_note_says_who_wrote_it_and_stays_inside_the_company(
        self, vacancy: Vacancy, candidate: Candidate, member: Client
    ) -> None:
        key = str(uuid4())
        press(member, "note", vacancy, candidate, key=key, text="Ask about weekends.")
        press(member, "note", vacancy, candidate, key=key, text="Ask about weekends.")
        assert TeamNote.objects.count() == 1
        viewer = signed_in(MembershipFactory(employer=vacancy.employer, viewer=True).user)
        assert "Ask about weekends." in page(viewer, vacancy, candidate)
        second = VacancyFactory()
        ranked(second)
        assert "Ask about weekends." not in page(signed_in(member_of(second.employer)), second, candidate)
        theirs = signed_in(candidate.user).get(reverse("placements:match", args=[vacancy.pk]))
        assert "Ask about weekends." not in theirs.content.decode()

    def test_an_empty_note_is_not_kept(self, vacancy: Vacancy, candidate: Candidate, member: Client) -> None:
        answer = press(member, "note", vacancy, candidate, key=str(uuid4()), text="  ")
        assert answer.status_code == 422
        assert not TeamNote.objects.exists()


STEPS = (
    "invite_person", "accept", "decline", "take_back", "talk", "offer", "set_aside", "put_back", "note",
)  # fmt: skip


class TestWhoMay:
    def test_a_viewer_reads_and_decides_nothing(self, vacancy: Vacancy, candidate: Candidate) -> None:
        at("interested", vacancy, candidate)
        viewer = signed_in(MembershipFactory(employer=vacancy.employer, viewer=True).user)
        html = page(viewer, vacancy, candidate)
        assert "Owners and recruiters of your company decide; you may read." in html
        for name in STEPS:
            assert url(name, vacancy, candidate) not in html
            assert viewer.post(url(name, vacancy, candidate), {"reason": "pay"}).status_code == 403
        assert Application.objects.get().state == "interested"

    def test_another_employer_finds_nobody(self, vacancy: Vacancy, candidate: Candidate) -> None:
        at("both_interested", vacancy, candidate)
        own = VacancyFactory()
        stranger = signed_in(member_of(own.employer))
        for name in ("person", *STEPS):
            got = stranger.get(url(name, vacancy, candidate)).status_code
            assert got == (302 if name == "put_back" else 404), name
            assert stranger.post(url(name, own, candidate), {"message": MESSAGE}).status_code in (404, 405), (
                name
            )

    def test_nobody_in_particular_is_not_found(self, vacancy: Vacancy, member: Client) -> None:
        outside = UserFactory()
        for name in ("person", *STEPS):
            address = reverse(f"placements:{name}", args=[vacancy.pk, uuid4()])
            assert member.post(address, {}).status_code in (404, 405), (name, outside)

    @pytest.mark.parametrize("notes", [0, 12])
    def test_the_page_takes_the_same_queries(
        self,
        vacancy: Vacancy,
        candidate: Candidate,
        member: Client,
        notes: int,
        django_assert_num_queries: Any,
    ) -> None:
        at("in_interview", vacancy, candidate)
        for number in range(notes):
            write_note(
                vacancy=vacancy, candidate=candidate, key=uuid4(), text=f"Note {number}", by=member.user, now=timezone.now()
            )  # type: ignore[attr-defined]  # fmt: skip
        page(member, vacancy, candidate)
        with django_assert_num_queries(PERSON_QUERIES):
            page(member, vacancy, candidate)

    def test_setting_aside_somebody_who_just_became_interested_is_refused(
        self, vacancy: Vacancy, candidate: Candidate, member: Client
    ) -> None:
        at("interested", vacancy, candidate)
        answer = press(member, "set_aside", vacancy, candidate, reason="pay")
        assert "Say no to the person instead" in told(answer)[0]
        with pytest.raises(Exception, match="An answer is open"):
            set_aside(vacancy=vacancy, candidate=candidate, reason="pay", by=member.user, now=timezone.now())  # type: ignore[attr-defined]


PERSON_QUERIES = 14
