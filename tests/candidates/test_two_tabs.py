"""The same step in two tabs: who saves last is told what the other tab saved, and decides."""

import re

import pytest

from candidates.models import Candidate
from tests.candidates.filled_forms import errors, shown, stored
from tests.conftest import signed_in
from tests.factories.candidates import CandidateFactory

pytestmark = pytest.mark.django_db

ABOUT, SKILLS, HOURS = "/candidate/profile/about/", "/candidate/profile/skills/", "/candidate/profile/hours/"
MEANWHILE = "Another tab saved this step meanwhile"


@pytest.fixture
def client(db):
    candidate = CandidateFactory(
        user__name="Ana", country_id="ES", zone="Europe/Madrid", work_right="unrestricted"
    )
    return signed_in(candidate.user)


def test_the_later_tab_is_told_and_saves_nothing(client):
    first, second = shown(client.get(ABOUT)), shown(client.get(ABOUT))
    assert client.post(ABOUT, first | {"display_name": "Ana Sousa"}).status_code == 302
    before = stored(client.user.candidate)
    page = client.post(ABOUT, second | {"display_name": "Anita"})
    assert page.status_code == 409
    text = page.content.decode()
    assert MEANWHILE in text
    assert re.search(r'name="display_name" value="Anita"', text)
    assert f'href="{ABOUT}"' in text
    assert errors(page) == {}
    assert stored(client.user.candidate) == before
    assert "is saved." not in client.get("/candidate/profile/").content.decode()


def test_who_has_seen_it_can_save_all_the_same(client):
    first, second = shown(client.get(ABOUT)), shown(client.get(ABOUT))
    client.post(ABOUT, first | {"display_name": "Ana Sousa"})
    page = client.post(ABOUT, second | {"display_name": "Anita"})
    assert client.post(ABOUT, shown(page)).status_code == 302
    client.user.identity.refresh_from_db()
    assert client.user.identity.display_name == "Anita"


def test_the_same_in_both_tabs_and_a_double_press_are_no_conflict(client):
    sent = shown(client.get(ABOUT)) | {"display_name": "Ana Sousa"}
    assert [client.post(ABOUT, sent).status_code for _press in range(2)] == [302, 302]


def test_other_steps_do_not_matter(client):
    skills = shown(client.get(SKILLS))
    client.post(ABOUT, shown(client.get(ABOUT)) | {"country": "PT", "zone": "Europe/Lisbon"})
    assert client.post(SKILLS, skills | {"crm": "2"}).status_code == 302
    assert Candidate.objects.get().skills.get(skill="crm").stated == 2


def test_rows_are_guarded_too(client):
    path = "/candidate/profile/languages/"
    first, second = shown(client.get(path)), shown(client.get(path))
    assert client.post(path, first | {"languages-1-level": "3"}).status_code == 302
    before = stored(client.user.candidate)
    page = client.post(path, second | {"languages-1-level": "2"})
    assert (page.status_code, MEANWHILE in page.content.decode()) == (409, True)
    assert stored(client.user.candidate) == before


def test_a_mark_survives_a_refused_form(client):
    first, second = shown(client.get(ABOUT)), shown(client.get(ABOUT))
    client.post(ABOUT, first | {"display_name": "Ana Sousa"})
    refused = client.post(ABOUT, second | {"display_name": ""})
    assert refused.status_code == 422
    assert client.post(ABOUT, shown(refused) | {"display_name": "Anita"}).status_code == 409


@pytest.mark.parametrize("seen", ["", "forged", "x" * 5000, None])
def test_a_forged_mark_overwrites_nothing_unseen(client, seen):
    sent = shown(client.get(ABOUT)) | {"display_name": "Anita", "seen": seen}
    status = client.post(
        ABOUT, {name: value for name, value in sent.items() if value is not None}
    ).status_code
    assert status == (302 if seen is None else 409)
