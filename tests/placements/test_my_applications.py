"""A person's own applications: the list, one of them, yes, no, withdrawing, and showing interest from the match page."""

import re
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from candidates.actions.listing import withdraw_listing
from candidates.models import Candidate
from placements.actions import applications as acts
from placements.enums import ApplicationState, Side
from placements.models import Application
from placements.words.applications import state_words
from tests.conftest import signed_in
from tests.factories.matching import measured_person, ranked
from tests.factories.placements import application, member_of, walk
from tests.factories.vacancies import VacancyFactory, version_content
from tests.standing import standing
from vacancies.actions.lifecycle import close_vacancy
from vacancies.content import LanguageRow
from vacancies.enums import ClosedBecause
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db

LIST = "placements:my_applications"
LIST_QUERIES = 5
ONE_QUERIES = 7


def page_of(client: Client, held: Application) -> str:
    answer = client.get(reverse("placements:my_application", args=[held.public_id]))
    assert answer.status_code == 200
    return answer.content.decode()


def press(client: Client, what: str, held: Application, **sent: str) -> Any:
    url = reverse(f"placements:my_{what}", args=[held.public_id])
    return client.post(url, {"seen": held.state, **sent}, follow=True)


def beginning() -> tuple[Vacancy, Candidate]:
    """A vacancy and the person on its shortlist."""
    person, vacancy = measured_person(), VacancyFactory()
    member_of(vacancy.employer)
    ranked(vacancy)
    return vacancy, person


once = standing(beginning)


@pytest.fixture
def pair(once: Any, db: None) -> Any:
    return deepcopy(once)


def at(state: str, pair: Any) -> Application:
    """Their application, in that state."""
    vacancy, person = pair
    return walk(state, vacancy, person, member_of(vacancy.employer), timezone.now())


@pytest.fixture
def invited(pair: Any) -> Application:
    return at("invited", pair)


@pytest.fixture
def client(invited: Application) -> Client:
    assert invited.candidate
    return signed_in(invited.candidate.user)


class TestList:
    def test_what_waits_for_the_person_comes_first_and_what_ended_last(self) -> None:
        person = measured_person()
        ended = application("withdrawn", candidate=person)
        waiting = application("interested", candidate=person)
        mine = application("invited", candidate=person)
        page = signed_in(person.user).get(reverse(LIST))
        assert [one.pk for one in page.context["page"]] == [mine.pk, waiting.pk, ended.pk]
        text = page.content.decode()
        assert text.index("Waiting for you") < text.index("Waiting for the company") < text.index("Ended")
        assert "Your answer is awaited until" in text
        assert "Their answer is promised until" in text
        assert "I would rather not say" in text
        assert f"{mine.employer.name} · " not in re.sub(r"<[^>]+>", "", text)

    def test_nobody_sees_what_is_somebody_elses(self, client: Client, invited: Application) -> None:
        stranger = signed_in(measured_person().user)
        assert "No application yet" in stranger.get(reverse(LIST)).content.decode()
        for url, method in (
            (reverse("placements:my_application", args=[invited.public_id]), stranger.get),
            (reverse("placements:my_yes", args=[invited.public_id]), stranger.post),
            (reverse("placements:my_no", args=[invited.public_id]), stranger.post),
        ):
            assert method(url).status_code == 404

    @pytest.mark.parametrize("rows", [1, 30])
    def test_it_takes_the_same_queries(self, rows: int, django_assert_num_queries: Any) -> None:
        person, first = measured_person(), application("invited")
        Application.objects.bulk_create(
            Application(
                candidate=person, vacancy=first.vacancy, employer=first.employer, version=first.version,
                state="withdrawn", started_by="candidate", created_at=first.created_at, changed_at=first.changed_at,
                ended_at=first.changed_at, ended_by="candidate", reason="pay",
            )
            for _row in range(rows)
        )  # fmt: skip
        client = signed_in(person.user)
        with django_assert_num_queries(LIST_QUERIES):
            page = client.get(reverse(LIST)).content.decode()
        assert page.count("<h3>") == min(rows, 20)


class TestYes:
    def test_an_invitation_is_accepted_once(self, client: Client, invited: Application) -> None:
        text = page_of(client, invited)
        assert "Yes, I am interested" in text
        assert text.index("Yes, I am interested") < text.index("The vacancy in short") < text.index("a week")
        given = "sees your name, the email address that you sign in with and, if you gave one, your telephone number"
        assert f"{given}, for this one vacancy" in text
        page = press(client, "yes", invited).content.decode()
        assert "sees your name and how to reach you now, and owes you the next step" in page
        assert "Yes, I am interested" not in page
        again = press(client, "yes", invited).content.decode()
        assert "is “both interested” already" in again
        assert invited.log.count() == 2

    def test_an_offer_is_accepted(self, pair: Any) -> None:
        held = at("offered", pair)
        client = signed_in(held.candidate.user)  # type: ignore[union-attr]
        assert "Accept the offer" in page_of(client, held)
        page = press(client, "yes", held).content.decode()
        assert "Congratulations! You have this work." in page
        held.refresh_from_db()
        assert held.state == ApplicationState.HIRED

    def test_an_invitation_seen_in_an_old_tab_accepts_no_offer(self, pair: Any) -> None:
        held = at("offered", pair)
        client = signed_in(held.candidate.user)  # type: ignore[union-attr]
        url = reverse("placements:my_yes", args=[held.public_id])
        page = client.post(url, {"seen": "invited"}, follow=True).content.decode()
        assert "so this step is not possible. Nothing was changed." in page
        held.refresh_from_db()
        assert held.state == ApplicationState.OFFERED

    @pytest.mark.parametrize("sent", [{}, {"seen": "hired"}, {"seen": "interested"}])
    def test_anything_else_is_refused(self, sent: dict, client: Client, invited: Application) -> None:
        assert client.post(reverse("placements:my_yes", args=[invited.public_id]), sent).status_code == 400

    def test_a_vacancy_that_was_closed_meanwhile(self, client: Client, invited: Application) -> None:
        close_vacancy(vacancy=invited.vacancy, because=ClosedBecause.EXPIRED, by=None, now=timezone.now())
        page = press(client, "yes", invited).content.decode()
        assert "This vacancy was closed meanwhile. Nothing was changed." in page
        assert "The vacancy itself is closed now." in page


class TestNo:
    def test_with_a_reason_of_the_list(self, client: Client, invited: Application) -> None:
        page = press(client, "no", invited, act="decline", reason="hours", message="Too late at night.")
        text = page.content.decode()
        assert "Done, and the company knows." in text
        assert "Too late at night." in text
        assert "the hours" in text
        invited.refresh_from_db()
        assert (invited.state, invited.ended_by, invited.reason) == ("declined", "candidate", "hours")

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            ({}, "Choose a reason; “I would rather not say” is one."),
            ({"reason": "somebody_else"}, "Choose one of the list."),
            ({"reason": "other", "message": "  "}, "Write the reason in a sentence"),
            ({"reason": "pay", "message": "x" * 2001}, "This is too long: at most 2000 characters"),
        ],
    )
    def test_what_is_missing_is_said_and_what_was_typed_stays(
        self, sent: dict, words: str, client: Client, invited: Application
    ) -> None:
        answer = press(client, "no", invited, act="decline", **sent)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert '<details class="disclosure" open>' in answer.content.decode()
        invited.refresh_from_db()
        assert invited.state == ApplicationState.INVITED

    def test_a_withdrawal_from_before_the_offer_refuses_no_offer(self, pair: Any) -> None:
        held = at("offered", pair)
        client = signed_in(held.candidate.user)  # type: ignore[union-attr]
        sent = {"seen": "both_interested", "act": "withdraw", "reason": "pay"}
        page = client.post(reverse("placements:my_no", args=[held.public_id]), sent, follow=True)
        assert "has moved on since you opened the page" in page.content.decode()
        held.refresh_from_db()
        assert held.state == ApplicationState.OFFERED

    def test_withdrawing_can_be_undone_by_showing_interest_again(self, pair: Any) -> None:
        held = at("interested", pair)
        client = signed_in(held.candidate.user)  # type: ignore[union-attr]
        assert ">Withdraw<" in page_of(client, held)
        for _press in range(2):
            press(client, "no", held, act="withdraw", reason="private")
        held.refresh_from_db()
        assert held.state == ApplicationState.WITHDRAWN
        assert "you can show interest again" in page_of(client, held)
        client.post(reverse("placements:interest", args=[held.vacancy_id]))
        assert Application.objects.get(state=ApplicationState.INTERESTED).candidate == held.candidate

    def test_a_note_of_the_employer_is_never_shown(self, pair: Any) -> None:
        held = at("both_interested", pair)
        member = member_of(held.employer)
        acts.start_interview(application=held, by=member, now=timezone.now(), note="Nervous, but good.")
        client = signed_in(held.candidate.user)  # type: ignore[union-attr]
        text = page_of(client, held)
        assert "wants to talk with you" in text
        assert "Nervous" not in text
        assert member.email not in text


class TestAfterANo:
    def test_it_says_what_happens_next_and_leads_back(self, client: Client, invited: Application) -> None:
        press(client, "no", invited, act="decline", reason="hours", message="Too late at night.")
        page = page_of(client, invited)
        assert "reads your reason. Nothing more is asked of you here" in page
        assert "Nobody else waits for an answer from you." in page
        for name in ("placements:matches", "placements:my_applications", "home"):
            assert f'href="{reverse(name)}"' in page

    def test_the_next_invitation_is_the_main_thing(self, client: Client, invited: Application) -> None:
        other = application("invited", candidate=invited.candidate)
        press(client, "no", invited, act="decline", reason="hours")
        page = page_of(client, invited)
        assert f"“{other.version.title}” at {other.employer.name} waits for your answer, too." in page
        (button,) = [part for part in page.split("<a ") if "button-main" in part]
        assert reverse("placements:my_application", args=[other.public_id]) in button


class TestEnded:
    def test_a_no_of_the_employer_says_why(self, pair: Any) -> None:
        held = at("interested", pair)
        acts.decline(
            application=held, side=Side.EMPLOYER, reason="language", by=member_of(held.employer), now=timezone.now(),
            message="Your French was close; C1 would do.",
        )  # fmt: skip
        text = page_of(signed_in(held.candidate.user), held)  # type: ignore[union-attr]
        assert "said no." in text
        assert "the work needs a higher level of a language" in text
        assert "Your French was close; C1 would do." in text

    def test_somebody_released_gets_a_receipt(self, pair: Any) -> None:
        held = at("interested", pair)
        Application.objects.filter(pk=held.pk).update(
            state="expired", ended_by="platform", reason="employer_silent", owed_by="", promise_on=None,
            ended_at=timezone.now(),
        )  # fmt: skip
        text = page_of(signed_in(held.candidate.user), held)  # type: ignore[union-attr]
        assert "This is your receipt" in text
        assert "did not answer by the promised date" in text

    def test_a_promise_that_has_passed_is_said(self, client: Client, invited: Application) -> None:
        Application.objects.filter(pk=invited.pk).update(promise_on=timezone.now().date() - timedelta(days=2))
        assert "Your answer was due on" in page_of(client, invited)


class TestInterest:
    def test_from_the_match_page_to_the_application(self, pair: Any) -> None:
        vacancy, person = pair
        client = signed_in(person.user)
        url = reverse("placements:match", args=[vacancy.pk])
        page = client.get(url).content.decode()
        assert "Would you like this work?" in page
        assert "(never your name)" in page
        sent = {"message": "I know your customers."}
        page = client.post(reverse("placements:interest", args=[vacancy.pk]), sent, follow=True)
        assert page.redirect_chain[-1][0].startswith("/candidate/applications/")
        assert "knows of your interest, without your name" in page.content.decode()
        again = client.post(reverse("placements:interest", args=[vacancy.pk]), sent, follow=True)
        assert "You have shown interest already." in again.content.decode()
        assert Application.objects.count() == 1
        page = client.get(url).content.decode()
        assert "See the application" in page
        assert "Would you like this work?" not in page

    def test_who_is_invited_accepts_by_it(self, client: Client, invited: Application) -> None:
        page = client.get(reverse("placements:match", args=[invited.vacancy_id])).content.decode()
        assert "Read and answer" in page
        page = client.post(reverse("placements:interest", args=[invited.vacancy_id]), follow=True)
        assert "you are both interested now" in page.content.decode()

    def test_a_way_to_reach_somebody_is_not_sent_before_both_are_interested(self, pair: Any) -> None:
        vacancy, person = pair
        client = signed_in(person.user)
        sent = {"message": "Call me: +351 912 345 678"}
        answer = client.post(reverse("placements:interest", args=[vacancy.pk]), sent)
        assert answer.status_code == 422
        assert "Leave this out: +351 912 345 678." in answer.content.decode()
        assert not Application.objects.exists()

    def test_the_list_of_matches_says_how_it_stands(self, client: Client, invited: Application) -> None:
        page = client.get(reverse("placements:matches")).content.decode()
        assert reverse("placements:my_application", args=[invited.public_id]) in page

    def test_too_many_words_stay_where_they_were_typed(self, pair: Any) -> None:
        vacancy, person = pair
        client = signed_in(person.user)
        answer = client.post(reverse("placements:interest", args=[vacancy.pk]), {"message": "é" * 2001})
        assert answer.status_code == 422
        assert "é" * 2001 in answer.content.decode()
        assert not Application.objects.exists()

    def test_a_vacancy_that_is_not_open_any_more(self, pair: Any) -> None:
        vacancy, person = pair
        close_vacancy(vacancy=vacancy, because=ClosedBecause.EXPIRED, by=None, now=timezone.now())
        page = signed_in(person.user).post(reverse("placements:interest", args=[vacancy.pk]), follow=True)
        assert page.redirect_chain == [(reverse("placements:matches"), 302)]
        assert "This vacancy is not open now. Nothing was sent." in page.content.decode()
        draft = VacancyFactory(draft=True)
        answer = signed_in(person.user).post(reverse("placements:interest", args=[draft.pk]))
        assert answer.status_code == 404

    def test_who_is_not_listed_or_does_not_suit_has_no_form(self) -> None:
        vacancy = VacancyFactory(content=version_content(languages=(LanguageRow("nl", 4),)))
        english = VacancyFactory()
        person = measured_person(also={"nl": 1}, languages={"en": 5, "nl": 2})
        client = signed_in(person.user)
        url = reverse("placements:interest", args=[vacancy.pk])
        assert (
            "I am interested"
            not in client.get(reverse("placements:match", args=[vacancy.pk])).content.decode()
        )
        assert client.post(url).status_code == 422
        withdraw_listing(candidate=person, by=person.user, now=timezone.now())
        page = client.get(reverse("placements:match", args=[english.pk])).content.decode()
        assert "Be listed first" in page
        answer = client.post(reverse("placements:interest", args=[english.pk]))
        assert answer.status_code == 422
        assert "Only somebody who is listed" in answer.content.decode()
        assert not Application.objects.exists()

    def test_the_page_of_one_takes_the_same_queries(
        self, client: Client, invited: Application, django_assert_num_queries: Any
    ) -> None:
        with django_assert_num_queries(ONE_QUERIES):
            page_of(client, invited)


@pytest.mark.parametrize(
    ("ended_by", "to_the_person", "to_the_employer"),
    [(Side.CANDIDATE, "you said no", "they said no"), (Side.EMPLOYER, "the employer said no", "you said no")],
)
def test_a_no_says_whose_it_was(db: None, ended_by: Side, to_the_person: str, to_the_employer: str) -> None:
    found = application("interested" if ended_by == Side.EMPLOYER else "invited")
    assert found.candidate
    member, now = member_of(found.vacancy.employer), timezone.now()
    by = member if ended_by == Side.EMPLOYER else found.candidate.user
    acts.decline(application=found, side=ended_by, reason="hours", by=by, now=now)
    own = signed_in(found.candidate.user).get(reverse("placements:my_application", args=[found.public_id]))
    assert f">{to_the_person}</span>" in own.content.decode()
    person = reverse("placements:person", args=[found.vacancy_id, found.candidate.public_id])
    assert f">{to_the_employer}</span>" in signed_in(member).get(person).content.decode()


def test_a_no_of_the_marketplace_says_why(db: None) -> None:
    found = Application(state="declined", ended_by=Side.PLATFORM, reason="position_filled")
    assert [state_words(found, side) for side in (Side.CANDIDATE, Side.EMPLOYER)] == [
        "the vacancy is filled"
    ] * 2
