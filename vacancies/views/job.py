"""One vacancy as candidates see it: for everybody once it is published, for its employer before."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from common.public import PageFacts, public_page
from employers.access import MemberRequest, member_required
from employers.addresses import company_path
from employers.enums import EmployerState
from employers.models import Membership
from reference.models import Country
from vacancies.addresses import job_path
from vacancies.content import content_of
from vacancies.enums import CountryPayState, VacancyState
from vacancies.job_posting import job_posting
from vacancies.models import Vacancy, VacancyVersion
from vacancies.queries.market import similar_to
from vacancies.queries.pay import offers_to_show
from vacancies.queries.public import is_gone, seen_once
from vacancies.queries.vacancies import vacancies_of, with_version_rows
from vacancies.rules.clocks import changes_ahead, minutes_ahead, moved, spans_of
from vacancies.rules.pay import CountryOffer


@public_page
def job(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Everything that a person needs to decide; closed ones are gone (410), with what is like them and open."""
    vacancy = get_object_or_404(seen_once(), pk=pk)
    if is_gone(vacancy):
        context = {
            "vacancy": vacancy,
            "similar": similar_to(vacancy),
            "accepted": vacancy.employer.state == EmployerState.ACCEPTED,
        }
        return render(request, "vacancies/job_gone.html", context, status=410)
    path = job_path(vacancy)
    if request.path != path:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    version, paused = vacancy.current, vacancy.state == VacancyState.PAUSED
    assert version is not None
    facts = _facts(vacancy, version, request.GET.get("country", ""))
    title = f"{version.title} · {vacancy.employer.name}"
    start = _start_with(vacancy, request.GET)
    user = request.user
    context = facts | {
        "paused": paused,
        "start_url": start,
        "after_entering": urlencode({"next": start}),
        "may_start": user.is_authenticated
        and not user.is_staff
        and not Membership.objects.filter(user=user.pk).exists(),
        "page": PageFacts(
            path, title, Truncator(version.description).chars(160), "article", listed=not paused
        ),
    }
    if not paused:
        countries = [offer.country for offer in facts["offers"]]
        context["posting"] = job_posting(vacancy, company_path(vacancy.employer), countries, timezone.now())
    return render(request, "vacancies/job_page.html", context)


@require_safe
@member_required()
def preview(request: MemberRequest, pk: int) -> HttpResponse:
    """What is being written, as candidates will see it; nobody outside the company does yet."""
    vacancy = get_object_or_404(with_version_rows(vacancies_of(request.employer)), pk=pk)
    facts = _facts(vacancy, vacancy.shown, request.GET.get("country", ""))
    return render(request, "vacancies/job_preview.html", facts)


def _start_with(vacancy: Vacancy, asked: QueryDict) -> str:
    """Where looking for work begins for somebody who chose this vacancy; what they answered on the way goes along."""
    query = QueryDict(mutable=True)
    query["vacancy"] = str(vacancy.pk)
    for name in ("languages", "country", "hours"):
        query.setlist(name, asked.getlist(name))
    return f"{reverse('candidates:start')}?{query.urlencode()}"


def _facts(vacancy: Vacancy, version: VacancyVersion, country: str) -> dict[str, Any]:
    content, today = content_of(version), timezone.now().date()
    all_offers = offers_to_show(content, today)
    offers = [offer for offer in all_offers if isinstance(offer, CountryOffer) and _pays_enough(offer)]
    start = version.start_date or today
    zones = _zones([offer.country for offer in offers]) if version.zone else {}
    spans = spans_of(content.shifts)
    days = {code: moved(spans, minutes_ahead(version.zone, zone, start)) for code, zone in zones.items()}
    chosen = next((offer for offer in offers if offer.country == country), None)
    strip = None
    if chosen and chosen.country in zones:
        zone = zones[chosen.country]
        strip = {
            "spans": spans,
            "zone": zone,
            "ahead": minutes_ahead(version.zone, zone, start),
            "changes": changes_ahead(version.zone, zone, start, version.months),
        }
    return {
        "vacancy": vacancy,
        "version": version,
        "offers": offers,
        "not_enough": [offer.country for offer in all_offers if offer not in offers],
        "days": days,
        "start": start,
        "chosen": chosen,
        "band": _band(chosen) if chosen else None,
        "strip": strip,
    }


def _band(offer: CountryOffer) -> dict[str, Any]:
    """The figures of a wage band."""
    floor, market = offer.whole.floors.effective, offer.market
    return {
        "floor": floor.hourly if floor else None,
        "market_low": market.low if market else None,
        "market_high": market.high if market else None,
    }


def _pays_enough(offer: CountryOffer) -> bool:
    return offer.state == CountryPayState.OK or bool(offer.regions_above)


def _zones(countries: list[str]) -> dict[str, str]:
    """The main zone of each country that has one."""
    rows = Country.objects.filter(pk__in=countries).exclude(main_zone=None)
    return dict(rows.values_list("pk", "main_zone"))
