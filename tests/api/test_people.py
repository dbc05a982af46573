"""Shortlists and applications through the API: the reasons, never a name too early, and nobody else's people."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from candidates.models import Candidate
from employers.models import ApiCall
from matching.actions.shortlist import hide, pin
from matching.engine import PARTS
from placements.actions.applications import accept_invitation
from placements.actions.leaving import leave
from placements.models import Application, ProfileView
from reference.enums import CEFRLevel
from tests.api.calling import Caller, is_problem
from tests.factories.accounts import UserFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.placements import application, walk
from tests.factories.vacancies import VacancyFactory

pytestmark = pytest.mark.django_db

LIST_QUERIES = 2
SHORTLIST_QUERIES = 7
NO = {"reason": "skills", "message": "Your examples were kind, the work needs more on returns."}


@pytest.fixture
def caller() -> Caller:
    return Caller()


@pytest.fixture
def vacancy(caller: Caller) -> Any:
    return VacancyFactory(employer=caller.employer)


def identity_of(candidate: Candidate) -> list[str]:
    return [candidate.user.email, candidate.user.identity.display_name]


class TestShortlist:
    def test_before_the_first_ranking_it_is_empty(self, caller: Caller, vacancy: Any) -> None:
        found = caller.get(f"vacancies/{vacancy.pk}/shortlist/").json()
        assert (found["ranked_at"], found["items"], found["next"]) == (None, [], None)

    def test_people_stand_as_on_the_page_with_reasons_and_without_names(
        self, caller: Caller, vacancy: Any
    ) -> None:
        best, middle, hidden = (measured_person(one) for one in (CEFRLevel.C2, CEFRLevel.C1, CEFRLevel.B2))
        ranking, now, staff = ranked(vacancy), timezone.now(), UserFactory(staff=True)
        pin(vacancy=vacancy, candidate=middle, reason="Knows the shop", by=staff, now=now)
        hide(vacancy=vacancy, candidate=hidden, reason="Asked to wait", by=staff, now=now)
        answer = caller.get(f"vacancies/{vacancy.pk}/shortlist/")
        found = answer.json()
        assert (found["eligible"], found["input_digest"]) == (3, ranking.input_digest)
        assert [(one["person"], one["place"], one["rank"], one["curated"]) for one in found["items"]] == [
            (str(middle.public_id), 1, 2, "pinned"),
            (str(best.public_id), 2, 1, None),
        ]
        first = found["items"][0]
        assert [part["part"] for part in first["parts"]] == [str(part) for part in PARTS]
        assert sum(round(one["contribution"] * 10**7) for one in first["parts"]) == round(
            first["score"] * 10**7
        )
        assert all(one["met"] for one in first["conditions"])
        assert first["languages"][0]["needed"] == "B2"
        for words in (*identity_of(best), *identity_of(middle), "Knows the shop", "Asked to wait"):
            assert words not in answer.content.decode()

    def test_near_misses_are_counts_by_what_is_missing(self, caller: Caller, vacancy: Any) -> None:
        measured_person(CEFRLevel.C1)
        unmeasured = measured_person(CEFRLevel.C1)
        unmeasured.measurements.all().delete()
        unmeasured.languages.update_or_create(language_id="en", defaults={"claimed_level": CEFRLevel.C1})
        ranked(vacancy)
        found = caller.get(f"vacancies/{vacancy.pk}/shortlist/").json()["near_misses"]
        assert (found["total"], [(one["code"], one["people"]) for one in found["missing"]]) == (
            1,
            [("en", 1)],
        )

    def test_pages_follow_one_list(self, caller: Caller, vacancy: Any) -> None:
        people = [measured_person(CEFRLevel.C1) for _ in range(3)]
        ranked(vacancy)
        address = f"/api/v1/vacancies/{vacancy.pk}/shortlist/?limit=1"
        seen = []
        while address:
            page = caller.get(address.removeprefix("http://testserver")).json()
            seen += [one["person"] for one in page["items"]]
            address = page["next"]
        assert sorted(seen) == sorted(str(one.public_id) for one in people)

    def test_a_list_that_was_made_anew_is_said(self, caller: Caller, vacancy: Any) -> None:
        people = [measured_person(CEFRLevel.C1) for _ in range(3)]
        ranked(vacancy)
        page = caller.get(f"vacancies/{vacancy.pk}/shortlist/?limit=1").json()
        Candidate.objects.filter(pk=people[0].pk).update(listed=False)
        is_problem(caller.get(page["next"].removeprefix("http://testserver")), 409, "conflict")
        foreign = caller.get("vacancies/?limit=1")
        assert foreign.status_code == 200

    def test_reading_a_person_is_told_to_them(self, caller: Caller, vacancy: Any) -> None:
        person = measured_person(CEFRLevel.C1)
        ranked(vacancy)
        answer = caller.get(f"vacancies/{vacancy.pk}/shortlist/{person.public_id}/")
        assert answer.json()["person"] == str(person.public_id)
        assert {"kind", "words", "own", "place", "gain", "remains"} == set(answer.json()["changes"][0])
        assert ProfileView.objects.filter(
            candidate=person, vacancy=vacancy, by=caller.token.membership.user
        ).exists()
        assert not any(words in answer.content.decode() for words in identity_of(person))

    def test_what_is_not_theirs_is_not_there(self, caller: Caller, vacancy: Any) -> None:
        person = measured_person(CEFRLevel.C1)
        foreign = VacancyFactory()
        ranked(foreign)
        draft = VacancyFactory(draft=True, employer=caller.employer)
        for path in (
            foreign.pk,
            draft.pk,
            f"{foreign.pk}/shortlist/{person.public_id}",
            f"{vacancy.pk}/shortlist/{person.public_id}",
        ):
            suffix = "/" if "shortlist" in str(path) else "/shortlist/"
            is_problem(caller.get(f"vacancies/{path}{suffix}"), 404, "not-found")
        is_problem(
            caller.post(f"vacancies/{foreign.pk}/shortlist/{person.public_id}/invite/"), 404, "not-found"
        )
        assert not Application.objects.exists()

    @pytest.mark.parametrize("people", [1, 12])
    def test_it_takes_the_same_queries(
        self, caller: Caller, vacancy: Any, people: int, django_assert_num_queries: Any
    ) -> None:
        for _ in range(people):
            measured_person(CEFRLevel.C1)
        ranked(vacancy)
        caller.get(f"vacancies/{vacancy.pk}/shortlist/")
        with django_assert_num_queries(SHORTLIST_QUERIES):
            caller.get(f"vacancies/{vacancy.pk}/shortlist/")


class TestApplications:
    def test_from_the_invitation_to_the_offer(self, caller: Caller, vacancy: Any) -> None:
        person = measured_person(CEFRLevel.C1)
        ranked(vacancy)
        address = f"vacancies/{vacancy.pk}/shortlist/{person.public_id}/invite/"
        made = caller.post(address, {"message": "Your evenings fit ours."})
        assert (made.status_code, made.json()["state"], made.json()["contact"]) == (201, "invited", None)
        again = caller.post(address)
        assert (again.status_code, again.json()) == (200, made.json())
        where = made.headers["Location"].removeprefix("http://testserver")
        assert caller.get(where).json() == made.json()
        assert not any(words in made.content.decode() for words in identity_of(person))
        held = Application.objects.get()
        accept_invitation(application=held, by=person.user, now=timezone.now())
        met = caller.get(where)
        assert met.json()["contact"]["email"] == person.user.email
        talk = timezone.now() + timedelta(days=2)
        interview = {"talk_at": talk.isoformat(), "note": "Ask about nights"}
        assert caller.post(f"{where}interview/", interview, If_Match=made.headers["ETag"]).status_code == 412
        for far in ("9999-12-31T23:59:59Z", "1970-01-01T00:00:00Z"):
            says = is_problem(caller.post(f"{where}interview/", {"talk_at": far}), 422, "invalid")
            assert says["errors"][0]["pointer"] == "/talk_at"
        talked = caller.post(f"{where}interview/", interview, If_Match=met.headers["ETag"])
        assert talked.json()["state"] == "in_interview"
        is_problem(caller.post(f"{where}offer/"), 422, "invalid")
        person_said = caller.get(where).json()["contact"]
        offered = caller.post(f"{where}offer/", {"message": "32 hours from March, €17 an hour."})
        assert (offered.json()["state"], offered.json()["owed_by"]) == ("offered", "candidate")
        log = caller.get(f"{where}log/").json()["items"]
        assert [one["state"] for one in log] == ["invited", "both_interested", "in_interview", "offered"]
        assert [one["note"] for one in log] == [None, None, "Ask about nights", None]
        taken_back = caller.post(f"{where}withdraw/", NO)
        assert (taken_back.json()["state"], taken_back.json()["reason"]) == ("withdrawn", "skills")
        assert taken_back.json()["contact"] == {"name": person_said["name"], "email": None, "phone": None}
        is_problem(caller.post(f"{where}offer/", {"message": "Once more"}), 409, "conflict")

    def test_interest_is_accepted_or_declined(self, caller: Caller, vacancy: Any) -> None:
        people = [measured_person(CEFRLevel.C1) for _ in range(2)]
        ranked(vacancy)
        now, by = timezone.now(), caller.token.membership.user
        first, second = (walk("interested", vacancy, one, by, now) for one in people)
        waiting = caller.get("applications/?owed_by=employer&state=interested").json()["items"]
        assert [one["id"] for one in waiting] == [str(second.public_id), str(first.public_id)]
        assert all(one["contact"] is None for one in waiting)
        accepted = caller.post(f"applications/{first.public_id}/accept/").json()
        assert (accepted["state"], accepted["contact"]["name"]) == (
            "both_interested",
            people[0].user.identity.display_name,
        )
        assert caller.post(f"applications/{first.public_id}/accept/").json() == accepted
        reach = {**NO, "message": "Write to boss@shop.example instead, we pay there."}
        says = is_problem(caller.post(f"applications/{second.public_id}/decline/", reach), 422, "invalid")
        assert says["errors"][0]["pointer"] == "/message"
        short = is_problem(
            caller.post(f"applications/{second.public_id}/decline/", {**NO, "message": "No."}), 422, "invalid"
        )
        assert short["errors"][0]["pointer"] == "/message"
        declined = caller.post(f"applications/{second.public_id}/decline/", NO).json()
        assert (declined["state"], declined["reason"], declined["contact"]) == ("declined", "skills", None)

    def test_who_leaves_is_forgotten_in_kept_answers_too(self, caller: Caller, vacancy: Any) -> None:
        person = measured_person(CEFRLevel.C1)
        ranked(vacancy)
        held = walk("interested", vacancy, person, caller.token.membership.user, timezone.now())
        name = person.user.identity.display_name
        caller.post(f"applications/{held.public_id}/accept/", Idempotency_Key="one")
        assert name in ApiCall.objects.get().body
        leave(candidate=person, by=person.user, now=timezone.now())
        assert not ApiCall.objects.exists()
        found = caller.get(f"applications/{held.public_id}/")
        assert (found.json()["person"], found.json()["contact"]) == (None, None)
        assert name not in caller.get(f"applications/{held.public_id}/log/").content.decode()

    def test_an_invitation_holds_no_way_to_reach_anybody(self, caller: Caller, vacancy: Any) -> None:
        person = measured_person(CEFRLevel.C1)
        ranked(vacancy)
        address = f"vacancies/{vacancy.pk}/shortlist/{person.public_id}/invite/"
        says = is_problem(caller.post(address, {"message": "Write to boss@shop.example"}), 422, "invalid")
        assert says["errors"][0]["pointer"] == "/message"
        assert not Application.objects.exists()

    def test_another_employers_applications_are_not_there(self, caller: Caller) -> None:
        foreign = application("both_interested")
        assert caller.get("applications/").json()["items"] == []
        assert caller.get(f"applications/?vacancy={foreign.vacancy_id}").json()["items"] == []
        for path in ("", "log/"):
            is_problem(caller.get(f"applications/{foreign.public_id}/{path}"), 404, "not-found")
        for step in ("accept/", "decline/", "withdraw/", "interview/", "offer/"):
            is_problem(caller.post(f"applications/{foreign.public_id}/{step}", NO), 404, "not-found")

    @pytest.mark.parametrize("people", [1, 6])
    def test_the_list_takes_the_same_queries(
        self, caller: Caller, vacancy: Any, people: int, django_assert_num_queries: Any
    ) -> None:
        for _ in range(people):
            measured_person(CEFRLevel.C1)
        ranked(vacancy)
        for one in Candidate.objects.all():
            walk("interested", vacancy, one, caller.token.membership.user, timezone.now())
        caller.get("vacancies/")
        with django_assert_num_queries(LIST_QUERIES):
            caller.get("applications/")
