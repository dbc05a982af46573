"""A person's word on a flag, and a recruiter's decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.actions.integrity import LONGEST_ANSWER
from assessments.enums import FlagDecision


class FlagAnswerForm(forms.Form):
    """What the person wants to say."""

    answer = forms.CharField(
        label=_("What do you want to say about it?"),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("If you like. Somebody reads it before anything is decided."),
        error_messages={"required": _("Nothing is written yet.")},
    )


class DecideForm(forms.Form):
    """What follows from a flag, with the reason."""

    decision = forms.ChoiceField(label=_("Decision"), choices=FlagDecision.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 30}),
        help_text=_("Kept in the audit log. The person does not read it."),
    )


class AskForm(forms.Form):
    """Why a confirmation test is asked for."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 30}),
        help_text=_("Kept in the audit log, such as: before an offer."),
    )
