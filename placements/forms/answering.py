"""What a person fills in to show interest, or to say no."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from placements.enums import CandidateReason
from placements.forms.deciding import leave_out
from placements.models import WORDS
from placements.rules.contact import contact_in

TOO_LONG = _("This is too long: at most %(limit_value)d characters, and it has %(show_value)d.")


def _message(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": TOO_LONG},
    )


class InterestForm(forms.Form):
    """That one would like this work, with a few words that may be left out."""

    use_required_attribute = False

    message = _message(
        _("A few words to the company"),
        _(
            "Why this work, and what you would bring. Leave out your name and how to reach you: they see both as soon as "
            "they are interested, too."
        ),
    )

    def clean_message(self) -> str:
        """No contact data: the company reads it before it knows who wrote it."""
        message: str = self.cleaned_data["message"]
        if found := contact_in(message):
            raise forms.ValidationError(leave_out(found))
        return message


class RefusalForm(forms.Form):
    """Why one says no, or takes back what one said."""

    use_required_attribute = False

    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=CandidateReason,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a reason; “I would rather not say” is one."),
            "invalid_choice": _("Choose one of the list."),
        },
    )
    message = _message(_("A few words to the company"), _("May be left out. The company reads it."))

    def clean(self) -> dict[str, Any]:
        """Another reason is told."""
        values = super().clean() or {}
        unsaid = not values.get("message", "").strip() and "message" not in self.errors
        if unsaid and values.get("reason") == CandidateReason.OTHER:
            self.add_error("message", gettext("Write the reason in a sentence, or choose one from the list."))
        return values
