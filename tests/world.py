"""Somebody of each role, and what belongs to the candidate and to the employer. Everything is made when asked for."""

from functools import cached_property
from typing import Any, Self

from django.test import Client
from django.utils import timezone

from tests.factories.accounts import NotificationFactory, OutboxMailFactory, UserFactory
from tests.signing_in import sign_in

CHANGING = ("application", "rated_work")
"""Objects of `World` that change which pages there are about the others."""


class World:
    """The people and objects of the access test."""

    def complete(self) -> Self:
        """Make what is otherwise made when it is asked for, but for what would change what others find."""
        for name, made in vars(World).items():
            if isinstance(made, cached_property) and name not in CHANGING:
                getattr(self, name)
        return self

    def client(self, role: str) -> Client:
        """A new browser of somebody in that role; the person stays the same."""
        client = Client()
        if role != "anonymous":
            sign_in(client, getattr(self, role if role in ("staff", "recruiter") else f"{role}_user"))
        return client

    def fill(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        """`kwargs` with "@object.attribute" replaced by what it stands for."""
        return {name: self._value(value) for name, value in kwargs.items()}

    def _value(self, value: Any) -> Any:
        if not isinstance(value, str) or not value.startswith("@"):
            return value
        found: Any = self
        for part in value.removeprefix("@").split("."):
            found = getattr(found, part)
        return found

    @cached_property
    def staff(self) -> Any:
        return UserFactory(staff=True)

    @cached_property
    def recruiter(self) -> Any:
        """Staff as an installation has them: a member of the recruiters' group, with no power beyond it."""
        from marketplace.recruiters import keep_recruiters_group

        user = UserFactory(is_staff=True, totp=True)
        user.groups.add(keep_recruiters_group())
        return user

    @cached_property
    def mail(self) -> Any:
        return OutboxMailFactory()

    @cached_property
    def mail_off_token(self) -> str:
        """What stands in a link of the candidate's mail; whoever has the mail may use it."""
        from accounts.rules.mail_off import off_token

        return off_token(self.candidate_user.pk, "assessment")

    @cached_property
    def told(self) -> Any:
        """News for the candidate."""
        return NotificationFactory(user=self.candidate_user)

    @cached_property
    def candidate(self) -> Any:
        from tests.factories.candidates import CandidateFactory

        return CandidateFactory(listed=True)

    @cached_property
    def candidate_user(self) -> Any:
        return self.candidate.user

    @cached_property
    def other_candidate_user(self) -> Any:
        from tests.factories.candidates import CandidateFactory

        return CandidateFactory(listed=True).user

    @cached_property
    def membership(self) -> Any:
        from tests.factories.employers import MembershipFactory

        return MembershipFactory(employer__accepted=True)

    @cached_property
    def employer_user(self) -> Any:
        return self.membership.user

    @cached_property
    def colleague(self) -> Any:
        from tests.factories.employers import MembershipFactory

        return MembershipFactory(recruiter=True, employer=self.membership.employer)

    @cached_property
    def invitation(self) -> Any:
        from tests.factories.employers import InvitationFactory

        return InvitationFactory(employer=self.membership.employer, invited_by=self.employer_user)

    @cached_property
    def token(self) -> Any:
        from tests.factories.employers import ApiTokenFactory

        return ApiTokenFactory(membership=self.membership)

    @cached_property
    def webhook(self) -> Any:
        from tests.factories.employers import WebhookEndpointFactory

        return WebhookEndpointFactory(employer=self.membership.employer)

    @cached_property
    def delivery(self) -> Any:
        from tests.factories.employers import WebhookDeliveryFactory

        return WebhookDeliveryFactory(endpoint=self.webhook)

    @cached_property
    def other_employer_user(self) -> Any:
        from tests.factories.employers import MembershipFactory

        return MembershipFactory(employer__accepted=True).user

    @cached_property
    def vacancy(self) -> Any:
        from tests.factories.vacancies import VacancyFactory

        return VacancyFactory(employer=self.membership.employer)

    @cached_property
    def company_slug(self) -> str:
        """What stands behind the employer's number in the address of its page."""
        from employers.addresses import company_slug

        return company_slug(self.vacancy.employer.name)

    @cached_property
    def ranked(self) -> Any:
        """The employer's vacancy, ranked, with the candidate on its shortlist."""
        from matching.actions.ranking import refresh_ranking
        from tests.factories.assessments import MeasurementFactory

        now = timezone.now()
        MeasurementFactory(candidate=self.candidate, language_id="en", level=5)
        refresh_ranking(vacancy_id=self.vacancy.pk, today=now.date(), now=now)
        return self.vacancy

    @cached_property
    def application(self) -> Any:
        """The employer has invited the candidate."""
        from tests.factories.placements import application

        return application("invited", candidate=self.candidate, vacancy=self.ranked, by=self.employer_user)

    @cached_property
    def bank(self) -> Any:
        from tests.factories.assessments import BankFactory

        return BankFactory()

    @cached_property
    def session(self) -> Any:
        from assessments.actions.sessions import start_session

        return start_session(candidate=self.candidate, bank=self.bank, seed=1, now=timezone.now())

    @cached_property
    def scenario(self) -> Any:
        from tests.assessments.desk_play import scenario

        return scenario("practice", measured=False)

    @cached_property
    def run(self) -> Any:
        from decimal import Decimal

        from assessments.actions.desk.runs import start_run

        return start_run(
            candidate=self.candidate, scenario=self.scenario, purpose="training",
            time_factor=Decimal(1), seed=1, now=timezone.now(),
        )  # fmt: skip

    @cached_property
    def rated_language(self) -> str:
        """A language with rated tests."""
        from tests.factories.rated import rated_tasks

        return rated_tasks()[0].language_id

    @cached_property
    def draft(self) -> Any:
        """The candidate's attempt at writing."""
        from tests.factories.rated import draft, rated_tasks

        rated_tasks()
        return draft(self.candidate)

    @cached_property
    def rated_work(self) -> Any:
        """The candidate's written work, rated."""
        from tests.factories.rated import handed_in, rate

        work = handed_in(self.candidate)
        rate(work, 4)
        rate(work, 4)
        return work

    @cached_property
    def typing(self) -> Any:
        from assessments.actions.typing_runs import start_typing

        return start_typing(
            candidate=self.candidate,
            language="en",
            practice=False,
            limit_seconds=300,
            seed=1,
            now=timezone.now(),
        )

    @cached_property
    def spoken_language(self) -> str:
        """A language with spoken tests."""
        from tests.factories.rated import spoken_tasks

        return spoken_tasks()[0].language_id

    @cached_property
    def spoken(self) -> Any:
        """The candidate's attempt at speaking."""
        from tests.factories.rated import spoken_draft

        return spoken_draft(self.candidate)

    @cached_property
    def take(self) -> Any:
        """A recording of it that has arrived."""
        from tests.factories.rated import take

        return take(self.spoken, 1)

    @cached_property
    def tasks(self) -> Any:
        from assessments.actions.task_runs import start_tasks

        return start_tasks(candidate=self.candidate, seed=1, now=timezone.now())

    @cached_property
    def flag(self) -> Any:
        from tests.factories.assessments import BankFactory
        from tests.factories.integrity import FlagFactory

        return FlagFactory(session__candidate=self.candidate, session__bank=BankFactory(code="flagged"))

    @cached_property
    def confirmation(self) -> Any:
        from tests.factories.assessments import BankFactory
        from tests.factories.integrity import ConfirmationFactory

        return ConfirmationFactory(candidate=self.candidate, bank=BankFactory(code="confirmed"))

    @cached_property
    def interview(self) -> Any:
        """The employer's scorecard of the candidate."""
        from tests.factories.assessments import scorecard

        return scorecard(self.candidate, employer=self.membership.employer, by=self.employer_user)
