"""Three questions: which languages, from which country, how many hours. Asked in the address, which can be sent on."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from common.widgets import CheckboxColumns
from reference.choices import country_choices, language_choices
from vacancies.queries.market import Search, languages_asked, market_version

NOT_LISTED = _("This is not in the list. Choose again.")
HOURS = (16, 24, 32, 40)


class SearchForm(forms.Form):
    """Everything may be left open. `market` is the version of the market, where the page has asked for it already."""

    use_required_attribute = False

    languages = forms.MultipleChoiceField(
        label=_("Which languages do you speak?"),
        required=False,
        widget=CheckboxColumns,
        help_text=_(
            "Well enough to answer customers in them. These are the languages that vacancies ask for now."
        ),
        error_messages={"invalid_choice": NOT_LISTED},
    )
    country = forms.ChoiceField(
        label=_("Where do you live?"), required=False, error_messages={"invalid_choice": NOT_LISTED}
    )
    hours = forms.TypedChoiceField(
        label=_("How many hours a week?"),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": NOT_LISTED},
    )

    def __init__(self, *args: Any, market: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = languages_asked(market or market_version())
        named = self.data.getlist("languages") if isinstance(self.data, QueryDict) else []
        shown = [choice for choice in language_choices() if choice[0] in asked or choice[0] in named]
        self.fields["languages"].choices = shown  # type: ignore[attr-defined]
        self.fields["country"].choices = [("", _("Any country")), *country_choices()]  # type: ignore[attr-defined]
        self.fields["hours"].choices = [  # type: ignore[attr-defined]
            ("", _("Any number")),
            *((hours, _("at most %(hours)d") % {"hours": hours}) for hours in HOURS),
        ]

    def search(self) -> Search:
        """What was asked for; what cannot be understood counts as left open."""
        if not self.is_bound:
            return Search()
        self.is_valid()
        values = self.cleaned_data
        return Search(
            languages=tuple(sorted(set(values.get("languages", ())))),
            country=values.get("country", ""),
            hours=values.get("hours"),
        )
