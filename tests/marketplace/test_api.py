"""The REST API: who may call, and exactly what is answered."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from candidates.models import Candidate
from employers.enums import MembershipRole
from matching.actions.ranking import refresh_ranking
from matching.actions.shortlist import hide, pin
from matching.engine import PARTS
from matching.queries.shortlist import current_ranking
from reference.enums import CEFRLevel
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.assessments import MeasurementFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import EmployerFactory, MembershipFactory
from tests.factories.vacancies import VacancyFactory, version_content
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
LIST_QUERIES = 4
SHORTLIST_QUERIES = 7


@pytest.fixture
def membership(db: None) -> Any:
    return MembershipFactory()


@pytest.fixture
def member(membership: Any) -> Client:
    return signed_in(membership.user)


@pytest.fixture
def vacancy(membership: Any) -> Vacancy:
    return VacancyFactory(employer=membership.employer)


def address(vacancy: Vacancy) -> str:
    return f"/api/vacancies/{vacancy.pk}/shortlist/"


def person(level: int = CEFRLevel.C1) -> Candidate:
    candidate = CandidateFactory(in_portugal=True, listed=True)
    MeasurementFactory(candidate=candidate, language_id="en", level=level)
    return candidate


def ranked(vacancy: Vacancy) -> Any:
    now = timezone.now()
    found = refresh_ranking(vacancy_id=vacancy.pk, today=now.date(), now=now)
    assert found is not None
    return found


class TestWhoMayCall:
    @pytest.mark.parametrize("path", ["/api/", "/api/vacancies/", "/api/vacancies/1/shortlist/"])
    def test_nobody_without_signing_in(self, client: Client, path: str) -> None:
        response = client.get(path)
        assert response.status_code == 403
        assert response.json() == {"detail": "Authentication credentials were not provided."}

    def test_only_members_of_an_employer_read_vacancies(self, vacancy: Vacancy) -> None:
        for user in (CandidateFactory().user, UserFactory(), UserFactory(staff=True)):
            caller = signed_in(user)
            assert caller.get("/api/vacancies/").status_code == 403
            assert caller.get(address(vacancy)).status_code == 403

    @pytest.mark.parametrize("state", ["applied", "rejected"])
    def test_an_employer_that_is_not_accepted_reads_nothing(self, state: str) -> None:
        employer = EmployerFactory(**{state: True})
        caller = signed_in(MembershipFactory(employer=employer).user)
        assert caller.get("/api/vacancies/").status_code == 403

    @pytest.mark.parametrize("role", MembershipRole.values)
    def test_every_role_of_an_accepted_employer_reads(self, vacancy: Vacancy, role: str) -> None:
        caller = signed_in(MembershipFactory(employer=vacancy.employer, role=role).user)
        assert caller.get("/api/vacancies/").status_code == 200

    def test_another_employer_finds_nothing(self, vacancy: Vacancy) -> None:
        person()
        ranked(vacancy)
        stranger = signed_in(MembershipFactory().user)
        assert stranger.get(address(vacancy)).status_code == 404
        assert stranger.get("/api/vacancies/").json() == []

    def test_a_draft_has_no_shortlist(self, member: Client, membership: Any) -> None:
        draft = VacancyFactory(draft=True, employer=membership.employer)
        assert member.get(address(draft)).status_code == 404

    def test_it_only_reads(self, vacancy: Vacancy, membership: Any) -> None:
        caller = APIClient()
        caller.force_login(membership.user)
        for method in ("post", "put", "patch", "delete"):
            for path in ("/api/", "/api/vacancies/", address(vacancy)):
                assert getattr(caller, method)(path, {}, format="json").status_code == 405


def test_the_root_names_what_there_is(member: Client) -> None:
    assert member.get("/api/").json() == {
        "vacancies": f"{SITE}/api/vacancies/",
        "what_if": f"{SITE}/api/v1/what-if/",
    }


def test_vacancies_stand_with_state_and_shortlist_the_last_changed_first(
    member: Client, membership: Any, now: Any
) -> None:
    own = {"employer": membership.employer}
    draft = VacancyFactory(draft=True, content=version_content(title="Nights"), **own)
    published = VacancyFactory(content=version_content(title="Days"), changed_at=now, **own)
    VacancyFactory()
    assert member.get("/api/vacancies/").json() == [
        {
            "id": published.pk,
            "title": "Days",
            "state": "published",
            "shortlist": f"{SITE}/api/vacancies/{published.pk}/shortlist/",
        },
        {"id": draft.pk, "title": "Nights", "state": "draft", "shortlist": None},
    ]


def test_before_the_first_ranking_the_shortlist_is_empty(member: Client, vacancy: Vacancy) -> None:
    assert member.get(address(vacancy)).json() == {
        "ranked_at": None,
        "eligible": None,
        "input_digest": None,
        "people": [],
    }


def test_the_shortlist_is_what_the_page_shows_without_names(member: Client, vacancy: Vacancy) -> None:
    best, middle, hidden = person(CEFRLevel.C2), person(CEFRLevel.C1), person(CEFRLevel.B2)
    ranking, now, staff = ranked(vacancy), timezone.now(), UserFactory(staff=True)
    pin(vacancy=vacancy, candidate=middle, reason="Knows the shop", by=staff, now=now)
    hide(vacancy=vacancy, candidate=hidden, reason="Asked to wait", by=staff, now=now)
    answer = member.get(address(vacancy))
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json() == {
        "ranked_at": ranking.made_at.isoformat().replace("+00:00", "Z"),
        "eligible": 3,
        "input_digest": ranking.input_digest,
        "people": [
            row(vacancy, middle, place=1, rank=2, curated="pinned"),
            row(vacancy, best, place=2, rank=1, curated=None),
        ],
    }
    for words in (best.user.email, best.user.identity.display_name, "Knows the shop", "Asked to wait"):
        assert words not in answer.content.decode()


def row(
    vacancy: Vacancy, candidate: Candidate, *, place: int, rank: int, curated: str | None
) -> dict[str, Any]:
    """The person as answered, with the figures of the stored ranking in fractions of 1."""
    ranking = current_ranking(vacancy)
    assert ranking is not None
    shares = ranking.result.contributions[rank - 1].tolist()
    return {
        "place": place,
        "rank": rank,
        "person": str(candidate.public_id),
        "country": "PT",
        "score": int(ranking.result.scores[rank - 1]) / 10**7,
        "parts": {str(part): share / 10**7 for part, share in zip(PARTS, shares, strict=True)},
        "curated": curated,
    }


def test_the_parts_add_up_to_the_score(member: Client, vacancy: Vacancy) -> None:
    person()
    ranked(vacancy)
    (found,) = member.get(address(vacancy)).json()["people"]
    assert sum(round(share * 10**7) for share in found["parts"].values()) == round(found["score"] * 10**7)


def test_who_took_back_their_agreement_is_gone_at_once(member: Client, vacancy: Vacancy) -> None:
    leaving = person()
    ranked(vacancy)
    Candidate.objects.filter(pk=leaving.pk).update(listed=False)
    assert member.get(address(vacancy)).json()["people"] == []


@pytest.mark.parametrize("vacancies", [1, 12])
def test_the_list_takes_the_same_queries(
    member: Client, membership: Any, vacancies: int, django_assert_num_queries: Any
) -> None:
    VacancyFactory.create_batch(vacancies, employer=membership.employer)
    with django_assert_num_queries(LIST_QUERIES):
        member.get("/api/vacancies/")


@pytest.mark.parametrize("people", [1, 12])
def test_the_shortlist_takes_the_same_queries(
    member: Client, vacancy: Vacancy, people: int, django_assert_num_queries: Any
) -> None:
    for _ in range(people):
        person()
    ranked(vacancy)
    with django_assert_num_queries(SHORTLIST_QUERIES):
        member.get(address(vacancy))
