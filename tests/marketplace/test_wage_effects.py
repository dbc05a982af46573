"""What a wage fact would touch, shown before anybody vouches for it."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from marketplace.administration.market import keep_market_report
from reference.models import WageFloor
from tests.factories.candidates import CandidateFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.reference import WageFloorFactory
from tests.factories.vacancies import VacancyFactory, version_content
from tests.world import World
from vacancies.actions.checks import require_publishable
from vacancies.content import CountryRow

pytestmark = pytest.mark.django_db


def page_of(floor):
    return reverse("admin:wage_effects", args=[floor.pk])


def hiring_in(*countries, low="16.00"):
    """An open vacancy whose pay was checked today."""
    content = version_content(
        pay_min=Decimal(low), pay_max=Decimal("40"), countries=tuple(CountryRow(one) for one in countries)
    )
    vacancy = VacancyFactory(content=content)
    require_publishable(vacancy, vacancy.current, timezone.localdate())
    return vacancy


def figures(**changes):
    return {
        "amount": "17", "period": "hour", "payments_per_year": "12", "source": "Gazette 12", "reliability": "A",
        "valid_from": timezone.localdate().isoformat(), "reason": "Raised", **changes,
    }  # fmt: skip


@pytest.fixture
def portugal():
    return WageFloor.objects.get(country="PT", kind="statutory", withdrawn_at=None, amount__gt=0, region=None)


def test_superseding_names_the_vacancies_that_would_pay_too_little(staff_client, portugal):
    vacancy, rich = hiring_in("PT"), hiring_in("PT", low="30.00")
    hiring_in("NL")
    ranked(vacancy)
    person = measured_person()
    ranked(vacancy)
    CandidateFactory(in_portugal=True)  # not listed
    assert staff_client.post(page_of(portugal), figures()).context["effects"].people is None
    now = timezone.now()
    keep_market_report(on=now.date(), now=now)
    found = staff_client.post(page_of(portugal), figures()).context["effects"]
    assert (found.hiring, found.count, found.falling, found.rising) == (2, 1, 1, 0)
    assert [(one.pk, one.before, one.after) for one in found.touched] == [(vacancy.pk, "ok", "below")]
    assert (found.people, found.on_lists, person.country_id) == (1, 1, "PT")
    assert rich.pk not in {one.pk for one in found.touched}
    portugal.refresh_from_db()
    assert portugal.valid_to is None
    assert not AuditEntry.objects.filter(verb__startswith="wage_floor").exists()


def test_confirming_a_row_that_makes_a_floor_known(staff_client):
    floor = WageFloorFactory(indicative=True)
    vacancy = hiring_in("AD", "NL", low="16.00")
    page = staff_client.get(page_of(floor))
    found = page.context["effects"]
    assert [(one.pk, one.before, one.after) for one in found.touched] == [(vacancy.pk, "unknown", "ok")]
    assert (found.rising, found.falling) == (1, 0)
    text = page.content.decode()
    assert "the only amount on file is old or unconfirmed" in text
    assert "Official gazette" in text
    assert "A: two sources or the legal text" in text
    sent = {"action": "confirm_many", "confirmed": "1", "_selected_action": floor.pk, "reason": "Read it"}
    staff_client.post(reverse("admin:reference_wagefloor_changelist"), sent)
    again = staff_client.get(page_of(floor))
    assert again.context["effects"] is None
    text = again.content.decode()
    assert "This row is already confirmed." in text
    assert "wage_floor.confirmed: Read it" in text


def test_history_is_that_of_the_same_place_and_scope(staff_client):
    old = WageFloorFactory(scope="all", valid_from=date(2025, 1, 1), valid_to=date(2026, 1, 1))
    new = WageFloorFactory(scope="all", indicative=True)
    WageFloorFactory(scope="others")
    assert staff_client.get(page_of(new)).context["history"] == [new, old]


def test_wrong_figures_are_said_and_nothing_is_worked_out(staff_client, portugal):
    page = staff_client.post(page_of(portugal), figures(amount="0"))
    assert "effects" not in page.context
    assert "The amount has to be more than nothing." in page.content.decode()


def test_who_may(portugal):
    assert World().client("recruiter").get(page_of(portugal)).status_code == 200
    from django.contrib.auth.models import Permission

    from tests.conftest import signed_in
    from tests.factories.accounts import UserFactory

    looker = UserFactory(is_staff=True, totp=True)
    looker.user_permissions.set(Permission.objects.filter(codename="view_wagefloor"))
    assert signed_in(looker).get(page_of(portugal)).status_code == 403


@pytest.mark.parametrize("size", [1, 12])
def test_it_takes_the_same_queries(size, staff_client, portugal, django_assert_num_queries):
    for _ in range(size):
        hiring_in("PT")
    staff_client.post(page_of(portugal), figures())
    with django_assert_num_queries(14):
        found = staff_client.post(page_of(portugal), figures()).context["effects"]
    assert found.falling == size
