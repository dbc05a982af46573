"""An accepted employer, for everybody: what it does, what it offers, and how it answers people."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import Truncator

from common.public import PageFacts, public_page
from employers.addresses import company_path
from placements.queries.company import accepted_company, company_figures


@public_page
def company(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One that was not accepted, or not any more, has no page."""
    employer = accepted_company(pk)
    if employer is None:
        raise Http404("no accepted employer")
    path = company_path(employer)
    if request.path != path:
        return HttpResponsePermanentRedirect(path)
    context = {
        "employer": employer,
        "figures": company_figures(employer, timezone.now()),
        "page": PageFacts(path, employer.name, Truncator(employer.about).chars(160), "profile"),
    }
    return render(request, "placements/company_page.html", context)
