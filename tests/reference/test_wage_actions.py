"""What staff do to wage floors, and what it leaves behind."""

import threading
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import AuditEntry
from common.money import PayPeriod
from reference.actions.wages import (
    FloorFigures,
    UnableToChangeFloor,
    confirm_wage_floor,
    record_wage_floor,
    supersede_wage_floor,
)
from reference.enums import FloorKind, Origin
from reference.models import Country, Region, WageFloor
from reference.queries.wages import wage_floor
from tests.factories.accounts import UserFactory
from tests.factories.reference import WageFloorFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 22)


def figures(amount: str = "9.00", valid_from: date = date(2027, 1, 1), **others: Any) -> FloorFigures:
    return FloorFigures(
        amount=Decimal(amount), period=PayPeriod.HOUR, valid_from=valid_from, source="Gazette 12", **others
    )


def floor_on(day: date, country: str = "AD") -> str | None:
    found = wage_floor(country, None, day).effective
    return found and str(found.hourly)


def test_confirming_makes_an_indicative_amount_count(now: datetime) -> None:
    row, staff = WageFloorFactory(indicative=True), UserFactory(staff=True)
    assert wage_floor("AD", None, DAY).unknown == "stale_source"
    confirmed = confirm_wage_floor(floor=row, by=staff, now=now, reason="Read the gazette")
    assert (confirmed.confirmed_at, confirmed.confirmed_by) == (now, staff)
    assert floor_on(DAY) == "8.00"
    entry = AuditEntry.objects.get(verb="wage_floor.confirmed")
    assert (entry.actor, entry.reason, entry.object_id, entry.data) == (
        staff,
        "Read the gazette",
        str(row.pk),
        {"key": row.key},
    )


@pytest.mark.parametrize(
    ("trait", "message"), [("net", "A net amount cannot be used"), ("none", "no amount to confirm")]
)
def test_what_cannot_be_confirmed(trait: str, message: str, now: datetime) -> None:
    row = WageFloorFactory(**{trait: True})
    with pytest.raises(UnableToChangeFloor, match=message):
        confirm_wage_floor(floor=row, by=UserFactory(staff=True), now=now)
    assert not AuditEntry.objects.exists()


def test_a_row_is_confirmed_once(now: datetime) -> None:
    row, staff = WageFloorFactory(), UserFactory(staff=True)
    confirm_wage_floor(floor=row, by=staff, now=now)
    with pytest.raises(UnableToChangeFloor, match="already confirmed"):
        confirm_wage_floor(floor=row, by=staff, now=now)


def test_superseding_closes_the_old_row_and_keeps_its_figures(now: datetime) -> None:
    old, staff = WageFloorFactory(), UserFactory(staff=True)
    new = supersede_wage_floor(floor=old, figures=figures(), by=staff, now=now, reason="New decree")
    old.refresh_from_db()
    assert (old.amount, old.valid_to, old.withdrawn_at) == (Decimal("8.00"), date(2027, 1, 1), None)
    assert (new.origin, new.supersedes, new.created_by, new.confirmed_by) == (Origin.STAFF, old, staff, staff)
    assert [floor_on(day) for day in (date(2026, 12, 31), date(2027, 1, 1))] == ["8.00", "9.00"]
    entry = AuditEntry.objects.get(verb="wage_floor.superseded")
    assert (entry.object_id, entry.data["new"], entry.data["figures"]["amount"]) == (
        str(old.pk),
        new.key,
        "9.00",
    )


def test_a_row_that_was_wrong_from_the_start_is_withdrawn(now: datetime) -> None:
    old = WageFloorFactory()
    supersede_wage_floor(
        floor=old, figures=figures(valid_from=old.valid_from), by=UserFactory(staff=True), now=now
    )
    old.refresh_from_db()
    assert (old.amount, old.valid_to, old.withdrawn_at) == (Decimal("8.00"), None, now)
    assert floor_on(date(2026, 1, 1)) == "9.00"


def test_the_new_row_ends_where_the_old_one_would_have(now: datetime) -> None:
    germany = WageFloor.objects.get(key="de-legal-hour-2026-01-01")
    staff = UserFactory(staff=True)
    supersede_wage_floor(floor=germany, figures=figures("14.10", date(2026, 12, 1)), by=staff, now=now)
    days = [date(2026, 11, 30), date(2026, 12, 1), date(2027, 1, 1)]
    assert [floor_on(day, "DE") for day in days] == ["13.90", "14.10", "14.60"]


def test_a_net_row_is_superseded_by_the_gross_amount(now: datetime) -> None:
    serbia = WageFloor.objects.get(key="rs-legal-hour-2026-01-01")
    supersede_wage_floor(
        floor=serbia,
        figures=FloorFigures(
            amount=Decimal(90000),
            period=PayPeriod.MONTH,
            weekly_hours=Decimal(40),
            valid_from=date(2026, 11, 1),
            source="Gazette",
        ),
        by=UserFactory(staff=True),
        now=now,
    )
    found = wage_floor("RS", None, DAY).legal_minimum
    assert found is not None
    assert (str(found.hourly), found.hours_basis) == ("520", "sourced")


@pytest.mark.parametrize(
    ("row", "begins", "message"),
    [
        ({}, date(2025, 12, 31), "cannot begin before"),
        ({"valid_to": date(2026, 12, 1)}, date(2026, 12, 1), "has ended by then"),
    ],
)
def test_impossible_periods_are_refused(
    row: dict[str, Any], begins: date, message: str, now: datetime
) -> None:
    old = WageFloorFactory(**row)
    with pytest.raises(UnableToChangeFloor, match=message):
        supersede_wage_floor(
            floor=old, figures=figures(valid_from=begins), by=UserFactory(staff=True), now=now
        )
    assert WageFloor.objects.filter(country="AD").count() == 1


@pytest.mark.parametrize("amount", ["0", "-1"])
def test_an_amount_of_nothing_is_refused_and_nothing_is_written(amount: str, now: datetime) -> None:
    old = WageFloorFactory()
    with pytest.raises(UnableToChangeFloor, match="more than nothing"):
        supersede_wage_floor(floor=old, figures=figures(amount), by=UserFactory(staff=True), now=now)
    old.refresh_from_db()
    assert (old.valid_to, AuditEntry.objects.count()) == (None, 0)


def test_a_row_is_superseded_once_and_a_withdrawn_one_never(now: datetime) -> None:
    old, staff = WageFloorFactory(), UserFactory(staff=True)
    supersede_wage_floor(floor=old, figures=figures(), by=staff, now=now)
    with pytest.raises(UnableToChangeFloor, match="superseded before"):
        supersede_wage_floor(floor=old, figures=figures(valid_from=date(2026, 12, 1)), by=staff, now=now)
    gone = WageFloorFactory(withdrawn_at=now)
    for act in (confirm_wage_floor, supersede_wage_floor):
        extra = {} if act is confirm_wage_floor else {"figures": figures()}
        with pytest.raises(UnableToChangeFloor, match="was withdrawn"):
            act(floor=gone, by=staff, now=now, **extra)  # type: ignore[operator]


@pytest.mark.django_db(transaction=True)
def test_two_people_superseding_at_once_make_one_new_row(now: datetime) -> None:
    old, staff = WageFloorFactory(), UserFactory(staff=True)
    start, outcomes = threading.Barrier(2), []

    def act(amount: str) -> None:
        try:
            start.wait()
            supersede_wage_floor(floor=old, figures=figures(amount), by=staff, now=now)
            outcomes.append("done")
        except UnableToChangeFloor as error:
            outcomes.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(amount,)) for amount in ("9.00", "9.50")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["This row was superseded before.", "done"]
    assert WageFloor.objects.filter(country="AD").count() == 2


def test_a_policy_makes_italy_known(now: datetime) -> None:
    staff = UserFactory(staff=True)
    row = record_wage_floor(
        country=Country.objects.get(pk="IT"),
        kind=FloorKind.PLATFORM_POLICY,
        scope="all work",
        figures=figures("10.00", date(2026, 11, 1)),
        by=staff,
        now=now,
        reason="Board decision",
    )
    found = wage_floor("IT", None, DAY)
    assert (found.unknown, found.legal_unknown, str(found.effective.hourly)) == (
        None,
        "no_statutory",
        "10.00",
    )  # type: ignore[union-attr]
    assert (row.currency, row.region, row.status) == ("EUR", None, "usable")
    assert AuditEntry.objects.get(verb="wage_floor.recorded").reason == "Board decision"


def test_a_floor_of_a_region_needs_its_own_country_and_is_recorded_once(now: datetime) -> None:
    values = {
        "country": Country.objects.get(pk="US"),
        "kind": FloorKind.STATUTORY,
        "scope": "state rate",
        "figures": figures("16.90", date(2026, 1, 1)),
        "by": UserFactory(staff=True),
        "now": now,
    }
    with pytest.raises(UnableToChangeFloor, match="belongs to another country"):
        record_wage_floor(region=Region.objects.get(pk="CA-ON"), **values)
    record_wage_floor(region=Region.objects.get(pk="US-CA"), **values)
    assert str(wage_floor("US", "US-CA", DAY).effective.hourly) == "16.90"  # type: ignore[union-attr]
    assert str(wage_floor("US", "US-TX", DAY).effective.hourly) == "7.25"  # type: ignore[union-attr]
    with pytest.raises(UnableToChangeFloor, match="already begins on that day"):
        record_wage_floor(region=Region.objects.get(pk="US-CA"), **values)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"amount": Decimal("-1")}, "wage_floor_amount_positive"),
        ({"amount": None}, "wage_floor_status_fits_amount"),
        ({"period": ""}, "wage_floor_status_fits_amount"),
        ({"status": "no_statutory"}, "wage_floor_status_fits_amount"),
        ({"basis": "net"}, "wage_floor_net_is_marked"),
        ({"valid_to": date(2026, 1, 1)}, "wage_floor_ends_after_start"),
        ({"weekly_hours": Decimal(90)}, "wage_floor_hours_possible"),
        ({"paid_days_per_week": 8}, "wage_floor_days_possible"),
        ({"payments_per_year": 11}, "wage_floor_payments_possible"),
        ({"origin": "staff"}, "wage_floor_staff_row_has_author"),
        ({"confirmed_at": datetime.fromisoformat("2026-11-22T09:00Z")}, "wage_floor_confirmed_by_someone"),
    ],
)
def test_the_database_refuses_impossible_rows(values: dict[str, Any], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        WageFloorFactory(**values)


def test_the_database_refuses_the_same_floor_twice() -> None:
    WageFloorFactory(scope="same")
    with pytest.raises(IntegrityError, match="wage_floor_once"), transaction.atomic():
        WageFloorFactory(scope="same")
