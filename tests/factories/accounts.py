"""People who can sign in."""

from typing import Any

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.enums import ConsentKind, NotificationKind
from accounts.models import Consent, Identity, Notification, OutboxMail, User
from tests.factories.traits import Trait

PASSWORD = "a long enough phrase"
TOTP_SECRET = "JBSWY3DPEHPK3PXP"


class UserFactory(DjangoModelFactory):
    """A person with a verified address, a name and `PASSWORD`. Traits: staff, demo; `totp=True` adds a second factor."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        staff = Trait(is_staff=True, is_superuser=True, totp=True)
        demo = Trait(is_demo=True)

    email = factory.Sequence(lambda n: f"person{n}@people.example")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        name, verified, totp = (
            kwargs.pop("name", None),
            kwargs.pop("verified", True),
            kwargs.pop("totp", False),
        )
        user = User.objects.create_user(kwargs.pop("email"), kwargs.pop("password", PASSWORD), **kwargs)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=verified)
        Identity.objects.create(user=user, display_name=name or f"Person {user.pk}")
        if totp:
            TOTP.activate(user, TOTP_SECRET)
        return user


class ConsentFactory(DjangoModelFactory):
    """A standing consent."""

    class Meta:
        model = Consent

    user = factory.SubFactory(UserFactory)
    kind = ConsentKind.LISTED
    text_version = "1"
    given_at = factory.LazyFunction(timezone.now)


class OutboxMailFactory(DjangoModelFactory):
    """A mail that waits."""

    class Meta:
        model = OutboxMail

    recipient = factory.Sequence(lambda n: f"reader{n}@people.example")
    sender = "no-reply@marketplace.example"
    subject = factory.Sequence(lambda n: f"Subject {n}")
    text = "Good news.\n"
    created_at = factory.LazyFunction(timezone.now)
    next_attempt_at = factory.SelfAttribute("created_at")


class NotificationFactory(DjangoModelFactory):
    """Unread news; trait `daily`: it waits for the daily mail."""

    class Meta:
        model = Notification

    class Params:
        daily = Trait(awaits_digest=True)

    user = factory.SubFactory(UserFactory)
    kind = NotificationKind.ASSESSMENT
    key = factory.Sequence(lambda n: f"event:{n}")
    title = factory.Sequence(lambda n: f"News {n}")
    text = "What happened."
    language = "en"
    url = "/accounts/settings/"
    created_at = factory.LazyFunction(timezone.now)


def second_factors(user: User) -> int:
    """How many the person has set up, recovery codes not counted."""
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).count()
