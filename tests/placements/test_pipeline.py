"""People by stage with promised dates, the shortlist with how they stand, and one decision about several."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Identity, Notification
from candidates.models import Candidate
from placements.actions import applications as acts
from placements.actions.errors import UnableToDecideTogether
from placements.actions.setting_aside import set_aside
from placements.actions.together import Decision, decide_together
from placements.models import Application, ApplicationLog
from tests.accounts.at_once import at_once
from tests.conftest import signed_in
from tests.factories.employers import MembershipFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.placements import application, member_of, walk
from tests.factories.vacancies import VacancyFactory, version_content
from tests.placements.test_pages import order_shown, short, shortlist_url
from tests.standing import standing
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db

MESSAGE = "Thank you for your interest; the evening shifts need a higher level of Dutch."


@pytest.fixture
def vacancy(db: None) -> Vacancy:
    return VacancyFactory(content=version_content(openings=3))


@pytest.fixture
def member(vacancy: Vacancy) -> Client:
    return signed_in(member_of(vacancy.employer))


def people_at(vacancy: Vacancy, *states: str) -> list[Candidate]:
    """Somebody new in each of the states; "new" is in none."""
    people = [measured_person() for _state in states]
    ranked(vacancy)
    return moved(people, vacancy, *states)


def moved(ranked_people: list[Candidate], vacancy: Vacancy, *states: str) -> list[Candidate]:
    """As many of them as there are states, each in one."""
    people = ranked_people[: len(states)]
    by, now = member_of(vacancy.employer), timezone.now()
    for one, state in zip(people, states, strict=True):
        if state == "set_aside":
            set_aside(vacancy=vacancy, candidate=one, reason="start", by=by, now=now)
        elif state != "new":
            walk(state, vacancy, one, by, now)
    return people


def url(name: str, vacancy: Vacancy) -> str:
    return reverse(f"placements:{name}", args=[vacancy.pk])


def chosen(step: str, *people: Candidate, **more: str) -> dict[str, Any]:
    return {"step": step, "person": [str(one.public_id) for one in people], **more}


def told(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


class TestPipeline:
    def test_people_stand_by_stage_with_the_soonest_promise_first(
        self, vacancy: Vacancy, member: Client
    ) -> None:
        states = ("invited", "interested", "both_interested", "in_interview", "offered", "declined")
        invited, interested, both, talking, offered, _declined = people_at(vacancy, *states)
        late = measured_person()
        ranked(vacancy)
        walk("interested", vacancy, late, member.user, timezone.now())  # type: ignore[attr-defined]
        past = timezone.localdate() - timedelta(days=3)
        Application.objects.filter(candidate=late).update(promise_on=past)
        page = member.get(url("pipeline", vacancy))
        expected = [late, interested, both, talking, offered, invited]
        assert [one.candidate for one in page.context["page"]] == expected
        html = page.content.decode()
        assert "1 answer of yours is overdue" in html
        assert "your answer was promised for" in html
        funnel = {one["label"]: (one["count"], one["missed"]) for one in page.context["funnel"]}
        assert funnel == {
            "invited": (1, 0), "interested": (2, 1), "both interested": (1, 0), "in interview": (1, 0),
            "offered": (1, 0), "hired": (0, 0),
        }  # fmt: skip

    def test_a_stage_in_the_address_narrows_it(self, vacancy: Vacancy, member: Client) -> None:
        people = people_at(vacancy, "interested", "offered", "declined")
        for stage, expected in (("offered", people[1]), ("ended", people[2])):
            page = member.get(url("pipeline", vacancy), {"stage": stage})
            assert [one.candidate for one in page.context["page"]] == [expected]
        assert "Nobody stands here now" in member.get(url("pipeline", vacancy), {"stage": "hired"}).text
        assert len(member.get(url("pipeline", vacancy), {"stage": "<b>"}).context["page"]) == 2

    def test_names_stand_there_once_both_are_interested(self, vacancy: Vacancy, member: Client) -> None:
        people = people_at(vacancy, "interested", "both_interested")
        for at, one in enumerate(people):
            Identity.objects.update_or_create(user=one.user, defaults={"display_name": f"Secretname {at}"})
        html = member.get(url("pipeline", vacancy)).text
        assert "Secretname 0" not in html
        assert "Secretname 1" in html

    def test_without_anybody_it_says_what_will_stand_here(self, vacancy: Vacancy, member: Client) -> None:
        page = member.get(url("pipeline", vacancy)).text
        assert "No application yet" in page
        assert "Choose whom to invite" in page

    def test_nobody_is_led_to_invite_for_a_vacancy_that_is_not_open(
        self, vacancy: Vacancy, member: Client
    ) -> None:
        Vacancy.objects.filter(pk=vacancy.pk).update(state="paused")
        page = member.get(url("pipeline", vacancy)).text
        assert "No application yet" in page
        assert "Choose whom to invite" not in page

    def test_who_left_the_platform_stands_without_a_link(self, vacancy: Vacancy, member: Client) -> None:
        people_at(vacancy, "declined")
        Application.objects.update(candidate=None)
        assert "somebody who has left" in member.get(url("pipeline", vacancy), {"stage": "ended"}).text

    @pytest.mark.parametrize("people", [1, 12])
    def test_it_takes_the_same_queries(
        self, vacancy: Vacancy, member: Client, people: int, django_assert_num_queries: Any
    ) -> None:
        people_at(vacancy, *["interested"] * people)
        member.get(url("pipeline", vacancy))
        with django_assert_num_queries(PIPELINE_QUERIES):
            member.get(url("pipeline", vacancy))


class TestShortlist:
    def test_how_they_stand_narrows_the_list_and_set_aside_is_left_out(
        self, vacancy: Vacancy, member: Client
    ) -> None:
        states = ("new", "invited", "declined", "set_aside")
        new, invited, declined, aside = people_at(vacancy, *states)
        page = member.get(shortlist_url(vacancy))
        assert sorted(order_shown(page.text)) == sorted(map(short, (new, invited, declined)))
        assert [(code, n) for code, _words, n in page.context["choices"].states] == [
            ("new", 1), ("invited", 1), ("ended", 1), ("set_aside", 1),
        ]  # fmt: skip
        for state, one in (("new", new), ("invited", invited), ("ended", declined), ("set_aside", aside)):
            assert order_shown(member.get(shortlist_url(vacancy), {"state": state}).text) == [short(one)]

    def test_a_row_says_the_state_the_date_and_the_next_step(self, vacancy: Vacancy, member: Client) -> None:
        people_at(vacancy, "interested")
        html = member.get(shortlist_url(vacancy)).text
        assert "You promised an answer by" in html
        assert "Say yes" in html
        viewer = signed_in(MembershipFactory(employer=vacancy.employer, viewer=True).user)
        assert "Say yes" not in viewer.get(shortlist_url(vacancy)).text

    @pytest.mark.parametrize("people", [1, 12])
    def test_it_takes_the_same_queries_with_applications(
        self, vacancy: Vacancy, member: Client, people: int, django_assert_num_queries: Any
    ) -> None:
        people_at(vacancy, *["both_interested"] * people, "set_aside")
        asked = {"language": "en", "level": "1"}
        member.get(shortlist_url(vacancy), asked)
        with django_assert_num_queries(LISTED_QUERIES):
            member.get(shortlist_url(vacancy), asked)


def beginning() -> tuple[Vacancy, list[Candidate]]:
    """A vacancy and the two people on its list."""
    vacancy = VacancyFactory(content=version_content(openings=3))
    member_of(vacancy.employer)
    return vacancy, people_at(vacancy, "new", "new")


once = standing(beginning, "class")


class TestTogether:
    @pytest.fixture
    def begun(self, once: Any, db: None) -> Any:
        return deepcopy(once)

    @pytest.fixture
    def vacancy(self, begun: Any) -> Vacancy:
        return begun[0]

    @pytest.fixture
    def people(self, begun: Any) -> list[Candidate]:
        return begun[1]

    def test_every_line_is_shown_before_it_is_sent_and_each_gets_their_own_words(
        self, vacancy: Vacancy, people: list[Candidate], member: Client
    ) -> None:
        first, second = moved(people, vacancy, "interested", "interested")
        own = f"message_{second.public_id.hex}"
        form = member.get(url("together", vacancy), chosen("decline", first, second))
        assert f"For candidate {short(second)} alone" in form.text
        words = {"reason": "language", "message": MESSAGE, own: MESSAGE + " Do ask again in spring."}
        preview = member.post(url("together", vacancy), chosen("decline", first, second, **words))
        assert preview.status_code == 200
        assert [line[1] for line in preview.context["lines"]] == [
            MESSAGE,
            MESSAGE + " Do ask again in spring.",
        ]
        assert Application.objects.open().count() == 2
        sent = chosen("decline", first, second, **words, send="yes")
        answer = member.post(url("together", vacancy), sent, follow=True)
        assert told(answer) == ["2 people were told."]
        found = dict(Application.objects.values_list("candidate", "message"))
        assert found == {first.pk: MESSAGE, second.pk: MESSAGE + " Do ask again in spring."}
        again = member.post(url("together", vacancy), sent, follow=True)
        assert told(again) == ["0 people were told. For 2 it had been done before; nothing was sent again."]
        assert ApplicationLog.objects.filter(state="declined").count() == 2

    def test_one_line_that_is_not_possible_stops_all(
        self, vacancy: Vacancy, people: list[Candidate], member: Client
    ) -> None:
        first, second = moved(people, vacancy, "interested", "invited")
        before = Notification.objects.count()
        words = {"reason": "language", "message": MESSAGE, "send": "yes"}
        answer = member.post(url("together", vacancy), chosen("decline", first, second, **words))
        assert answer.status_code == 422
        assert "Nothing was sent" in answer.text
        problems = [outcome.problem for _person, _words, outcome in answer.context["lines"]]
        assert problems[0] == ""
        assert problems[1].startswith("The other side owes the next answer here.")
        assert Application.objects.open().count() == 2
        assert Notification.objects.count() == before

    def test_several_are_invited_from_the_list(
        self, vacancy: Vacancy, people: list[Candidate], member: Client
    ) -> None:
        assert url("together", vacancy) in member.get(shortlist_url(vacancy)).text
        sent = chosen("invite", *people, message="Shall we talk?", send="yes")
        assert told(member.post(url("together", vacancy), sent, follow=True)) == ["2 people were told."]
        assert sorted(Application.objects.values_list("state", flat=True)) == ["invited", "invited"]

    def test_yes_to_several_shows_their_names(
        self, vacancy: Vacancy, people: list[Candidate], member: Client
    ) -> None:
        moved(people, vacancy, "interested", "interested")
        member.post(url("together", vacancy), chosen("accept", *people, message="", send="yes"))
        assert {one.names_shown for one in Application.objects.all()} == {True}

    @pytest.mark.parametrize(
        ("step", "words", "field"),
        [
            ("decline", {"reason": "", "message": MESSAGE}, "reason"),
            ("decline", {"reason": "pay", "message": "No"}, "message"),
            ("invite", {"message": "Write to me@shop.example"}, "message"),
            ("accept", {"message": "x" * 2001}, "message"),
        ],
    )
    def test_words_that_are_not_enough_or_too_much_are_refused(
        self,
        vacancy: Vacancy,
        people: list[Candidate],
        member: Client,
        step: str,
        words: dict[str, str],
        field: str,
    ) -> None:
        moved(people, vacancy, "new" if step == "invite" else "interested")
        answer = member.post(url("together", vacancy), chosen(step, people[0], **words, send="yes"))
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [field]
        assert not ApplicationLog.objects.exclude(state="interested").exists()

    def test_nobody_chosen_and_what_cannot_be_done_together_lead_back(
        self, vacancy: Vacancy, people: list[Candidate], member: Client
    ) -> None:
        (one,) = moved(people, vacancy, "interested")
        for asked in (chosen("decline"), chosen("offer", one), {}):
            answer = member.get(url("together", vacancy), asked, follow=True)
            assert answer.redirect_chain[-1][0] == url("pipeline", vacancy)

    def test_strangers_and_nobodies_are_not_found(
        self, vacancy: Vacancy, people: list[Candidate], member: Client
    ) -> None:
        (one,) = moved(people, vacancy, "interested")
        elsewhere = application("interested")
        assert elsewhere.candidate is not None
        asked = chosen("decline", one, elsewhere.candidate)
        Candidate.objects.filter(pk=elsewhere.candidate.pk).update(listed=False)
        assert member.get(url("together", vacancy), asked).status_code == 404
        assert member.get(url("together", vacancy), {"step": "decline", "person": "x"}).status_code == 404
        stranger = signed_in(member_of(elsewhere.employer))
        assert stranger.post(url("together", vacancy), chosen("decline", one)).status_code == 404
        viewer = signed_in(MembershipFactory(employer=vacancy.employer, viewer=True).user)
        assert viewer.post(url("together", vacancy), chosen("decline", one)).status_code == 403

    def test_the_action_refuses_too_many_and_other_steps(
        self, vacancy: Vacancy, people: list[Candidate]
    ) -> None:
        (one,) = moved(people, vacancy, "interested")
        by, now = member_of(vacancy.employer), timezone.now()
        for step, lines in (("offer", 1), ("accept", 0), ("accept", 51)):
            with pytest.raises(UnableToDecideTogether):
                decide_together(vacancy=vacancy, step=step, decisions=[Decision(one)] * lines, by=by, now=now)
        assert acts.decline  # the single step stays possible
        assert Application.objects.get().state == "interested"


@pytest.mark.django_db(transaction=True)
def test_two_members_who_answer_the_same_people_at_once_tell_each_of_them_once() -> None:
    vacancy = VacancyFactory()
    people = people_at(vacancy, "interested", "interested")
    by, now = member_of(vacancy.employer), timezone.now()

    def answer(order: list[Candidate]) -> int:
        done = decide_together(
            vacancy=vacancy, step="decline", decisions=[Decision(one, MESSAGE) for one in order],
            reason="language", by=by, now=now,
        )  # fmt: skip
        return sum(not one.already for one in done)

    told_now = at_once(lambda: answer(people), lambda: answer(people[::-1]))
    assert sorted(told_now) == [0, 2]
    assert ApplicationLog.objects.filter(state="declined").count() == 2


PIPELINE_QUERIES = 8
LISTED_QUERIES = 13
