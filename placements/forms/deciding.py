"""What an employer fills in to decide on a person."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from placements.enums import SETTING_ASIDE, EmployerReason
from placements.models import NOTE_WORDS, WORDS
from placements.models.set_aside import WORDS as ASIDE_WORDS
from placements.rules.contact import contact_in
from placements.rules.deciding import FURTHEST

SHORTEST = 30
"""Characters of a no that a person can do something with."""

TOO_LONG = _("This is too long: at most %(limit_value)d characters, and it has %(show_value)d.")
CHOOSE = {
    "required": _("Choose a reason; the person reads it."),
    "invalid_choice": _("Choose one of the list."),
}


def _words(label: Any, *, most: int = WORDS, rows: int = 5, **more: Any) -> forms.CharField:
    errors = {"max_length": TOO_LONG, "required": _("Write a sentence or two.")}
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, max_length=most, error_messages=errors, **more)


def leave_out(found: list[str]) -> str:
    """What to say about contact data in a text."""
    return ngettext(
        "Leave this out: %(found)s. You see each other's contact once both of you are interested.",
        "Leave these out: %(found)s. You see each other's contact once both of you are interested.",
        len(found),
    ) % {"found": ", ".join(found)}


def without_contact(form: forms.Form) -> bool:
    """Whether the message of a valid form holds no way to reach anybody; where it does, the field says what to leave out."""
    found = contact_in(form.cleaned_data.get("message", ""))
    if found:
        form.add_error("message", leave_out(found))
    return not found


class MessageForm(forms.Form):
    """A yes with a message, which may be left out. Before both are interested it holds no way to reach anybody."""

    message = _words(
        _("Message to the person"),
        required=False,
        help_text=_(
            "What made you choose them, and what comes next. Leave out addresses, links and telephone numbers: once both "
            "of you are interested you see each other's."
        ),
    )

    def clean_message(self) -> str:
        """No contact data."""
        message: str = self.cleaned_data["message"]
        found = contact_in(message)
        if found:
            raise forms.ValidationError(leave_out(found))
        return message


class YesForm(forms.Form):
    """A yes that shows names at once, with a message that may be left out."""

    message = _words(
        _("Message to the person"),
        required=False,
        help_text=_("How and when you would like to talk. They see your company's name already."),
    )


class NoForm(forms.Form):
    """A no: a reason, and words that help."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=EmployerReason,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
        help_text=_("Choose what decided it. The person reads it and can act on it."),
    )
    message = _words(
        _("Message to the person"),
        help_text=_(
            "What was good, what was missing, what would help next time. About the work and what was shown, never about "
            "age, health, family, faith, origin or accent."
        ),
    )

    def clean_message(self) -> str:
        """More than two words."""
        message: str = self.cleaned_data["message"].strip()
        if len(message) < SHORTEST:
            raise forms.ValidationError(
                gettext("Write a sentence that helps: at least %(least)s characters.") % {"least": SHORTEST}
            )
        return message


class AsideForm(forms.Form):
    """Why somebody is set aside, whom nobody writes to."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[(code, label) for code, label in EmployerReason.choices if code in SETTING_ASIDE],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    words = _words(
        _("In a sentence"),
        most=ASIDE_WORDS,
        rows=3,
        required=False,
        help_text=_("The person reads it on their page of this vacancy."),
    )

    def clean_words(self) -> str:
        """No contact data: the two do not know each other."""
        words: str = self.cleaned_data["words"]
        if found := contact_in(words):
            raise forms.ValidationError(leave_out(found))
        return words

    def clean(self) -> dict[str, Any]:
        """Another reason is told."""
        values = super().clean() or {}
        unsaid = not values.get("words", "").strip() and "words" not in self.errors
        if values.get("reason") == EmployerReason.OTHER and unsaid:
            self.add_error("words", gettext("Write the reason in a sentence, or choose one from the list."))
        return values


class OfferForm(forms.Form):
    """An offer: what the person reads, and what only the team does."""

    message = _words(
        _("Message to the person"),
        help_text=_("Start, hours and pay that you offer, and whom to ask. The person answers here."),
    )
    note = _words(_("Note for your team"), required=False, rows=3, help_text=_("The person never sees it."))


TOO_FAR = _("Is that the day you mean? It is more than half a year away.")


class TalkForm(forms.Form):
    """A conversation: when, on the clock of the vacancy, and what only the team reads."""

    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("On which day do you talk, or did you?"),
            "invalid": _("Write the day like 2026-11-30."),
        },
    )
    time = forms.TimeField(
        label=_("Time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": _("At what time?"), "invalid": _("Write the time like 14:30.")},
    )
    message = _words(
        _("Message to the person"),
        required=False,
        rows=4,
        help_text=_("How you meet, who takes part, how long it takes, what to prepare."),
    )
    note = _words(_("Note for your team"), required=False, rows=3, help_text=_("The person never sees it."))

    def clean_day(self) -> date:
        """Neither long ago nor far away: that is a slip of the pen."""
        day: date = self.cleaned_data["day"]
        if abs(day - timezone.localdate()) > FURTHEST:
            raise forms.ValidationError(TOO_FAR)
        return day


class NoteForm(forms.Form):
    """A note for the team."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text = _words(_("Note for your team"), most=NOTE_WORDS, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid4())
