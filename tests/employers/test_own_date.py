"""On whose clock a company's promises end."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from employers.queries import own_date
from tests.factories.employers import EmployerFactory

pytestmark = pytest.mark.django_db


def test_the_day_of_a_company_is_that_of_its_country_wherever_its_members_sit() -> None:
    employer = EmployerFactory(country_id="NL")
    late, midnight = datetime(2026, 11, 30, 22, 59, tzinfo=UTC), datetime(2026, 11, 30, 23, 0, tzinfo=UTC)
    for reader in ("Asia/Manila", "America/Bogota"):
        with timezone.override(reader):
            assert own_date(employer, late) == date(2026, 11, 30)
            assert own_date(employer, midnight) == date(2026, 12, 1)


def test_where_a_country_has_several_clocks_that_of_the_vacancy_holds() -> None:
    employer = EmployerFactory(country_id="US")
    employer.country.main_zone = None
    at = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    with timezone.override("Asia/Manila"):
        assert own_date(employer, at, "Europe/Amsterdam") == date(2026, 12, 1)
        assert own_date(employer, at, "America/Chicago") == date(2026, 11, 30)
        assert own_date(employer, at) == date(2026, 12, 1)
