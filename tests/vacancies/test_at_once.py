"""Two members, or one with two presses, at the same moment: real connections, one outcome."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from accounts.models import AuditEntry, OutboxMail
from tests.accounts.at_once import at_once
from tests.factories.accounts import UserFactory
from tests.factories.employers import MembershipFactory
from tests.factories.vacancies import VacancyFactory, version_content
from vacancies.actions.editing import create_vacancy, duplicate_vacancy, save_draft
from vacancies.actions.errors import ChangedMeanwhile, UnableToEdit, UnableToMoveVacancy
from vacancies.actions.lifecycle import (
    approve_vacancy,
    close_vacancy,
    pause_vacancy,
    publish_changes,
    send_back_vacancy,
    submit_vacancy,
)
from vacancies.enums import VacancyState
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = date(2026, 11, 22)


@pytest.fixture
def two():
    first = MembershipFactory()
    return first.user, MembershipFactory(recruiter=True, employer=first.employer).user


def errors(results: list) -> list[type]:
    return [type(result) for result in results if isinstance(result, Exception)]


def test_a_new_vacancy_sent_twice_is_one(two, now) -> None:
    employer, key = two[0].membership.employer, uuid4()
    made = at_once(
        *[lambda: create_vacancy(employer=employer, content=version_content(), by=two[0], now=now, key=key)]
        * 2
    )
    assert made[0].pk == made[1].pk == Vacancy.objects.get().pk
    assert Vacancy.objects.get().versions.count() == 1
    assert AuditEntry.objects.filter(verb="vacancy.created").count() == 1


def test_a_copy_asked_for_twice_is_one(two, now) -> None:
    vacancy, key = VacancyFactory(employer=two[0].membership.employer), uuid4()
    at_once(*[lambda: duplicate_vacancy(vacancy=vacancy, by=two[0], today=TODAY, now=now, key=key)] * 2)
    assert Vacancy.objects.count() == 2


def test_of_two_members_who_save_one_is_told(two, now) -> None:
    vacancy = VacancyFactory(draft=True, employer=two[0].membership.employer)
    seen = vacancy.draft_id

    def save(member, title: str):
        return save_draft(
            vacancy=vacancy, content=version_content(title=title), by=member, now=now, seen=seen
        )

    results = at_once(lambda: save(two[0], "First"), lambda: save(two[1], "Second"))
    assert errors(results) == [ChangedMeanwhile]
    assert vacancy.versions.count() == 1


def test_of_two_who_hand_in_one_does(two, now) -> None:
    vacancy = VacancyFactory(draft=True, employer=two[0].membership.employer)
    results = at_once(
        *[lambda by=by: submit_vacancy(vacancy=vacancy, by=by, today=TODAY, now=now) for by in two]
    )
    assert errors(results) == [UnableToMoveVacancy]
    assert list(vacancy.status_log.order_by("pk").values_list("state", flat=True)) == ["draft", "in_review"]


def test_saving_while_a_colleague_hands_in_leaves_one_of_both_outcomes(two, now) -> None:
    vacancy = VacancyFactory(draft=True, employer=two[0].membership.employer)
    seen = vacancy.draft_id
    results = at_once(
        lambda: submit_vacancy(vacancy=vacancy, by=two[0], today=TODAY, now=now, seen=seen),
        lambda: save_draft(
            vacancy=vacancy, content=version_content(title="Late"), by=two[1], now=now, seen=seen
        ),
    )
    vacancy = Vacancy.objects.select_related("draft").get()
    outcome = (vacancy.state, vacancy.draft.title, errors(results))
    assert outcome in [
        (VacancyState.IN_REVIEW, "Customer care for a web shop", [UnableToEdit]),
        (VacancyState.DRAFT, "Late", [ChangedMeanwhile]),
    ]


def test_of_two_recruiters_one_decides(now) -> None:
    vacancy, one, other = VacancyFactory(in_review=True), UserFactory(staff=True), UserFactory(staff=True)
    results = at_once(
        lambda: approve_vacancy(vacancy=vacancy, by=one, today=TODAY, now=now),
        lambda: send_back_vacancy(vacancy=vacancy, reason="Not yet", by=other, now=now),
    )
    assert errors(results) == [UnableToMoveVacancy]
    assert OutboxMail.objects.count() == 1
    assert vacancy.status_log.count() == 2


def test_changes_published_twice_are_one_version(two, now) -> None:
    vacancy = VacancyFactory(employer=two[0].membership.employer, changes=version_content(title="Better"))
    results = at_once(
        *[lambda by=by: publish_changes(vacancy=vacancy, by=by, today=TODAY, now=now) for by in two]
    )
    assert errors(results) == [UnableToMoveVacancy]
    assert AuditEntry.objects.filter(verb="vacancy.version_published").count() == 1


def test_pausing_and_closing_at_once_end_closed(two, now) -> None:
    vacancy = VacancyFactory(employer=two[0].membership.employer)
    results = at_once(
        lambda: pause_vacancy(vacancy=vacancy, by=two[0], now=now),
        lambda: close_vacancy(vacancy=vacancy, because="filled", by=two[1], now=now),
    )
    assert Vacancy.objects.get().state == VacancyState.CLOSED
    assert errors(results) in ([], [UnableToMoveVacancy])
    assert vacancy.status_log.count() == 3 - len(errors(results))


@pytest.mark.django_db
def test_a_form_sent_again_with_other_words_changes_its_draft(now):
    member = MembershipFactory()
    key = uuid4()
    made = create_vacancy(
        employer=member.employer, content=version_content(title="First"), by=member.user, now=now, key=key
    )
    again = create_vacancy(
        employer=member.employer,
        content=version_content(title="Second"),
        by=member.user,
        now=now + timedelta(minutes=1),
        key=key,
    )
    assert again.pk == made.pk
    assert Vacancy.objects.get().draft.title == "Second"
    with pytest.raises(ChangedMeanwhile):
        create_vacancy(
            employer=member.employer,
            content=version_content(title="Third"),
            by=member.user,
            now=now + timedelta(minutes=2),
            key=key,
        )
    assert Vacancy.objects.get().draft.title == "Second"
