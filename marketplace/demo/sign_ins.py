"""One demo person of each role, to sign in as. The password is made once for each installation and kept beside its data."""

import os
import secrets
import uuid
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import numpy as np
from django.conf import settings

from accounts.models import User
from assessments.actions.ratings import set_rater
from assessments.models import RatedTask
from candidates.models import Candidate
from employers.enums import MembershipRole
from employers.models import Employer, Membership
from marketplace.demo.companies import content_of_job, make_user
from marketplace.demo.kinds import KINDS
from marketplace.demo.people import Person
from marketplace.demo.sorts import Kind
from marketplace.demo.weeks import WEEK, WEEKDAYS, Span, mask
from marketplace.demo.world import World
from marketplace.demo.writing import write_profile
from marketplace.recruiters import keep_calibrators_group, keep_raters_group
from reference.models import Language
from vacancies.actions.editing import create_vacancy

CANDIDATE, EMPLOYER, RECRUITER = "candidate@demo.example", "employer@demo.example", "recruiter@demo.example"
RATER = "rater@demo.example"
ROLES = (("candidate", CANDIDATE), ("employer", EMPLOYER), ("recruiter", RECRUITER), ("rater", RATER))


class SignIn(NamedTuple):
    """What a visitor types to be somebody."""

    role: str
    email: str
    password: str


def password() -> str:
    """The installation's demo password; made on first use, readable by its owner only."""
    path = Path(settings.VAR_DIR) / "demo-password"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write("-".join(secrets.token_hex(2) for _ in range(4)))
    return path.read_text()


def sign_ins() -> list[SignIn]:
    """The sign-ins that exist; the password is set anew, so that what is printed always works."""
    found = []
    for role, email in ROLES:
        user = User.objects.filter(email=email, is_demo=True).first()
        if user is None:
            continue
        if not user.check_password(password()):
            user.set_password(password())
            user.save(update_fields=["password"])
        found.append(SignIn(role, email, password()))
    return found


def make_sign_ins(
    employers: list[tuple[Employer, Kind, User]], world: World, rng: np.random.Generator, *, now: datetime
) -> Candidate:
    """A recruiter, an owner of the first employer (with a draft to go on with), a candidate in Portugal, and a rater.

    The recruiter rates, too (a result takes two people), and may set cut scores. Returns the candidate.
    """
    secret = password()
    recruiter = make_user(RECRUITER, "Robin, recruiter", now=now, password=secret, staff=True)
    rater = make_user(RATER, "Rosa, rater", now=now, password=secret, staff=True)
    rater.groups.set([keep_raters_group()])
    recruiter.groups.add(keep_raters_group(), keep_calibrators_group())
    rated = list(Language.objects.filter(pk__in=RatedTask.objects.values("language")))
    for user in (recruiter, rater):
        set_rater(user=user, languages=rated, active=True, by=recruiter, now=now)
    if employers:
        employer = employers[0][0]
        owner = make_user(EMPLOYER, "Evi, team lead", now=now, password=secret)
        Membership.objects.create(user=owner, employer=employer, role=MembershipRole.OWNER, since=now)
        job = KINDS[0].jobs[0]
        create_vacancy(employer=employer, content=content_of_job(job, rng, now), by=owner, now=now)
    person = _candidate(world, rng)
    user = make_user(CANDIDATE, "Carla, candidate", now=now, password=secret, time_zone=person.zone)
    write_profile(user, person, world.cuts, now)
    return Candidate.objects.get(user=user)


def _candidate(world: World, rng: np.random.Generator) -> Person:
    """Speaks Portuguese, Dutch (measured) and English (not tested yet: the test is hers to take)."""
    home = next(home for home in world.homes if home.code == "PT")
    return Person(
        public_id=uuid.UUID(bytes=rng.bytes(16), version=4),
        name="Carla",
        home=home,
        region=None,
        zone="Europe/Lisbon",
        listed=True,
        freelance=False,
        work_right="unrestricted",
        permit_until=None,
        education_level=6,
        education_field="04",
        availability=mask(Span(WEEK, 7 * 60, 22 * 60)),
        preferred=mask(Span(WEEKDAYS, 9 * 60, 18 * 60)),
        hours=(16, 40),
        contract_months=None,
        pay=(Decimal("7.00"), Decimal("11.00"), "hour"),
        start=None,
        just_looking=False,
        work_style=[3, 4, 2, 4, 3, 4, 2, 3, 5, 4, 4, 2, 3, 3, 4, 2, 4, 3, 5, 2, 4, 3, 4, 4],
        languages={"pt": (6, True), "nl": (5, False), "en": (5, False)},
        abilities={"pt": (2.6, 0.3), "nl": (1.5, 0.3)},
        skills={
            "chat_handling": 2,
            "email_handling": 3,
            "complaint_handling": 2,
            "crm": 2,
            "phone_conversation": 2,
        },
        measured_skills={"complaint_handling": 2, "chat_handling": 2},
        places=[("PT", "lived", 24), ("NL", "lived", 5)],
        markets={"NL", "PT"},
        experience={("ecommerce", "chat"): 14, ("ecommerce", "email"): 20},
    )
