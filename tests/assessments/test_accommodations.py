"""What a person needs in tests: recorded once, applied everywhere, seen by nobody else."""

import re
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.actions.accommodations import UnableToAccommodate, record_accommodation
from assessments.actions.desk.acts import open_contact
from assessments.actions.desk.runs import start_run
from assessments.actions.sessions import start_session
from assessments.actions.task_runs import start_tasks
from assessments.actions.typing_runs import start_typing
from assessments.models import Accommodation
from assessments.queries import accommodations_of
from assessments.rules.accommodations import Accommodations, allowed_seconds, time_factor
from matching.engine.pool import Pool
from tests.api.calling import Caller
from tests.assessments.desk_play import scenario
from tests.conftest import signed_in
from tests.factories.assessments import BankFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.rated import draft, rated_tasks, spoken_draft
from tests.world import World

pytestmark = pytest.mark.django_db
ADDRESS = "/tests/accommodations/"
EVERYTHING = {"extra_time": 50, "no_time_limit": False, "screen_reader": True, "larger_type": True}


def recorded(candidate, now, **changes):
    return record_accommodation(candidate=candidate, now=now, **{**EVERYTHING, **changes})


@pytest.mark.parametrize(
    ("extra", "no_limit", "factor", "allowed"),
    [(0, False, "1", 300), (25, False, "1.25", 375), (50, False, "1.5", 450), (100, False, "2", 600), (25, True, "0", None)],
)  # fmt: skip
def test_extra_time_stretches_a_limit_and_no_limit_takes_it_away(extra, no_limit, factor, allowed):
    assert time_factor(extra, no_limit) == Decimal(factor)
    assert allowed_seconds(300, time_factor(extra, no_limit)) == allowed


def test_who_recorded_nothing_has_the_usual_test():
    assert accommodations_of(CandidateFactory()) == Accommodations(Decimal(1), False, False)


def test_a_person_records_once_changes_and_deletes():
    person = CandidateFactory()
    browser = signed_in(person.user)
    assert browser.post(ADDRESS, {"extra_time": "50", "larger_type": "on"}).url == "/tests/"
    assert accommodations_of(person) == Accommodations(Decimal("1.5"), False, True)
    assert browser.post(ADDRESS, {"extra_time": "100", "no_time_limit": "on"}).url == "/tests/"
    assert accommodations_of(person) == Accommodations(Decimal(0), False, False)
    assert Accommodation.objects.count() == 1
    assert browser.post(ADDRESS, {"forget": "yes"}).url == ADDRESS
    assert Accommodation.objects.count() == 0


def test_choosing_nothing_keeps_nothing(now):
    person = CandidateFactory()
    recorded(person, now)
    signed_in(person.user).post(ADDRESS, {"extra_time": "0"})
    assert Accommodation.objects.count() == 0


@pytest.mark.parametrize("extra", ["30", "-25", "x"])
def test_another_amount_is_refused_and_nothing_written(extra):
    page = signed_in(CandidateFactory().user).post(ADDRESS, {"extra_time": extra, "larger_type": "on"})
    assert page.status_code == 422
    assert Accommodation.objects.count() == 0


def test_the_action_refuses_it_too(now):
    with pytest.raises(UnableToAccommodate):
        recorded(CandidateFactory(), now, extra_time=30)


def test_nothing_of_it_is_logged_or_told_to_matching(now):
    from accounts.models import AuditEntry

    person = CandidateFactory()
    before, logged = person.changed_at, AuditEntry.objects.count()
    recorded(person, now)
    person.refresh_from_db()
    assert (person.changed_at, AuditEntry.objects.count()) == (before, logged)


def test_it_goes_with_the_person(now):
    person = CandidateFactory()
    recorded(person, now)
    person.user.delete()
    assert Accommodation.objects.count() == 0


def test_one_person_never_sees_anothers(now):
    person = CandidateFactory()
    recorded(person, now)
    assert "Delete what I recorded" in signed_in(person.user).get(ADDRESS).content.decode()
    page = signed_in(CandidateFactory().user).get(ADDRESS).content.decode()
    assert "Delete what I recorded" not in page
    assert re.findall(r'value="(\d+)"[^>]*checked', page) == ["0"]


def test_pages_of_tests_follow(now):
    person, bank = CandidateFactory(), BankFactory()
    browser = signed_in(person.user)
    session = start_session(candidate=person, bank=bank, seed=1, now=now)
    addresses = [f"/tests/sessions/{session.pk}/", f"/tests/{bank.code}/practice/1/"]
    assert all(" larger" not in browser.get(address).content.decode() for address in addresses)
    recorded(person, now)
    assert all("wrap-narrow larger" in browser.get(address).content.decode() for address in addresses)
    assert '<h1 tabindex="-1" autofocus>Question 1' in browser.get(addresses[0]).content.decode()
    assert '<h1 tabindex="-1" autofocus>Practice question 1' in browser.get(addresses[1]).content.decode()


def test_every_page_with_something_to_answer_opens_at_its_heading_for_who_listens():
    person, now = CandidateFactory(), timezone.now()
    browser = signed_in(person.user)
    rated_tasks()
    written, spoken = draft(person), spoken_draft(person)
    typing = start_typing(candidate=person, language="en", practice=True, limit_seconds=300, seed=1, now=now)
    tasks = start_tasks(candidate=person, seed=1, now=now)
    addresses = [
        reverse("assessments:typing_run", args=[typing.pk]),
        reverse("assessments:tasks_run", args=[tasks.pk]),
        reverse("assessments:tasks_practice", args=[1]),
        reverse("assessments:writing", args=[written.number, 1]),
        reverse("assessments:speaking", args=[spoken.number, 1]),
    ]
    assert all("<h1>" in browser.get(address).text for address in addresses)
    recorded(person, now)
    assert all('<h1 tabindex="-1" autofocus>' in browser.get(address).text for address in addresses)


# --- nobody else ------------------------------------------------------------------------------------------------------


def test_staff_do_not_read_it_off_a_run(staff_client, now):
    candidate = CandidateFactory()
    typing = start_typing(
        candidate=candidate, language="en", practice=False, limit_seconds=451, seed=1, now=now
    )
    page = staff_client.get(reverse("admin:assessments_typingrun_change", args=[typing.pk])).text
    assert typing.passage in page
    assert "451" not in page
    desk = start_run(
        candidate=candidate,
        scenario=scenario(measured=False),
        purpose="training",
        time_factor=Decimal("1.5"),
        seed=1,
        now=now,
    )
    open_contact(run=desk, contact="c1", key=uuid4(), now=now + timedelta(seconds=30))
    response = staff_client.get(reverse("admin:assessments_scenariorun_change", args=[desk.pk]))
    (steps,) = response.context["inline_admin_formsets"]
    assert "at" not in steps.opts.fields
    assert "column-clock_ms" in response.text
    assert "column-at" not in response.text


def test_the_administration_does_not_know_it():
    assert Accommodation not in admin.site._registry
    shown = {
        (type(model).__name__, getattr(inline, "model", None))
        for model in admin.site._registry.values()
        for inline in model.inlines
    }
    assert all(inline is not Accommodation for _name, inline in shown)


def test_no_pool_column_comes_of_it(now):
    """Neither a column of that name, nor a look at the table while the pool is read and a vacancy is ranked."""
    world = World()
    recorded(world.candidate, now)
    with CaptureQueriesContext(connection) as asked:
        assert world.ranked
    assert len(asked) > 5
    assert not [one["sql"] for one in asked if "accommodation" in one["sql"]]
    words = ("extra", "accommodation", "screen", "larger", "factor")
    assert not [name for name in Pool.__dataclass_fields__ if any(word in name for word in words)]


def test_no_other_table_points_to_it():
    assert [
        field for model in apps.get_models() for field in model._meta.get_fields()
        if field.related_model is Accommodation and not field.auto_created
    ] == []  # fmt: skip


def test_pages_and_interfaces_of_others_ask_nothing_of_it(now):
    """Every page and interface that shows the person to an employer or to staff: no query reads the table."""
    world = World()
    vacancy = world.ranked
    recorded(world.candidate, now)
    pages = {
        "employer": [
            reverse("placements:shortlist", args=[vacancy.pk]),
            reverse("placements:person", args=[vacancy.pk, world.candidate.public_id]),
        ],
        "staff": [reverse("admin:candidates_candidate_change", args=[world.candidate.pk])],
        "program": [
            reverse("api:shortlist", args=[vacancy.pk]),
            reverse("api:shortlisted", args=[vacancy.pk, world.candidate.public_id]),
        ],
    }
    for role, addresses in pages.items():
        client = Caller(world.token) if role == "program" else world.client(role)
        for address in addresses:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200, address
            assert not [one["sql"] for one in asked if "accommodation" in one["sql"]], address


def test_extra_time_may_be_left_out():
    person = CandidateFactory()
    signed_in(person.user).post(ADDRESS, {"larger_type": "on"})
    assert accommodations_of(person) == Accommodations(Decimal(1), False, True)
