"""A vacancy chosen on a public page: remembered through sign-up and profile, offered again, and said kindly when it closed."""

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils import timezone

from accounts.models import User
from candidates.actions.errors import UnableToStart
from candidates.actions.listing import agree_to_be_listed
from candidates.actions.start import become_candidate
from candidates.actions.staying import pause_listing
from candidates.models import Candidate
from employers.actions.company import apply_as_employer
from employers.actions.members import accept_invitation
from employers.enums import EmployerState
from placements.actions.leaving import leave
from placements.actions.remembering import MOST, remember_vacancy
from placements.models import RememberedVacancy
from tests.accounts.test_sign_up import confirm, newest_code
from tests.conftest import signed_in
from tests.employers.test_decision import FACTS
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import InvitationFactory
from tests.factories.matching import measured_person
from tests.factories.placements import application
from tests.factories.vacancies import VacancyFactory, version_content
from vacancies.actions.lifecycle import close_vacancy, pause_vacancy
from vacancies.addresses import job_path
from vacancies.enums import ClosedBecause
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db

TITLE = "Customer care for a web shop"


@pytest.fixture
def vacancy() -> Vacancy:
    return VacancyFactory()


def link(page: str, words: str) -> str:
    """Where the link of these words leads."""
    before = page.split(f">{words}<")[0] if f">{words}<" in page else page.split(words)[0]
    return unescape(before.rsplit("<a ", 1)[1].split('href="')[1].split('"')[0])


def hidden(page: str, name: str, begins: str) -> str:
    """What a hidden field of that name carries, where it begins so."""
    found = re.search(rf'name="{name}" value="({begins}[^"]*)"', page)
    assert found, page
    return unescape(found.group(1))


def main_button(page: str) -> str:
    """What the one main button of the page says, to whoever hears it."""
    (button,) = re.findall(r'class="button button-main".*?>(.*?)</(?:a|button)>', page, re.DOTALL)
    return " ".join(unescape(re.sub(r"<svg.*?</svg>|<[^>]*>", "", button)).split())


def remembered(candidate: Candidate) -> list[Vacancy]:
    return [
        one.vacancy for one in RememberedVacancy.objects.filter(candidate=candidate).order_by("-at", "-pk")
    ]


def chosen_by(person: Candidate, vacancy: Vacancy) -> Client:
    remember_vacancy(candidate=person, vacancy=vacancy, now=timezone.now())
    return signed_in(person.user)


def test_it_goes_along_from_the_public_page_through_sign_up_to_the_home_page(
    client: Client, vacancy: Vacancy
) -> None:
    page = client.get(f"{job_path(vacancy)}?country=PT&languages=en").content.decode()
    sign_up = link(page, "Sign up")
    form = client.get(sign_up).content.decode()
    next_page = hidden(form, "next", "/candidate/")
    assert next_page == f"/candidate/start/?vacancy={vacancy.pk}&languages=en&country=PT"
    data = {"display_name": "Ana", "email": "ana@people.example", "password1": PASSWORD, "next": next_page}
    client.post(reverse("account_signup"), data)
    assert confirm(client, newest_code()).headers["Location"] == next_page
    assert "The vacancy that you chose is remembered" in client.get(next_page).content.decode()
    start = re.findall(
        r'<form method="post" action="(/candidate/start/[^"]*)"', client.get(next_page).content.decode()
    )
    started = client.post(unescape(start[0]))
    assert started.headers["Location"] == "/candidate/profile/about/"
    assert client.get("/candidate/profile/about/").context["form"]["country"].value() == "PT"
    assert remembered(Candidate.objects.get()) == [vacancy]
    assert not User.objects.exclude(came_for="").exists()
    home = client.get("/home/").content.decode()
    assert "You wanted to look at this vacancy" in home
    assert "It waits here." in home


def test_it_is_still_known_when_the_code_comes_another_day(client: Client, vacancy: Vacancy) -> None:
    start = f"/candidate/start/?vacancy={vacancy.pk}"
    data = {"display_name": "Ana", "email": "ana@people.example", "password1": PASSWORD, "next": start}
    client.post(reverse("account_signup"), data)
    page = (
        signed_in(User.objects.get(email="ana@people.example")).get("/home/").content.decode()
    )  # another browser
    assert link(page, "Make my profile") == start


@pytest.mark.parametrize("becomes", ["candidate", "company", "colleague"])
def test_what_somebody_came_for_is_forgotten_once_they_are_there_or_chose_something_else(
    becomes: str, vacancy: Vacancy
) -> None:
    user = UserFactory(came_for=f"/candidate/start/?vacancy={vacancy.pk}")
    if becomes == "candidate":
        become_candidate(by=user, now=timezone.now())
    elif becomes == "company":
        apply_as_employer(facts=FACTS, staff=[], by=user, now=timezone.now())
    else:
        invitation = InvitationFactory(email=user.email)
        accept_invitation(invitation_id=invitation.pk, by=user, now=timezone.now())
    user.refresh_from_db()
    assert user.came_for == ""


def test_whoever_has_left_begins_no_profile() -> None:
    user = UserFactory(is_active=False)
    with pytest.raises(UnableToStart):
        become_candidate(by=user, now=timezone.now())


@pytest.mark.parametrize(
    "path", ["https://elsewhere.example/candidate/start/?", "/home/", "/candidate/start/x"]
)
def test_another_page_than_the_start_is_not_what_somebody_came_for(client: Client, path: str) -> None:
    data = {"display_name": "Ana", "email": "ana@people.example", "password1": PASSWORD, "next": path}
    client.post(reverse("account_signup"), data)
    page = signed_in(User.objects.get(email="ana@people.example")).get("/home/").content.decode()
    assert link(page, "Make my profile") == "/candidate/start/"


def test_it_is_the_main_thing_once_the_profile_can_be_matched_and_goes_when_it_was_seen(
    vacancy: Vacancy,
) -> None:
    person = measured_person(work_style=None)
    browser = chosen_by(person, vacancy)
    page = browser.get("/home/").content.decode()
    assert "Your profile says enough now" in page
    assert page.count("button-main") == 1
    assert main_button(page) == f"See your match: {TITLE}"
    for _press in range(2):
        response = browser.post(reverse("placements:look", args=[vacancy.pk]))
        assert response.headers["Location"] == reverse("placements:match", args=[vacancy.pk])
        assert remembered(person) == []
    assert "You wanted to look at" not in browser.get("/home/").content.decode()


def test_whoever_is_not_listed_looks_at_it_and_then_decides_about_being_found(vacancy: Vacancy) -> None:
    person = CandidateFactory()
    browser = chosen_by(person, vacancy)
    assert main_button(browser.get("/home/").content.decode()) == f"See your match: {TITLE}"
    browser.post(reverse("placements:look", args=[vacancy.pk]))
    assert remembered(person) == [vacancy]
    page = browser.get("/home/").content.decode()
    assert main_button(page) == "Decide about being found"
    assert "You have seen how you suit each other." in page
    chosen_by(person, other := VacancyFactory(content=version_content(title="Night shift")))
    assert main_button(browser.get("/home/").content.decode()) == "See your match: Night shift"
    browser.post(reverse("placements:look", args=[other.pk]))
    agree_to_be_listed(candidate=person, by=person.user, now=timezone.now())
    assert main_button(browser.get("/home/").content.decode()) == "See your match: Night shift"


def test_whoever_paused_after_looking_is_pushed_to_nothing(vacancy: Vacancy) -> None:
    person = CandidateFactory(listed=True)
    browser = chosen_by(person, vacancy)
    pause_listing(candidate=person, until=None, by=person.user, now=timezone.now())
    browser.post(reverse("placements:look", args=[vacancy.pk]))
    page = browser.get("/home/").content.decode()
    assert "You can show interest as soon as you are listed again." in page
    assert "Decide about being found" not in page
    assert main_button(page) == "See what is in the way"


@pytest.mark.parametrize("who", ["without a profile", "not listed", "listed"])
def test_looking_at_pages_keeps_and_forgets_nothing(who: str, vacancy: Vacancy) -> None:
    """As a browser may do that loads ahead whatever somebody might press."""
    person = measured_person() if who == "listed" else CandidateFactory(empty=who == "without a profile")
    browser = chosen_by(person, vacancy)
    other = VacancyFactory()
    pages = ["/home/", f"/candidate/start/?vacancy={other.pk}"]
    pages += [reverse("placements:match", args=[one.pk]) for one in (vacancy, other)]
    pages += [reverse("placements:begin", args=[other.pk]), reverse("placements:look", args=[vacancy.pk])]
    for page in pages:
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(page).status_code in (200, 302)
        wrote = [one["sql"] for one in asked if re.match(r"\s*(INSERT|UPDATE|DELETE)", one["sql"])]
        assert wrote == [], page
    assert list(RememberedVacancy.objects.values_list("vacancy", "seen_at")) == [(vacancy.pk, None)]


def test_going_on_with_a_profile_remembers_the_vacancy_that_was_looked_at(vacancy: Vacancy) -> None:
    person = CandidateFactory(empty=True)
    browser = signed_in(person.user)
    page = browser.get(reverse("placements:match", args=[vacancy.pk])).content.decode()
    begin = reverse("placements:begin", args=[vacancy.pk])
    assert f'<form method="post" action="{begin}">' in page
    for _press in range(2):
        assert browser.post(begin).headers["Location"] == "/candidate/profile/about/"
    assert remembered(person) == [vacancy]
    assert "It waits here." in browser.get("/home/").content.decode()


def test_looking_at_the_address_of_the_press_says_what_happens_and_keeps_the_answers(
    vacancy: Vacancy,
) -> None:
    response = signed_in(UserFactory()).get(reverse("placements:begin", args=[vacancy.pk]) + "?country=PT")
    assert response.headers["Location"] == f"/candidate/start/?country=PT&vacancy={vacancy.pk}"


def test_one_that_closed_meanwhile_is_said_kindly_and_leads_to_what_is_like_it(vacancy: Vacancy) -> None:
    person = CandidateFactory(empty=True)
    browser = chosen_by(person, vacancy)
    close_vacancy(vacancy=vacancy, because=ClosedBecause.FILLED, by=vacancy.created_by, now=timezone.now())
    for address in ("/home/", reverse("placements:match", args=[vacancy.pk])):
        page = browser.get(address).content.decode()
        assert "has nothing to do with you" in page
        assert link(page, "See what is like it") == job_path(vacancy)


def test_one_that_closed_before_the_profile_began_is_said_there(vacancy: Vacancy) -> None:
    close_vacancy(vacancy=vacancy, because=ClosedBecause.FILLED, by=vacancy.created_by, now=timezone.now())
    browser = signed_in(UserFactory())
    page = browser.post(reverse("placements:begin", args=[vacancy.pk]), follow=True)
    assert page.redirect_chain == [("/candidate/profile/about/", 302)]
    assert "The vacancy that you chose has closed meanwhile." in page.content.decode()
    assert "See what is like it" in browser.get("/home/").content.decode()


def test_the_number_of_a_vacancy_that_there_is_not_begins_a_profile_all_the_same() -> None:
    browser = signed_in(UserFactory())
    assert (
        browser.post(reverse("placements:begin", args=[987654])).headers["Location"]
        == "/candidate/profile/about/"
    )
    assert not RememberedVacancy.objects.exists()


def test_a_paused_one_waits(vacancy: Vacancy) -> None:
    person = CandidateFactory(empty=True)
    browser = chosen_by(person, vacancy)
    pause_vacancy(vacancy=vacancy, by=vacancy.created_by, now=timezone.now())
    assert "takes a break" in browser.get("/home/").content.decode()
    assert "takes a break" in browser.get(reverse("placements:match", args=[vacancy.pk])).content.decode()


def test_a_company_that_is_not_accepted_any_more_is_not_named(vacancy: Vacancy) -> None:
    browser = chosen_by(CandidateFactory(empty=True), vacancy)
    type(vacancy.employer).objects.update(state=EmployerState.REJECTED, decision_reason="Closed.")
    for address in ("/home/", reverse("placements:match", args=[vacancy.pk])):
        page = browser.get(address).content.decode()
        assert vacancy.employer.name not in page
        assert TITLE not in page
        assert "has closed" in page


def test_somebody_with_a_profile_is_led_to_the_page_for_everybody_when_it_closed(vacancy: Vacancy) -> None:
    pause_vacancy(vacancy=vacancy, by=vacancy.created_by, now=timezone.now())
    browser = signed_in(CandidateFactory(listed=True).user)
    response = browser.get(reverse("placements:match", args=[vacancy.pk]))
    assert response.headers["Location"] == job_path(vacancy)


def test_a_draft_and_a_number_of_nothing_are_not_found() -> None:
    browser = signed_in(CandidateFactory(empty=True).user)
    for number in (VacancyFactory(draft=True).pk, 987654):
        assert browser.get(reverse("placements:match", args=[number])).status_code == 404


def test_whoever_wants_it_no_more_takes_it_off_and_twice_is_once(vacancy: Vacancy) -> None:
    person = CandidateFactory(empty=True)
    browser = chosen_by(person, vacancy)
    other = CandidateFactory(empty=True)
    chosen_by(other, vacancy)
    for _press in range(2):
        response = browser.post(reverse("placements:forget", args=[vacancy.pk]))
        assert response.headers["Location"] == "/home/"
    assert remembered(person) == []
    assert remembered(other) == [vacancy]


def test_one_that_became_an_application_stands_there_alone(vacancy: Vacancy) -> None:
    person = measured_person()
    browser = chosen_by(person, vacancy)
    application("invited", candidate=person, vacancy=vacancy)
    assert "You wanted to look at" not in browser.get("/home/").content.decode()


def test_the_newest_few_are_kept_and_choosing_again_changes_nothing() -> None:
    person = CandidateFactory(empty=True)
    many = [VacancyFactory() for _number in range(MOST + 1)]
    for one in (*many, many[-1]):
        chosen_by(person, one)
    assert remembered(person) == many[:0:-1]


@pytest.mark.parametrize("query", ["vacancy=0x1", "vacancy=", "vacancy=99999999999", "vacancy=1&vacancy=x"])
def test_what_is_no_number_of_a_vacancy_leads_to_the_first_step(query: str) -> None:
    response = signed_in(UserFactory()).post(f"/candidate/start/?{query}")
    assert resolve(response.headers["Location"]).view_name == "candidates:step"


def test_the_public_page_offers_each_reader_their_own_next_step(
    client: Client, vacancy: Vacancy, employer_client: Client
) -> None:
    path = job_path(vacancy)
    start = f"/candidate/start/?vacancy={vacancy.pk}"
    newcomer = signed_in(UserFactory()).get(path).content.decode()
    assert link(newcomer, "Make my profile") == start
    own = signed_in(CandidateFactory().user).get(path).content.decode()
    assert link(own, "See your match") == reverse("placements:match", args=[vacancy.pk])
    for nobody in (employer_client, signed_in(UserFactory(staff=True))):
        assert "Is this for you?" not in nobody.get(path).content.decode()
    assert signed_in(CandidateFactory().user).get(start).headers["Location"] == reverse(
        "placements:match", args=[vacancy.pk]
    )


def test_it_goes_with_the_person(vacancy: Vacancy) -> None:
    person = CandidateFactory(empty=True)
    chosen_by(person, vacancy)
    User.objects.filter(pk=person.user_id).update(came_for="/candidate/start/?vacancy=1")
    leave(candidate=person, by=person.user, now=timezone.now())
    assert not RememberedVacancy.objects.exists()
    assert not User.objects.filter(pk=person.user_id).exclude(came_for="").exists()


def test_the_home_page_asks_no_more_for_many(django_assert_num_queries: Any) -> None:
    person = measured_person()
    for _number in range(MOST):
        chosen_by(person, VacancyFactory())
    browser = signed_in(person.user)
    browser.get("/home/")
    with django_assert_num_queries(14):
        browser.get("/home/")
