"""The demo population as a whole: who is in it, and what its people can do."""

from collections import Counter
from io import StringIO
from itertools import product

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Consent, Notification, OutboxMail, User
from assessments.models import Appeal, IntegrityFlag, Measurement
from assessments.queries.rating_queue import rater_of
from candidates.actions.change import note_change
from candidates.models import (
    Candidate,
)
from employers.models import CompanyAppeal, Employer, Membership
from marketplace.administration.queues import queues_for
from marketplace.demo.kinds import KINDS
from marketplace.demo.sign_ins import CANDIDATE, EMPLOYER, RATER, RECRUITER
from matching.actions.allocation import refresh_allocation
from matching.engine.open_facts import LANGUAGE
from matching.models import VacancyAllocation
from matching.queries.matches import matches_of, shown_matches
from placements.actions.settling import sweep_promises
from placements.enums import ApplicationState
from placements.models import Application, ApplicationLog
from tests.factories.matching import ranked_together
from tests.marketplace.demo.conftest import SIZES
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


def test_the_numbers_asked_for_and_one_sign_in_each(population):
    assert population == "1500 candidates, 20 employers, 60 vacancies\n"
    assert Candidate.objects.count() == SIZES["candidates"] + 1
    assert Employer.objects.filter(state="accepted", is_demo=True).count() == 20
    assert Vacancy.objects.filter(state="published").count() == 60
    assert Vacancy.objects.filter(state="draft").count() == 1
    assert not User.objects.filter(is_demo=False).exists()
    assert Candidate.objects.values("availability").distinct().count() > 200


def test_every_kind_of_employer_of_the_market_is_there(population):
    assert len(KINDS) == 10
    sectors = set(Vacancy.objects.values_list("current__sector", flat=True))
    assert sectors >= {"cosmetics", "grocery", "automotive", "museums", "travel", "outsourcing", "utilities"}
    names = list(Employer.objects.filter(state="accepted").values_list("name", flat=True))
    assert len(set(names)) == 20
    every = [name for kind in KINDS for name in kind.names]
    assert len(set(every)) == len(every) >= 40  # as many companies as a whole demo has


def test_applications_stand_in_every_state_and_a_sweep_finds_nothing_to_tell(population):
    rows = Application.objects.all()
    assert set(rows.values_list("state", flat=True)) == set(ApplicationState)
    today = timezone.now().date()
    assert rows.owed_by("employer").overdue(today).exists()
    assert not rows.owed_by("candidate").overdue(today).exists()
    answers = ApplicationLog.objects.values_list("answer_of", "answer").distinct()
    assert set(answers) == {("", ""), *product(("candidate", "employer"), ("in_time", "late", "missed"))}
    carla = rows.filter(candidate__user__email=CANDIDATE)
    assert sorted(carla.values_list("state", flat=True)) == [
        "declined",
        "in_interview",
        "interested",
        "invited",
    ]
    told = Notification.objects.count()
    assert not sweep_promises(now=timezone.now())
    assert (Notification.objects.count(), rows.open().count()) == (told, rows.exclude(owed_by="").count())


def test_measurements_are_marked_as_simulated(population):
    sources = Counter(Measurement.objects.values_list("source", flat=True))
    assert sources.pop("simulated") > 1000
    assert sources["adaptive_test"] == 1  # the one that a recruiter is asked to look at
    assert sources.keys() <= {"adaptive_test", "rated_work"}


def test_every_queue_of_the_desk_has_a_plausible_case(population):
    recruiter = User.objects.get(email=RECRUITER)
    found = {one.queue.code: one.count for one in queues_for(recruiter, timezone.now())}
    assert {
        code: found[code] for code in ("employers", "company_appeals", "vacancies", "flags", "appeals")
    } == {
        "employers": 1,
        "company_appeals": 1,
        "vacancies": 1,
        "flags": 1,
        "appeals": 1,
    }
    assert found["overdue"] > 0
    flag = IntegrityFlag.objects.get()
    assert (flag.reason, bool(flag.answer)) == ("quick_right", True)
    appeal = CompanyAppeal.objects.get()
    assert appeal.refused_by != recruiter  # or nobody of the sign-ins could judge it
    assert not Appeal.objects.filter(work__ratings__rater__user__email__in=(RECRUITER, RATER)).exists()


def test_everybody_listed_and_every_freelancer_has_agreed(population):
    for kind, people in (
        ("listed", Candidate.objects.exclude(listed=False, unlisted_because="")),
        ("freelance", Candidate.objects.filter(accepts_freelance=True)),
    ):
        agreed = Consent.objects.filter(kind=kind, withdrawn_at=None)
        assert set(agreed.values_list("user", flat=True)) == set(people.values_list("user", flat=True))


def test_demo_people_have_no_password_of_their_own(population):
    own = User.objects.exclude(email__in=[CANDIDATE, EMPLOYER, RATER, RECRUITER])
    assert not any(user.has_usable_password() for user in own[:50])
    assert all(mail.endswith(".example") for mail in User.objects.values_list("email", flat=True))
    assert all(mail.endswith(".example") for mail in OutboxMail.objects.values_list("recipient", flat=True))


def test_the_demo_candidate_has_matches_and_the_english_test_opens_more(population):
    carla = Candidate.objects.get(user__email=CANDIDATE)
    assert not carla.measurements.filter(language="en").exists()
    found = matches_of(carla, timezone.now().date())
    eligible, near = shown_matches(carla, found, found.eligible), found.near
    assert len(eligible) >= 3
    assert len({match.vacancy.employer_id for match in eligible}) >= 3
    assert len(near) >= 5
    assert {fact.kind for one in near for fact in one.open_facts} == {LANGUAGE}
    today = timezone.now().date()
    Measurement.objects.create(
        candidate=carla, language_id="en", activity="reading_and_use", level=5, source="simulated",
        measured_on=today, expires_on=today.replace(year=today.year + 2), recorded_at=timezone.now(),
    )  # fmt: skip
    note_change(candidate=carla, now=timezone.now())
    opened = {one.vacancy_id for one in matches_of(carla, today).eligible}
    assert len({one.vacancy_id for one in near} & opened) >= 5


def test_the_employer_sign_in_has_vacancies_with_eligible_people(population):
    owner = Membership.objects.get(user__email=EMPLOYER)
    assert (owner.role, owner.employer.state) == ("owner", "accepted")
    own = Vacancy.objects.filter(employer=owner.employer)
    published = own.filter(state="published")
    assert published.count() >= 3
    assert all(ranking.eligible > 0 for ranking in ranked_together(published))
    assert own.filter(state="draft").count() == 1


def test_every_vacancy_can_be_ranked_most_have_people_and_no_list_with_people_shows_nobody(population):
    rankings = ranked_together(Vacancy.objects.filter(state="published"))
    assert len(rankings) == 60
    assert sum(one.eligible > 0 for one in rankings) >= 54
    refresh_allocation(now=timezone.now())
    shown = {one.vacancy_id: len(one.shown) for one in VacancyAllocation.objects.all()}
    assert [one.vacancy for one in rankings if one.eligible and not shown[one.vacancy_id]] == []
    own = [
        shown[one.vacancy_id]
        for one in rankings
        if one.vacancy.employer.memberships.filter(user__email=EMPLOYER)
    ]
    assert sum(own) >= 20


def test_the_recruiter_is_staff_and_rates_besides_and_the_rater_only_rates(population):
    recruiter = User.objects.get(email=RECRUITER)
    assert (recruiter.is_staff, recruiter.is_demo, recruiter.is_superuser) == (True, True, False)
    assert {group.name for group in recruiter.groups.all()} == {"Calibrators", "Raters", "Recruiters"}
    rater = User.objects.get(email=RATER)
    assert rater.get_all_permissions() == {"assessments.rate_work"}
    assert {rater_of(user) is not None for user in (recruiter, rater)} == {True}
    assert not User.objects.filter(is_superuser=True).exists()


def test_the_figures_are_printed(population):
    answer = StringIO()
    call_command("demo_figures", stdout=answer)
    lines = [" ".join(line.split()) for line in answer.getvalue().splitlines()]
    assert "candidates 1501" in lines
    assert "countries 60" in lines
    assert "English named 1501 100.0 %" in lines
    assert "vacancies published 60" in lines
