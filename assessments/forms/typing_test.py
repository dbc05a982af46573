"""The typing test: in which language, and the copied text."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from assessments.queries.typing_tests import TypingStanding
from assessments.rules.typing_test import MOST_CHARACTERS

TEST, PRACTICE = "test", "practice"


class TypingStartForm(forms.Form):
    """The language of the text; the button says whether it is practice."""

    language = forms.ChoiceField(
        label=_("Language of the text"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a language."),
            "invalid_choice": _("There is no text in that language. Choose one of these."),
        },
    )

    def __init__(self, *args: Any, standings: Sequence[TypingStanding], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (row.language.pk, str(row.language)) for row in standings
        ]
        self.standings = {row.language.pk: row for row in standings}
        self.practice = PRACTICE in self.data

    def clean_language(self) -> str:
        """A test too early is refused with the day; practice is always open."""
        language: str = self.cleaned_data["language"]
        again_on = self.standings[language].again_on
        if again_on and not self.practice:
            raise forms.ValidationError(
                _(
                    "You took this test in this language not long ago. You can take it again from %(day)s,"
                    " practise now, or choose another language."
                ),
                params={"day": date_format(again_on)},
            )
        return language


class TypedForm(forms.Form):
    """The copy. Nothing is stripped or corrected: it is compared as it was typed."""

    typed = forms.CharField(
        label=_("Type the text here"),
        strip=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(
            attrs={
                "rows": 12,
                "autocomplete": "off",
                "autocapitalize": "off",
                "autocorrect": "off",
                "spellcheck": "false",
            }
        ),
        error_messages={
            "required": _("Nothing is typed yet."),
            "max_length": _("This is longer than the text. Copy only what stands above."),
        },
    )
