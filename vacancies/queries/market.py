"""What is open now, for somebody who only looks: the three questions as a narrowing, and pages of what they leave."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from common.remembered import remembered
from vacancies.enums import CountryPayState
from vacancies.models import Vacancy, VersionCountry, VersionLanguage
from vacancies.queries.vacancies import published_vacancies

PAGE: Final = 20
REMEMBERED_SECONDS: Final = 60
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)

PAID_ENOUGH: Final = Q(pay_state=CountryPayState.OK) | Q(pay_facts__regions_above__0__isnull=False)
"""Of `VersionCountry`: people there, or in some of its regions, are paid above every floor."""


@dataclass(frozen=True, slots=True)
class Search:
    """Languages somebody speaks (BCP 47), the country they live in (ISO 3166-1), and the most hours a week they want."""

    languages: tuple[str, ...] = ()
    country: str = ""
    hours: int | None = None

    @property
    def query(self) -> str:
        """As the query of an address; empty when everything is left open."""
        asked = [
            *(("languages", code) for code in self.languages),
            ("country", self.country),
            ("hours", self.hours),
        ]
        return urlencode([(name, value) for name, value in asked if value])


def market_version() -> str:
    """Changes with every step of any vacancy; one short query over two indexes."""
    last = Vacancy.objects.aggregate(changed=Max("changed_at"), made=Max("pk"))
    return f"{_microseconds(last['changed']):x}-{last['made']}" if last["changed"] else "0"


def languages_asked(version: str) -> set[str]:
    """Languages that open vacancies require; remembered for the state of the market."""

    def read() -> set[str]:
        rows = VersionLanguage.objects.filter(must=True, version__in=published_vacancies().values("current"))
        return set(rows.values_list("language", flat=True).distinct())

    return remembered(f"languages-asked:{version}", REMEMBERED_SECONDS, read)


def open_for(search: Search) -> QuerySet[Vacancy]:
    """Open vacancies whose required languages are all spoken, that hire in the country and ask for no more hours."""
    found = published_vacancies()
    if search.languages:
        others = VersionLanguage.objects.filter(version=OuterRef("current"), must=True)
        found = found.filter(~Exists(others.exclude(language__in=search.languages)))
    if search.country:
        there = VersionCountry.objects.filter(
            PAID_ENOUGH, version=OuterRef("current"), country=search.country
        )
        found = found.filter(Exists(there))
    if search.hours:
        found = found.filter(current__hours_week__lte=search.hours)
    return found


@dataclass(frozen=True, slots=True)
class JobPage:
    """Some open vacancies, the newest first, with all that a list shows; `after` is where the next page goes on."""

    jobs: list[Vacancy]
    after: str


def jobs_page(search: Search, after: str = "", *, size: int = PAGE) -> JobPage:
    """The page behind a place in the list (empty: the first); a place that is none counts as the first."""
    found = open_for(search).order_by("-published_at", "-pk")
    if place := _place(after):
        moment, pk = place
        found = found.filter(Q(published_at__lt=moment) | Q(published_at=moment, pk__lt=pk))
    jobs = list(with_list_rows(found, search.country)[: size + 1])
    shown = jobs[:size]
    return JobPage(shown, _mark(shown[-1]) if len(jobs) > size else "")


def with_list_rows(found: QuerySet[Vacancy], country: str = "") -> QuerySet[Vacancy]:
    """With employer, version, required languages, how many countries are paid enough, and the pay in one of them.

    That last is `current.pay_there`, a list of one row or none.
    """
    there = VersionCountry.objects.filter(country=country) if country else VersionCountry.objects.none()
    languages = VersionLanguage.objects.filter(must=True).order_by("language")
    paid = VersionCountry.objects.filter(version=OuterRef("current"), pay_state=CountryPayState.OK)
    # Counted for the rows that are shown: a join would be grouped for every open vacancy first.
    counted = paid.order_by().values("version").annotate(n=Count("pk")).values("n")
    return (
        found.select_related("employer", "current")
        .annotate(country_count=Coalesce(Subquery(counted), 0))
        .prefetch_related(
            Prefetch("current__languages", languages),
            Prefetch("current__countries", there, to_attr="pay_there"),
        )
    )


def number_open(search: Search, version: str) -> int:
    """How many open vacancies there are for a search; remembered for the state of the market."""
    return remembered(f"open:{version}:{search.query}", REMEMBERED_SECONDS, open_for(search).count)


def similar_to(vacancy: Vacancy, *, most: int = 5) -> list[Vacancy]:
    """Open vacancies that require a language of this one, the same sector first, then the newest."""
    assert vacancy.current is not None
    languages = VersionLanguage.objects.filter(version=vacancy.current, must=True).values("language")
    same = VersionLanguage.objects.filter(version=OuterRef("current"), must=True, language__in=languages)
    found = published_vacancies().filter(Exists(same)).exclude(pk=vacancy.pk)
    by_sector = found.annotate(same_sector=Q(current__sector=vacancy.current.sector_id))
    return list(
        with_list_rows(by_sector).order_by(F("same_sector").desc(nulls_last=True), "-published_at", "-pk")[
            :most
        ]
    )


def _microseconds(moment: datetime) -> int:
    return (moment - EPOCH) // MICROSECOND


def _mark(vacancy: Vacancy) -> str:
    assert vacancy.published_at is not None
    return f"{_microseconds(vacancy.published_at)}-{vacancy.pk}"


def _place(after: str) -> tuple[datetime, int] | None:
    moment, _dash, pk = after.partition("-")
    if not (moment.isdecimal() and pk.isdecimal() and len(moment) < 17 and len(pk) < 19):
        return None
    return EPOCH + int(moment) * MICROSECOND, int(pk)
