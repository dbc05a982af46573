"""Repeated rows of the vacancy editor. Empty rows do not count."""

from datetime import time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

from common.widgets import CheckboxColumns
from reference.choices import country_choices, currency_choices, language_choices, skill_choices
from reference.enums import CEFRLevel
from vacancies.content import CountryRow, LanguageRow, ShiftRow, SkillRow
from vacancies.forms.facts import NOT_LISTED, pay_field

WEIGHTS = [(1, _("normal")), (2, _("more")), (3, _("much more"))]
DAY_MINUTES = 1440


class RowForm(forms.Form):
    """A row whose fields are all optional by themselves; `clean` says what belongs together."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in self.row_choices().items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = NOT_LISTED

    def row_choices(self) -> dict[str, Any]:
        """Choices by field that are read when the page is."""
        return {}


class LanguageRowForm(RowForm):
    """A language with its level."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    level = forms.TypedChoiceField(label=_("Level"), coerce=int, required=False, empty_value=None)
    must = forms.BooleanField(label=_("Required"), required=False, initial=True)
    weight = forms.TypedChoiceField(
        label=_("Counts"), coerce=int, choices=WEIGHTS, required=False, empty_value=None
    )

    def row_choices(self) -> dict[str, Any]:
        """Languages by name, levels from A1."""
        return {
            "language": [("", _("Choose")), *language_choices()],
            "level": [("", _("Choose")), *CEFRLevel.choices],
        }

    def clean(self) -> dict[str, Any]:
        """A language with a level, or neither."""
        values = super().clean() or {}
        if self.errors:
            return values
        if values.get("language") and not values.get("level"):
            self.add_error("level", _("Choose the level that the work needs."))
        if values.get("level") and not values.get("language"):
            self.add_error("language", _("Choose the language that this level is for."))
        return values

    def row(self) -> LanguageRow | None:
        """The row, or None when it is empty."""
        values = self.cleaned_data
        if not values.get("language"):
            return None
        return LanguageRow(values["language"], values["level"], values["must"], values["weight"] or 1)


class SkillRowForm(RowForm):
    """A skill, required or wanted."""

    skill = forms.ChoiceField(label=_("Skill"), required=False)
    minimum = forms.TypedChoiceField(
        label=_("Level"), coerce=int, required=False, empty_value=None,
        choices=[(1, _("basic")), (2, _("working")), (3, _("strong"))],
    )  # fmt: skip
    must = forms.BooleanField(label=_("Required"), required=False)
    weight = forms.TypedChoiceField(
        label=_("Counts"), coerce=int, choices=WEIGHTS, required=False, empty_value=None
    )

    def row_choices(self) -> dict[str, Any]:
        """Skills by group."""
        return {"skill": [("", _("Choose")), *skill_choices()]}

    def clean(self) -> dict[str, Any]:
        """ "Required" says which skill."""
        values = super().clean() or {}
        if values.get("must") and not values.get("skill") and not self.errors:
            self.add_error("skill", _("Choose the skill that is required."))
        return values

    def row(self) -> SkillRow | None:
        """The row, or None when it is empty."""
        values = self.cleaned_data
        if not values.get("skill"):
            return None
        return SkillRow(values["skill"], values["must"], values["minimum"] or 1, values["weight"] or 1)


def _time_field(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label, required=False, widget=forms.TimeInput(attrs={"type": "time", "step": 900}, format="%H:%M"),
        error_messages={"invalid": _("This is not a time of the day. Write it as 09:15.")},
    )  # fmt: skip


class ShiftRowForm(RowForm):
    """The same block on one or several weekdays."""

    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days"),
        coerce=int,
        choices=list(WEEKDAYS_ABBR.items()),
        required=False,
        widget=CheckboxColumns(narrow=True),
    )
    start = _time_field(_("From"))
    end = _time_field(_("To"))
    must = forms.BooleanField(label=_("Must be covered wholly"), required=False)

    def clean(self) -> dict[str, Any]:
        """All of days, start and end, or none; quarter hours."""
        values = super().clean() or {}
        held = [bool(values.get("weekdays")), values.get("start") is not None, values.get("end") is not None]
        if self.errors or not (any(held) or values.get("must")):
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


class CountryPayRowForm(RowForm):
    """A range of its own for one of the countries."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    pay_min = pay_field(_("Pay from"))
    pay_max = pay_field(_("Pay to"))
    currency = forms.ChoiceField(label=_("Currency"), required=False)

    def row_choices(self) -> dict[str, Any]:
        """Countries by name, currencies by code."""
        return {
            "country": [("", _("Choose")), *country_choices()],
            "currency": [("", _("as above")), *currency_choices()],
        }

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
