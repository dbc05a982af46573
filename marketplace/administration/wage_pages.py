"""The page that shows what a wage fact would touch, before anybody vouches for it or puts another in its place."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.administration.wages import Effects, acts_on, effects_of, history_of
from reference.actions.wages import FloorFigures, row_of, why_not_confirmed
from reference.forms import FiguresForm
from reference.models import WageFloor
from reference.queries.wages import floor_row, if_confirmed, wage_floors, with_rows


def wage_effects(request: HttpRequest, site: admin.AdminSite, pk: int) -> HttpResponse:
    """What confirming a row would touch; with figures sent, what superseding it by them would. Writes nothing."""
    if not request.user.has_perm("reference.change_wagefloor"):
        raise PermissionDenied
    floor = get_object_or_404(WageFloor.objects.select_related("country", "region", "confirmed_by"), pk=pk)
    form = FiguresForm(request.POST) if request.method == "POST" else None
    rows = list(history_of(floor))
    context: dict[str, Any] = {
        **site.each_context(request),
        "title": _("What %(floor)s would touch") % {"floor": floor.key},
        "floor": floor,
        "history": rows,
        "acts": acts_on(rows),
        "form": form,
        "problem": why_not_confirmed(floor),
        "opts": WageFloor._meta,
    }
    if form is None:
        context["effects"] = _if_confirmed(floor, timezone.localdate())
    elif form.is_valid():
        context["effects"] = _if_superseded(floor, form.figures(), timezone.localdate())
    return TemplateResponse(request, "admin/reference/wagefloor/effects.html", context)


def _if_confirmed(floor: WageFloor, today: date) -> Effects | None:
    """None when nobody can vouch for it."""
    if why_not_confirmed(floor):
        return None
    day = max(today, floor.valid_from or today)
    before = wage_floors([floor.country_id], day)
    return effects_of(floor.country_id, before, if_confirmed(before, floor))


def _if_superseded(floor: WageFloor, figures: FloorFigures, today: date) -> Effects:
    """The floors of today beside those of the day on which the new figures hold."""
    before = wage_floors([floor.country_id], today)
    after = wage_floors([floor.country_id], max(today, figures.valid_from))
    kept = [row for row in after.rows.get(floor.country_id, ()) if row.key != floor.key]
    new = replace(floor_row(row_of(like=floor, figures=figures)), confirmed=True)
    return effects_of(floor.country_id, before, with_rows(after, floor.country_id, [*kept, new]))
