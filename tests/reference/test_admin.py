"""Facts in the admin: read, confirm, supersede, record, and the queue of unknown floors."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import AuditEntry
from reference.models import WageFloor
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.reference import WageFloorFactory

pytestmark = pytest.mark.django_db
FLOORS = "admin:reference_wagefloor_changelist"


def posted(**changes: str) -> dict[str, str]:
    return {
        "amount": "9.10",
        "period": "hour",
        "payments_per_year": "12",
        "valid_from": "2027-01-01",
        "source": "Gazette 12",
        "as_of": "2026-11",
        "reliability": "A",
        "reason": "New decree",
        **changes,
    }


def test_the_list_shows_source_date_and_reliability(staff_client: Client) -> None:
    page = staff_client.get(reverse(FLOORS), {"country__iso2__exact": "PT"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "€920.00 per month" in text
    assert "Portugal · Madeira" in text


def test_the_words_of_our_files_say_that_they_are_english_and_those_of_staff_do_not(
    staff_client: Client,
) -> None:
    ours = WageFloorFactory(source="Gazette 12", origin="file")
    theirs = WageFloorFactory(source="Staatscourant 34", origin="staff", created_by=UserFactory())
    for page in ("admin:reference_wagefloor_change", "admin:wage_effects"):
        assert '<span lang="en">Gazette 12</span>' in staff_client.get(reverse(page, args=[ours.pk])).text
        text = staff_client.get(reverse(page, args=[theirs.pk])).text
        assert "Staatscourant 34" in text
        assert '<span lang="en">Staatscourant 34' not in text


@pytest.mark.parametrize(
    ("standing", "inside", "outside"),
    [
        ("today", "nl-legal-hour-2026-07-01", "nl-legal-hour-2026-01-01"),
        ("confirm", "cn-legal-month-undated", "nl-legal-hour-2026-07-01"),
        ("unusable", "rs-legal-hour-2026-01-01", "cn-legal-month-undated"),
        ("withdrawn", "made-withdrawn", "nl-legal-hour-2026-07-01"),
    ],
)
def test_rows_by_standing(standing: str, inside: str, outside: str, staff_client: Client) -> None:
    WageFloorFactory(key="made-withdrawn", withdrawn_at="2026-11-01T00:00Z")
    page = staff_client.get(reverse(FLOORS), {"standing": standing, "all": ""})
    rows = list(page.context["cl"].queryset)
    keys = {row.key for row in rows}
    assert inside in keys
    assert outside not in keys
    assert all(row.waits == (standing == "confirm") for row in rows if standing != "today")


def test_what_waits_leads_straight_to_what_confirming_it_would_touch(staff_client: Client) -> None:
    row = WageFloor.objects.get(key="cn-legal-month-undated")
    straight = reverse("admin:wage_effects", args=[row.pk])
    assert (
        f'<a href="{straight}">China</a>' in staff_client.get(reverse(FLOORS), {"standing": "confirm"}).text
    )
    assert straight not in staff_client.get(reverse(FLOORS), {"standing": "unusable"}).text


def test_the_list_takes_the_same_queries_for_few_and_many_rows(
    staff_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    staff_client.get(reverse(FLOORS))
    for country in ("MT", "CA"):
        with django_assert_num_queries(6):
            staff_client.get(reverse(FLOORS), {"country__iso2__exact": country})


def test_staff_confirm_rows_from_the_list_after_seeing_what_that_does(staff_client: Client) -> None:
    shanghai = WageFloor.objects.get(key="cn-legal-month-undated")
    serbia = WageFloor.objects.get(key="rs-legal-hour-2026-01-01")
    chosen = {"action": "confirm_many", "_selected_action": [shanghai.pk, serbia.pk]}
    preview = staff_client.post(reverse(FLOORS), chosen)
    first, second = preview.context["prospects"]
    assert (first.problem, first.more) == ("", reverse("admin:wage_effects", args=[shanghai.pk]))
    assert "today it is: the only amount on file is old or unconfirmed" in first.would
    assert second.problem == "A net amount cannot be used as a floor. Supersede it with the gross amount."
    assert "1 of 2 would be changed. Nothing has been done yet." in preview.content.decode()
    shanghai.refresh_from_db()
    assert shanghai.confirmed_by is None
    page = staff_client.post(reverse(FLOORS), {**chosen, "confirmed": "1", "reason": "Read the decree"})
    shanghai.refresh_from_db()
    serbia.refresh_from_db()
    assert (shanghai.confirmed_by, serbia.confirmed_by) == (staff_client.user, None)  # type: ignore[attr-defined]
    assert AuditEntry.objects.get(verb="wage_floor.confirmed").reason == "Read the decree"
    assert [(one.done, one.words) for one in page.context["outcomes"]] == [
        (True, "Confirmed. Vacancies and people are looked at again within a minute."),
        (False, "A net amount cannot be used as a floor. Supersede it with the gross amount."),
    ]
    again = staff_client.post(reverse(FLOORS), {**chosen, "confirmed": "1"})
    assert [one.done for one in again.context["outcomes"]] == [False, False]
    assert AuditEntry.objects.filter(verb="wage_floor.confirmed").count() == 1


def test_staff_supersede_a_row_on_a_page_of_its_own(staff_client: Client) -> None:
    malta = WageFloor.objects.get(key="mt-legal-week-2026-01-01")
    address = reverse("admin:reference_wagefloor_supersede", args=[malta.pk])
    assert "€229.44 per week" in staff_client.get(address).content.decode()
    page = staff_client.post(address, posted(amount="236.00", period="week", weekly_hours="40"), follow=True)
    new = WageFloor.objects.get(supersedes=malta)
    assert page.redirect_chain == [(reverse("admin:reference_wagefloor_change", args=[new.pk]), 302)]
    assert (new.amount, new.valid_from, new.created_by) == (
        Decimal("236.00"),
        date(2027, 1, 1),
        staff_client.user,  # type: ignore[attr-defined]
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"amount": "-4"}, "greater than or equal to 0"),
        ({"amount": "0"}, "more than nothing"),
        ({"amount": "much"}, "Enter a number"),
        ({"valid_from": "soon"}, "Enter a valid date"),
        ({"valid_from": "2020-01-01"}, "cannot begin before"),
        ({"source": ""}, "required"),
        ({"reason": ""}, "required"),
        ({"period": "fortnight"}, "Select a valid choice"),
        ({"as_of": "spring"}, "Write a year, month or day"),
        ({"weekly_hours": "200"}, "less than or equal to 80"),
        ({"notes": "x" * 5_000}, "at most 2000 characters"),
    ],
)
def test_bad_figures_are_explained_and_nothing_is_written(
    changes: dict[str, str], message: str, staff_client: Client
) -> None:
    malta = WageFloor.objects.get(key="mt-legal-week-2026-01-01")
    count = WageFloor.objects.count()
    page = staff_client.post(
        reverse("admin:reference_wagefloor_supersede", args=[malta.pk]), posted(**changes)
    )
    assert page.status_code == 200
    assert message in page.content.decode()
    assert WageFloor.objects.count() == count


def test_staff_record_a_policy_for_a_country_in_the_queue(staff_client: Client) -> None:
    address = reverse("admin:reference_wagefloor_record")
    assert staff_client.get(address, {"country": "IT"}).context["form"].initial["country"] == "IT"
    values = posted(country="IT", kind="platform_policy", scope="all work", valid_from="2026-11-01")
    page = staff_client.post(address, {**values, "region": "CA-ON"})
    assert "belongs to another country" in page.content.decode()
    staff_client.post(address, values)
    assert WageFloor.objects.get(country="IT", kind="platform_policy").amount == Decimal("9.10")
    page = staff_client.post(address, values)
    assert "already begins on that day" in page.content.decode()


def test_the_queue_of_countries_without_a_floor(
    staff_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = reverse("admin:reference_country_changelist")
    staff_client.get(address)
    with django_assert_num_queries(6):
        page = staff_client.get(address, {"floor": "net_only"})
    assert sorted(row.pk for row in page.context["cl"].result_list) == ["BA", "MK", "RS"]
    with django_assert_num_queries(6):
        page = staff_client.get(address, {"floor": "unknown", "researched__exact": "1"})
    assert page.context["cl"].result_count == 22
    assert "only an amount after tax is known" in page.content.decode()
    shown = staff_client.get(address, {"q": "PT"}).content.decode()
    assert "€6.20 per hour" in shown


@pytest.mark.parametrize("name", ["exchangerate", "workinghours", "marketpay", "factsversion"])
def test_the_other_facts_are_there_to_read(name: str, staff_client: Client) -> None:
    assert staff_client.get(reverse(f"admin:reference_{name}_changelist")).status_code == 200
    assert staff_client.get(f"/admin/reference/{name}/add/").status_code == 403


def test_rows_cannot_be_edited_added_or_deleted_directly(staff_client: Client) -> None:
    malta = WageFloor.objects.get(key="mt-legal-week-2026-01-01")
    assert staff_client.get("/admin/reference/wagefloor/add/").status_code == 403
    assert (
        staff_client.post(f"/admin/reference/wagefloor/{malta.pk}/change/", {"amount": "1"}).status_code
        == 403
    )
    assert (
        staff_client.post(f"/admin/reference/wagefloor/{malta.pk}/delete/", {"post": "yes"}).status_code
        == 403
    )
    assert staff_client.get(f"/admin/reference/wagefloor/{malta.pk}/change/").status_code == 200


def test_staff_who_may_only_look_change_nothing(now: Any) -> None:
    user = UserFactory(is_staff=True, totp=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_wagefloor"))
    client = signed_in(user)
    malta = WageFloor.objects.get(key="mt-legal-week-2026-01-01")
    assert client.get(reverse(FLOORS)).status_code == 200
    assert client.get(reverse("admin:reference_wagefloor_record")).status_code == 403
    assert (
        client.post(reverse("admin:reference_wagefloor_supersede", args=[malta.pk]), posted()).status_code
        == 403
    )
    client.post(reverse(FLOORS), {"action": "confirm_many", "confirmed": "1", "_selected_action": [malta.pk]})
    malta.refresh_from_db()
    assert malta.confirmed_at is None


def test_an_unknown_row_leads_back_to_the_start(staff_client: Client) -> None:
    page = staff_client.get(reverse("admin:reference_wagefloor_supersede", args=[999_999]))
    assert (page.status_code, page["Location"]) == (302, reverse("admin:index"))


def test_candidates_do_not_come_in() -> None:
    page = signed_in(UserFactory()).get(reverse(FLOORS))
    assert page.status_code in (302, 403)
