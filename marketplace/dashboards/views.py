"""The public front page, and the home page of each role: what needs this person now."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest
from assessments.queries.desk import preview_scenario
from common.public import PageFacts, public_page
from employers.models import Membership
from marketplace.dashboards.candidate import candidate_home, home_candidate
from marketplace.dashboards.employer import employer_home
from marketplace.dashboards.market import answer_to, market_figures
from vacancies.forms.search import SearchForm
from vacancies.queries.market import market_version


@public_page
def front(request: HttpRequest) -> HttpResponse:
    """Can I work from here, for whom, for how much? And a line for employers."""
    if request.user.is_authenticated:
        return redirect("home")
    market, asked = market_version(), request.GET.keys() & SearchForm.base_fields.keys()
    form = SearchForm(request.GET if asked else None, market=market)
    search = form.search()
    start = f"{reverse('candidates:start')}?{search.query}"
    context = {
        "form": form,
        "figures": market_figures(market),
        "desk": preview_scenario(get_language() or "en"),
        "answer": answer_to(search, market, timezone.now().date())
        if search.query and not form.errors
        else None,
        "sign_up_url": f"{reverse('account_signup')}?{urlencode({'next': start})}",
        "after_entering": urlencode({"next": start}) if search.query else "",
        "page": PageFacts(
            reverse("front"),
            _("Customer-service work from where you are"),
            _("Work from home for customers elsewhere, at pay above the legal minimum where you live."),
            listed=not search.query,
        ),
    }
    return render(request, "dashboards/front.html", context)


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """What needs me now, by role; that of staff is the desk. Somebody without a role is asked what they came for."""
    user, now = request.user, timezone.now()
    if user.is_staff:
        return redirect("admin:index")
    candidate = home_candidate(user, now)
    if candidate:
        request.candidate = candidate  # type: ignore[attr-defined]  # the menu asks for it
        return render(request, "dashboards/candidate_home.html", candidate_home(candidate, now))
    membership = Membership.objects.select_related("employer__country").filter(user=user.pk).first()
    if membership:
        request.membership = membership  # type: ignore[attr-defined]
        return render(request, "dashboards/employer_home.html", employer_home(membership, now))
    start = reverse("candidates:start")
    came_for = user.came_for if user.came_for.startswith(f"{start}?") else start
    return render(request, "dashboards/role_choice.html", {"start_url": came_for})
