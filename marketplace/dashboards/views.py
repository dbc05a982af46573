"""The public front page, and the home page of each role: what needs this person now."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from assessments.queries.desk import preview_scenario
from employers.models import Membership
from marketplace.dashboards.candidate import candidate_home, home_candidate
from marketplace.dashboards.forms import WishesForm
from marketplace.dashboards.market import answer_to, market_figures
from marketplace.dashboards.queries import employer_home, staff_home


@require_safe
@login_not_required
def front(request: HttpRequest) -> HttpResponse:
    """Can I work from here, for whom, for how much? And a line for employers."""
    if request.user.is_authenticated:
        return redirect("home")
    form = WishesForm(request.GET if request.GET.keys() & WishesForm.base_fields.keys() else None)
    wishes = form.wishes()
    context = {
        "form": form,
        "figures": market_figures(),
        "desk": preview_scenario(get_language() or "en"),
        "answer": answer_to(wishes, timezone.now().date()) if wishes else None,
    }
    return render(request, "dashboards/front.html", context)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What needs me now, by role; somebody without one is asked what they came for."""
    user, now = request.user, timezone.now()
    if user.is_staff:
        return render(request, "dashboards/staff_home.html", staff_home(now.date()))
    candidate = home_candidate(user, now)  # type: ignore[arg-type]
    if candidate:
        request.candidate = candidate  # type: ignore[attr-defined]  # the menu asks for it
        return render(request, "dashboards/candidate_home.html", candidate_home(candidate, now))
    membership = Membership.objects.select_related("employer").filter(user=user.pk).first()
    if membership:
        request.membership = membership  # type: ignore[attr-defined]
        return render(request, "dashboards/employer_home.html", employer_home(membership))
    return render(request, "dashboards/role_choice.html")
