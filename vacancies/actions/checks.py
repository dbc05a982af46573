"""What every step on a vacancy looks at first, in the step's own transaction."""

from datetime import date

from django.utils.translation import gettext as _

from employers.enums import EmployerState
from reference.names import currency_name
from reference.rules.rates import NoRate
from vacancies.actions.errors import ChangedMeanwhile, UnableToPublish
from vacancies.content import VersionContent, content_of
from vacancies.models import Vacancy, VacancyVersion, VersionCountry
from vacancies.queries.pay import PayFacts, country_offers
from vacancies.rules.pay import CountryOffer, passes_somewhere
from vacancies.rules.publishing import missing_facts


def lock_vacancy(vacancy: Vacancy) -> Vacancy:
    """The row as it is now, locked until the transaction ends, with its versions and employer."""
    # Its key never changes. A full lock would hold up whoever only refers to it, also somebody who leaves: they wait for
    # it at the very end, and whoever holds it may be waiting for them.
    rows = Vacancy.objects.select_for_update(of=("self",), no_key=True).select_related(
        "draft", "current", "employer", "created_by"
    )
    return rows.get(pk=vacancy.pk)


def require_seen(vacancy: Vacancy, seen: int | None) -> None:
    """Raise ChangedMeanwhile when another version stands there than the one (its id) that the actor looked at.

    Every saving makes a new version row, so its id tells one state of the words from the next.
    """
    shown = vacancy.draft_id or vacancy.current_id
    if seen is not None and seen != shown:
        raise ChangedMeanwhile


def require_accepted(vacancy: Vacancy) -> None:
    """Raise UnableToPublish while no recruiter has accepted the employer."""
    if vacancy.employer.state != EmployerState.ACCEPTED:
        raise UnableToPublish({"employer": _("A recruiter has to accept the company first.")})


def require_publishable(vacancy: Vacancy, version: VacancyVersion, today: date) -> None:
    """Raise UnableToPublish unless the version is complete and paid above the floor somewhere on `today`.

    Stores for every country how its offer stands to its floor.
    """
    offers, problems = publishing_problems(vacancy, version, today)
    if problems:
        raise UnableToPublish(problems)
    by_country = {offer.country: offer for offer in offers}
    rows = list(version.countries.all())
    for row in rows:
        offer = by_country[row.country_id]
        row.pay_state, row.pay_facts, row.checked_on = offer.state, offer.facts(), today
    VersionCountry.objects.bulk_update(rows, ["pay_state", "pay_facts", "checked_on"])


def publishing_problems(
    vacancy: Vacancy, version: VacancyVersion, today: date, facts: PayFacts | None = None
) -> tuple[list[CountryOffer], dict[str, str]]:
    """(the offer of each country, what keeps the version from being published by field name); writes nothing.

    The offers are empty where something is in the way before pay is looked at. `facts` of the day are read when not given.
    """
    try:
        require_accepted(vacancy)
        content = content_of(version)
        problems = missing_facts(content, today, team_described=bool(vacancy.employer.work_style))
        if problems:
            return [], problems
        offers = _offers(content, today, facts)
    except UnableToPublish as error:
        return [], error.problems
    if not passes_somewhere(offers):
        sentence = _(
            "The pay is below the wage floor, or the floor is not known, in every country you chose."
        )
        return offers, {"pay_min": sentence}
    return offers, {}


def _offers(content: VersionContent, today: date, facts: PayFacts | None) -> list[CountryOffer]:
    try:
        return country_offers(content, today, facts)
    except NoRate as error:
        sentence = _("There is no exchange rate on file for the currency %(currency)s.")
        raise UnableToPublish(
            {"pay_currency": sentence % {"currency": currency_name(error.currency)}}
        ) from error
