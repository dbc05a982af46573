"""The company's facts as a form: one form for the facts, one row form for staff by country."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from common.formsets import unjudged, with_more_rows
from common.widgets import CheckboxColumns
from employers.models import Employer
from employers.rules import staff_exceeds_headcount
from reference.choices import country_choices, language_choices

MAX_LANGUAGES = 8
MAX_HEADCOUNT = 5_000_000
MOST_ROWS = 60
OFTEN_SPOKEN = ("en", "nl", "de", "fr", "es", "it", "pt", "pl", "tr", "ar")


ROW_ERRORS: Any = {
    "missing_management_form": _("The page did not arrive whole. Nothing was saved; send it again."),
    "too_many_forms": _("At most %(num)d rows fit here."),
}
NOT_IN_LIST = {"invalid_choice": _("This is not in the list. Choose again.")}
FORGED = {"invalid": _("The page did not arrive whole. Nothing was saved; open it again.")}


def language_groups() -> list[tuple[str, Any]]:
    """Languages often spoken at work first, all others folded away."""
    names = dict(language_choices())
    often = [(code, names[code]) for code in OFTEN_SPOKEN if code in names]
    others = [choice for choice in names.items() if choice[0] not in OFTEN_SPOKEN]
    return [*often, (str(_("More languages")), others)]


def _countries() -> list[tuple[str, Any]]:
    return [("", _("Choose a country")), *country_choices()]


class CompanyForm(forms.Form):
    """What an employer says about itself."""

    name = forms.CharField(label=_("Company name"), max_length=120)
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        max_length=200,
        error_messages={"invalid": _("This is no address of a website. Write it like www.example.com.")},
    )
    country = forms.ChoiceField(
        label=_("Country of the company"), choices=_countries, error_messages=NOT_IN_LIST
    )
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
        label=_("Working languages"),
        choices=language_groups,
        help_text=_("What colleagues speak with each other. At most eight."),
        widget=CheckboxColumns,
        error_messages={"required": _("Choose at least one language."), **NOT_IN_LIST},
    )
    seen = forms.DateTimeField(
        required=False,
        widget=forms.HiddenInput,
        input_formats=["%Y-%m-%dT%H:%M:%S.%f%z"],
        error_messages=FORGED,
    )

    def clean_working_languages(self) -> list[str]:
        """At most as many as the column holds."""
        languages: list[str] = self.cleaned_data["working_languages"]
        if len(languages) > MAX_LANGUAGES:
            raise forms.ValidationError(_("Choose at most eight languages."))
        return languages

    def facts(self) -> dict[str, Any]:
        """The cleaned values as columns of `Employer`."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        values["country_id"] = values.pop("country")
        return values

    @staticmethod
    def values_of(employer: Employer) -> dict[str, Any]:
        """Initial values for an employer that applied before."""
        names = ("name", "website", "registration_number", "about", "headcount", "working_languages")
        values = {name: getattr(employer, name) for name in names}
        return values | {"country": employer.country_id, "seen": employer.facts_changed_at}


class StaffRowForm(forms.Form):
    """People in one country."""

    country = forms.ChoiceField(
        label=_("Country"), required=False, choices=_countries, error_messages=NOT_IN_LIST
    )
    people = forms.IntegerField(label=_("People"), required=False, min_value=1, max_value=MAX_HEADCOUNT)

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
    StaffRowForm,
    formset=BaseStaffFormSet,
    extra=2,
    max_num=MOST_ROWS,
    validate_max=True,
    absolute_max=MOST_ROWS,
)


class CompanyForms:
    """The facts and the rows of staff as one thing: bound to what was sent, or to a stored employer, or empty."""

    def __init__(self, data: QueryDict | None = None, employer: Employer | None = None) -> None:
        self.facts = CompanyForm(data, initial=CompanyForm.values_of(employer) if employer else None)
        rows = employer.staff.order_by("-headcount", "country") if employer and data is None else ()
        initial = [{"country": row.country_id, "people": row.headcount} for row in rows]
        rows_of_staff = StaffFormSet(data, prefix="staff", initial=initial or None, error_messages=ROW_ERRORS)
        self.staff = cast(BaseStaffFormSet, rows_of_staff)

    @classmethod
    def with_more(cls, data: QueryDict) -> "CompanyForms":
        """What was typed, with more empty rows, not judged yet."""
        return cls.again(with_more_rows(data, "staff", MOST_ROWS))

    @classmethod
    def again(cls, data: QueryDict) -> "CompanyForms":
        """What was typed, not judged yet."""
        shown = cls(data)
        unjudged(shown.facts)
        unjudged(shown.staff)
        return shown

    def is_valid(self) -> bool:
        """Both, and together."""
        if not all([self.facts.is_valid(), self.staff.is_valid()]):
            return False
        if staff_exceeds_headcount(
            self.facts.cleaned_data["headcount"], (people for _country, people in self.rows())
        ):
            self.facts.add_error(
                "headcount", _("More people stand under “Staff by country” than the company has in all.")
            )
        return self.facts.is_valid()

    def refuse_words(self, words: Sequence[str]) -> None:
        """Say at the text that these words cannot stand in it; the page says below why."""
        said = _("These words cannot be published: %(words)s. Below the text stands why.")
        self.facts.add_error("about", said % {"words": ", ".join(f"“{one}”" for one in words)})

    def rows(self) -> list[tuple[str, int]]:
        """(country, people), of valid forms."""
        return self.staff.rows()

    def only_show(self) -> None:
        """For members who may read but not change."""
        for form in [self.facts, *self.staff.forms]:
            for field in form.fields.values():
                field.disabled = True

    @property
    def seen(self) -> datetime | None:
        """When the facts that the person looked at had been saved."""
        return self.facts.cleaned_data["seen"]
