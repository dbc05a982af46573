"""What search engines may read: `sitemap.xml`, in pages of a thousand addresses, and `robots.txt`."""

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from employers.addresses import company_path
from employers.enums import EmployerState
from employers.models import Employer
from vacancies.addresses import job_path
from vacancies.models import Vacancy
from vacancies.queries.vacancies import published_vacancies

CLOSED = ("/admin/", "/api/", "/home/", "/candidate/", "/employer/", "/vacancies/", "/tests/")
"""Rooms that ask everybody to sign in; naming them spares robots the way."""


class OurSitemap(Sitemap):
    """Each page in each language, at the address that the installation says of itself."""

    limit = 1_000
    i18n = False

    def get_domain(self, site: Any = None) -> str:
        """Host and port of this installation, whatever the request called it."""
        return settings.SITE_ORIGIN.split("://", 1)[1]

    def get_protocol(self, protocol: str | None = None) -> str:
        """As of this installation."""
        return settings.SITE_ORIGIN.split("://", 1)[0]


class PlainPages(OurSitemap):
    """Pages that stand by themselves."""

    def items(self) -> list[str]:
        """By URL name."""
        return ["front", "vacancies:jobs", "placements:how_matching_works"]

    def location(self, item: str) -> str:
        """Its path."""
        return reverse(item)


class Jobs(OurSitemap):
    """Open vacancies, the oldest first, so that a page of them seldom changes."""

    def items(self) -> Any:
        """Only what an address and a date need."""
        found = published_vacancies().select_related("current").order_by("pk")
        return found.only("pk", "changed_at", "current__title")

    def location(self, item: Vacancy) -> str:
        """The one address."""
        return job_path(item)

    def lastmod(self, item: Vacancy) -> datetime:
        """The last step or new version."""
        return item.changed_at

    def get_latest_lastmod(self) -> datetime | None:
        """Asked of the database: the framework would read every row."""
        return published_vacancies().aggregate(last=Max("changed_at"))["last"]


class Companies(OurSitemap):
    """Accepted employers."""

    def items(self) -> Any:
        """Only what an address and a date need."""
        found = Employer.objects.filter(state=EmployerState.ACCEPTED).order_by("pk")
        return found.only("pk", "name", "facts_changed_at")

    def location(self, item: Employer) -> str:
        """The one address."""
        return company_path(item)

    def lastmod(self, item: Employer) -> datetime:
        """When its facts last changed."""
        return item.facts_changed_at

    def get_latest_lastmod(self) -> datetime | None:
        """Asked of the database: the framework would read every row."""
        return Employer.objects.filter(state=EmployerState.ACCEPTED).aggregate(last=Max("facts_changed_at"))[
            "last"
        ]


SITEMAPS: Final[dict[str, Any]] = {"pages": PlainPages, "jobs": Jobs, "companies": Companies}


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def index(request: HttpRequest) -> HttpResponse:
    """The pages of every map, at the address of this installation (the framework's own names the host of the request)."""
    pages = []
    for section, kind in SITEMAPS.items():
        found = kind()
        address = settings.SITE_ORIGIN + reverse("sitemap_page", args=[section])
        last = found.get_latest_lastmod()
        pages += [
            {
                "location": f"{address}?p={number}" if number > 1 else address,
                "last_mod": last,
            }
            for number in found.paginator.page_range
        ]
    return render(request, "sitemap_index.xml", {"sitemaps": pages}, content_type="application/xml")


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def page(request: HttpRequest, section: str) -> HttpResponseBase:
    """One page of one map."""
    return sitemap(request, SITEMAPS, section)


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Everybody may read what is public."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in CLOSED),
        "",
        f"Sitemap: {settings.SITE_ORIGIN}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
