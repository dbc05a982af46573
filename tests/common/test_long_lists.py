"""Lists that stay quick with millions of rows: what a search finds, and that nothing is counted or sorted."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from candidates.models import Candidate
from common import long_lists
from common.key_pages import Keys
from common.long_lists import LongListAdmin, condition
from common.reading import ReadOnlyAdmin
from placements.models import Application
from tests.factories.accounts import UserFactory
from tests.factories.assessments import MeasurementFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.placements import application
from vacancies.models import Vacancy
from vacancies.models.vacancy import REVIEW_FIRST

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
@pytest.mark.parametrize("term", ["abcde", "zzqqxx"])
def test_where_only_numbers_are_found_it_says_what_a_number_is(term, staff_client):
    page = staff_client.get(reverse("admin:assessments_session_changelist"), {"q": term})
    text = page.content.decode()
    assert "Type the beginning of a number: 6 or more digits and letters from a to f." in text
    assert "at least 3 characters" not in text


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "nl"])
def test_rows_are_drawn_as_django_draws_them(staff_client, language):
    """The box to tick, and the link with the way back to what was searched for."""
    ana = UserFactory(email="ana&{b}@people.example")
    UserFactory(email="bela@people.example")
    staff_client.user.language = language
    staff_client.user.save()
    page = staff_client.get(reverse(USERS), {"q": "people.example", "is_staff__exact": "0"})
    text = page.content.decode()
    with override(language):
        assert text.count(admin.ModelAdmin.action_checkbox(page.context["cl"].model_admin, ana)) == 1
    back = "?_changelist_filters=q%3Dpeople.example%26is_staff__exact%3D0"
    for one in page.context["cl"].result_list:
        assert f'<a href="{reverse("admin:accounts_user_change", args=[one.pk])}{back}">' in text


def pages_of(client: Client, address: str, link: str) -> list[list[int]]:
    """The keys on every page from `address` on, going on by that link of the list."""
    pages = []
    while True:
        listed = client.get(address).context["cl"]
        pages.append([row.pk for row in listed.result_list])
        if not getattr(listed, link):
            return pages
        address = reverse(USERS) + getattr(listed, link)


@pytest.fixture
def users(staff_client, monkeypatch) -> list[int]:
    """The keys of all users, newest first, shown three a page."""
    monkeypatch.setattr(admin.site._registry[User], "list_per_page", 3)
    UserFactory.create_batch(6)
    return list(User.objects.order_by("-pk").values_list("pk", flat=True))


@pytest.mark.django_db
def test_every_row_is_reached_once_forth_and_back(staff_client, users):
    forth = pages_of(staff_client, reverse(USERS), "later")
    assert forth == [users[at : at + 3] for at in range(0, len(users), 3)]
    last = reverse(USERS) + staff_client.get(reverse(USERS)).context["cl"].later
    listed = staff_client.get(last).context["cl"]
    assert pages_of(staff_client, reverse(USERS) + listed.earlier, "earlier")[-1] == users[:3]
    words = " ".join(staff_client.get(last).content.decode().split())
    assert "First page</a>" in words
    assert "Previous page</a>" in words


@pytest.mark.django_db
@pytest.mark.parametrize(
    "order",
    [
        ("quiet_until", "pk"),
        ("-quiet_until", "-pk"),
        ("-quiet_until", "pk"),
        ("quiet_until", "-pk"),
        ("changed_at", "quiet_until", "pk"),
        ("-changed_at", "-quiet_until", "-pk"),
    ],
)
def test_behind_and_before_any_row_are_all_the_others(order):
    """Rows without a value too, which PostgreSQL takes for more than any."""
    day = timezone.now().date()
    now = timezone.now()
    for at, quiet in enumerate((day, None, day + timedelta(days=1), day, None)):
        CandidateFactory(quiet_until=quiet, changed_at=now + timedelta(hours=at // 3))
    rows = Candidate.objects.order_by(*order)
    keys, everybody = Keys(rows, order), list(rows)
    for at, one in enumerate(everybody):
        place = keys.place_of(one)
        behind = [row for stretch in keys.beyond(place) for row in rows.filter(stretch)]
        assert behind == everybody[at + 1 :]
        before = [
            row for stretch in keys.beyond(place, backward=True) for row in rows.reverse().filter(stretch)
        ]
        assert before[::-1] == everybody[:at]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "order"),
    [
        (Candidate, ("-changed_at", "-pk")),
        (Candidate, ("changed_at", "pk")),
        (Application, ("promise_on", "pk")),
        (Vacancy, ("turn", "changed_at", "pk")),
    ],
)
def test_a_page_far_behind_begins_in_the_index_at_its_first_row(model, order):
    """Also where all rows share everything but their key."""
    application()
    rows = (Vacancy.objects.annotate(turn=REVIEW_FIRST) if model is Vacancy else model.objects).order_by(
        *order
    )
    keys, row = Keys(rows, order), rows[0]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    for backward in (False, True):
        beyond = keys.beyond(keys.place_of(row), backward=backward)[0]
        plan = (rows.reverse() if backward else rows).filter(beyond)[:3].explain()
        assert "Index Cond: (ROW(" in plan
        assert "Filter" not in plan


@pytest.mark.django_db
def test_what_came_meanwhile_moves_nobody(staff_client, users):
    later = staff_client.get(reverse(USERS)).context["cl"].later
    UserFactory.create_batch(2)
    assert [row.pk for row in staff_client.get(reverse(USERS) + later).context["cl"].result_list] == users[
        3:6
    ]
    User.objects.filter(pk=users[2]).update(email="moved@people.example")
    assert [row.pk for row in staff_client.get(reverse(USERS) + later).context["cl"].result_list] == users[
        3:6
    ]


@pytest.mark.django_db
def test_rows_alike_in_the_first_column_are_told_apart_by_the_last(staff_client, monkeypatch):
    monkeypatch.setattr(admin.site._registry[Candidate], "list_per_page", 2)
    now = timezone.now()
    people = [CandidateFactory(changed_at=now).pk for _ in range(5)]
    first = staff_client.get(reverse(CANDIDATES)).context["cl"]
    second = staff_client.get(reverse(CANDIDATES) + first.later).context["cl"]
    shown = [row.pk for row in (*first.result_list, *second.result_list)]
    assert shown == people[:0:-1]
    column = first.list_display.index("changed_at")
    upward = staff_client.get(reverse(CANDIDATES), {"o": column}).context["cl"]
    further = staff_client.get(reverse(CANDIDATES) + upward.later).context["cl"]
    assert [row.pk for row in (*upward.result_list, *further.result_list)] == people[:4]


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["x", "[" * 3_000, "[]", "[null]", "[1]", '["x"]', '["1","2"]', "{}"])
def test_a_place_that_is_none_begins_anew(staff_client, place):
    answer = staff_client.get(reverse(USERS), {"after": place})
    assert answer.status_code == 302
    assert answer.url.endswith("?e=1")


def test_a_text_that_no_column_holds_is_no_place():
    rows = User.objects.order_by("email", "pk")
    with pytest.raises(IncorrectLookupParameters):
        Keys(rows, ("email", "pk")).beyond('["\\u0000", "1"]')


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "by_number"),
    [
        ("admin:reference_wagefloor_changelist", True),  # by region, and regions are sorted by their names
        ("admin:reference_marketpay_changelist", False),  # by country, and countries are sorted by their keys
    ],
)
def test_a_list_in_the_order_of_another_table_has_numbers(staff_client, page, by_number):
    assert staff_client.get(reverse(page)).context["cl"].by_number is by_number


@pytest.mark.django_db
def test_another_filter_begins_at_the_first_row(staff_client, users):
    later = staff_client.get(reverse(USERS)).context["cl"].later
    page = staff_client.get(reverse(USERS) + later)
    assert "after=" not in page.context["cl"].get_query_string({"is_staff__exact": "1"})


@pytest.mark.django_db
def test_a_search_that_finds_too_many_says_so(staff_client, monkeypatch):
    monkeypatch.setattr(long_lists, "FOUND", 2)
    UserFactory.create_batch(3)
    page = staff_client.get(reverse(USERS), {"q": "people.example"})
    assert "More than 2 match." in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "queries"), [(CANDIDATES, 5), (USERS, 4), ("admin:assessments_measurement_changelist", 6)]
)
@pytest.mark.parametrize("size", [1, 30])
def test_each_takes_the_same_queries_and_counts_nothing(
    page, queries, size, staff_client, django_assert_num_queries
):
    for _ in range(size):
        MeasurementFactory(candidate=CandidateFactory(listed=True))
    staff_client.get(reverse(page))
    with django_assert_num_queries(queries), CaptureQueriesContext(connection) as asked:
        staff_client.get(reverse(page))
    assert not [one["sql"] for one in asked if "COUNT(" in one["sql"] and "FROM (SELECT" in one["sql"]]


def test_no_list_of_ours_counts_all_its_rows_or_shows_them_all() -> None:
    ours = [one for one in admin.site._registry.values() if isinstance(one, ReadOnlyAdmin | LongListAdmin)]
    assert len(ours) > 20
    for one in ours:
        assert issubclass(one.paginator, long_lists.FirstRows), one
        assert one.show_full_result_count is False
    assert not [one for one in ours if isinstance(one, LongListAdmin) and one.date_hierarchy]
