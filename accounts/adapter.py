"""How sign-in behaves here: whose language its mails speak, and how second factors are kept."""

import base64
import hashlib
import math
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.rules.time_zones import clock_of


class AccountAdapter(DefaultAccountAdapter):
    """Email accounts. Mail goes through Django's mail backend, which is the outbox."""

    def new_user(self, request: HttpRequest) -> User:
        """A user who speaks the language of the page that they sign up on."""
        return User(language=_supported(translation.get_language()))

    def is_safe_url(self, url: str) -> bool:
        """Whether to go on there after signing in; what is no address at all is not."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def clean_email(self, email: str) -> str:
        """As always, and short enough for an account or a mail to hold."""
        most = User._meta.get_field("email").max_length
        if most and len(email) > most:
            raise ValidationError(
                _("No email address is longer than %(most)d characters."), params={"most": most}
            )
        return str(super().clean_email(email))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """As always; who guessed too often hears when to try again."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as refusal:
            key = self._get_login_attempts_cache_key(request, **credentials)
            minutes = minutes_until_allowed(request, "login_failed", key)
            words = ngettext(
                "Too many failed sign-ins. Try again in %(n)d minute, or choose a new password by mail.",
                "Too many failed sign-ins. Try again in %(n)d minutes, or choose a new password by mail.",
                minutes,
            )
            raise ValidationError(words % {"n": minutes}, code=refusal.code) from refusal

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render in the language and time zone of the person whose address it is; a stranger's: the page's."""
        person = context.get("user") or User.objects.filter(email__iexact=email).first()
        facts = {**context, "recipient": person, "origin": settings.SITE_ORIGIN}
        if person is None:
            super().send_mail(template_prefix, email, facts)
            return
        with translation.override(person.language), timezone.override(clock_of(person.time_zone)):
            super().send_mail(template_prefix, email, facts)


class MFAAdapter(DefaultMFAAdapter):
    """Second factors are encrypted at rest with a key made of SECRET_KEY: a stolen dump holds none.

    A retired SECRET_KEY has to stay in SECRET_KEY_FALLBACKS, or people have to set up their second factor anew.
    """

    def encrypt(self, text: str) -> str:
        """Keep a secret."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read it back."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - the name that allauth passes
        """What a new passkey is called until its owner says otherwise: "Passkey 2"."""
        held = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)s") % {"number": held + 1}


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(b"accounts.second-factor:" + key.encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def minutes_until_allowed(request: HttpRequest, action: str, key: str) -> int:
    """Whole minutes, at least 1, until the limits of allauth let `action` through again for `key` and this visitor."""
    now, waits = time.time(), [0.0]
    for rate in ratelimit.get_rates(app="allauth.account", action=action):
        name = ratelimit.get_cache_key(request, app="allauth.account", action=action, rate=rate, key=key)
        newest_first = [at for at in cache.get(name, []) if at > now - rate.duration]
        if len(newest_first) >= rate.amount:
            waits.append(newest_first[rate.amount - 1] + rate.duration - now)
    return max(1, math.ceil(max(waits) / 60))


def _supported(code: str | None) -> str:
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
