"""Education, places known, markets served and experience."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candidates.content import ExperienceRow, PlaceRow
from candidates.enums import PlaceTie
from candidates.forms.kept import KeptForm, RowSet, with_empty
from candidates.models import Candidate
from reference.choices import channel_choices, country_choices, sector_choices
from reference.names import country_name, place_in_list
from reference.vocabularies import choices, education_fields, education_levels

MOST_YEARS = 60
MOST_MONTHS = 12 * MOST_YEARS
NO_SUCH_COUNTRY = {
    "invalid_choice": gettext_lazy("This is not a country in the list. Choose one from the list.")
}


def _years_field(label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=0,
        max_value=MOST_YEARS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": gettext_lazy("Write whole years, like 3."),
            "min_value": gettext_lazy("Years cannot be below zero."),
            "max_value": gettext_lazy("More than %(limit_value)s years does not fit. Check the number."),
        },
    )


class EducationForm(KeptForm):
    """The highest level reached, and its field."""

    education_level = forms.TypedChoiceField(
        label=gettext_lazy("Highest education that you finished"),
        help_text=gettext_lazy(
            "Never a condition here. It helps to find work that lets you grow towards what you studied."
        ),
        coerce=int,
        empty_value=None,
        error_messages={
            "required": gettext_lazy("Choose the level that comes closest."),
            "invalid_choice": gettext_lazy("Choose a level from the list."),
        },
    )
    education_field = forms.ChoiceField(
        label=gettext_lazy("Field"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a field from the list, or none.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["education_level"].choices = with_empty(choices(education_levels()))  # type: ignore[attr-defined]
        self.fields["education_field"].choices = with_empty(  # type: ignore[attr-defined]
            choices(education_fields()), gettext_lazy("None in particular")
        )


class PlaceForm(KeptForm):
    """A place that the person is at home in."""

    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False, error_messages=NO_SUCH_COUNTRY)
    city = forms.CharField(
        label=gettext_lazy("City, if one in particular"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"maxlength": 80}),
        error_messages={
            "max_length": gettext_lazy(
                "This name has %(show_value)d characters and at most %(limit_value)d fit. Shorten it."
            )
        },
    )
    tie = forms.ChoiceField(
        label=gettext_lazy("How you know it"),
        required=False,
        choices=with_empty(PlaceTie.choices),
        error_messages={"invalid_choice": gettext_lazy("Choose how you know it from the list.")},
    )
    years = _years_field(gettext_lazy("For how many years"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = with_empty(country_choices())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Country, tie and years belong together."""
        cleaned = super().clean() or self.cleaned_data
        for name, message in (
            ("country", _("Choose the country of this row, or empty the row.")),
            ("tie", _("Choose whether you lived, worked or studied there.")),
        ):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, message)
        if cleaned.get("years") is None and "years" not in self.errors:
            self.add_error("years", _("Write for how many years; 0 stands for less than one."))
        return cleaned


class MarketForm(KeptForm):
    """A country whose customers the person served."""

    country = forms.ChoiceField(
        label=gettext_lazy("Customers in"), required=False, error_messages=NO_SUCH_COUNTRY
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = with_empty(country_choices())  # type: ignore[attr-defined]


class ExperienceForm(KeptForm):
    """How long in one sector through one channel."""

    sector = forms.ChoiceField(
        label=gettext_lazy("Kind of company"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a kind of company from the list.")},
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("Mostly by"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a channel from the list.")},
    )
    years = _years_field(gettext_lazy("Years"))
    months = forms.IntegerField(
        label=gettext_lazy("and months"),
        required=False,
        min_value=0,
        max_value=11,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": gettext_lazy("Write whole months, like 6."),
            "min_value": gettext_lazy("Months go from 0 to 11."),
            "max_value": gettext_lazy("Months go from 0 to 11. Write twelve months as one year."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sector"].choices = with_empty(sector_choices())  # type: ignore[attr-defined]
        self.fields["channel"].choices = with_empty(channel_choices())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Sector, channel and at least one month belong together."""
        cleaned = super().clean() or self.cleaned_data
        for name, message in (
            ("sector", _("Choose the kind of company of this row, or empty the row.")),
            ("channel", _("Choose how customers mostly reached you.")),
        ):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, message)
        cleaned["total"] = 12 * (cleaned.get("years") or 0) + (cleaned.get("months") or 0)
        if not cleaned["total"] and not {"years", "months"} & set(self.errors):
            self.add_error("months", _("Write how long: at least one month."))
        if cleaned["total"] > MOST_MONTHS:
            self.add_error(
                "years", _("More than %(n)d years does not fit. Check the number.") % {"n": MOST_YEARS}
            )
        return cleaned


class PlaceRows(RowSet):
    """Each country, city and tie once."""

    form = PlaceForm
    once = ("country", "city", "tie")

    def rows(self) -> tuple[PlaceRow, ...]:
        """The cleaned rows, ready to be saved."""
        return tuple(PlaceRow(row["country"], row["city"], row["tie"], row["years"]) for row in self.filled)


class MarketRows(RowSet):
    """Each country once."""

    form = MarketForm
    most = 30
    once = ("country",)

    def rows(self) -> tuple[str, ...]:
        """The cleaned countries, ready to be saved."""
        return tuple(row["country"] for row in self.filled)


class ExperienceRows(RowSet):
    """Each sector with a channel once."""

    form = ExperienceForm
    once = ("sector", "channel")

    def rows(self) -> tuple[ExperienceRow, ...]:
        """The cleaned rows, ready to be saved."""
        return tuple(ExperienceRow(row["sector"], row["channel"], row["total"]) for row in self.filled)


def stored_education(candidate: Candidate) -> dict[str, Any]:
    """What the form starts with."""
    return {"education_level": candidate.education_level, "education_field": candidate.education_field}


def stored_places(candidate: Candidate) -> list[dict[str, Any]]:
    """What the rows start with, longest first."""
    return [
        {"country": row.country_id, "city": row.city, "tie": row.tie, "years": row.years}
        for row in candidate.places.order_by("-years", "country", "city")
    ]


def stored_markets(candidate: Candidate) -> list[dict[str, Any]]:
    """What the rows start with, by name."""
    codes = candidate.markets.values_list("country", flat=True)
    return [{"country": code} for code in sorted(codes, key=lambda code: place_in_list(country_name(code)))]


def stored_experience(candidate: Candidate) -> list[dict[str, Any]]:
    """What the rows start with, longest first."""
    return [
        {
            "sector": row.sector_id,
            "channel": row.channel_id,
            "years": row.months // 12,
            "months": row.months % 12,
        }
        for row in candidate.experience.order_by("-months", "sector", "channel")
    ]
