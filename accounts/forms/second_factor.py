"""allauth's forms of the second step, with words that it has in English only or says for experts."""

from typing import Any

from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext_lazy as _

PASSKEY_NAME = _("Name of this passkey")


class AppCodeForm(ActivateTOTPForm):
    """The first code of an authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code in the app")


class NewPasskeyForm(AddWebAuthnForm):
    """A passkey that is made."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = PASSKEY_NAME
        alone = self.fields["passwordless"]
        alone.label = _("Sign in with it alone")
        alone.help_text = _(
            "Without a password: the device then has to ask for your fingerprint, face or its lock."
        )


class PasskeyNameForm(EditWebAuthnForm):
    """Another name of a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = PASSKEY_NAME
