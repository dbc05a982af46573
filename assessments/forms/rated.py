"""Forms of rated tests: a written reply, and an appeal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.actions.appeals import MOST_REASON_CHARACTERS
from assessments.enums import RatedKind
from assessments.rules.writing import MOST_CHARACTERS, MOST_PASTED

LARGEST_REVISION = 2_000_000_000


class ReplyForm(forms.Form):
    """The text of one reply; the action says what is wrong with it. `pasted` is counted by a script, where there is one."""

    text = forms.CharField(
        label=_("Your answer"),
        required=False,
        strip=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off"}),
    )
    turn = forms.IntegerField(min_value=0, max_value=100, widget=forms.HiddenInput)
    revision = forms.IntegerField(min_value=0, max_value=LARGEST_REVISION, widget=forms.HiddenInput)
    pasted = forms.IntegerField(
        min_value=0, max_value=MOST_PASTED, required=False, initial=0, widget=forms.HiddenInput
    )

    def clean_text(self) -> str:
        """Line ends as the database keeps them."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\r", "\n")


class PracticeForm(forms.Form):
    """An answer to practise on, which is shown beside the example and not kept; who speaks has none."""

    text = forms.CharField(
        label=_("Your answer"),
        max_length=MOST_CHARACTERS[RatedKind.EMAIL],
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off"}),
        error_messages={"required": _("Write your answer first; a sentence or two will do.")},
    )

    def __init__(self, *args: Any, spoken: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = not spoken


class AppealForm(forms.Form):
    """Why a result should be looked at again."""

    reason = forms.CharField(
        label=_("What do you think was judged wrongly?"),
        max_length=MOST_REASON_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Staff read it, the new raters do not: they judge your work as if it were the first time."
        ),
        error_messages={"required": _("Say in a sentence why you ask for a second look.")},
    )
