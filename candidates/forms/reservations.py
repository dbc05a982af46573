"""Sectors that a person keeps away from, and the search for employers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from reference.choices import sector_choices


class ReservedSectorsForm(forms.Form):
    """One box a sector; none is the default."""

    sectors = forms.MultipleChoiceField(
        label=gettext_lazy("Not in these sectors"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("Choose sectors from the list.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sectors"].choices = sector_choices()  # type: ignore[attr-defined]


class EmployerSearchForm(forms.Form):
    """Part of a company's name."""

    q = forms.CharField(
        label=gettext_lazy("Company name, or a part of it"),
        required=False,
        max_length=120,
        strip=True,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def words(self) -> str:
        """What was asked for; empty when it cannot be a name."""
        return str(self.cleaned_data.get("q", "")) if self.is_valid() else ""
