"""Languages with the level that the person claims."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candidates.content import LanguageRow
from candidates.forms.kept import KeptForm, RowSet, with_empty
from candidates.models import Candidate
from reference.choices import language_choices
from reference.enums import CEFRLevel

LEVEL_WORDS = {
    CEFRLevel.A1: gettext_lazy("I know words and set phrases, and get by with patience."),
    CEFRLevel.A2: gettext_lazy("I handle simple, familiar things: a price, a time, an address."),
    CEFRLevel.B1: gettext_lazy("I manage most everyday talks and short messages, with mistakes."),
    CEFRLevel.B2: gettext_lazy("I work in it: clear calls and mails with customers, few mistakes."),
    CEFRLevel.C1: gettext_lazy(
        "I speak and write it fluently, also when a customer is angry or a matter is intricate."
    ),
    CEFRLevel.C2: gettext_lazy("I catch every nuance and can say or write anything in the right tone."),
}


class LanguageRowForm(KeptForm):
    """One language."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("This is not a language in the list. Choose one from the list.")
        },
    )
    level = forms.TypedChoiceField(
        label=gettext_lazy("Your level"),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": gettext_lazy("Choose a level from A1 to C2.")},
    )
    mother_tongue = forms.BooleanField(label=gettext_lazy("It is a mother tongue of mine"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = with_empty(language_choices())  # type: ignore[attr-defined]
        self.fields["level"].choices = with_empty(  # type: ignore[attr-defined]
            (str(level.value), f"{level.label} · {words}") for level, words in LEVEL_WORDS.items()
        )

    def clean(self) -> dict[str, Any]:
        """Language and level belong together, for a mother tongue too."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("language") and "language" not in self.errors:
            self.add_error("language", _("Choose the language of this row, or empty the row."))
        if cleaned.get("level") is None and "level" not in self.errors:
            self.add_error(
                "level",
                _(
                    "Choose your level. For a mother tongue too: speaking it at home and writing it at work differ."
                ),
            )
        return cleaned


class LanguageRows(RowSet):
    """All languages of a person, at least one."""

    form = LanguageRowForm
    most = 15
    once = ("language",)

    def clean(self) -> None:
        """At least one language."""
        super().clean()
        if self.management_form.is_valid() and not self.filled:
            raise forms.ValidationError(_("Name at least one language that you speak."))

    def rows(self) -> list[LanguageRow]:
        """The cleaned rows, ready to be saved."""
        return [LanguageRow(row["language"], row["level"], row["mother_tongue"]) for row in self.filled]


def stored_languages(candidate: Candidate) -> list[dict[str, Any]]:
    """What the rows start with: mother tongues first, then the highest level."""
    rows = candidate.languages.order_by("-mother_tongue", "-claimed_level", "language")
    return [
        {"language": row.language_id, "level": row.claimed_level, "mother_tongue": row.mother_tongue}
        for row in rows
    ]
