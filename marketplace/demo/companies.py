"""Employers and vacancies of the demo, made through the same actions as real ones."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import cycle, islice

import numpy as np
from allauth.account.models import EmailAddress

from accounts.models import Identity, User
from employers.actions.company import apply_as_employer, save_work_style
from employers.actions.decision import accept_employer
from employers.models import Employer
from marketplace.demo.kinds import KINDS
from marketplace.demo.sorts import Job, Kind
from marketplace.recruiters import keep_recruiters_group
from reference.work_style import VERSION
from vacancies.actions.editing import create_vacancy
from vacancies.actions.lifecycle import approve_vacancy, submit_vacancy
from vacancies.content import CountryRow, LanguageRow, ShiftRow, SkillRow, VersionContent
from vacancies.models import Vacancy

Rng = np.random.Generator


def make_employers(count: int, rng: Rng, *, by: User, now: datetime) -> list[tuple[Employer, Kind, User]]:
    """`count` accepted employers with their owners, kinds in turn; a kind's names repeat with a number once used up."""
    return [_employer(kind, name, rng, by=by, now=now) for kind, name in islice(_names(), count)]


def make_vacancies(
    employers: list[tuple[Employer, Kind, User]], count: int, rng: Rng, *, by: User, now: datetime
) -> list[Vacancy]:
    """`count` published vacancies, spread over the employers, each kind's jobs in turn."""
    jobs = [(employer, owner, cycle(kind.jobs)) for employer, kind, owner in employers]
    made = []
    for employer, owner, turn in islice(cycle(jobs), count if jobs else 0):
        made.append(_vacancy(employer, owner, next(turn), rng, by=by, now=now))
    return made


def _names() -> Iterator[tuple[Kind, str]]:
    for round_number in range(1, 10_000):
        most = max(len(kind.names) for kind in KINDS)
        for at in range(most):
            for kind in KINDS:
                if at < len(kind.names):
                    suffix = f" {round_number}" if round_number > 1 else ""
                    yield kind, kind.names[at] + suffix


def _employer(kind: Kind, name: str, rng: Rng, *, by: User, now: datetime) -> tuple[Employer, Kind, User]:
    owner = make_user(f"{_slug(name)}@employers.demo.example", f"{name}, team lead", now=now)
    facts = {
        "name": name,
        "website": "",
        "country_id": kind.country,
        "registration_number": "",
        "about": kind.about,
        "headcount": sum(people for _country, people in kind.staff),
        "working_languages": list(kind.working_languages),
    }
    employer = apply_as_employer(facts=facts, staff=kind.staff, by=owner, now=now, is_demo=True)
    save_work_style(
        employer=employer,
        answers=rng.integers(1, 6, size=24).tolist(),
        version=VERSION,
        by=owner,
        now=now,
    )
    accept_employer(employer=employer, by=by, now=now)
    return employer, kind, owner


def make_user(
    email: str,
    name: str,
    *,
    now: datetime,
    password: str | None = None,
    staff: bool = False,
    time_zone: str = "Europe/Amsterdam",
) -> User:
    """A demo user with a verified address; without a password nobody can sign in as them. `staff` is a recruiter."""
    user = User.objects.create_user(
        email,
        password,
        is_demo=True,
        is_staff=staff,
        date_joined=now,
        time_zone=time_zone,
    )
    if staff:
        user.groups.add(keep_recruiters_group())
    Identity.objects.create(user=user, display_name=name)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def _vacancy(employer: Employer, owner: User, job: Job, rng: Rng, *, by: User, now: datetime) -> Vacancy:
    content = content_of_job(job, rng, now)
    vacancy = create_vacancy(employer=employer, content=content, by=owner, now=now)
    vacancy = submit_vacancy(vacancy=vacancy, by=owner, today=now.date(), now=now)
    return approve_vacancy(vacancy=vacancy, by=by, today=now.date(), now=now)


def content_of_job(job: Job, rng: Rng, now: datetime) -> VersionContent:
    """A vacancy of that sort, a little different each time: start, length and pay."""
    raised = Decimal(int(rng.integers(0, 7))) * Decimal("0.25")
    return VersionContent(
        title=job.title,
        description=_description(job),
        occupation_id="4222",
        sector_id=job.sector,
        channels=job.channels,
        zone=job.zone,
        hours_week=job.hours,
        start_date=now.date() + timedelta(days=int(rng.integers(20, 80))),
        months=job.months if rng.random() < 0.7 else 12,
        openings=job.openings,
        contract_form="freelance" if job.freelance else "employment",
        legal_employer="client" if job.freelance else "provider",
        legal_employer_name="" if job.freelance else "Thuisland Werkgever (demo)",
        pay_min=Decimal(job.pay[0]) + raised,
        pay_max=Decimal(job.pay[1]) + raised,
        pay_currency="EUR",
        pay_period="hour",
        customer_countries=tuple(sorted(job.customers)),
        culture_wanted=job.culture,
        locality_wanted=bool(job.locality_for),
        locality_for=job.locality_for,
        languages=tuple(
            [LanguageRow(code, level) for code, level in job.languages]
            + [LanguageRow(code, level, must=False) for code, level in job.nice]
        ),
        skills=tuple(
            [SkillRow(code, must=True, minimum=level) for code, level in job.must_skills]
            + [SkillRow(code) for code in job.skills if code not in dict(job.must_skills)]
        ),
        shifts=tuple(
            sorted(
                ShiftRow(day, 60 * start, 60 * (end - start), must)
                for days, start, end, must in job.shift
                for day in days
            )
        ),
        countries=tuple(CountryRow(code) for code in sorted(job.countries)),
    )


def _description(job: Job) -> str:
    return (
        f"You answer customers by {', '.join(channel.replace('_', ' ') for channel in job.channels)} from home. "
        "The first six weeks are training with a coach; after that a colleague is always one call away. "
        "We plan shifts four weeks ahead. A CV is welcome but decides nothing: your measured levels do."
    )


def _slug(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isascii() and letter.isalnum())
