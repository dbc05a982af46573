"""The editor as one thing: five forms that become one `VersionContent`."""

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.formsets import unjudged, with_more_rows
from vacancies.content import CountryRow, VersionContent
from vacancies.forms.agreement import (
    each_once,
    own_pay_is_hireable,
    pay_is_comparable,
    pay_is_possible,
    shifts_apart,
)
from vacancies.forms.facts import PARTS, FactsForm
from vacancies.forms.rows import CountryPayRowForm, LanguageRowForm, ShiftRowForm, SkillRowForm

# Row form, empty rows shown, most rows. All full and every country ticked, a page stays below the limit of sent fields.
ROWS: dict[str, tuple[type[forms.Form], int, int]] = {
    "languages": (LanguageRowForm, 1, 12),
    "skills": (SkillRowForm, 2, 30),
    "shifts": (ShiftRowForm, 1, 28),
    "own_pay": (CountryPayRowForm, 1, 60),
}
ROW_ERRORS: Any = {
    "missing_management_form": gettext_lazy(
        "The page did not arrive whole. Nothing was saved; send it again."
    ),
    "too_many_forms": gettext_lazy("At most %(num)d rows fit here."),
}


class VacancyEditorForms:
    """`facts` and the formsets `languages`, `skills`, `shifts`, `own_pay`, bound to posted data or to a content.

    `today` judges the start and chooses exchange rates. `key` and `seen` travel with the page: the first makes a form
    sent twice one vacancy, the second is the id of the version that was edited.

    After `is_valid()`, `pay` is what the pay check needs, however unfinished the rest is; None when that itself is wrong.
    """

    pay: VersionContent | None = None

    def __init__(
        self,
        data: QueryDict | None = None,
        content: VersionContent | None = None,
        *,
        today: date,
        key: UUID | None = None,
        seen: int | None = None,
    ) -> None:
        initial = _initial(content) if content else {"facts": {}}
        self.facts = FactsForm(data, initial=initial["facts"] | {"key": key, "seen": seen}, today=today)
        for name, (row, extra, most) in ROWS.items():
            factory = forms.formset_factory(
                row, extra=extra, max_num=most, absolute_max=most, validate_max=True
            )
            rows = factory(data, prefix=name, initial=initial.get(name), error_messages=ROW_ERRORS)
            setattr(self, name, rows)

    @classmethod
    def with_more(cls, data: QueryDict, prefix: str, *, today: date) -> "VacancyEditorForms":
        """The posted editor with more empty rows in one formset: everything typed is kept, and not judged yet."""
        shown = cls(with_more_rows(data, prefix, ROWS[prefix][2]) if prefix in ROWS else data, today=today)
        for part in shown.parts():
            unjudged(part)
        return shown

    def parts(self) -> list[Any]:
        """Every form and formset, in the order of the page."""
        return [self.facts, *(getattr(self, name) for name in ROWS)]

    def rows(self, name: str) -> list[Any]:
        """The forms of one formset."""
        return getattr(self, name).forms

    @property
    def opens_own_pay(self) -> bool:
        """Whether a country's own range stands there, or was begun."""
        rows = self.rows("own_pay")
        return any(form["country"].value() or form["pay_min"].value() or form.errors for form in rows)

    def is_valid(self) -> bool:
        """Validate all, then what only shows across rows; errors stand at their fields."""
        judged = [part.is_valid() for part in self.parts()]
        self.pay = self._pay_content()
        if not all(judged):
            return False
        each_once(self.rows("languages"), "language", _("This language stands here twice."))
        each_once(self.rows("skills"), "skill", _("This skill stands here twice."))
        each_once(self.rows("own_pay"), "country", _("This country stands here twice."))
        own_pay_is_hireable(self.facts, self.rows("own_pay"))
        shifts_apart(self.rows("shifts"))
        pay_is_possible(self.facts, self.rows("own_pay"))
        self.pay = self._pay_content()
        pay_is_comparable(self.facts, self.rows("own_pay"))
        return not self.facts.errors and not any(form.errors for name in ROWS for form in self.rows(name))

    def content(self) -> VersionContent:
        """The content that was typed; call it after `is_valid()`."""
        values = self.facts.cleaned_data
        own = {row.country: row for row in self._filled("own_pay")}
        return VersionContent(
            **{name: values[name] for name in PLAIN_FACTS},
            occupation_id=values["occupation"] or None,
            sector_id=values["sector"] or None,
            channels=tuple(sorted(values["channels"])),
            customer_countries=tuple(sorted(values["customer_countries"])),
            weights=self.facts.weights(),
            languages=tuple(sorted(self._filled("languages"), key=lambda row: row.language)),
            skills=tuple(sorted(self._filled("skills"), key=lambda row: row.skill)),
            shifts=tuple(sorted(row for form in self.rows("shifts") for row in form.rows())),
            countries=tuple(own.get(code, CountryRow(code)) for code in sorted(values["countries"])),
        )

    def _pay_content(self) -> VersionContent | None:
        needed = ("pay_min", "pay_max", "pay_currency", "pay_period", "countries", "hours_week")
        if any(name in self.facts.errors for name in needed) or self.own_pay.total_error_count():  # type: ignore[attr-defined]
            return None
        values = self.facts.cleaned_data
        own = {row.country: row for row in self._filled("own_pay")}
        return VersionContent(
            title="",
            **{name: values[name] for name in needed if name != "countries"},
            countries=tuple(own.get(code, CountryRow(code)) for code in sorted(values["countries"])),
        )

    def _filled(self, name: str) -> list[Any]:
        rows = (form.row() for form in self.rows(name))
        return [row for row in rows if row is not None]


PLAIN_FACTS = (
    "title", "description", "culture_wanted", "locality_wanted", "locality_for", "zone", "hours_week", "start_date",
    "months", "openings", "contract_form", "legal_employer", "legal_employer_name", "pay_min", "pay_max",
    "pay_currency", "pay_period",
)  # fmt: skip


def _initial(content: VersionContent) -> dict[str, Any]:
    facts = {name: getattr(content, name) for name in PLAIN_FACTS}
    facts |= {
        "occupation": content.occupation_id,
        "sector": content.sector_id,
        "channels": list(content.channels),
        "customer_countries": list(content.customer_countries),
        "countries": [row.country for row in content.countries],
    }
    facts |= {f"weight_{part}": str(content.weights[part]) for part in PARTS if part in content.weights}
    return {
        "facts": facts,
        "languages": [
            {"language": row.language, "level": row.level, "must": row.must, "weight": row.weight}
            for row in content.languages
        ],
        "skills": [
            {"skill": row.skill, "minimum": row.minimum, "must": row.must, "weight": row.weight}
            for row in content.skills
        ],
        "shifts": shift_rows(content),
        "own_pay": [
            {"country": row.country, "pay_min": row.pay_min, "pay_max": row.pay_max, "currency": row.currency}
            for row in content.countries
            if row.pay_min is not None
        ],
    }


def shift_rows(content: VersionContent) -> list[dict[str, Any]]:
    """Blocks that are alike on several days stand in one row."""
    days: dict[tuple[int, int, bool], list[int]] = defaultdict(list)
    for shift in content.shifts:
        days[(shift.start_minute, shift.duration_minutes, shift.must)].append(shift.weekday)
    return [
        {"weekdays": weekdays, "start": _clock(start), "end": _clock(start + duration), "must": must}
        for (start, duration, must), weekdays in days.items()
    ]


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}"
