"""Reading a vacancy from its editor while it is being written: what is right counts, what is wrong is named."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.utils.translation import gettext_lazy

from matching.queries.sketch import COUNTED
from vacancies.content import CountryRow, VersionContent
from vacancies.forms import VacancyEditorForms
from vacancies.forms.editor import PLAIN_FACTS, ROWS

COUNTED_FIELDS = COUNTED | {
    "pay_currency",
    "pay_period",
    "months",
    "contract_form",
    "occupation",
    "sector",
    "channels",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """The content as far as it can be read, and what is wrong with it.

    `wrong`: the first sentence about each field, or group of rows, that changes what is counted; `named`: the
    same with the field's label before it, to be read away from the field. `refused`: whether
    there is any error at all.
    """

    content: VersionContent
    wrong: dict[str, str]
    named: dict[str, str]
    refused: bool

    @classmethod
    def of(cls, forms: VacancyEditorForms) -> "Typed":
        """Judge the editor's forms and read them. A title can wait, and rows that are wrong do not count yet."""
        title = forms.facts.fields["title"]
        title.required = False
        refused = not forms.is_valid()
        title.required = True  # as the editor says when it is shown again
        values = getattr(forms.facts, "cleaned_data", {})
        facts = {name: values[name] for name in PLAIN_FACTS if values.get(name) not in (None, "")}
        own = {row.country: row for row in _rows(forms, "own_pay")}
        content = VersionContent(
            **{"title": "", "contract_form": "", **facts},
            occupation_id=values.get("occupation") or None,
            sector_id=values.get("sector") or None,
            channels=tuple(sorted(set(values.get("channels", ())))),
            customer_countries=tuple(sorted(set(values.get("customer_countries", ())))),
            weights=forms.facts.weights() if values else {},
            languages=tuple(
                sorted(_once(_rows(forms, "languages"), "language"), key=lambda row: row.language)
            ),
            skills=tuple(sorted(_once(_rows(forms, "skills"), "skill"), key=lambda row: row.skill)),
            shifts=tuple(sorted(row for form in _right(forms.rows("shifts")) for row in form.rows())),
            countries=tuple(
                own.get(code, CountryRow(code)) for code in sorted(set(values.get("countries", ())))
            ),
        )
        wrong = _wrong(forms)
        at_fields = {name: sentence for name, (sentence, _named) in wrong.items()}
        return cls(content, at_fields, {name: named for name, (_sentence, named) in wrong.items()}, refused)


def _right(rows: Iterable[BaseForm]) -> list[Any]:
    return [form for form in rows if hasattr(form, "cleaned_data") and not form.errors]


def _rows(forms: VacancyEditorForms, name: str) -> list[Any]:
    return [row for form in _right(forms.rows(name)) if (row := form.row()) is not None]


def _once(rows: Iterable[Any], code: str) -> list[Any]:
    """The first row of each code."""
    first: dict[str, Any] = {}
    for row in rows:
        first.setdefault(getattr(row, code), row)
    return list(first.values())


def _wrong(forms: VacancyEditorForms) -> dict[str, tuple[str, str]]:
    """The first sentence about each field or group of rows, as it stands at the field and away from it."""
    facts = forms.facts
    found = {name: _first(facts, name) for name in facts.errors if name in COUNTED_FIELDS}
    for name in ROWS:
        part = getattr(forms, name)
        sentences = [(str(error), str(error)) for error in part.non_form_errors()]
        sentences += [_first(form, field) for form in part.forms for field in form.errors]
        if sentences:
            found[name] = sentences[0]
    return found


_LIMITS = {
    "max_value": gettext_lazy("at most %(limit_value)s"),
    "min_value": gettext_lazy("at least %(limit_value)s"),
}


def _first(form: BaseForm, name: str) -> tuple[str, str]:
    sentence = str(form.errors[name][0])
    if name not in form.fields:
        return sentence, sentence
    error = form.errors.as_data()[name][0]
    words = _LIMITS[error.code] % error.params if error.code in _LIMITS and error.params else sentence
    return sentence, f"{form[name].label}: {words}"
