"""The form of what a person needs in tests."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.enums import ExtraTime


class AccommodationForm(forms.Form):
    """Everything is optional; no reason is asked for."""

    extra_time = forms.TypedChoiceField(
        label=_("Extra time"),
        choices=ExtraTime.choices,
        coerce=int,
        initial=ExtraTime.NONE,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("In tests with a time limit: the simulated desk, typing and speaking."),
    )
    no_time_limit = forms.BooleanField(
        label=_("No time limit at all"),
        required=False,
        help_text=_("Where speed itself is measured, as in typing, your speed is still counted."),
    )
    screen_reader = forms.BooleanField(
        label=_("I use a screen reader"),
        required=False,
        help_text=_("Each question and task opens at its heading, so that reading aloud begins there."),
    )
    larger_type = forms.BooleanField(label=_("Larger type in tests"), required=False)

    def clean_extra_time(self) -> int:
        """None chosen is no extra time."""
        return self.cleaned_data["extra_time"] or ExtraTime.NONE
