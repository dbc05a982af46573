"""A form that could not be saved: the session had ended, or the language was switched."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import typed
from candidates.models import Candidate
from employers.models import Employer
from tests.conftest import signed_in
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import MembershipFactory
from tests.vacancies.posted import editor_data
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db

ABOUT = "/candidate/profile/about/"
TYPED = {"display_name": "Half a na", "country": "PT", "zone": "Europe/Lisbon", "work_right": ""}
HERE_AGAIN = "The form is as you left it. Changes in it are not saved yet."


def without_session(client: Client) -> Client:
    """The same browser after its session ended: other cookies stay."""
    client.get(reverse("people:settings"))
    client.session.flush()
    return client


def sign_in(client: Client, user: object, path: str):
    """Through the door, on to where the person was going."""
    door = f"{reverse('account_login')}?next={quote(path)}"
    return client.post(door, {"login": user.email, "password": PASSWORD, "next": path}, follow=True)


def field(page: str, name: str) -> str:
    """The tag of one field."""
    return re.search(rf'<(?:input|select|textarea)[^>]*name="{name}"[^>]*>[^<]*', page)[0]


@pytest.fixture
def candidate(db):
    return CandidateFactory(user__name="Ana Sousa", country_id="ES", zone="Europe/Madrid")


def test_what_was_typed_without_a_session_is_there_after_signing_in(candidate):
    client = without_session(signed_in(candidate.user))
    door = client.post(ABOUT, TYPED, follow=True)
    assert door.redirect_chain == [(f"/accounts/login/?next={ABOUT}", 302)]
    assert "Sign in, and you find what you typed in the form again." in door.content.decode()
    page = sign_in(client, candidate.user, ABOUT).content.decode()
    assert HERE_AGAIN in page
    assert 'value="Half a na"' in field(page, "display_name")
    assert "field-error" not in page
    candidate.user.identity.refresh_from_db()
    assert candidate.user.identity.display_name == "Ana Sousa"


def test_it_is_shown_once_and_then_what_is_saved(candidate):
    client = without_session(signed_in(candidate.user))
    client.post(ABOUT, TYPED)
    sign_in(client, candidate.user, ABOUT)
    page = client.get(ABOUT).content.decode()
    assert HERE_AGAIN not in page
    assert 'value="Ana Sousa"' in field(page, "display_name")


def test_other_pages_do_not_take_it(candidate):
    client = without_session(signed_in(candidate.user))
    client.post(ABOUT, TYPED)
    sign_in(client, candidate.user, "/candidate/profile/")
    assert HERE_AGAIN not in client.get("/candidate/profile/skills/").content.decode()
    assert HERE_AGAIN in client.get(ABOUT).content.decode()


def test_another_person_on_the_same_browser_never_sees_it(candidate):
    other = CandidateFactory(user__name="Berna Kaya")
    client = without_session(signed_in(candidate.user))
    client.post(ABOUT, TYPED)
    page = sign_in(client, other.user, ABOUT).content.decode()
    assert 'value="Berna Kaya"' in field(page, "display_name")
    assert "Half a na" not in page
    assert typed.SESSION_KEY not in client.session


def test_after_two_hours_it_is_gone(candidate, monkeypatch):
    client = without_session(signed_in(candidate.user))
    client.post(ABOUT, TYPED)
    later = timezone.now() + timedelta(hours=2, seconds=1)
    monkeypatch.setattr("accounts.typed.timezone.now", lambda: later)
    assert "Half a na" not in sign_in(client, candidate.user, ABOUT).content.decode()


@pytest.mark.parametrize("cookie", [None, "", "1", "1:forged", "999999999999999999999:x"])
def test_without_a_known_author_nothing_is_kept_and_that_is_said(candidate, cookie):
    client = without_session(signed_in(candidate.user))
    del client.cookies[settings.AUTHOR_COOKIE_NAME]
    if cookie is not None:
        client.cookies[settings.AUTHOR_COOKIE_NAME] = cookie
    door = client.post(ABOUT, TYPED, follow=True)
    assert "You were signed out, so nothing was saved. Sign in and do it once more." in door.content.decode()
    assert "Half a na" not in sign_in(client, candidate.user, ABOUT).content.decode()


def test_what_is_far_too_long_is_not_kept(candidate):
    client = without_session(signed_in(candidate.user))
    client.post(ABOUT, TYPED | {"display_name": "x" * typed.MOST_BYTES})
    assert typed.SESSION_KEY not in client.session


def test_a_press_that_is_no_form_is_not_kept(employer_client):
    client = without_session(employer_client)
    door = client.post("/vacancies/1/publish/", {"seen": "1"}, follow=True)
    assert "You were signed out, so nothing was saved." in door.content.decode()
    assert typed.SESSION_KEY not in client.session


def test_a_form_sent_from_elsewhere_is_not_kept(candidate):
    client = Client(enforce_csrf_checks=True)
    client.cookies.update(without_session(signed_in(candidate.user)).cookies)
    assert client.post(ABOUT, TYPED).status_code == 403
    assert typed.SESSION_KEY not in client.session


def test_a_vacancy_typed_without_a_session_is_there_again(employer_client):
    user, data = employer_client.user, editor_data(title="Customer service in Fren", pay_min="oops")
    client = without_session(employer_client)
    client.post("/vacancies/new/", data)
    page = sign_in(client, user, "/vacancies/new/").content.decode()
    assert 'value="Customer service in Fren"' in field(page, "title")
    assert 'value="oops"' in field(page, "pay_min")
    assert "field-error" not in page
    assert not Vacancy.objects.exists()


SWITCH = reverse("set_language")


@pytest.mark.parametrize(
    "step", ["about", "languages", "background", "skills", "hours", "work", "work-style"]
)
def test_every_step_of_a_profile_keeps_what_was_typed_when_the_language_is_switched(candidate, step):
    from tests.candidates.filled_forms import shown

    client, path = signed_in(candidate.user), f"/candidate/profile/{step}/"
    first = client.get(path)
    data = shown(first)
    switched = client.post(f"{SWITCH}?next={path}", data | {"language": "nl"}, follow=True)
    assert switched.redirect_chain == [(path, 302)]
    page = switched.content.decode()
    assert '<html lang="nl"' in page
    assert 'id="error' not in page
    assert "field-error" not in page
    assert shown(switched) == data


def test_the_switch_keeps_what_was_typed_and_saves_nothing(candidate):
    client = signed_in(candidate.user)
    page = client.post(f"{SWITCH}?next={ABOUT}", TYPED | {"language": "nl"}, follow=True).content.decode()
    assert 'value="Half a na"' in field(page, "display_name")
    assert Candidate.objects.get().country_id == "ES"
    back = client.post(f"{SWITCH}?next={ABOUT}", TYPED | {"language": "en"}, follow=True).content.decode()
    assert HERE_AGAIN in back


@pytest.mark.parametrize("edits", [False, True])
def test_the_switch_keeps_a_half_written_vacancy(employer_client, edits):
    from tests.factories.vacancies import VacancyFactory

    employer = employer_client.user.membership.employer
    path = (
        f"/vacancies/{VacancyFactory(employer=employer, draft=True).pk}/edit/" if edits else "/vacancies/new/"
    )
    data = editor_data(title="Klantenservice", months="soon") | {"language": "nl"}
    page = employer_client.post(f"{SWITCH}?next={path}", data, follow=True).content.decode()
    assert 'value="Klantenservice"' in field(page, "title")
    assert 'value="soon"' in field(page, "months")
    assert '<html lang="nl"' in page
    assert Vacancy.objects.filter(draft__title="Klantenservice").count() == 0


def test_the_switch_keeps_an_application_and_the_company_page():
    applicant = signed_in(UserFactory())
    page = applicant.post(
        f"{SWITCH}?next=/employer/apply/", {"name": "Grachten BV", "language": "nl"}, follow=True
    )
    assert 'value="Grachten BV"' in field(page.content.decode(), "name")
    assert not Employer.objects.exists()
    owner = signed_in(MembershipFactory(employer__accepted=True).user)
    page = owner.post(
        f"{SWITCH}?next=/employer/company/", {"name": "Sluis BV", "language": "nl"}, follow=True
    )
    assert 'value="Sluis BV"' in field(page.content.decode(), "name")


def test_on_a_form_page_the_switch_belongs_to_the_form(candidate):
    page = signed_in(candidate.user).get(ABOUT).content.decode()
    button = re.search(r'<button[^>]*name="language" value="nl"[^>]*>', page)[0]
    assert 'form="step"' in button
    assert f'formaction="{SWITCH}?next={ABOUT}"' in button


def test_who_may_only_read_switches_without_a_form():
    viewer = signed_in(MembershipFactory(viewer=True, employer__accepted=True).user)
    page = viewer.get("/employer/company/").content.decode()
    assert "formaction" not in re.search(r'<button[^>]*name="language" value="nl"[^>]*>', page)[0]
