"""Profiles in the admin: to find and to read."""

import pytest

from candidates.models import Candidate
from tests.candidates.filled_forms import stored
from tests.factories.candidates import CandidateFactory

pytestmark = pytest.mark.django_db

LIST = "/admin/candidates/candidate/"


def listed_in(response) -> set[Candidate]:
    return set(response.context["cl"].result_list)


def test_search_by_address_and_by_public_id(staff_client):
    ana, ben = CandidateFactory(user__email="ana@people.example"), CandidateFactory()
    assert listed_in(staff_client.get(LIST, {"q": "ana@people"})) == {ana}
    assert listed_in(staff_client.get(LIST, {"q": str(ben.public_id)})) == {ben}


def test_search_by_half_an_id_or_by_name_finds_nobody(staff_client):
    person = CandidateFactory(user__name="Ana")
    assert listed_in(staff_client.get(LIST, {"q": str(person.public_id)[:5]})) == set()
    assert listed_in(staff_client.get(LIST, {"q": "Ana"})) == set()


def test_filters(staff_client):
    lisbon, manila = CandidateFactory(), CandidateFactory(in_manila=True, listed=True)
    assert listed_in(staff_client.get(LIST, {"country__iso2__exact": "PT"})) == {lisbon}
    assert listed_in(staff_client.get(LIST, {"listed__exact": "1"})) == {manila}


def test_the_countries_to_filter_by_are_those_in_which_somebody_lives(staff_client):
    for country in ("ZA", "PT", "PT"):
        CandidateFactory(country_id=country, region=None)
    filters = staff_client.get(LIST).context["cl"].filter_specs
    offered = next(one for one in filters if one.title == "country of residence")
    assert offered.lookup_choices == [("PT", "Portugal"), ("ZA", "South Africa")]


@pytest.mark.parametrize("people", [1, 30])
def test_the_list_costs_the_same_at_any_length(staff_client, people, django_assert_num_queries):
    CandidateFactory.create_batch(people)
    staff_client.get(LIST)
    with django_assert_num_queries(5):
        assert len(listed_in(staff_client.get(LIST))) == people


def test_a_profile_is_read_not_written(staff_client):
    person = CandidateFactory()
    page = f"{LIST}{person.pk}/change/"
    before = stored(person)
    content = staff_client.get(page).content.decode()
    assert person.user.email in content
    assert "Monday to Friday: 08:00–20:00" in content
    assert "Handling e-mail" in content
    assert 'name="_save"' not in content
    assert staff_client.post(page, {"zone": "UTC"}).status_code == 403
    assert staff_client.post(f"{LIST}{person.pk}/delete/", {"post": "yes"}).status_code == 403
    assert staff_client.get(f"{LIST}add/").status_code == 403
    assert stored(person) == before


def test_a_profile_costs_the_same_at_any_number_of_rows(staff_client, django_assert_num_queries):
    few = CandidateFactory(languages={"en": 5}, skills={}, places=[], markets=(), experience=[])
    many = CandidateFactory(
        languages={"en": 5, "pt": 6, "nl": 3, "de": 2},
        skills={"crm": 1, "email_handling": 2, "ticketing": 3},
        places=[("NL", "", "lived", 1), ("BE", "", "lived", 1), ("DE", "", "lived", 1)],
        markets=("NL", "BE", "DE"),
        experience=[("ecommerce", "chat", 3), ("travel", "phone", 4)],
    )
    staff_client.get(f"{LIST}{few.pk}/change/")
    for person in (few, many):
        with django_assert_num_queries(11):
            staff_client.get(f"{LIST}{person.pk}/change/")
