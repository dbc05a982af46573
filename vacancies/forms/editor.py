"""The editor as one thing: five forms that become one `VersionContent`."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from common.formsets import with_more_rows
from vacancies.content import CountryRow, ShiftRow, VersionContent
from vacancies.forms.facts import PARTS, FactsForm
from vacancies.forms.rows import CountryPayRowForm, LanguageRowForm, ShiftRowForm, SkillRowForm
from vacancies.rules.shifts import overlapping_shifts

MOST_ROWS = 40
ROWS: dict[str, tuple[type[forms.Form], int]] = {
    "languages": (LanguageRowForm, 2),
    "skills": (SkillRowForm, 3),
    "shifts": (ShiftRowForm, 2),
    "own_pay": (CountryPayRowForm, 2),
}


class VacancyEditorForms:
    """`facts` and the formsets `languages`, `skills`, `shifts`, `own_pay`, bound to posted data or to a content."""

    def __init__(self, data: QueryDict | None = None, content: VersionContent | None = None) -> None:
        initial = _initial(content) if content else {}
        self.facts = FactsForm(data, initial=initial.get("facts"))
        for name, (row, extra) in ROWS.items():
            factory = forms.formset_factory(
                row, extra=extra, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
            )
            setattr(self, name, factory(data, prefix=name, initial=initial.get(name)))

    @classmethod
    def with_more(cls, data: QueryDict, prefix: str) -> "VacancyEditorForms":
        """The posted editor with more empty rows in one formset, everything typed kept."""
        if prefix not in ROWS:
            return cls(data)
        return cls(with_more_rows(data, prefix, MOST_ROWS))

    def parts(self) -> list[Any]:
        """Every form and formset, in the order of the page."""
        return [self.facts, *(getattr(self, name) for name in ROWS)]

    def is_valid(self) -> bool:
        """Validate all, then what only shows across rows; errors stand at their fields."""
        valid = [part.is_valid() for part in self.parts()]
        return all(valid) and self._rows_agree()

    def content(self) -> VersionContent:
        """The content that was typed; call it after `is_valid()`."""
        values = dict(self.facts.cleaned_data)
        own = {row.country: row for row in self._filled("own_pay")}
        plain = {name: values[name] for name in PLAIN_FACTS}
        return VersionContent(
            **plain,
            occupation_id=values["occupation"] or None,
            sector_id=values["sector"] or None,
            channels=tuple(values["channels"]),
            customer_countries=tuple(sorted(values["customer_countries"])),
            weights=self.facts.weights(),
            languages=tuple(self._filled("languages")),
            skills=tuple(self._filled("skills")),
            shifts=tuple(sorted(self._shifts())),
            countries=tuple(own.get(code, CountryRow(code)) for code in sorted(values["countries"])),
        )

    def _filled(self, name: str) -> list[Any]:
        rows = (form.row() for form in getattr(self, name).forms)
        return [row for row in rows if row is not None]

    def _shifts(self) -> list[ShiftRow]:
        return [row for form in self.shifts.forms for row in form.rows()]  # type: ignore[attr-defined]

    def _rows_agree(self) -> bool:
        checks: list[Callable[[], None]] = [
            lambda: self._once("languages", "language", _("This language stands here twice.")),
            lambda: self._once("skills", "skill", _("This skill stands here twice.")),
            lambda: self._once("own_pay", "country", _("This country stands here twice.")),
            self._own_pay_is_hireable,
            self._shifts_apart,
        ]
        for check in checks:
            check()
        return not any(form.errors for name in ROWS for form in getattr(self, name).forms)

    def _once(self, name: str, field: str, sentence: str) -> None:
        seen: set[str] = set()
        for form in getattr(self, name).forms:
            code = form.cleaned_data.get(field)
            if code and code in seen:
                form.add_error(field, sentence)
            seen.add(code)

    def _own_pay_is_hireable(self) -> None:
        hireable = set(self.facts.cleaned_data["countries"])
        for form in self.own_pay.forms:  # type: ignore[attr-defined]
            country = form.cleaned_data.get("country")
            if country and country not in hireable:
                form.add_error("country", _("Choose this country among those where you can hire, too."))

    def _shifts_apart(self) -> None:
        for form in self.shifts.forms:  # type: ignore[attr-defined]
            if overlapping_shifts(form.rows()):
                form.add_error("end", _("This block runs into itself on the next day."))
                return
        if overlapping_shifts(self._shifts()):
            last = [form for form in self.shifts.forms if form.rows()][-1]  # type: ignore[attr-defined]
            last.add_error("start", _("Two shift blocks overlap. Change one of them."))


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
        "shifts": _shift_rows(content),
        "own_pay": [
            {"country": row.country, "pay_min": row.pay_min, "pay_max": row.pay_max, "currency": row.currency}
            for row in content.countries
            if row.pay_min is not None
        ],
    }


def _shift_rows(content: VersionContent) -> list[dict[str, Any]]:
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
