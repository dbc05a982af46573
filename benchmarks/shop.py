"""A shop with vacancies, for measures that publish. Made with the factories of the tests."""

from typing import Any

from django.utils import timezone


def published_vacancy() -> Any:
    """One that is open, read with what ranking needs."""
    _count_on()
    from matching.queries.waiting import to_rank
    from tests.factories.vacancies import VacancyFactory
    from vacancies.models import Vacancy

    made = VacancyFactory(published=True)
    return to_rank(Vacancy.objects.filter(pk=made.pk)).get()


def vacancies_in_review(number: int) -> tuple[Any, Any, list[Any]]:
    """A recruiter, the owner of a shop, and vacancies of that shop that wait for the recruiter."""
    _count_on()
    from tests.factories.accounts import UserFactory
    from tests.factories.employers import MembershipFactory
    from tests.factories.vacancies import VacancyFactory

    membership = MembershipFactory(employer__accepted=True)
    made = [VacancyFactory(employer=membership.employer, in_review=True) for _ in range(number)]
    return UserFactory(staff=True), membership.user, made


def _count_on() -> None:
    """Number new people after those that an earlier process has made here."""
    from accounts.models import User
    from tests.factories.accounts import UserFactory

    UserFactory.reset_sequence(User.objects.count(), force=True)


def today() -> Any:
    """The day on which everything here happens."""
    return timezone.localdate()
