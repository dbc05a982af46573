"""What only shows across the editor's rows and facts. Each check puts its errors at the fields they are about."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from reference.models import Country
from reference.names import country_name, currency_name, place_in_list
from reference.queries.rates import exchange_rates
from reference.rules.plausible_pay import is_absurd, is_trifling, pay_eur_hour
from reference.rules.rates import NoRate, RateTable
from vacancies.content import ShiftRow
from vacancies.forms.facts import FactsForm
from vacancies.rules.shifts import overlapping_shifts


def each_once(rows: Iterable[forms.Form], field: str, sentence: str) -> None:
    """The same code does not stand in two rows."""
    seen: set[str] = set()
    for form in rows:
        code = form.cleaned_data.get(field)
        if code and code in seen:
            form.add_error(field, sentence)
        elif code:
            seen.add(code)


def own_pay_is_hireable(facts: FactsForm, rows: Iterable[forms.Form]) -> None:
    """A country with a range of its own is among the hireable ones."""
    hireable = set(facts.cleaned_data["countries"])
    for form in rows:
        country = form.cleaned_data.get("country")
        if country and country not in hireable:
            form.add_error("country", _("Choose this country among those where you can hire, too."))


def shifts_apart(rows: Iterable[Any]) -> None:
    """No two blocks hold the same minutes, over midnight and over the end of the week too."""
    form_of: list[tuple[ShiftRow, Any]] = [(shift, form) for form in rows for shift in form.rows()]
    marked: set[int] = set()
    for pair in overlapping_shifts([shift for shift, _form in form_of]):
        later = [form for shift, form in form_of if shift in pair][-1]
        if id(later) not in marked:
            later.add_error("start", _("This block overlaps with another one. Change one of them."))
            marked.add(id(later))


def pay_is_possible(facts: FactsForm, rows: Iterable[forms.Form]) -> None:
    """Amounts are within reason."""
    values, rates = facts.cleaned_data, exchange_rates(facts.today)
    period, hours = values["pay_period"], values["hours_week"]
    _amounts_possible(facts, values, values["pay_currency"], rates, period, hours)
    for form in rows:
        row = form.cleaned_data
        if row.get("country") and not form.errors:
            _amounts_possible(form, row, row["currency"] or values["pay_currency"], rates, period, hours)


def _amounts_possible(
    form: forms.Form,
    values: dict[str, Any],
    currency: str,
    rates: RateTable,
    period: str,
    hours: int | None,
) -> None:
    for name in ("pay_min", "pay_max"):
        amount: Decimal | None = values.get(name)
        if amount is None:
            continue
        try:
            eur_hour = pay_eur_hour(amount, period, rates.rate(currency).units_per_eur, hours or 40)
        except NoRate:
            return
        if is_absurd(eur_hour):
            form.add_error(
                name, _("This is more than €250 an hour. Look at the amount, currency and period.")
            )
        elif is_trifling(eur_hour):
            form.add_error(
                name, _("This is less than €0.05 an hour. Look at the amount, currency and period.")
            )


def pay_is_comparable(facts: FactsForm, rows: Iterable[forms.Form]) -> None:
    """Say at the countries which of them have a currency without exchange rate, unless they are paid in it."""
    values = facts.cleaned_data
    if values.get("pay_min") is None or values.get("pay_max") is None:
        return
    rates = exchange_rates(facts.today)
    own = {
        row["country"]: row["currency"] or values["pay_currency"]
        for row in (form.cleaned_data for form in rows if not form.errors)
        if row.get("country")
    }
    stated = Country.objects.filter(pk__in=values["countries"]).values_list("pk", "currency").order_by("pk")
    missing: dict[str, list[str]] = {}
    for country, currency in stated:
        for code in (
            {currency, paid} if (paid := own.get(country, values["pay_currency"])) != currency else ()
        ):
            if code not in rates.rates:
                missing.setdefault(code, []).append(country_name(country))
    for code, names in sorted(missing.items()):
        sentence = _(
            "There is no exchange rate on file for the %(currency)s, so pay in %(countries)s cannot be compared. "
            "Leave these countries out, or pay them in their own currency."
        )
        facts.add_error(
            "countries",
            sentence
            % {"currency": currency_name(code), "countries": ", ".join(sorted(names, key=place_in_list))},
        )
