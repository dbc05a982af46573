"""Open vacancies, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from common.public import PageFacts, public_page
from vacancies.forms.search import SearchForm
from vacancies.queries.market import jobs_page, market_version, number_open


@public_page
def jobs(request: HttpRequest) -> HttpResponse:
    """The newest first; the three questions narrow them in the address."""
    market = market_version()
    form = SearchForm(request.GET, market=market)
    search, after = form.search(), request.GET.get("after", "")
    page = jobs_page(search, after)
    context = {
        "form": form,
        "search": search,
        "jobs": page.jobs,
        "after": page.after,
        "is_first": not after,
        "total": number_open(search, market),
        "page": PageFacts(
            reverse("vacancies:jobs"),
            _("Open vacancies"),
            _("Customer-service work that can be done from home, with pay for each country."),
            listed=not after and not search.query,
        ),
    }
    return render(request, "vacancies/jobs_page.html", context)
