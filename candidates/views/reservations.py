"""Where the person does not want to be shown: sectors and employers."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from candidates.access import CandidateRequest, candidate_required
from candidates.actions.errors import UnableToSave
from candidates.actions.reservations import release_employer, reserve_employer, save_reserved_sectors
from candidates.forms.reservations import EmployerSearchForm, ReservedSectorsForm
from candidates.queries.reservations import find_employers, reserved_by

HIGHEST_NUMBER = 2**63 - 1


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_required
def reservations(request: CandidateRequest) -> HttpResponse:
    """Sectors in one form; employers one by one, found by name. `press` is sectors, reserve-<id> or release-<id>."""
    what, _dash, number = request.POST.get("press", "").partition("-")
    if request.method != "POST":
        return _page(request, None)
    if what == "sectors":
        form = ReservedSectorsForm(request.POST)
        return _save_sectors(request, form) if form.is_valid() else _page(request, form)
    if what in ("reserve", "release") and number.isdecimal() and 0 < int(number[:20]) <= HIGHEST_NUMBER:
        return _move_employer(request, int(number[:20]), keep_away=what == "reserve")
    raise BadRequest("press")


def _save_sectors(request: CandidateRequest, form: ReservedSectorsForm) -> HttpResponse:
    try:
        save_reserved_sectors(
            candidate=request.candidate,
            sectors=form.cleaned_data["sectors"],
            by=request.user,
            now=timezone.now(),
        )
    except UnableToSave as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Your sectors are saved. Every list follows within a minute or so."))
    return redirect("candidates:reservations")


def _move_employer(request: CandidateRequest, employer_id: int, *, keep_away: bool) -> HttpResponse:
    move = reserve_employer if keep_away else release_employer
    try:
        move(candidate=request.candidate, employer_id=employer_id, by=request.user, now=timezone.now())
    except UnableToSave as error:
        messages.error(request, error.message)
    else:
        said = (
            _("This employer will not see you any more. Nobody tells them.")
            if keep_away
            else _("This employer can see you again, where you fit.")
        )
        messages.success(request, said)
    address = reverse("candidates:reservations")
    words = QueryDict(mutable=True)
    words["q"] = request.POST.get("q", "")[:120]
    return redirect(f"{address}?{words.urlencode()}#employers" if words["q"] else f"{address}#employers")


def _page(request: CandidateRequest, form: ReservedSectorsForm | None) -> HttpResponse:
    reserved = reserved_by(request.candidate)
    search = EmployerSearchForm(request.GET if "q" in request.GET else None)
    words = search.words()
    context = {
        "reserved": reserved,
        "form": form or ReservedSectorsForm(initial={"sectors": [code for code, _name in reserved.sectors]}),
        "search": search,
        "words": words,
        "found": find_employers(words),
        "held": {employer.pk for employer in reserved.employers},
    }
    return render(
        request, "candidates/reservations_page.html", context, status=422 if form is not None else 200
    )
