"""What nobody waits for is told by a sweep, once: opened profiles, changed vacancies, shortlists that are ready."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.enums import NotificationKind
from accounts.models import Notification, OutboxMail
from placements.actions.news import LOOK_BACK, tell_news
from placements.actions.profile_views import record_profile_view
from placements.enums import ApplicationState
from tests.accounts.at_once import at_once
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import MembershipFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.placements import application, member_of
from tests.factories.vacancies import VacancyFactory, version_content, write_version
from vacancies.models import Vacancy, VacancyVersion

pytestmark = pytest.mark.django_db


def told(kind):
    return list(Notification.objects.filter(kind=kind).order_by("pk"))


def test_an_opened_profile_is_told_once_a_day_and_vacancy_in_the_daily_mail(now):
    vacancy, person = VacancyFactory(), CandidateFactory()
    for at in (now, now + timedelta(minutes=5)):
        record_profile_view(candidate=person, vacancy=vacancy, by=vacancy.created_by, now=at)
        tell_news(now=at)
    (news,) = told(NotificationKind.PROFILE_VIEWED)
    assert (news.user, news.awaits_digest, news.url) == (person.user, True, "/candidate/opened/")
    assert news.title == f"{vacancy.employer.name} opened your profile"
    assert vacancy.created_by.email not in news.title + news.text
    record_profile_view(candidate=person, vacancy=vacancy, by=vacancy.created_by, now=now + timedelta(days=1))
    tell_news(now=now + timedelta(days=1))
    assert len(told(NotificationKind.PROFILE_VIEWED)) == 2


def test_what_is_long_ago_is_no_news(now):
    vacancy, person = VacancyFactory(), CandidateFactory()
    record_profile_view(candidate=person, vacancy=vacancy, by=vacancy.created_by, now=now)
    tell_news(now=now + LOOK_BACK)
    assert told(NotificationKind.PROFILE_VIEWED) == []


def changed(vacancy: Vacancy, at) -> VacancyVersion:
    """A new version stands in the vacancy since `at`."""
    version = write_version(vacancy, version_content(), number=vacancy.current.number + 1, frozen_at=at)
    Vacancy.objects.filter(pk=vacancy.pk).update(current=version)
    return version


def test_a_changed_vacancy_is_told_to_those_who_are_under_way():
    now = timezone.now()
    open_one = application(ApplicationState.INVITED, at=now - timedelta(hours=2))
    vacancy = open_one.vacancy
    application(ApplicationState.DECLINED, vacancy=vacancy, at=now - timedelta(hours=2))
    tell_news(now=now)
    assert told(NotificationKind.VACANCY_CHANGED) == []
    version = changed(vacancy, now - timedelta(hours=1))
    late = application(ApplicationState.INVITED, vacancy=Vacancy.objects.get(pk=vacancy.pk), at=now)
    OutboxMail.objects.all().delete()
    tell_news(now=now)
    tell_news(now=now)
    (news,) = told(NotificationKind.VACANCY_CHANGED)
    assert (news.user, news.key) == (open_one.candidate.user, f"vacancy-changed:{version.pk}")
    assert news.user != late.candidate.user
    assert [mail.recipient for mail in OutboxMail.objects.filter(subject__contains="was changed")] == [
        news.user.email
    ]


def test_a_shortlist_that_is_ready_is_told_to_every_editor_once():
    now = timezone.now()
    vacancy = VacancyFactory(created_at=now - timedelta(hours=1))
    owner = member_of(vacancy.employer)
    MembershipFactory(employer=vacancy.employer, role="viewer")
    measured_person()
    tell_news(now=now)
    assert told(NotificationKind.SHORTLIST_READY) == []
    ranked(vacancy)
    tell_news(now=now)
    tell_news(now=now)
    (news,) = told(NotificationKind.SHORTLIST_READY)
    assert (news.user, news.url) == (owner, f"/vacancies/{vacancy.pk}/shortlist/")
    assert news.text.startswith("1 person meets every condition")


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_tell_it_once(now):
    vacancy, person = VacancyFactory(), CandidateFactory()
    record_profile_view(candidate=person, vacancy=vacancy, by=vacancy.created_by, now=now)
    at_once(*[lambda: tell_news(now=now)] * 2)
    assert len(told(NotificationKind.PROFILE_VIEWED)) == 1


@pytest.mark.parametrize("views", [1, 30])
def test_finding_what_is_untold_asks_as_little_for_many(views, now, django_assert_num_queries):
    vacancy = VacancyFactory()
    for person in CandidateFactory.create_batch(views):
        record_profile_view(candidate=person, vacancy=vacancy, by=vacancy.created_by, now=now)
    tell_news(now=now)
    with django_assert_num_queries(3):  # everything is told: one look at each kind
        assert tell_news(now=now) == 0
