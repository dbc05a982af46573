"""The company's facts as a form: one form for the facts, one row form for staff by country."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.models import Employer
from reference.choices import country_choices, language_choices

MAX_LANGUAGES = 8
MAX_HEADCOUNT = 5_000_000


class CompanyForm(forms.Form):
    """What an employer says about itself."""

    name = forms.CharField(label=_("Company name"), max_length=120)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https", max_length=200)
    country = forms.ChoiceField(label=_("Country of the company"))
    registration_number = forms.CharField(
        label=_("Registration number"),
        max_length=40,
        required=False,
        help_text=_("As in your trade register. It helps us to judge your application sooner."),
    )
    about = forms.CharField(
        label=_("What the company does"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Two or three sentences that candidates read first."),
    )
    headcount = forms.IntegerField(
        label=_("Number of staff"),
        min_value=1,
        max_value=MAX_HEADCOUNT,
        help_text=_("In a small team, knowing the country counts for more; in a large mixed one, for less."),
    )
    working_languages = forms.MultipleChoiceField(
        label=_("Working languages"), help_text=_("What colleagues speak with each other. At most eight.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("Choose a country")), *country_choices()]  # type: ignore[attr-defined]
        self.fields["working_languages"].choices = language_choices()  # type: ignore[attr-defined]

    def clean_working_languages(self) -> list[str]:
        """At most as many as the column holds."""
        languages: list[str] = self.cleaned_data["working_languages"]
        if len(languages) > MAX_LANGUAGES:
            raise forms.ValidationError(_("Choose at most eight languages."))
        return languages

    def facts(self) -> dict[str, Any]:
        """The cleaned values as columns of `Employer`."""
        values = dict(self.cleaned_data)
        values["country_id"] = values.pop("country")
        return values

    @staticmethod
    def values_of(employer: Employer) -> dict[str, Any]:
        """Initial values for an employer that applied before."""
        names = ("name", "website", "registration_number", "about", "headcount", "working_languages")
        return {name: getattr(employer, name) for name in names} | {"country": employer.country_id}


class StaffRowForm(forms.Form):
    """People in one country."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    people = forms.IntegerField(label=_("People"), required=False, min_value=1, max_value=MAX_HEADCOUNT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("Choose a country")), *country_choices()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Both cells of a row or neither."""
        values = super().clean() or {}
        if bool(values.get("country")) != (values.get("people") is not None) and not self.errors:
            raise forms.ValidationError(_("Fill in both the country and the number of people, or neither."))
        return values


class BaseStaffFormSet(forms.BaseFormSet):
    """Rows of people by country; empty rows do not count."""

    def clean(self) -> None:
        """No country twice."""
        if any(self.errors):
            return
        countries = [country for country, _people in self.rows()]
        if len(countries) != len(set(countries)):
            raise forms.ValidationError(_("A country appears twice. Put its people into one row."))

    def rows(self) -> list[tuple[str, int]]:
        """(ISO 3166-1 code, people) of the rows filled in."""
        filled = (form.cleaned_data for form in self.forms if form.cleaned_data.get("country"))
        return [(values["country"], values["people"]) for values in filled]


StaffFormSet = forms.formset_factory(
    StaffRowForm, formset=BaseStaffFormSet, extra=3, max_num=60, validate_max=True, absolute_max=60
)
