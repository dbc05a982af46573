"""When and how much a person can work."""

from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candidates.content import Hours
from candidates.enums import DayBand
from candidates.forms.week import WeekForm
from candidates.models import Candidate
from candidates.rules.week import BANDS, band_mask, common_part, preferred_bands, preferred_mask
from common.week import EMPTY_WEEK, week_minutes

MOST_HOURS = 60
HOURS_WORDS = {
    "required": gettext_lazy("Write a number of hours from 1 to 60."),
    "invalid": gettext_lazy("Write whole hours, like 24."),
    "min_value": gettext_lazy("At least %(limit_value)s hour a week makes sense here."),
    "max_value": gettext_lazy(
        "More than %(limit_value)s hours a week is too much by law nearly everywhere. Write less."
    ),
}


def _hours_field(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=MOST_HOURS,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=HOURS_WORDS,
    )


class HoursForm(WeekForm):
    """The week, the parts of the day that suit best, and the hours a week."""

    bands = forms.MultipleChoiceField(
        label=gettext_lazy("Which part of these hours do you prefer?"),
        help_text=gettext_lazy(
            "Without a tick all your hours count alike, and night work counts as a burden."
        ),
        choices=DayBand.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Choose from the four parts of the day.")},
    )
    hours_min = _hours_field(gettext_lazy("At least, hours a week"))
    hours_max = _hours_field(gettext_lazy("At most, hours a week"))

    def clean(self) -> dict[str, Any]:
        """Everything has to fit into the hours that are offered."""
        cleaned = super().clean()
        swapped = self._fewest_above_most(cleaned.get("hours_min"), cleaned.get("hours_max"))
        if self.week_has_errors:
            return cleaned
        offered = cleaned["mask"]
        if offered == EMPTY_WEEK:
            self.add_error(
                None,
                _(
                    "Offer at least one stretch of time. If you cannot work now, stop being listed in the last step instead."
                ),
            )
            return cleaned
        self._check_bands(offered, cleaned.get("bands") or [])
        if not swapped:
            self._check_hours(week_minutes(offered), cleaned.get("hours_min"))
        return cleaned

    def hours(self) -> Hours:
        """The cleaned facts, ready to be saved."""
        cleaned = self.cleaned_data
        return Hours(
            availability=cleaned["mask"],
            preferred=preferred_mask(cleaned["mask"], cleaned["bands"]),
            hours_min=cleaned["hours_min"],
            hours_max=cleaned["hours_max"],
        )

    def _check_bands(self, offered: bytes, bands: list[str]) -> None:
        for band in bands:
            if band in BANDS and common_part(offered, band_mask(band)) == EMPTY_WEEK:
                self.add_error(
                    "bands",
                    _("You prefer “%(band)s” but offer no hours then. Offer some, or untick it.")
                    % {"band": DayBand(band).label},
                )

    def _fewest_above_most(self, fewest: int | None, most: int | None) -> bool:
        """Said with whatever else is wrong, so that nobody has to come back for it."""
        swapped = bool(fewest and most and fewest > most)
        if swapped:
            self.add_error("hours_max", _("This is less than the fewest hours. Swap the two, or change one."))
        return swapped

    def _check_hours(self, minutes: int, fewest: int | None) -> None:
        if fewest and fewest * 60 > minutes:
            self.add_error(
                "hours_min",
                _(
                    "The times above add up to only %(hours)s hours a week. Offer more time, or write a lower number."
                )
                % {"hours": number_format(f"{minutes / 60:g}")},
            )


def stored_hours(candidate: Candidate) -> dict[str, Any]:
    """What the form starts with, beside the week itself."""
    return {
        "bands": preferred_bands(bytes(candidate.availability), bytes(candidate.preferred)),
        "hours_min": candidate.hours_min,
        "hours_max": candidate.hours_max,
    }
