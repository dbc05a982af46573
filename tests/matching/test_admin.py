"""Curating in the admin: who may, each act, and what a mistake says."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from accounts.models import User
from candidates.models import Candidate
from matching.actions.shortlist import hide, pin
from matching.models import Ranking, RankingState, ShortlistEntry, ShortlistLog
from matching.queries.shortlist import shortlist_of
from tests.conftest import NOW, signed_in
from tests.factories.accounts import UserFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.vacancies import VacancyFactory
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db: None) -> list[Candidate]:
    return [measured_person(level) for level in (6, 5, 4)]


@pytest.fixture
def vacancy(people: list[Candidate]) -> Vacancy:
    vacancy = VacancyFactory()
    ranked(vacancy)
    return vacancy


@pytest.fixture
def url(vacancy: Vacancy) -> str:
    return reverse("admin:matching_curate", args=[vacancy.pk])


def staff_with(*names: str) -> User:
    """Staff with a second factor and no permission but these."""
    user = UserFactory(is_staff=True, totp=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return user


def shown(vacancy: Vacancy) -> list[int]:
    return list(shortlist_of(vacancy).order)


def form(person: Candidate, act: str, **values: object) -> dict[str, object]:
    return {"candidate": str(person.public_id), "act": act, "reason": "Known here.", "position": "", **values}


def test_the_screen_shows_the_people_with_their_parts(staff_client, url, people):
    page = staff_client.get(url)
    assert page.status_code == 200
    text = page.content.decode()
    for person in people:
        assert person.public_id.hex[:6].upper() in text
    for part in ("Language", "Culture", "Time", "Pay", "Skills", "Experience", "Commitment"):
        assert f'<th scope="col">{part}</th>' in text
    assert "3 of 3 people eligible" in text
    assert "Nothing was changed by hand yet." in text


@pytest.mark.parametrize(
    ("act", "values", "expected", "words"),
    [
        ("pin", {}, [2, 0, 1], "pinned to the top: Known here."),
        ("move", {"position": "2"}, [0, 2, 1], "moved to place 2: Known here."),
        ("hide", {}, [0, 1], "hidden – Known here."),
    ],
)
def test_each_act(act, values, expected, words, staff_client, url, vacancy, people):
    answer = staff_client.post(url, form(people[2], act, **values), follow=True)
    assert answer.redirect_chain == [(url, 302)]
    assert "Done, and noted in the log." in answer.content.decode()
    assert shown(vacancy) == [people[at].pk for at in expected]
    entry = ShortlistEntry.objects.get()
    assert (entry.by, entry.reason) == (staff_client.user, "Known here.")
    assert words in answer.content.decode()


def test_undo(staff_client, url, vacancy, people):
    pin(vacancy=vacancy, candidate=people[2], reason="Known here.", by=staff_client.user, now=NOW)
    staff_client.post(url, {"candidate": str(people[2].public_id), "act": "take_back"})
    assert shown(vacancy) == [one.pk for one in people]
    assert [log.act for log in ShortlistLog.objects.order_by("pk")] == ["pinned", "taken_back"]


def test_hidden_people_are_listed_with_a_way_back(staff_client, url, vacancy, people):
    hide(vacancy=vacancy, candidate=people[0], reason="Found work.", by=staff_client.user, now=NOW)
    text = staff_client.get(url).content.decode()
    assert f"{people[0].public_id.hex[:6].upper()}: Found work." in text
    assert text.count('value="take_back"') == 1


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"reason": ""}, "Give a reason; both sides can ask for it."),
        ({"reason": "   "}, "Give a reason; both sides can ask for it."),
        ({"reason": "x" * 1001}, "A reason has at most 1000 characters."),
        ({"act": "move"}, "Say to which place."),
        ({"act": "move", "position": "0"}, "The first place is 1."),
        ({"act": "move", "position": "-3"}, "The first place is 1."),
        ({"act": "move", "position": "501"}, "The last place is 500."),
        ({"act": "move", "position": "two"}, "Give the place as a whole number."),
        ({"act": "pin", "position": "2"}, "A place only goes with “move to a place”."),
        ({"act": "promote"}, "Select a valid choice. promote is not one of the available choices."),
    ],
)
def test_a_mistake_is_said_beside_the_person_and_nothing_is_written(
    values, sentence, staff_client, url, people
):
    answer = staff_client.post(url, {**form(people[1], "pin"), **values})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert f'<ul class="errorlist" id="problems-{people[1].pk}"><li>{escape(sentence)}</li></ul>' in text
    assert not ShortlistEntry.objects.exists()
    assert not ShortlistLog.objects.exists()


def test_what_was_typed_is_still_there(staff_client, url, people):
    values = form(people[1], "move", position="0", reason="A good <reason>")
    text = staff_client.post(url, values).content.decode()
    assert 'value="A good &lt;reason&gt;"' in text
    assert '<option value="move" selected>' in text


def test_a_broken_or_unknown_person(staff_client, url, people):
    broken = staff_client.post(url, {**form(people[0], "pin"), "candidate": "not-a-uuid"})
    assert (broken.status_code, "Enter a valid UUID." in broken.content.decode()) == (200, True)
    unknown = staff_client.post(url, {**form(people[0], "pin"), "candidate": str(uuid4())})
    assert unknown.status_code == 404
    assert not ShortlistEntry.objects.exists()


def test_somebody_outside_the_ranking(staff_client, url):
    outsider = measured_person(2)
    answer = staff_client.post(url, form(outsider, "pin"))
    assert "This person is not in the current ranking." in answer.content.decode()
    assert not ShortlistEntry.objects.exists()


def test_the_page_stays_where_it_was(staff_client, url, people):
    answer = staff_client.post(f"{url}?page=1", form(people[0], "pin"))
    assert answer.url == f"{url}?page=1"


def test_other_staff_may_not(url, vacancy, people):
    for names in ((), ("view_ranking",), ("change_shortlistentry", "view_shortlistlog")):
        client = signed_in(staff_with(*names))
        assert client.get(url).status_code == 403
        assert client.post(url, form(people[0], "pin")).status_code == 403
    assert not ShortlistEntry.objects.exists()


def test_staff_with_the_permission_may(url, people):
    client = signed_in(staff_with("add_shortlistentry"))
    assert client.get(url).status_code == 200
    assert client.post(url, form(people[0], "pin")).status_code == 302
    assert ShortlistEntry.objects.get().candidate == people[0]


def test_nobody_else_may(url, people, employer_client, candidate_client):
    for client in (employer_client, candidate_client, Client()):
        answer = client.post(url, form(people[0], "pin"))
        assert answer.status_code in {302, 403}
    assert not ShortlistEntry.objects.exists()


def test_a_forged_post_is_refused(staff_client, url, people):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(staff_client.user)
    assert careful.post(url, form(people[0], "pin")).status_code == 403
    assert not ShortlistEntry.objects.exists()


def test_a_vacancy_without_a_ranking_and_one_that_cannot_be_ranked(staff_client):
    waiting = VacancyFactory()
    url = reverse("admin:matching_curate", args=[waiting.pk])
    assert "The first ranking is being made." in staff_client.get(url).content.decode()
    RankingState.objects.create(
        vacancy=waiting, version=waiting.current, read_at=NOW, team_as_of=NOW, fingerprint="", problem="zone: gone"
    )  # fmt: skip
    text = staff_client.get(url).content.decode()
    assert "This version cannot be ranked: zone: gone." in text
    assert "The first ranking is being made." not in text


def test_drafts_and_unknown_vacancies_have_no_screen(staff_client):
    for pk in (VacancyFactory(draft=True).pk, 10**9):
        assert staff_client.get(reverse("admin:matching_curate", args=[pk])).status_code == 404


@pytest.mark.parametrize("size", [1, 30])
def test_the_screen_takes_the_same_queries_for_one_and_for_thirty(
    size, staff_client, django_assert_num_queries
):
    vacancy = VacancyFactory()
    crowd = [measured_person() for _ in range(size)]
    ranked(vacancy)
    for at, person in enumerate(crowd):
        act = hide if at % 3 == 2 else pin
        act(vacancy=vacancy, candidate=person, reason="Known here.", by=staff_client.user, now=NOW)
    url = reverse("admin:matching_curate", args=[vacancy.pk])
    staff_client.get(url)
    with django_assert_num_queries(14):
        staff_client.get(url)


def test_rankings_and_the_log_can_be_read_and_not_changed(staff_client, vacancy, people):
    pin(vacancy=vacancy, candidate=people[0], reason="Known here.", by=staff_client.user, now=NOW)
    ranking, log = Ranking.objects.get(), ShortlistLog.objects.get()
    for name, pk in (("ranking", ranking.pk), ("shortlistlog", log.pk)):
        assert staff_client.get(reverse(f"admin:matching_{name}_changelist")).status_code == 200
        page = staff_client.get(reverse(f"admin:matching_{name}_change", args=[pk]))
        assert page.status_code == 200
        assert b'name="_save"' not in page.content
        for action in ("delete", "change"):
            assert staff_client.post(reverse(f"admin:matching_{name}_{action}", args=[pk])).status_code == 403
        assert staff_client.get(reverse(f"admin:matching_{name}_add")).status_code == 403
