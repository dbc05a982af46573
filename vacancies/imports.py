"""Drafts of vacancies from a table."""

import re
from datetime import datetime
from functools import partial
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from common.money import PayPeriod
from common.tables.cells import BadCell, amount, day, one_of, several, text, whole
from common.tables.importing import Column, Importer, Row, RowRefused
from employers.models import Employer
from reference.choices import (
    channel_choices,
    country_choices,
    currency_choices,
    language_choices,
    occupation_choices,
    sector_choices,
    zone_choices,
)
from reference.enums import CEFRLevel
from reference.rules.wording import stop_in
from vacancies.actions.editing import create_vacancy
from vacancies.enums import ContractForm, LegalEmployer
from vacancies.forms.editor import ROWS, VacancyEditorForms
from vacancies.rules.wording import READ_FIELDS

LANGUAGE = re.compile(r"(.+?)\s*[: ]\s*([ABCabc][12])\s*(\*?)")
SHIFT = re.compile(r"(\w{3})(?:-(\w{3}))?\s+(\d{1,2}:\d{2})-(\d{1,2}:\d{2})")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LEVELS = {level.label: int(level) for level in CEFRLevel}
_channels = several(one_of(lambda: dict(channel_choices())))
_countries = one_of(lambda: dict(country_choices()))


def language(cell: str) -> tuple[str, int, bool]:
    """“nl C1” is required, “en B2*” is nice to have."""
    found = LANGUAGE.fullmatch(cell)
    if not found:
        raise BadCell(_("“%(cell)s” is no language with its level, such as nl C1.") % {"cell": cell})
    code: str = one_of(lambda: dict(language_choices()))(found[1])
    return code, LEVELS[found[2].upper()], not found[3]


def shift(cell: str) -> tuple[tuple[int, ...], str, str]:
    """“Mon-Fri 09:00-17:00”."""
    found = SHIFT.fullmatch(cell)
    names = [name.casefold() for name in (found[1], found[2] or found[1])] if found else []
    if not found or not set(names) <= set(DAYS):
        raise BadCell(_("“%(cell)s” is no block such as Mon-Fri 09:00-17:00.") % {"cell": cell})
    first, last = (DAYS.index(name) for name in names)
    return tuple((first + at) % 7 for at in range((last - first) % 7 + 1)), found[3], found[4]


class VacancyImporter(Importer):
    """Each row makes a draft for an accepted company. The employer's own editor judges it, with its words as for publishing;
    nothing is published."""

    name = "vacancies"
    title = gettext_lazy("Vacancies, as drafts")
    about = gettext_lazy(
        "Each row makes a draft that its employer finds, completes and hands in. Nothing is published."
    )
    permission = "vacancies.change_vacancy"
    columns = (
        Column("employer", gettext_lazy("name of the company, or its registration number"), text(120), True, "Example Shop"),
        Column("title", gettext_lazy("title"), text(120), True, "Customer care in Dutch"),
        Column("description", gettext_lazy("the work"), text(8000)),
        Column("occupation", gettext_lazy("ISCO code or name"), one_of(lambda: dict(occupation_choices())), False, "4222"),
        Column("sector", gettext_lazy("code or name"), one_of(lambda: dict(sector_choices())), False, "ecommerce"),
        Column("channels", gettext_lazy("codes or names"), _channels, False, "chat, email"),
        Column("languages", gettext_lazy("with level; a star when only nice to have"), several(language), False, "nl C1, en B2*"),
        Column("countries", gettext_lazy("where you can hire"), several(_countries), False, "PT, ES, ZA"),
        Column("customer_countries", gettext_lazy("of the customers"), several(_countries), False, "NL"),
        Column("shifts", gettext_lazy("days and hours"), several(shift), False, "Mon-Fri 09:00-17:00"),
        Column("zone", gettext_lazy("time zone of the shift"), one_of(lambda: dict(zone_choices())), False, "Europe/Amsterdam"),
        Column("hours_week", gettext_lazy("for one person"), whole, False, "32"),
        Column("start_date", gettext_lazy("first day"), day, False, "2027-02-01"),
        Column("months", gettext_lazy("6 when empty"), whole),
        Column("openings", gettext_lazy("1 when empty"), whole),
        Column("contract_form", gettext_lazy("employment or freelance"), one_of(partial(dict, ContractForm.choices))),
        Column("legal_employer", gettext_lazy("client, platform or provider"), one_of(partial(dict, LegalEmployer.choices))),
        Column("legal_employer_name", gettext_lazy("for a provider"), text(120)),
        Column("pay_min", gettext_lazy("from"), amount, False, "14.00"),
        Column("pay_max", gettext_lazy("to"), amount, False, "16,50"),
        Column("pay_currency", gettext_lazy("EUR when empty"), one_of(lambda: dict(currency_choices()))),
        Column("pay_period", gettext_lazy("hour when empty"), one_of(partial(dict, PayPeriod.choices))),
    )  # fmt: skip

    def write(self, row: Row, *, by: User, now: datetime) -> None:
        """Make one draft."""
        employer = _employer(row.values["employer"])
        forms = VacancyEditorForms(_as_posted(row.values), today=now.date())
        if not forms.is_valid():
            raise RowRefused(*_problems(forms, {column.name for column in self.columns}))
        content = forms.content()
        if stops := [(name, said) for name in READ_FIELDS if (said := stop_in(getattr(content, name)))]:
            raise RowRefused(*stops)
        create_vacancy(employer=employer, content=content, by=by, now=now)


def _employer(called: str) -> Employer:
    found = list(Employer.objects.filter(name__iexact=called)[:2])
    found = found or list(Employer.objects.filter(registration_number__iexact=called)[:2])
    if not found:
        raise RowRefused(("employer", _("There is no company of this name or number.")))
    if len(found) > 1:
        raise RowRefused(("employer", _("Several companies are called so. Give the registration number.")))
    return found[0]


def _as_posted(values: dict[str, Any]) -> QueryDict:
    """The row as the editor's page would send it."""
    data = QueryDict(mutable=True)
    usual = {
        "months": 6,
        "openings": 1,
        "contract_form": ContractForm.EMPLOYMENT,
        "legal_employer": LegalEmployer.CLIENT,
    }
    for name, value in {**usual, "pay_currency": "EUR", "pay_period": PayPeriod.HOUR, **values}.items():
        if name in ("languages", "shifts", "employer"):
            continue
        data.setlist(name, [str(one) for one in value] if isinstance(value, tuple) else [str(value)])
    languages, shifts = values.get("languages", ()), values.get("shifts", ())
    for at, (code, level, must) in enumerate(languages):
        data.update({f"languages-{at}-language": code, f"languages-{at}-level": str(level)})
        data.update({f"languages-{at}-must": "on"} if must else {})
    for at, (weekdays, start, end) in enumerate(shifts):
        data.setlist(f"shifts-{at}-weekdays", [str(one) for one in weekdays])
        data.update({f"shifts-{at}-start": start, f"shifts-{at}-end": end})
    counts = {"languages": len(languages), "shifts": len(shifts)}
    for name in ROWS:
        data.update({f"{name}-TOTAL_FORMS": str(counts.get(name, 0)), f"{name}-INITIAL_FORMS": "0"})
    return data


def _problems(forms: VacancyEditorForms, known: set[str]) -> list[tuple[str, str]]:
    found = [
        (name if name in known else "", str(words))
        for name, errors in forms.facts.errors.items()
        for words in errors
    ]
    for name in ROWS:
        column = name if name in known else ""
        rows = getattr(forms, name)
        found += [(column, str(words)) for words in rows.non_form_errors()]
        found += [
            (column, str(words)) for form in rows.forms for errors in form.errors.values() for words in errors
        ]
    return found
