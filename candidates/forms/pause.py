"""How long to be found by nobody."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from candidates.rules.staying import LONGEST_PAUSE


class PauseForm(forms.Form):
    """The day on which one comes back; empty is until one says so."""

    use_required_attribute = False

    until = forms.DateField(
        label=_("I am back on"),
        required=False,
        help_text=_(
            "On that day you are listed again by yourself. Leave it empty to come back when you say so."
        ),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This is not a date. Write it like 2027-03-01.")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until(self) -> date | None:
        """After today, and at most a year ahead."""
        until: date | None = self.cleaned_data["until"]
        if until is not None and not self.today < until <= self.today + LONGEST_PAUSE:
            raise forms.ValidationError(_("Choose a day after today, at most a year ahead."))
        return until
