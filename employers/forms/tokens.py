"""Making a token of the API."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from employers.enums import ApiScope
from employers.rules.tokens import DAYS


class RenewForm(forms.Form):
    """The key of the page that renews, so that it renews each token once."""

    key = forms.UUIDField(required=False)


class TokenForm(forms.Form):
    """What a token is for, what it may be used to, and how long it holds."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("The system that will use it, so that you know later which one to revoke."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("It may"),
        choices=ApiScope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick only what the system needs. Whatever it does is done in your name."),
        error_messages={
            "required": _("Tick at least one thing that it may do."),
            "invalid_choice": _("This is not in the list. Choose again."),
        },
    )
    days = forms.TypedChoiceField(label=_("Valid for"), coerce=int, initial=90, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(days, ngettext("%(n)d day", "%(n)d days", days) % {"n": days}) for days in DAYS]
        self.fields["days"].choices = choices  # type: ignore[attr-defined]
