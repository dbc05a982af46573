"""The single facts of a vacancy version. A draft may be incomplete; publishing asks for the rest."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.money import PayPeriod
from common.widgets import CheckboxColumns, RadioColumns
from reference.choices import (
    channel_choices,
    country_choices,
    currency_choices,
    occupation_choices,
    sector_choices,
    zone_choices,
)
from reference.parts_of_world import by_part_of_world
from vacancies.enums import ContractForm, LegalEmployer

LATEST_START = timedelta(days=730)
PART_WEIGHTS = [
    ("", _("as usual")),
    ("0", _("not at all")),
    ("1", _("a little")),
    ("2", _("normally")),
    ("4", _("a lot")),
]
PARTS = {
    "language": _("Language"),
    "culture": _("Culture"),
    "time": _("Time"),
    "skills": _("Skills"),
    "experience": _("Experience"),
    "commitment": _("Commitment"),
}
NOT_LISTED = _("This is not in the list. Choose again.")


def pay_field(label: Any) -> forms.DecimalField:
    """An amount before tax; how much is possible depends on its period and currency."""
    return forms.DecimalField(
        label=label, required=False, min_value=Decimal("0.01"), max_digits=14, decimal_places=2,
        error_messages={
            "min_value": _("Pay has to be more than zero."),
            "max_digits": _("This amount is too long to be meant."),
            "max_whole_digits": _("This amount is too long to be meant."),
        },
    )  # fmt: skip


# A page never sends these twice; who does is told before the database refuses.
ONCE = {
    "countries": _("A country stands here twice. Choose each one once."),
    "customer_countries": _("A country stands here twice. Choose each one once."),
    "channels": _("A channel stands here twice. Choose each one once."),
}


class FactsForm(forms.Form):
    """Title to weights. Required here is only what a draft cannot do without: a title."""

    use_required_attribute = False

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    title = forms.CharField(label=_("Title"), max_length=120)
    description = forms.CharField(
        label=_("The work"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What a working day looks like, who the customers are, how people start."),
    )  # fmt: skip
    occupation = forms.ChoiceField(label=_("Occupation"), required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False)
    channels = forms.MultipleChoiceField(label=_("Channels"), required=False, widget=CheckboxColumns)
    customer_countries = forms.MultipleChoiceField(
        label=_("Countries of your customers"), required=False, widget=CheckboxColumns
    )
    culture_wanted = forms.BooleanField(
        label=_("The way the team works counts"), required=False,
        help_text=_("Compares the team's own answers about its work style with the person's. Never nationality."),
    )  # fmt: skip
    locality_wanted = forms.BooleanField(
        label=_("Being at home with the customers' countries counts"), required=False,
        help_text=_("Having lived or worked there, served its customers, or passed its etiquette test."),
    )  # fmt: skip
    locality_for = forms.CharField(
        label=_("Which part of the work needs that?"), required=False, max_length=400,
        help_text=_("Candidates read this. For example: advising on trips through Spain."),
    )  # fmt: skip

    zone = forms.ChoiceField(label=_("Time zone of the shift"), required=False)
    hours_week = forms.IntegerField(
        label=_("Hours a week for one person"), required=False, min_value=1, max_value=60
    )
    start_date = forms.DateField(
        label=_("Start"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("This is not a date. Write it as 2027-01-31.")},
    )
    months = forms.IntegerField(
        label=_("Months"), min_value=1, max_value=120, initial=6,
        help_text=_("Six is usual; most contracts are extended."),
    )  # fmt: skip
    openings = forms.IntegerField(label=_("Openings"), min_value=1, max_value=10_000, initial=1)
    contract_form = forms.ChoiceField(label=_("Contract"), choices=ContractForm.choices, widget=RadioColumns)
    legal_employer = forms.ChoiceField(
        label=_("Who is the legal employer?"), choices=LegalEmployer.choices, widget=forms.RadioSelect
    )
    legal_employer_name = forms.CharField(
        label=_("Name of the legal employer"), required=False, max_length=120,
        help_text=_("Needed when a staffing provider signs the contract."),
    )  # fmt: skip

    pay_min = pay_field(_("Pay from"))
    pay_max = pay_field(_("Pay to"))
    pay_currency = forms.ChoiceField(label=_("Currency"))
    pay_period = forms.ChoiceField(label=_("Period"), choices=PayPeriod.choices)
    countries = forms.MultipleChoiceField(
        label=_("Countries where you can hire"), required=False, widget=CheckboxColumns
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        nothing = ("", _("Choose"))
        countries = by_part_of_world(country_choices())
        for name, choices in {
            "occupation": [nothing, *occupation_choices()],
            "sector": [nothing, *sector_choices()],
            "channels": channel_choices(),
            "customer_countries": countries,
            "countries": countries,
            "zone": [nothing, *zone_choices()],
            "pay_currency": currency_choices(),
        }.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        for part, label in PARTS.items():
            self.fields[f"weight_{part}"] = forms.ChoiceField(
                label=label, choices=PART_WEIGHTS, required=False
            )
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = NOT_LISTED

    def weight_fields(self) -> list[forms.BoundField]:
        """The fields of the parts' weights, in the order of the parts."""
        return [self[f"weight_{part}"] for part in PARTS]

    def clean_start_date(self) -> date | None:
        """Neither past nor so far ahead that nobody can plan for it."""
        start: date | None = self.cleaned_data["start_date"]
        if start and start < self.today:
            raise forms.ValidationError(_("This date has passed. Choose a date from today on."))
        if start and start > self.today + LATEST_START:
            raise forms.ValidationError(_("This is more than two years ahead. Choose an earlier date."))
        return start

    def clean(self) -> dict[str, Any]:
        """What can be said without knowing the rows."""
        values = super().clean() or {}
        for name, sentence in ONCE.items():
            if len(values.get(name, ())) != len(set(values.get(name, ()))):
                self.add_error(name, sentence)
        low, high = values.get("pay_min"), values.get("pay_max")
        if low is not None and high is not None and high < low:
            self.add_error("pay_max", _("The upper end of the pay is below the lower end."))
        if (
            values.get("locality_wanted")
            and not values.get("locality_for")
            and "locality_for" not in self.errors
        ):
            self.add_error(
                "locality_for", _("Say which part of the work needs it; candidates have a right to know.")
            )
        return values

    def weights(self) -> dict[str, int]:
        """Chosen weights by part; parts left as usual are absent."""
        values = self.cleaned_data
        return {part: int(values[f"weight_{part}"]) for part in PARTS if values.get(f"weight_{part}")}
