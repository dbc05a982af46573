"""Curating in the admin: who may, each act, and what a mistake says."""

from copy import deepcopy
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from accounts.models import User
from candidates.models import Candidate
from matching.actions.allocation import refresh_allocation
from matching.actions.shortlist import hide, pin
from matching.models import Ranking, RankingState, ShortlistEntry, ShortlistLog
from matching.queries.shortlist import shortlist_of
from placements.models import TestInvitation
from tests.conftest import NOW, signed_in
from tests.factories.accounts import UserFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.vacancies import VacancyFactory
from tests.standing import standing
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


def beginning() -> tuple[Vacancy, list[Candidate]]:
    """A vacancy and its shortlist of three, the best first."""
    people = [measured_person(level) for level in (6, 5, 4)]
    vacancy = VacancyFactory()
    ranked(vacancy)
    return vacancy, people


once = standing(beginning)


@pytest.fixture
def begun(once: Any, db: None) -> Any:
    return deepcopy(once)


@pytest.fixture
def vacancy(begun: Any) -> Vacancy:
    return begun[0]


@pytest.fixture
def people(begun: Any) -> list[Candidate]:
    return begun[1]


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
        assert f'<th scope="col" class="num part">{part}</th>' in text
    assert "3 of 3 people eligible" in text
    assert "Nothing was changed by hand yet." in text


@pytest.mark.parametrize(
    ("act", "values", "expected", "words"),
    [
        ("pin", {}, [2, 0, 1], "pinned to the top: Known here."),
        ("move", {"position": "2"}, [0, 2, 1], "moved to place 2: Known here."),
        ("hide", {}, [0, 1], "hidden"),
        ("note", {}, [0, 1, 2], "Note: Known here."),
    ],
)
def test_each_act(act, values, expected, words, staff_client, url, vacancy, people):
    answer = staff_client.post(url, form(people[2], act, **values), follow=True)
    assert answer.redirect_chain == [(f"{url}#person-{people[2].pk}", 302)]
    text = answer.content.decode()
    assert "Done, and noted in the log." in text
    assert shown(vacancy) == [people[at].pk for at in expected]
    line = ShortlistLog.objects.get()
    assert (line.by, line.reason, line.candidate) == (staff_client.user, "Known here.", people[2])
    assert f'<td data-label="Why">Known here.</td>\n            <td data-label="Who">{line.by}</td>' in text
    assert words in text


def test_back_to_rank_order(staff_client, url, vacancy, people):
    pin(vacancy=vacancy, candidate=people[2], reason="Known here.", by=staff_client.user, now=NOW)
    staff_client.post(url, {"candidate": str(people[2].public_id), "act": "take_back"})
    assert shown(vacancy) == [one.pk for one in people]
    assert [log.act for log in ShortlistLog.objects.order_by("pk")] == ["pinned", "taken_back"]


def test_the_last_act_can_be_undone_and_what_was_before_holds_again(staff_client, url, vacancy, people):
    pin(vacancy=vacancy, candidate=people[2], reason="Known here.", by=staff_client.user, now=NOW)
    hide(vacancy=vacancy, candidate=people[2], reason="Found work.", by=staff_client.user, now=NOW)
    undo = {
        "candidate": str(people[2].public_id),
        "act": "undo",
        "seen": ShortlistLog.objects.latest("pk").pk,
    }
    assert "Your last act:" in staff_client.get(url).content.decode()
    staff_client.post(url, undo)
    assert shown(vacancy) == [people[2].pk, people[0].pk, people[1].pk]
    assert ShortlistEntry.objects.get().reason == "Known here."
    again = staff_client.post(url, undo)
    assert ": pinned to the top. Known here." in again.content.decode()
    assert ShortlistLog.objects.count() == 3


def test_who_did_something_else_last_is_not_offered_to_undo_it(staff_client, url, vacancy, people):
    pin(vacancy=vacancy, candidate=people[2], reason="Known here.", by=UserFactory(staff=True), now=NOW)
    assert "Your last act:" not in staff_client.get(url).content.decode()


def test_hidden_people_are_listed_with_a_way_back(staff_client, url, vacancy, people):
    hide(vacancy=vacancy, candidate=people[0], reason="Found work.", by=staff_client.user, now=NOW)
    text = staff_client.get(url).content.decode()
    assert f"<b>{people[0].public_id.hex[:6].upper()}</b>: Found work." in text
    assert text.count('value="take_back"') == 1
    assert "Show again" in text


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
        ({"act": "note", "position": "2"}, "A place only goes with “move to a place”."),
        ({"act": "note", "reason": ""}, "Write the note."),
        ({"act": "promote"}, "Select a valid choice. promote is not one of the available choices."),
        (
            {"seen": "999999"},
            "Somebody put this list back into rank order meanwhile. Look at it as it is now, then decide.",
        ),
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
    nobody = staff_client.post(url, {"act": "pin", "reason": "Known here."})
    assert "Say who is meant." in nobody.content.decode()
    assert not ShortlistEntry.objects.exists()


def test_somebody_outside_the_ranking(staff_client, url):
    outsider = measured_person(2)
    answer = staff_client.post(url, form(outsider, "pin"))
    assert "This person is not in the current ranking." in answer.content.decode()
    assert not ShortlistEntry.objects.exists()


def near_miss() -> Candidate:
    return CandidateFactory(listed=True, languages={"en": 5})


def test_near_misses_stand_there_with_what_is_open_and_can_be_added(staff_client, people):
    person, vacancy = near_miss(), VacancyFactory()
    ranked(vacancy)
    url, called = reverse("admin:matching_curate", args=[vacancy.pk]), person.public_id.hex[:6].upper()
    text = staff_client.get(url).content.decode()
    assert "1 near miss: a required language is not measured yet" in text
    assert "Missing: a required language is not measured yet" in text
    assert f'<input type="hidden" name="person" value="{person.public_id}">' in text
    added = {"person": str(person.public_id), "act": "add", "reason": "Sat the test yesterday."}
    page = staff_client.post(url, added, follow=True).content.decode()
    assert shown(vacancy) == [person.pk, *(one.pk for one in people)]
    assert "added by hand: Sat the test yesterday." in page
    assert "Still open: a required language is not measured yet" in page
    assert f'name="person" value="{person.public_id}"' not in page
    assert f'Take off the list<span class="visually-hidden"> {called}</span>' in page


@pytest.mark.parametrize("cut", [6, 12, 32, 36])
def test_somebody_can_be_added_by_the_id_that_pages_show(cut, staff_client, people):
    person, vacancy = near_miss(), VacancyFactory()
    ranked(vacancy)
    written = str(person.public_id) if cut == 36 else person.public_id.hex[:cut].upper()
    url = reverse("admin:matching_curate", args=[vacancy.pk])
    answer = staff_client.post(url, {"person": f" {written} ", "act": "add", "reason": "Known here."})
    assert answer.url == f"{url}#person-{person.pk}"
    assert ShortlistEntry.objects.get().kind == "added"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Give the short id of a person"),
        ("3F9", "Give the short id of a person"),
        ("not-an-id", "Give the short id of a person"),
        ("é" * 6, "Give the short id of a person"),
        ("0" * 40, "Ensure this value has at most 36 characters"),
        ("000000", "Nobody who is listed has this id."),
    ],
)
def test_a_mistake_in_the_id_is_said_where_it_was_typed(typed, sentence, staff_client, url, people):
    text = staff_client.post(url, {"person": typed, "act": "add", "reason": "Known"}).content.decode()
    assert f'<ul class="errorlist" id="problems-add"><li>{sentence}' in text
    assert f'value="{escape(typed)}"' in text
    assert not ShortlistEntry.objects.exists()


def test_two_people_whose_ids_start_alike(staff_client, url, people):
    for last in (1, 2):
        CandidateFactory(listed=True, public_id=UUID(int=(0xABCDEF << 104) + last))
    answer = staff_client.post(url, {"person": "ABCDEF", "act": "add", "reason": "Known here."})
    assert "Several people have an id that starts like this; give more of it." in answer.content.decode()


def test_two_recruiters_at_one_list_never_undo_each_other_unawares(staff_client, url, vacancy, people):
    """Both opened the page; one hides somebody, and the other, who still sees them, pins them."""
    other = UserFactory(staff=True)
    hide(vacancy=vacancy, candidate=people[1], reason="Found work.", by=other, now=NOW, seen=0)
    text = staff_client.post(url, form(people[1], "pin", seen="0"), follow=True).content.decode()
    assert f"Changed meanwhile by {other}: hidden. Found work." in text
    assert ShortlistEntry.objects.get().kind == "hidden"
    seen = ShortlistLog.objects.get().pk
    assert staff_client.post(url, form(people[1], "pin", seen=str(seen))).status_code == 302
    assert ShortlistEntry.objects.get().kind == "pinned"


def test_how_often_each_is_shown_stands_beside_them(staff_client, url, vacancy, people, settings):
    settings.SHORTLISTS_PER_PERSON, settings.SHOWN_PER_OPENING = 1, 1
    ranked(VacancyFactory())
    refresh_allocation(now=NOW)
    text = staff_client.get(url).content.decode()
    assert text.count("only here") == 2
    assert text.count("now shown on 1 other shortlist at least, enough for one person") == 1
    assert "<dt>wait for a place</dt><dd>1</dd>" in text
    assert "<dt>of them shown elsewhere</dt><dd>1</dd>" in text


def test_the_page_stays_where_it_was(staff_client, url, people):
    answer = staff_client.post(f"{url}?page=1", form(people[0], "pin"))
    assert answer.url == f"{url}?page=1#person-{people[0].pk}"


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
    Candidate.objects.update(listed=False)  # of the beginning
    vacancy = VacancyFactory()
    crowd = [measured_person() for _ in range(size)]
    ranked(vacancy)
    for at, person in enumerate(crowd):
        act = hide if at % 3 == 2 else pin
        act(vacancy=vacancy, candidate=person, reason="Known here.", by=staff_client.user, now=NOW)
        TestInvitation.objects.create(
            candidate=person, vacancy=vacancy, language_id="en", by=staff_client.user, at=NOW, mailed=True
        )
    url = reverse("admin:matching_curate", args=[vacancy.pk])
    staff_client.get(url)
    with django_assert_num_queries(15):
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


def test_a_place_beyond_the_list_is_its_last_and_taking_back_says_what(staff_client, url, people):
    text = staff_client.post(url, form(people[0], "move", position="99"), follow=True).content.decode()
    assert "moved to place 3" in text
    assert "99" not in [str(line.position) for line in ShortlistLog.objects.all()]
    seen = str(ShortlistLog.objects.get().pk)
    text = staff_client.post(url, form(people[0], "take_back", seen=seen), follow=True).content.decode()
    assert '<td data-label="What">taken back: moved to place 3</td>' in text


def test_rankings_show_the_number_that_a_replay_takes(staff_client, vacancy):
    ranking = Ranking.objects.get()
    rows = staff_client.get(reverse("admin:matching_ranking_changelist")).content.decode()
    assert f">{ranking.pk}</a></th>" in rows
    page = staff_client.get(reverse("admin:matching_ranking_change", args=[ranking.pk])).content.decode()
    assert f"<h1>Ranking {ranking.pk}: {vacancy}</h1>" in page
