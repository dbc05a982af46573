"""A vacancy as search engines read it: schema.org's JobPosting."""

from datetime import datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from reference.names import country_name, language_name
from vacancies.addresses import job_path
from vacancies.enums import ContractForm
from vacancies.models import Vacancy, VacancyVersion

FULL_TIME_HOURS: Final = 35
UNITS: Final = {"hour": "HOUR", "day": "DAY", "week": "WEEK", "month": "MONTH", "year": "YEAR"}


def job_posting(vacancy: Vacancy, company_path: str, countries: list[str], now: datetime) -> dict[str, Any]:
    """The version that holds; `countries` are those where people are paid enough, in which alone they can apply."""
    version = vacancy.current
    assert version is not None
    posting: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": version.title,
        "description": _description(version),
        "identifier": {"@type": "PropertyValue", "name": settings.SITE_ORIGIN, "value": str(vacancy.pk)},
        "url": settings.SITE_ORIGIN + job_path(vacancy),
        "datePosted": vacancy.published_at.date().isoformat() if vacancy.published_at else None,
        "validThrough": _valid_through(version, now),
        "employmentType": _employment_types(version),
        "hiringOrganization": _organisation(vacancy, company_path),
        "jobLocationType": "TELECOMMUTE",
        "applicantLocationRequirements": [
            {"@type": "Country", "name": code, "alternateName": country_name(code)} for code in countries
        ],
        "baseSalary": _salary(version),
        "directApply": True,
        "totalJobOpenings": version.openings,
        "jobStartDate": version.start_date.isoformat() if version.start_date else None,
        "workHours": _("%(hours)s hours a week") % {"hours": version.hours_week},
        "occupationalCategory": version.occupation.name if version.occupation else None,
        "industry": version.sector.name if version.sector else None,
    }
    return {name: value for name, value in posting.items() if value}


def _description(version: VacancyVersion) -> str:
    languages = ", ".join(
        f"{language_name(row.language_id)} {row.get_level_display()}"
        for row in version.languages.all()
        if row.must
    )
    return linebreaks(f"{version.description}\n\n{_('Languages')}: {languages}", autoescape=True)


def _valid_through(version: VacancyVersion, now: datetime) -> str | None:
    """The end of the day on which the work starts, on the shift's clock; nothing once that has passed."""
    if not version.start_date or not version.zone:
        return None
    end = datetime.combine(version.start_date, time(23, 59), ZoneInfo(version.zone))
    return end.isoformat() if end > now else None


def _employment_types(version: VacancyVersion) -> list[str]:
    if version.contract_form == ContractForm.FREELANCE:
        return ["CONTRACTOR"]
    return ["FULL_TIME" if (version.hours_week or 0) >= FULL_TIME_HOURS else "PART_TIME", "TEMPORARY"]


def _organisation(vacancy: Vacancy, company_path: str) -> dict[str, str]:
    employer = vacancy.employer
    found = {"@type": "Organization", "name": employer.name, "url": settings.SITE_ORIGIN + company_path}
    return found | ({"sameAs": employer.website} if employer.website else {})


def _salary(version: VacancyVersion) -> dict[str, Any]:
    return {
        "@type": "MonetaryAmount",
        "currency": version.pay_currency,
        "value": {
            "@type": "QuantitativeValue",
            "minValue": float(version.pay_min or 0),
            "maxValue": float(version.pay_max or 0),
            "unitText": UNITS[version.pay_period],
        },
    }
