"""Every daily list takes the same number of queries at 1, at 30 and at 10,000 rows: of one person, one employer, one desk.

The rows are copies that the database makes of one that the actions made, all lists of a size together.
"""

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, Notification, OutboxMail, User
from assessments.models import Measurement
from employers.models import Employer
from placements.models import Application, ProfileView
from tests.conftest import signed_in
from tests.factories.matching import ranked
from tests.factories.placements import application, member_of

FIRST = 10_000_000
"""Copies have keys from here on, so that they can name one another."""

QUERIES = {
    ("anybody", "vacancies:jobs"): 3,
    ("candidate", "home"): 14,
    ("candidate", "placements:matches"): 11,
    ("candidate", "placements:my_applications"): 5,
    ("candidate", "placements:profile_views"): 5,
    ("candidate", "people:notifications"): 5,
    ("employer", "home"): 9,
    ("employer", "vacancies:list"): 5,
    ("employer", "placements:shortlist"): 12,
    ("employer", "placements:pipeline"): 8,
    ("employer", "placements:all_applications"): 6,
    ("employer", "people:notifications"): 4,
    ("staff", "admin:index"): 7,
    ("staff", "admin:employers_employer_changelist"): 6,
    ("staff", "admin:vacancies_vacancy_changelist"): 5,
    ("staff", "admin:candidates_candidate_changelist"): 5,
    ("staff", "admin:accounts_user_changelist"): 4,
    ("staff", "admin:assessments_measurement_changelist"): 6,
    ("staff", "admin:accounts_auditentry_changelist"): 4,
    ("staff", "admin:accounts_outboxmail_changelist"): 4,
    ("staff", "admin:placements_application_changelist"): 4,
}


def copies(row: Model, first: int, last: int, **different: str) -> None:
    """Rows like `row`, of the numbers `first`..`last`; `different` are columns in SQL, in which `g` is the number."""
    meta = row._meta
    columns = [
        field.column for field in meta.concrete_fields if field is not meta.pk or field.column in different
    ]
    values = ", ".join(different.get(one, f'old."{one}"') for one in columns)
    names = ", ".join(f'"{one}"' for one in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{meta.db_table}" ({names}) SELECT {values} '
            f'FROM "{meta.db_table}" old, generate_series(%s, %s) g WHERE old.id = %s ORDER BY g',
            [first, last, row.pk],
        )


def grow(held: Application, member: User, first: int, last: int) -> None:
    """So many more of everything: people and companies, vacancies of this one, and what happened between them."""
    key, number = f"{FIRST} + g", "gen_random_uuid()"
    person, vacancy = held.candidate, held.vacancy
    assert person is not None
    copies(person.user, first, last, id=key, email="'copy-' || g || '@people.example'")
    copies(person, first, last, id=key, user_id=key, public_id=number)
    copies(Measurement.objects.get(candidate=person), first, last, candidate_id=key)
    copies(Employer.objects.get(pk=vacancy.employer_id), first, last, id=key)
    copies(vacancy, first, last, id=key)
    copies(held, first, last, public_id=number, candidate_id=key)
    copies(held, first, last, public_id=number, vacancy_id=key)
    copies(ProfileView.objects.get(candidate=person, vacancy=vacancy), first, last, vacancy_id=key)
    news = Notification.objects.filter(user=person.user)[0]
    copies(news, first, last, key="'copy-' || g")
    copies(news, first, last, key="'copy-' || g", user_id=str(member.pk))
    copies(AuditEntry.objects.all()[0], first, last)
    copies(OutboxMail.objects.all()[0], first, last, id=number)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def asked(client: Client, address: str) -> int:
    """Queries of a page."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.django_db
def test_every_daily_list_takes_the_same_queries_at_any_length(staff_client: Client) -> None:
    held = application()
    assert held.candidate is not None
    member = member_of(held.employer)
    ProfileView.objects.create(
        candidate=held.candidate,
        vacancy=held.vacancy,
        day=timezone.now().date(),
        at=timezone.now(),
        by=member,
    )
    clients = {
        "anybody": Client(),
        "candidate": signed_in(held.candidate.user),
        "employer": signed_in(member),
        "staff": staff_client,
    }
    of_a_vacancy = {"placements:shortlist", "placements:pipeline"}
    pages = {
        (role, name): reverse(name, args=[held.vacancy_id] if name in of_a_vacancy else None)
        for role, name in QUERIES
    }
    found: dict[int, dict[tuple[str, str], int]] = {}
    before = 1
    for size in (1, 30, 10_000):
        grow(held, member, before, size - 1)
        ranked(held.vacancy)
        for (role, _name), address in pages.items():
            if size == 1 or role != "staff":
                clients[role].get(address)  # some pages keep what they worked out: counted once they have
        found[size] = {page: asked(clients[page[0]], address) for page, address in pages.items()}
        before = size
    assert found == dict.fromkeys((1, 30, 10000), QUERIES)
    assert max(QUERIES.values()) <= 15
