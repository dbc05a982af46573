"""Lists that stay quick with millions of rows: what a search finds, and that nothing is counted or sorted."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common import long_lists
from common.long_lists import LongListAdmin, condition
from common.reading import ReadOnlyAdmin
from tests.factories.accounts import UserFactory
from tests.factories.assessments import MeasurementFactory
from tests.factories.candidates import CandidateFactory

CANDIDATES = "admin:candidates_candidate_changelist"
USERS = "admin:accounts_user_changelist"


@pytest.mark.parametrize(
    ("how", "term", "asked"),
    [
        ("text", "an", False),
        ("text", "ana", True),
        ("text", "x" * 201, False),
        ("id", "3f9a0", False),
        ("id", "3F9A0C", True),
        ("id", "3f9a0c-zz", False),
        ("id", "0" * 33, False),
        ("whole", "1", True),
        ("whole", "x" * 201, False),
    ],
)
def test_what_each_way_can_be_asked(how: str, term: str, asked: bool) -> None:
    assert (condition("field", how, term) is not None) is asked


@pytest.mark.django_db
def test_people_are_found_by_part_of_address_or_name_and_by_the_beginning_of_their_id(staff_client):
    ana = CandidateFactory(user=UserFactory(email="ana.lopes@people.example", name="Ana Lopes"))
    other = CandidateFactory(user=UserFactory(email="b@people.example", name="Bela"))

    def found(page, term):
        return set(staff_client.get(reverse(page), {"q": term}).context["cl"].queryset)

    assert found(CANDIDATES, "LOPES") == {ana}
    assert found(CANDIDATES, ana.public_id.hex[:6].upper()) == {ana}
    assert found(CANDIDATES, str(ana.public_id)) == {ana}
    assert found(CANDIDATES, "people.example") == {ana, other}
    assert found(USERS, "ana lop") == {ana.user}
    assert found(USERS, "b@people") == {other.user}
    assert found(CANDIDATES, "100%") == set()


@pytest.mark.django_db
def test_too_little_to_search_for_says_so(staff_client):
    CandidateFactory()
    page = staff_client.get(reverse(CANDIDATES), {"q": "an"})
    assert "Type at least 3 characters to search for." in page.content.decode()
    assert page.context["cl"].result_count == 0


@pytest.mark.django_db
def test_more_rows_than_are_counted_say_so(staff_client, monkeypatch):
    monkeypatch.setattr(long_lists, "MOST", 2)
    UserFactory.create_batch(3)
    page = staff_client.get(reverse(USERS))
    assert "The first 2 users; search or filter to reach the others" in " ".join(
        page.content.decode().split()
    )
    assert staff_client.get(reverse(USERS), {"q": "nobody"}).context["cl"].paginator.more is False


@pytest.mark.django_db
def test_a_search_that_finds_too_many_says_so(staff_client, monkeypatch):
    monkeypatch.setattr(long_lists, "FOUND", 2)
    UserFactory.create_batch(3)
    page = staff_client.get(reverse(USERS), {"q": "people.example"})
    assert "More than 2 match." in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "queries"), [(CANDIDATES, 6), (USERS, 5), ("admin:assessments_measurement_changelist", 7)]
)
@pytest.mark.parametrize("size", [1, 30])
def test_each_takes_the_same_queries_and_counts_to_a_limit(
    page, queries, size, staff_client, django_assert_num_queries
):
    for _ in range(size):
        MeasurementFactory(candidate=CandidateFactory(listed=True))
    staff_client.get(reverse(page))
    with django_assert_num_queries(queries), CaptureQueriesContext(connection) as asked:
        staff_client.get(reverse(page))
    counts = [one["sql"] for one in asked if "COUNT(" in one["sql"] and "FROM (SELECT" in one["sql"]]
    assert counts
    assert all("LIMIT 1001" in sql for sql in counts)


def test_no_list_of_ours_counts_all_its_rows_or_shows_them_all() -> None:
    ours = [one for one in admin.site._registry.values() if isinstance(one, ReadOnlyAdmin | LongListAdmin)]
    assert len(ours) > 20
    for one in ours:
        assert issubclass(one.paginator, long_lists.FirstRows), one
        assert one.show_full_result_count is False
    assert not [one for one in ours if isinstance(one, LongListAdmin) and one.date_hierarchy]
