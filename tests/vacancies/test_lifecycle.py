"""The states of a vacancy: who may take which step when, and what each leaves behind."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, OutboxMail, User
from employers.enums import EmployerState
from employers.models import Employer
from tests.factories.accounts import UserFactory
from tests.factories.employers import EmployerFactory, MembershipFactory
from tests.factories.vacancies import VacancyFactory, version_content
from vacancies.actions.editing import discard_draft, duplicate_vacancy, save_draft
from vacancies.actions.errors import ChangedMeanwhile, UnableToEdit, UnableToMoveVacancy, UnableToPublish
from vacancies.actions.lifecycle import (
    approve_vacancy,
    close_vacancy,
    pause_vacancy,
    publish_changes,
    reopen_vacancy,
    resume_vacancy,
    send_back_vacancy,
    submit_vacancy,
)
from vacancies.content import CountryRow, ShiftRow, content_of
from vacancies.enums import VacancyState
from vacancies.models import Vacancy
from vacancies.queries.vacancies import history_of, published_vacancies, vacancies_to_review

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


@pytest.fixture
def member():
    return MembershipFactory().user


@pytest.fixture
def recruiter():
    return UserFactory(staff=True)


@pytest.fixture
def published_jobs(monkeypatch) -> list[tuple[str, dict]]:
    """What would go to the broker; whether it gets there is tested with the queue."""
    sent: list[tuple[str, dict]] = []
    monkeypatch.setattr("common.queue._publish", lambda name, arguments: sent.append((name, arguments)))
    return sent


def fresh(vacancy: Vacancy) -> Vacancy:
    return Vacancy.objects.select_related("current", "draft").get(pk=vacancy.pk)


def states(vacancy: Vacancy) -> list[str]:
    return list(vacancy.status_log.order_by("pk").values_list("state", flat=True))


def test_from_draft_to_published(
    member, recruiter, now, published_jobs, django_capture_on_commit_callbacks
) -> None:
    vacancy = VacancyFactory(draft=True, employer=member.membership.employer)
    submit_vacancy(vacancy=vacancy, by=member, today=TODAY, now=now, seen=vacancy.draft_id)
    assert fresh(vacancy).state == VacancyState.IN_REVIEW
    assert list(vacancies_to_review()) == [vacancy]
    with django_capture_on_commit_callbacks(execute=True):
        approve_vacancy(vacancy=vacancy, by=recruiter, today=TODAY, now=now, seen=vacancy.draft_id)
    done = fresh(vacancy)
    assert (done.state, done.published_at, done.draft) == (VacancyState.PUBLISHED, now, None)
    assert (done.current.number, done.current.frozen_at) == (1, now)
    assert states(vacancy) == ["draft", "in_review", "published"]
    assert ("matching.refresh_ranking", {"vacancy_id": vacancy.pk}) in published_jobs
    assert list(published_vacancies()) == [vacancy]
    mail = OutboxMail.objects.get()
    assert (mail.recipient, mail.subject) == (member.email, "“Customer care for a web shop” is published")
    assert_whole_letter(mail.text, member, f"/vacancies/{vacancy.pk}/")
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "vacancy.in_review",
        "vacancy.published",
    ]


def assert_whole_letter(text: str, to: User, path: str) -> None:
    """It greets by name, ends kindly, and leads to what it is about."""
    lines = text.splitlines()
    assert lines[0] == f"Hello {to.identity.display_name},"
    assert f"http://localhost:8000{path}" in lines
    assert "With kind regards," in lines


def test_sent_back_with_a_reason_that_the_author_reads(member, recruiter, now) -> None:
    vacancy = VacancyFactory(in_review=True, created_by=member, employer=member.membership.employer)
    send_back_vacancy(vacancy=vacancy, reason="Say who trains people & when.", by=recruiter, now=now)
    assert fresh(vacancy).state == VacancyState.DRAFT
    mail = OutboxMail.objects.get()
    assert mail.recipient == member.email
    assert "Say who trains people & when." in mail.text
    assert_whole_letter(mail.text, member, f"/vacancies/{vacancy.pk}/edit/")
    assert vacancy.status_log.latest("pk").reason == "Say who trains people & when."


def test_going_back_needs_a_reason(recruiter, now) -> None:
    vacancy = VacancyFactory(in_review=True)
    with pytest.raises(UnableToMoveVacancy, match="Say why the vacancy goes back"):
        send_back_vacancy(vacancy=vacancy, reason="  ", by=recruiter, now=now)
    assert fresh(vacancy).state == VacancyState.IN_REVIEW


def test_who_handed_it_in_is_written_to(member, recruiter, now) -> None:
    colleague = MembershipFactory(recruiter=True, employer=member.membership.employer).user
    vacancy = VacancyFactory(draft=True, created_by=member, employer=member.membership.employer)
    submit_vacancy(vacancy=vacancy, by=colleague, today=TODAY, now=now)
    approve_vacancy(vacancy=vacancy, by=recruiter, today=TODAY, now=now)
    assert OutboxMail.objects.get().recipient == colleague.email


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ({"description": ""}, {"description": "Describe the work."}),
        ({"languages": ()}, {"languages": "Name at least one required language."}),
        ({"pay_max": None}, {"pay_max": "A pay range is always needed. Fill in the upper end."}),
        ({"countries": ()}, {"countries": "Choose the countries in which you can hire."}),
        ({"start_date": date(2026, 11, 21)}, {"start_date": "The start date has passed. Choose a date from today on."}),
        ({"shifts": (ShiftRow(0, 540, 480), ShiftRow(0, 600, 60))}, {"shifts": "Two shift blocks overlap. Change one of them."}),
        ({"hours_week": 41},
         {"hours_week": "The shift blocks hold 40 hours a week, fewer than the 41 that one person works."}),
        ({"locality_wanted": True, "locality_for": "Rome", "customer_countries": ()},
         {"customer_countries": "Name the countries whose customers this work serves."}),
        ({"legal_employer": "provider"}, {"legal_employer_name": "Name the staffing provider that signs the contract."}),
        ({"weights": {"language": 0, "time": 0, "skills": 0, "experience": 0, "commitment": 0}},
         {"weights": "Something has to count: give at least one part a weight."}),
        ({"pay_min": Decimal("6.20"), "pay_max": Decimal("14.99")},
         {"pay_min": "The pay is below the wage floor, or the floor is not known, in every country you chose."}),
        ({"countries": (CountryRow("RS"),)},
         {"pay_min": "The pay is below the wage floor, or the floor is not known, in every country you chose."}),
        ({"countries": (CountryRow("KP"),)},
         {"pay_currency": "There is no exchange rate on file for the currency North Korean Won."}),
    ],
)  # fmt: skip
def test_what_is_missing_or_too_little_keeps_it_a_draft(member, now, changes, problems) -> None:
    content = replace(version_content(start_date=date(2027, 2, 1)), **changes)
    if content.countries == (CountryRow("KP"),):
        vacancy = VacancyFactory(draft=True)
        vacancy.draft.countries.all().delete()
        vacancy.draft.countries.create(country_id="KP")
    else:
        vacancy = VacancyFactory(draft=True, content=content)
    with pytest.raises(UnableToPublish) as error:
        submit_vacancy(vacancy=vacancy, by=member, today=TODAY, now=now)
    assert error.value.problems == problems
    assert fresh(vacancy).state == VacancyState.DRAFT
    assert states(vacancy) == ["draft"]


def test_a_country_below_its_floor_stays_listed_with_figures_and_source(member, now) -> None:
    content = version_content(pay_min=Decimal("9.00"), pay_max=Decimal("9.00"))
    vacancy = VacancyFactory(draft=True, content=content)
    submit_vacancy(vacancy=vacancy, by=member, today=TODAY, now=now)
    rows = {row.country_id: row for row in fresh(vacancy).draft.countries.all()}
    assert {code: row.pay_state for code, row in rows.items()} == {"NL": "below", "PT": "ok"}
    assert rows["NL"].checked_on == TODAY
    floor = rows["NL"].pay_facts["floors"][0]
    assert (floor["hourly"], floor["currency"], floor["kind"]) == ("14.99", "EUR", "statutory")
    assert floor["source"]


def test_one_province_above_its_floor_is_enough_to_publish(member, now) -> None:
    own = CountryRow("CA", Decimal("16.00"), Decimal("17.00"), "CAD")
    vacancy = VacancyFactory(draft=True, content=version_content(countries=(own,)))
    submit_vacancy(vacancy=vacancy, by=member, today=TODAY, now=now)
    row = fresh(vacancy).draft.countries.get()
    assert row.pay_state == "below"
    assert "CA-AB" in row.pay_facts["regions_above"]


@pytest.mark.parametrize("trait", ["applied", "rejected"])
def test_only_an_accepted_employer_hands_in(member, now, trait) -> None:
    vacancy = VacancyFactory(draft=True, employer=EmployerFactory(**{trait: True}))
    with pytest.raises(UnableToPublish) as error:
        submit_vacancy(vacancy=vacancy, by=member, today=TODAY, now=now)
    assert error.value.problems == {"employer": "A recruiter has to accept the company first."}


def test_the_team_says_how_it_works_before_that_counts(member, now) -> None:
    vacancy = VacancyFactory(
        draft=True, employer=EmployerFactory(undescribed=True), content=version_content(culture_wanted=True)
    )
    with pytest.raises(UnableToPublish) as error:
        submit_vacancy(vacancy=vacancy, by=member, today=TODAY, now=now)
    assert list(error.value.problems) == ["culture_wanted"]


def test_pay_is_checked_again_on_the_day_of_approval(recruiter, now) -> None:
    content = version_content(pay_min=Decimal("15.00"), countries=(CountryRow("NL"),))
    vacancy = VacancyFactory(in_review=True, content=content)
    vacancy.draft.countries.update(pay_state="")
    approve_vacancy(vacancy=vacancy, by=recruiter, today=TODAY, now=now)
    assert fresh(vacancy).current.countries.get().pay_state == "ok"


def test_a_recruiter_approves_only_what_was_read(member, recruiter, now) -> None:
    vacancy = VacancyFactory(in_review=True)
    read = vacancy.draft_id
    send_back_vacancy(vacancy=vacancy, reason="Again", by=recruiter, now=now)
    save_draft(vacancy=vacancy, content=version_content(title="Quite another"), by=member, now=now)
    submit_vacancy(vacancy=vacancy, by=member, today=TODAY, now=now)
    with pytest.raises(ChangedMeanwhile):
        approve_vacancy(vacancy=vacancy, by=recruiter, today=TODAY, now=now, seen=read)
    assert fresh(vacancy).state == VacancyState.IN_REVIEW


class TestPublishedOnes:
    def test_changes_become_the_next_version_and_rank_again(
        self, member, now, published_jobs, django_capture_on_commit_callbacks
    ) -> None:
        vacancy = VacancyFactory(changes=version_content(title="Better"))
        old, new = vacancy.current, vacancy.draft
        with django_capture_on_commit_callbacks(execute=True):
            publish_changes(vacancy=vacancy, by=member, today=TODAY, now=now, seen=new.pk)
        done = fresh(vacancy)
        assert (done.current, done.draft, done.state) == (new, None, VacancyState.PUBLISHED)
        assert done.current.frozen_at == now
        assert list(done.versions.order_by("number").values_list("pk", flat=True)) == [old.pk, new.pk]
        assert published_jobs == [("matching.refresh_ranking", {"vacancy_id": vacancy.pk})]
        assert [line.what for line in history_of(done)] == [
            "version 2 published",
            "version 1 published",
            "published",
        ]

    def test_changes_below_every_floor_are_refused(self, member, now) -> None:
        vacancy = VacancyFactory(changes=version_content(pay_min=Decimal("5.00")))
        with pytest.raises(UnableToPublish):
            publish_changes(vacancy=vacancy, by=member, today=TODAY, now=now)
        assert fresh(vacancy).current.number == 1

    def test_a_second_press_says_so(self, member, now) -> None:
        vacancy = VacancyFactory(changes=version_content(title="Better"))
        seen = vacancy.draft_id
        publish_changes(vacancy=vacancy, by=member, today=TODAY, now=now, seen=seen)
        with pytest.raises(UnableToMoveVacancy) as error:
            publish_changes(vacancy=vacancy, by=member, today=TODAY, now=now, seen=seen)
        assert error.value.already

    def test_changes_can_be_dropped(self, member, now) -> None:
        vacancy = VacancyFactory(changes=version_content(title="Better"))
        discard_draft(vacancy=vacancy, by=member, now=now)
        assert fresh(vacancy).draft is None
        assert vacancy.versions.count() == 1

    def test_one_never_published_has_nothing_to_go_back_to(self, member, now) -> None:
        vacancy = VacancyFactory(draft=True)
        with pytest.raises(UnableToEdit):
            discard_draft(vacancy=vacancy, by=member, now=now)
        assert fresh(vacancy).draft is not None

    def test_pause_and_resume(self, member, now, published_jobs, django_capture_on_commit_callbacks) -> None:
        vacancy = VacancyFactory()
        with django_capture_on_commit_callbacks(execute=True):
            pause_vacancy(vacancy=vacancy, by=member, now=now)
            assert list(published_vacancies()) == []
            resume_vacancy(vacancy=vacancy, by=member, now=now)
        assert states(vacancy) == ["published", "paused", "published"]
        assert published_jobs == [("matching.refresh_ranking", {"vacancy_id": vacancy.pk})]

    def test_close_and_reopen(self, member, now) -> None:
        vacancy = VacancyFactory()
        close_vacancy(vacancy=vacancy, because="filled", by=member, now=now)
        closed = fresh(vacancy)
        assert (closed.state, closed.closed_at, closed.closed_because) == (VacancyState.CLOSED, now, "filled")
        reopen_vacancy(vacancy=vacancy, by=member, today=TODAY, now=now)
        opened = fresh(vacancy)
        assert (opened.state, opened.closed_at, opened.closed_because) == (VacancyState.PUBLISHED, None, "")
        assert [line.why for line in history_of(opened)][1] == "filled"

    def test_closing_needs_a_known_reason(self, member, now) -> None:
        vacancy = VacancyFactory()
        with pytest.raises(UnableToMoveVacancy, match="Say why the vacancy is closed"):
            close_vacancy(vacancy=vacancy, because="boredom", by=member, now=now)
        assert fresh(vacancy).state == VacancyState.PUBLISHED

    def test_one_whose_start_has_passed_is_edited_and_reopened_in_one(self, member, now) -> None:
        vacancy = VacancyFactory(closed=True, content=version_content(start_date=date(2026, 11, 1)))
        with pytest.raises(UnableToPublish) as error:
            reopen_vacancy(vacancy=vacancy, by=member, today=TODAY, now=now)
        assert list(error.value.problems) == ["start_date"]
        later = replace(content_of(vacancy.current), start_date=date(2027, 3, 1))
        save_draft(vacancy=vacancy, content=later, by=member, now=now, seen=vacancy.current_id)
        reopen_vacancy(vacancy=vacancy, by=member, today=TODAY, now=now)
        opened = fresh(vacancy)
        assert (opened.state, opened.draft) == (VacancyState.PUBLISHED, None)
        assert (opened.current.start_date, opened.current.frozen_at) == (date(2027, 3, 1), now)

    def test_one_never_published_reopens_as_a_draft(self, member, now) -> None:
        vacancy = VacancyFactory(draft=True)
        close_vacancy(vacancy=vacancy, because="withdrawn", by=member, now=now)
        reopen_vacancy(vacancy=vacancy, by=member, today=TODAY, now=now)
        assert fresh(vacancy).state == VacancyState.DRAFT

    def test_a_rejected_employer_reopens_nothing_and_is_not_shown(self, member, now) -> None:
        paused, shown = VacancyFactory(paused=True), VacancyFactory()
        Employer.objects.update(state=EmployerState.REJECTED, decision_reason="Fraud")
        with pytest.raises(UnableToPublish):
            resume_vacancy(vacancy=paused, by=member, now=now)
        assert shown not in published_vacancies()


IMPOSSIBLE = [
    ("draft", "pause"), ("draft", "resume"), ("draft", "approve"), ("draft", "send_back"), ("draft", "reopen"),
    ("draft", "publish_changes"), ("in_review", "submit"), ("in_review", "pause"), ("in_review", "reopen"),
    ("in_review", "publish_changes"), ("published", "submit"), ("published", "approve"), ("published", "send_back"),
    ("published", "resume"), ("published", "reopen"), ("published", "publish_changes"), ("paused", "pause"),
    ("paused", "approve"), ("closed", "submit"), ("closed", "pause"), ("closed", "resume"), ("closed", "close"),
    ("closed", "approve"), ("closed", "publish_changes"),
]  # fmt: skip
STEPS = {
    "submit": lambda **who: submit_vacancy(today=TODAY, **who),
    "approve": lambda **who: approve_vacancy(today=TODAY, **who),
    "send_back": lambda **who: send_back_vacancy(reason="No", **who),
    "publish_changes": lambda **who: publish_changes(today=TODAY, **who),
    "pause": pause_vacancy,
    "resume": resume_vacancy,
    "close": lambda **who: close_vacancy(because="filled", **who),
    "reopen": lambda **who: reopen_vacancy(today=TODAY, **who),
}


@pytest.mark.parametrize(("state", "step"), IMPOSSIBLE)
def test_a_step_that_the_state_does_not_allow_changes_nothing(member, now, state, step) -> None:
    vacancy = VacancyFactory(**{state: True})
    before = Vacancy.objects.filter(pk=vacancy.pk).values().get()
    with pytest.raises(UnableToMoveVacancy):
        STEPS[step](vacancy=vacancy, by=member, now=now)
    assert Vacancy.objects.filter(pk=vacancy.pk).values().get() == before
    assert states(vacancy) == [state]


class TestCopies:
    def test_a_copy_is_a_draft_with_the_same_content(self, member, now) -> None:
        vacancy = VacancyFactory()
        copy = duplicate_vacancy(vacancy=vacancy, by=member, today=timezone.localdate(), now=now)
        content = content_of(vacancy.current)
        assert copy.state == VacancyState.DRAFT
        assert content_of(fresh(copy).draft) == replace(content, title="Customer care for a web shop (copy)")

    def test_a_start_that_has_passed_is_left_empty(self, member, now) -> None:
        vacancy = VacancyFactory(closed=True)
        later = vacancy.current.start_date + timedelta(days=1)
        assert (
            fresh(duplicate_vacancy(vacancy=vacancy, by=member, today=later, now=now)).draft.start_date
            is None
        )

    def test_a_long_title_still_fits(self, member, now) -> None:
        vacancy = VacancyFactory(content=version_content(title="x" * 120))
        copy = duplicate_vacancy(vacancy=vacancy, by=member, today=TODAY, now=now)
        assert len(fresh(copy).draft.title) <= 120
        assert fresh(copy).draft.title.endswith("(copy)")
