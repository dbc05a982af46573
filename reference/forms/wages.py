"""Forms that staff fill in about wage floors."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.money import PayPeriod
from reference.actions.wages import FloorFigures
from reference.enums import FloorKind, Reliability
from reference.models import Country, Region
from reference.rules.fact_files import AS_OF


class FiguresForm(forms.Form):
    """A gross amount with its source and first day."""

    amount = forms.DecimalField(label=_("Gross amount"), min_value=0, max_digits=16, decimal_places=4)
    period = forms.ChoiceField(label=_("Period"), choices=PayPeriod)
    payments_per_year = forms.IntegerField(
        label=_("Payments a year"),
        min_value=12,
        max_value=16,
        initial=12,
        help_text=_("For an amount per month."),
    )
    paid_days_per_week = forms.IntegerField(
        label=_("Days paid a week"),
        min_value=1,
        max_value=7,
        required=False,
        help_text=_("For an amount per day."),
    )
    weekly_hours = forms.DecimalField(
        label=_("Hours a week behind the amount"),
        min_value=1,
        max_value=80,
        max_digits=8,
        decimal_places=5,
        required=False,
        help_text=_("As the source states them. Empty: the country's normal week, or 40 hours."),
    )
    valid_from = forms.DateField(label=_("Valid from"), widget=forms.DateInput(attrs={"type": "date"}))
    source = forms.CharField(label=_("Source"), max_length=400)
    source_ref = forms.CharField(label=_("Address or place in the source"), max_length=400, required=False)
    as_of = forms.CharField(
        label=_("As of"), max_length=10, required=False, help_text=_("A year, month or day, such as 2026-11.")
    )
    reliability = forms.ChoiceField(label=_("Reliability"), choices=Reliability, initial=Reliability.B)
    notes = forms.CharField(
        label=_("Notes"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    reason = forms.CharField(
        label=_("Why you enter this"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    required_css_class = "required"

    def clean_as_of(self) -> str:
        """A year, month or day."""
        value = str(self.cleaned_data["as_of"])
        if value and not re.fullmatch(AS_OF, value):
            raise forms.ValidationError(_("Write a year, month or day, such as 2026, 2026-11 or 2026-11-22."))
        return value

    def clean_amount(self) -> Any:
        """More than nothing."""
        if not self.cleaned_data["amount"]:
            raise forms.ValidationError(_("The amount has to be more than nothing."))
        return self.cleaned_data["amount"]

    def figures(self) -> FloorFigures:
        """The figures of a valid form."""
        data = self.cleaned_data
        names = ("amount", "valid_from", "source", "source_ref", "as_of", "notes", "payments_per_year")
        return FloorFigures(
            **{name: data[name] for name in names},
            period=PayPeriod(data["period"]),
            reliability=Reliability(data["reliability"]),
            paid_days_per_week=data["paid_days_per_week"],
            weekly_hours=data["weekly_hours"],
        )


class RecordForm(FiguresForm):
    """A floor that is not on file."""

    country = forms.ModelChoiceField(label=_("Country"), queryset=Country.objects.all())
    region = forms.ModelChoiceField(label=_("Region"), queryset=Region.objects.all(), required=False)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind, kind.label) for kind in (FloorKind.PLATFORM_POLICY, FloorKind.STATUTORY)],
    )
    scope = forms.CharField(label=_("For whom"), max_length=160)
    field_order = ["country", "region", "kind", "scope"]

    def clean(self) -> dict[str, Any]:
        """The region belongs to the country."""
        data = super().clean() or {}
        region, country = data.get("region"), data.get("country")
        if region and country and region.country_id != country.pk:
            self.add_error("region", _("This region belongs to another country."))
        return data
