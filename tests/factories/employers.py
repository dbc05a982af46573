"""Employers and their people.

`EmployerFactory()` is accepted: 40 people, all in the Netherlands, with a work style. Traits: `applied`, `rejected`,
`small_dutch` (8 people, all Dutch), `large_international` (2,000 people in 12 countries), `undescribed` (no work style).
`staff={"NL": 30, "PT": 10}` sets the people by country. `MembershipFactory()` is its owner. The country facts have to be loaded.
"""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from common.sealing import seal
from employers.enums import ApiScope, EmployerState, MembershipRole, WebhookEvent
from employers.models import (
    ApiToken,
    Employer,
    EmployerStaff,
    EmployerStatusLog,
    Invitation,
    Membership,
    WebhookDelivery,
    WebhookEndpoint,
)
from employers.models.webhook import PURPOSE
from employers.rules import INVITATION_VALID
from employers.rules.tokens import digest_of
from reference.work_style import VERSION
from tests.factories.accounts import UserFactory
from tests.factories.traits import Trait

DECIDED = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
APPLIED = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
MANY_COUNTRIES = {
    "NL": 300, "DE": 250, "ES": 250, "PT": 250, "ZA": 200, "IT": 150, "GR": 150, "RS": 100, "TR": 100, "PH": 100,
    "CO": 100, "MA": 50,
}  # fmt: skip


class EmployerFactory(DjangoModelFactory):
    """A company; see the top of the file."""

    class Meta:
        model = Employer
        skip_postgeneration_save = True

    class Params:
        accepted = Trait(state=EmployerState.ACCEPTED, decided_at=DECIDED)
        applied = Trait(state=EmployerState.APPLIED, decided_at=None)
        rejected = Trait(
            state=EmployerState.REJECTED,
            decided_at=DECIDED,
            decision_reason="The company could not be found.",
        )
        small_dutch = Trait(headcount=8, working_languages=["nl"], staff={"NL": 8})
        large_international = Trait(
            headcount=2000, working_languages=["en"], staff=MANY_COUNTRIES, name="Wide World Care"
        )
        undescribed = Trait(work_style=None, work_style_version="")

    name = factory.Sequence(lambda n: f"Company {n}")
    country_id = "NL"
    about = "We sell things online and answer the people who buy them."
    headcount = 40
    working_languages = ["nl", "en"]
    work_style = factory.LazyFunction(lambda: [4] * 24)
    work_style_version = VERSION
    state = EmployerState.ACCEPTED
    applied_at = APPLIED
    decided_at = DECIDED
    facts_changed_at = APPLIED

    staff: dict[str, int] = {}

    @classmethod
    def _create(cls, model_class: type[Employer], *args: Any, **kwargs: Any) -> Employer:
        staff = kwargs.pop("staff")
        employer: Employer = super()._create(model_class, *args, **kwargs)
        EmployerStaff.objects.bulk_create(
            EmployerStaff(employer=employer, country_id=country, headcount=people)
            for country, people in staff.items()
        )
        EmployerStatusLog.objects.create(
            employer=employer, state=employer.state, at=employer.decided_at or employer.applied_at,
            reason=employer.decision_reason,
        )  # fmt: skip
        return employer


class MembershipFactory(DjangoModelFactory):
    """The owner of an accepted employer. Traits: `recruiter`, `viewer`."""

    class Meta:
        model = Membership

    class Params:
        recruiter = Trait(role=MembershipRole.RECRUITER)
        viewer = Trait(role=MembershipRole.VIEWER)

    user = factory.SubFactory(UserFactory)
    employer = factory.SubFactory(EmployerFactory)
    role = MembershipRole.OWNER
    since = APPLIED


class InvitationFactory(DjangoModelFactory):
    """An open invitation, to an address without an account, to be a recruiter."""

    class Meta:
        model = Invitation

    employer = factory.SubFactory(EmployerFactory)
    email = factory.Sequence(lambda n: f"invited{n}@people.example")
    role = MembershipRole.RECRUITER
    invited_by = factory.SubFactory(UserFactory)
    invited_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyAttribute(lambda invitation: invitation.invited_at + INVITATION_VALID)


class ApiTokenFactory(DjangoModelFactory):
    """A live token with every scope, of the owner of an accepted employer. Its secret is `token.secret`."""

    class Meta:
        model = ApiToken

    membership = factory.SubFactory(MembershipFactory)
    name = "Our own system"
    scopes = factory.LazyFunction(lambda: list(ApiScope.values))
    made_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyAttribute(lambda token: token.made_at + timedelta(days=90))

    @classmethod
    def _create(cls, model_class: type[ApiToken], *args: Any, **kwargs: Any) -> ApiToken:
        secret = f"mkt_test{next(_NUMBERS):08}"
        kwargs |= {"prefix": secret[:12], "digest": digest_of(secret)}
        token: ApiToken = super()._create(model_class, *args, **kwargs)
        token.secret = secret  # type: ignore[attr-defined]
        return token


_NUMBERS = count(1)

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class WebhookEndpointFactory(DjangoModelFactory):
    """An address that is told everything; its secret is `SECRET`."""

    class Meta:
        model = WebhookEndpoint

    employer = factory.SubFactory(EmployerFactory)
    url = "https://hooks.shop.example/marketplace"
    events = factory.LazyFunction(lambda: list(WebhookEvent.values))
    secret = factory.LazyFunction(lambda: seal(SECRET, PURPOSE))
    made_at = factory.LazyFunction(timezone.now)


class WebhookDeliveryFactory(DjangoModelFactory):
    """A message that waits for its first attempt."""

    class Meta:
        model = WebhookDelivery

    endpoint = factory.SubFactory(WebhookEndpointFactory)
    event = WebhookEvent.VACANCY_PAUSED
    body = '{"type": "vacancy.paused"}'
    created_at = factory.LazyFunction(timezone.now)
    next_attempt_at = factory.LazyAttribute(lambda delivery: delivery.created_at)
