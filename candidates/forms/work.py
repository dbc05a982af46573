"""Contract, pay and start."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from candidates.content import Work
from candidates.forms.kept import KeptForm
from candidates.models import Candidate
from common.money import PayPeriod
from reference.choices import currency_choices
from reference.queries.rates import exchange_rates
from reference.rules.plausible_pay import is_absurd, pay_eur_hour
from reference.rules.rates import NoRate

MONTHS = (3, 6, 9, 12, 18, 24, 36)
FARTHEST_START = timedelta(days=2 * 365)
MOST_AMOUNT = Decimal(10) ** 10
AMOUNT = re.compile(
    r"(?P<whole>\d+|\d{1,3}(?P<group>[.,' \u00a0\u202f])\d{3}(?:(?P=group)\d{3})*)"
    r"(?:(?!(?P=group))[.,](?P<cents>\d{1,2}))?"
)
FROM_DATE, LOOKING = "date", "looking"


class AmountField(forms.CharField):
    """An amount of money as people write it: 9.50, 9,50, 1500, 1,500 or 1.500,00."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": 20})

    def to_python(self, value: Any) -> Any:
        """A Decimal, or None when empty."""
        if isinstance(value, Decimal):
            return value
        text = str(super().to_python(value) or "")
        if not text:
            return None
        if text.startswith(("-", "−")):
            raise forms.ValidationError(_("Pay cannot be below zero. Write the amount without a minus."))
        found = AMOUNT.fullmatch(text)
        if not found:
            raise forms.ValidationError(
                _("“%(text)s” is not an amount. Write it with digits only, like 9.50 or 1500."),
                params={"text": text[:20]},
            )
        amount = Decimal(re.sub(r"\D", "", found["whole"]) + "." + (found["cents"] or "0"))
        if amount == 0:
            raise forms.ValidationError(_("Write an amount above zero, or leave it empty."))
        if amount >= MOST_AMOUNT:
            raise forms.ValidationError(_("This amount is far too long. Check the number of zeros."))
        return amount.quantize(Decimal("0.01"))

    def prepare_value(self, value: Any) -> Any:
        """A stored amount without needless decimals."""
        if isinstance(value, Decimal):
            return f"{value:f}".removesuffix(".00")
        return value


class WorkForm(KeptForm):
    """`today` is the person's own date, `euro_rates` the currencies that can be checked."""

    contract_months = forms.TypedChoiceField(
        label=gettext_lazy("How long would you like to stay?"),
        help_text=gettext_lazy("Most contracts start at six months, and most of them are extended."),
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose a length from the list.")},
    )
    accepts_employment = forms.BooleanField(
        label=gettext_lazy("Employment, with the protection of your country's law"), required=False
    )
    accepts_freelance = forms.BooleanField(
        label=gettext_lazy("I have read this and also want to be shown freelance work"), required=False
    )
    minimum_pay = AmountField(
        label=gettext_lazy("Lowest pay that you accept"),
        required=False,
        help_text=gettext_lazy(
            "Before tax. Offers below it are not shown to you. Leave it empty to see them all."
        ),
    )
    wished_pay = AmountField(
        label=gettext_lazy("Pay that you wish for"),
        required=False,
        help_text=gettext_lazy("Before tax. We never ask what you earned before."),
    )
    pay_currency = forms.ChoiceField(
        label=gettext_lazy("Currency"),
        error_messages={
            "required": gettext_lazy("Choose a currency."),
            "invalid_choice": gettext_lazy("This currency is not in the list. Choose one from the list."),
        },
    )
    pay_period = forms.ChoiceField(
        label=gettext_lazy("Paid"),
        choices=PayPeriod.choices,
        error_messages={
            "required": gettext_lazy("Choose what the amounts are for: an hour, a month, …"),
            "invalid_choice": gettext_lazy("Choose what the amounts are for: an hour, a month, …"),
        },
    )
    start = forms.ChoiceField(
        label=gettext_lazy("When could you start?"),
        choices=[
            (FROM_DATE, gettext_lazy("From a date")),
            (LOOKING, gettext_lazy("I am just looking around for now")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Say from when, or that you are just looking around."),
            "invalid_choice": gettext_lazy("Choose one of the two answers."),
        },
    )
    earliest_start = forms.DateField(
        label=gettext_lazy("Earliest start"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("This is not a date. Write it as 2027-01-31.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.today = today
        self.fields["contract_months"].choices = self._lengths()  # type: ignore[attr-defined]
        self.fields["pay_currency"].choices = currency_choices()  # type: ignore[attr-defined]

    def clean_earliest_start(self) -> date | None:
        """Today or later, unless it is the date stored before; at most two years ahead."""
        start: date | None = self.cleaned_data["earliest_start"]
        if start is None or start == self.initial.get("earliest_start"):
            return start
        if start < self.today:
            raise forms.ValidationError(_("This date has passed. Choose today or a later date."))
        if start > self.today + FARTHEST_START:
            raise forms.ValidationError(
                _("This is more than two years ahead. Choose “just looking around” for now.")
            )
        return start

    def clean(self) -> dict[str, Any]:
        """At least one contract form, a start, and pay that can be meant."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("accepts_employment") and not cleaned.get("accepts_freelance"):
            self.add_error("accepts_employment", _("Choose at least one form of contract."))
        if (
            cleaned.get("start") == FROM_DATE
            and not cleaned.get("earliest_start")
            and "earliest_start" not in self.errors
        ):
            self.add_error("earliest_start", _("Give the date from which you could start."))
        self._check_pay(cleaned)
        return cleaned

    def work(self) -> Work:
        """The cleaned facts, ready to be saved."""
        cleaned = self.cleaned_data
        looking = cleaned["start"] == LOOKING
        return Work(
            accepts_employment=cleaned["accepts_employment"],
            accepts_freelance=cleaned["accepts_freelance"],
            contract_months=cleaned["contract_months"],
            minimum_pay=cleaned["minimum_pay"],
            wished_pay=cleaned["wished_pay"],
            pay_currency=cleaned["pay_currency"],
            pay_period=cleaned["pay_period"],
            earliest_start=None if looking else cleaned["earliest_start"],
            just_looking=looking,
        )

    def _lengths(self) -> list[tuple[Any, Any]]:
        stored = self.initial.get("contract_months")
        lengths = sorted({*MONTHS, *([stored] if stored else [])})
        return [
            ("", gettext_lazy("As long as possible")),
            *(
                (months, ngettext("%(n)d month", "%(n)d months", months) % {"n": months})
                for months in lengths
            ),
        ]

    def _check_pay(self, cleaned: dict[str, Any]) -> None:
        currency, period = cleaned.get("pay_currency"), cleaned.get("pay_period")
        lowest, wished = cleaned.get("minimum_pay"), cleaned.get("wished_pay")
        if lowest and wished and wished < lowest:
            self.add_error(
                "wished_pay",
                _("This is less than the lowest pay that you accept. Swap the two, or change one."),
            )
        if not currency or not period:
            return
        for name, amount in (("minimum_pay", lowest), ("wished_pay", wished)):
            if amount and (eur := self._eur_hour(amount, currency, period)) and is_absurd(eur):
                self.add_error(
                    name,
                    _("This comes to about €%(eur)s an hour. Check the amount, the currency and the period.")
                    % {"eur": f"{round(eur):,}"},
                )

    def _eur_hour(self, amount: Decimal, currency: str, period: str) -> Fraction | None:
        try:
            return pay_eur_hour(amount, period, exchange_rates(self.today).rate(currency).units_per_eur)
        except NoRate:
            return None


def stored_work(candidate: Candidate) -> dict[str, Any]:
    """What the form starts with; the currency is that of the country of residence."""
    start = LOOKING if candidate.just_looking else FROM_DATE if candidate.earliest_start else ""
    own = candidate.country.currency if candidate.country else "EUR"
    return {
        "contract_months": candidate.contract_months,
        "accepts_employment": candidate.accepts_employment,
        "accepts_freelance": candidate.accepts_freelance,
        "minimum_pay": candidate.minimum_pay,
        "wished_pay": candidate.wished_pay,
        "pay_currency": candidate.pay_currency or own,
        "pay_period": candidate.pay_period,
        "start": start,
        "earliest_start": candidate.earliest_start,
    }
