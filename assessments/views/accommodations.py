"""What a person needs in tests."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessments.actions.accommodations import forget_accommodation, record_accommodation
from assessments.forms import AccommodationForm
from assessments.queries.accommodations import accommodation_row
from candidates.access import CandidateRequest, candidate_required

UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@candidate_required
def accommodations(request: CandidateRequest) -> HttpResponse:
    """Recorded once, for all tests; "forget" deletes it."""
    if request.method == "POST" and "forget" in request.POST:
        forget_accommodation(candidate=request.candidate)
        messages.success(request, _("What you had recorded is deleted."))
        return redirect("assessments:accommodations")
    row = accommodation_row(request.candidate)
    initial = {name: getattr(row, name) for name in AccommodationForm.base_fields} if row else None
    form = AccommodationForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        record_accommodation(candidate=request.candidate, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved. It holds in every test that you start from now on."))
        return redirect("assessments:overview")
    status = UNPROCESSABLE if form.is_bound else 200
    return render(
        request, "assessments/accommodation_edit.html", {"form": form, "recorded": row}, status=status
    )
