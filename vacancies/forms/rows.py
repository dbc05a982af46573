"""Repeated rows of the vacancy editor. Empty rows do not count."""

from datetime import time
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from reference.choices import country_choices, currency_choices, language_choices, skill_choices
from reference.enums import CEFRLevel
from vacancies.content import CountryRow, LanguageRow, ShiftRow, SkillRow

WEIGHTS = [(1, _("normal")), (2, _("more")), (3, _("much more"))]
DAY_MINUTES = 1440


class LanguageRowForm(forms.Form):
    """A language with its level."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    level = forms.TypedChoiceField(label=_("Level"), coerce=int, required=False, empty_value=None)
    must = forms.BooleanField(label=_("Required"), required=False, initial=True)
    weight = forms.TypedChoiceField(
        label=_("Counts"), coerce=int, choices=WEIGHTS, required=False, empty_value=1
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("Choose")), *language_choices()]  # type: ignore[attr-defined]
        self.fields["level"].choices = [("", _("Choose")), *CEFRLevel.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A language needs a level."""
        values = super().clean() or {}
        if values.get("language") and not values.get("level"):
            self.add_error("level", _("Choose the level that the work needs."))
        return values

    def row(self) -> LanguageRow | None:
        """The row, or None when it is empty."""
        values = self.cleaned_data
        if not values.get("language"):
            return None
        return LanguageRow(values["language"], values["level"], values["must"], values["weight"])


class SkillRowForm(forms.Form):
    """A skill, required or wanted."""

    skill = forms.ChoiceField(label=_("Skill"), required=False)
    minimum = forms.TypedChoiceField(
        label=_("Level"), coerce=int, required=False, empty_value=1,
        choices=[(1, _("basic")), (2, _("working")), (3, _("strong"))],
    )  # fmt: skip
    must = forms.BooleanField(label=_("Required"), required=False)
    weight = forms.TypedChoiceField(
        label=_("Counts"), coerce=int, choices=WEIGHTS, required=False, empty_value=1
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skill"].choices = [("", _("Choose")), *skill_choices()]  # type: ignore[attr-defined]

    def row(self) -> SkillRow | None:
        """The row, or None when it is empty."""
        values = self.cleaned_data
        if not values.get("skill"):
            return None
        return SkillRow(values["skill"], values["must"], values["minimum"], values["weight"])


class ShiftRowForm(forms.Form):
    """The same block on one or several weekdays."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days"),
        coerce=int,
        choices=list(WEEKDAYS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    start = forms.TimeField(
        label=_("From"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time", "step": 900}, format="%H:%M"),
    )
    end = forms.TimeField(
        label=_("To"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time", "step": 900}, format="%H:%M"),
    )
    must = forms.BooleanField(label=_("Must be covered wholly"), required=False)

    def clean(self) -> dict[str, Any]:
        """All of days, start and end, or none; quarter hours."""
        values = super().clean() or {}
        held = [bool(values.get("weekdays")), values.get("start") is not None, values.get("end") is not None]
        if self.errors or not any(held):
            return values
        if not all(held):
            raise forms.ValidationError(
                _("Fill in the days, the start and the end of this block, or nothing.")
            )
        for name in ("start", "end"):
            if values[name].minute % 15 or values[name].second:
                self.add_error(name, _("Use quarters of an hour, such as 09:15."))
        return values

    def rows(self) -> list[ShiftRow]:
        """One row a weekday; an end at or before the start means the next day, equal times a whole day."""
        values = self.cleaned_data
        if not values.get("weekdays"):
            return []
        start, end = _minute(values["start"]), _minute(values["end"])
        duration = (end - start) % DAY_MINUTES or DAY_MINUTES
        return [ShiftRow(weekday, start, duration, values["must"]) for weekday in values["weekdays"]]


class CountryPayRowForm(forms.Form):
    """A range of its own for one of the countries."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    pay_min = forms.DecimalField(
        label=_("Pay from"), required=False, min_value=Decimal("0.01"), max_digits=14, decimal_places=2
    )
    pay_max = forms.DecimalField(
        label=_("Pay to"), required=False, min_value=Decimal("0.01"), max_digits=14, decimal_places=2
    )
    currency = forms.ChoiceField(label=_("Currency"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("Choose")), *country_choices()]  # type: ignore[attr-defined]
        self.fields["currency"].choices = [("", _("as above")), *currency_choices()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A country with both ends in order, or an empty row."""
        values = super().clean() or {}
        held = [
            bool(values.get("country")),
            values.get("pay_min") is not None,
            values.get("pay_max") is not None,
        ]
        if self.errors or not any(held):
            return values
        if not all(held):
            raise forms.ValidationError(_("Fill in the country and both ends of its pay range, or nothing."))
        if values["pay_max"] < values["pay_min"]:
            self.add_error("pay_max", _("The upper end of the pay is below the lower end."))
        return values

    def row(self) -> CountryRow | None:
        """The row, or None when it is empty."""
        values = self.cleaned_data
        if not values.get("country"):
            return None
        return CountryRow(values["country"], values["pay_min"], values["pay_max"], values["currency"])


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute
