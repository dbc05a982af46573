"""One lasting address for an application, in mails and news: it leads each side to its own page."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest
from placements.enums import Side
from placements.models import Application


@require_safe
def open_application(request: SignedInRequest, application: UUID) -> HttpResponse:
    """To the person's page or the employer's. Nobody else learns whether there is such an application."""
    rows = Application.objects.select_related("vacancy", "candidate")
    found = rows.filter(public_id=application).first()
    if found is not None and found.candidate is not None and found.candidate.user_id == request.user.pk:
        return redirect(page_of(found, Side.CANDIDATE))
    if found is not None and found.employer.memberships.filter(user=request.user.pk).exists():
        return redirect(page_of(found, Side.EMPLOYER))
    raise Http404("no application of yours")


def page_of(application: Application, side: str) -> str:
    """Where an application stands on the pages of a side."""
    if side == Side.EMPLOYER:
        if application.candidate is None:
            return reverse("placements:pipeline", args=[application.vacancy_id])
        person = application.candidate.public_id
        return reverse("placements:person", args=[application.vacancy_id, person])
    return reverse("placements:my_application", args=[application.public_id])
