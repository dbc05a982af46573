"""The three questions of the front page."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.dashboards.market import Wishes
from reference.choices import country_choices, language_choices

NOT_LISTED = _("This is not in the list. Choose again.")


class WishesForm(forms.Form):
    """Can I work from here, for whom, for how much? Everything may be left open."""

    use_required_attribute = False

    country = forms.ChoiceField(
        label=_("Where do you live?"), required=False, error_messages={"invalid_choice": NOT_LISTED}
    )
    language = forms.ChoiceField(
        label=_("Which language would you work in?"),
        required=False,
        error_messages={"invalid_choice": NOT_LISTED},
    )
    pay = forms.DecimalField(
        label=_("At least how much an hour?"),
        required=False,
        min_value=Decimal("0.01"),
        max_digits=12,
        decimal_places=2,
        localize=True,
        help_text=_("Before tax, in the money of your country."),
        error_messages={
            "invalid": _("This is not an amount. Write it like 9.50."),
            "min_value": _("Pay has to be more than nothing."),
            "max_digits": _("This amount is too long to be meant."),
            "max_whole_digits": _("This amount is too long to be meant."),
            "max_decimal_places": _("At most two decimals."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("Choose a country")), *country_choices()]  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", _("Any language")), *language_choices()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Pay is in the money of a country, so it needs one."""
        values = super().clean() or {}
        if values.get("pay") and not values.get("country") and "country" not in self.errors:
            self.add_error("country", _("Choose the country too: pay is compared in its money."))
        return values

    def wishes(self) -> Wishes | None:
        """What was asked for; None when nothing was, or not in a way that can be answered."""
        if not self.is_valid():
            return None
        asked = Wishes(**self.cleaned_data)
        return asked if asked.country or asked.language else None
