"""allauth's forms with a password, with labels written as those of the other forms are."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, ResetPasswordKeyForm
from django import forms
from django.utils.translation import gettext_lazy as _

LABELS = {
    "oldpassword": _("Current password"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
}


def relabel(form: forms.Form) -> None:
    """Give the fields that the form has their label of `LABELS`, and nothing that says it a second time."""
    for name, label in LABELS.items():
        if name in form.fields:
            form.fields[name].label = label
            form.fields[name].widget.attrs.pop("placeholder", None)


class PasswordForm(ChangePasswordForm):
    """A new password in the place of a known one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self)


class NewPasswordForm(ResetPasswordKeyForm):
    """A new password in the place of a forgotten one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self)
