"""The day of the facts is the world's and not the visitor's: people in all zones ask about the same pool."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from common.crowds import CROWD
from reference.models import ExchangeRate
from tests.api.calling import Caller
from tests.factories.matching import measured_person
from tests.matching.test_what_if_api import ask, question
from tests.vacancies.posted import editor_data

pytestmark = pytest.mark.django_db

ZONES = ("Pacific/Kiritimati", "Pacific/Pago_Pago")
"""25 hours apart: at any time of the day at least one of the two writes another date than UTC."""


@pytest.fixture
def rates() -> None:
    """16 pounds are good pay today, and next to nothing by the rates of yesterday and of tomorrow."""
    today = timezone.now().date()
    for days, units in ((-1, "10"), (0, "0.85"), (1, "10")):
        ExchangeRate.objects.update_or_create(
            currency="GBP",
            on=today + timedelta(days=days),
            defaults={
                "units_per_eur": Decimal(units), "kind": "ecb", "source": "x", "reliability": "A",
            },
        )  # fmt: skip


def crowd() -> None:
    for _person in range(CROWD):
        measured_person()


def move(user: Any, zone: str) -> None:
    user.time_zone = zone
    user.save()


@pytest.mark.usefixtures("rates")
@pytest.mark.parametrize("zone", ZONES)
def test_the_api_counts_by_the_same_day_for_everybody(zone: str) -> None:
    crowd()
    caller = Caller()
    move(caller.token.membership.user, zone)
    found = ask(caller, question(pay_currency="GBP")).json()
    assert found["eligible"] == 5


@pytest.mark.usefixtures("rates")
@pytest.mark.parametrize("zone", ZONES)
def test_the_panel_counts_by_the_same_day_for_everybody(employer_client: Client, zone: str) -> None:
    crowd()
    data = editor_data(pay_currency="GBP")
    move(employer_client.user, zone)  # type: ignore[attr-defined]
    shown = employer_client.post("/matching/what-if/", data, headers={"HX-Request": "true"})
    assert "At least 5 people eligible now." in shown.content.decode()
