"""The page of the market: people by language and country against open demand, pay against floors, answers, exposure."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from common.queue import enqueue
from marketplace.models import MarketReport
from matching.queries.exposure import latest_report
from placements.enums import Side
from reference.names import country_name, language_name

SHOWN = 15
"""Languages, and countries, in each table; the others are too few to see in a bar."""


def market(request: HttpRequest, site: admin.AdminSite) -> HttpResponse:
    """The last report; a POST asks for another one."""
    if not request.user.has_perm("marketplace.view_marketreport"):
        raise PermissionDenied
    if request.method == "POST":
        enqueue("marketplace.report_market")
        messages.success(request, _("It is being worked out; look again in a minute."))
        return redirect("admin:market")
    report = MarketReport.objects.order_by("-made_at", "-pk").first()
    exposure = latest_report()
    context = {
        **site.each_context(request),
        "title": _("The market"),
        "report": report,
        "exposure": exposure.figures if exposure else None,
        "exposure_made": exposure.made_at if exposure else None,
        "now": timezone.now(),
        **(_shown(report.figures) if report else {}),
    }
    return TemplateResponse(request, "admin/market.html", context)


def _shown(figures: dict[str, Any]) -> dict[str, Any]:
    languages = [_language(row) for row in figures["languages"][:SHOWN]]
    most = {name: max([1, *(row[name] for row in languages)]) for name in ("people", "openings")}
    for row in languages:
        row["people_width"] = _percent(row["people"], most["people"])
        row["openings_width"] = _percent(row["openings"], most["openings"])
    pay = [{**row, "name": country_name(row["code"]), **_pay_widths(row)} for row in figures["pay"][:SHOWN]]
    answers = [
        {
            **row,
            "name": str(Side(row["side"]).label),
            "share": row["in_time"] / row["total"] if row["total"] else None,
            "width": _percent(row["in_time"], row["total"]),
        }
        for row in figures["answers"]
    ]
    return {"languages": languages, "pay": pay, "answers": answers, "most": most}


def _language(row: dict[str, Any]) -> dict[str, Any]:
    countries = [{**one, "name": country_name(one["code"])} for one in row["countries"]]
    each = round(row["people"] / row["openings"], 1) if row["openings"] else None
    return {**row, "name": language_name(row["code"]), "countries": countries, "each": each}


def _pay_widths(row: dict[str, Any]) -> dict[str, str]:
    good = row["offers"] - row["below"] - row["unknown"]
    return {
        "good_width": _percent(good, row["offers"]),
        "below_at": _percent(good, row["offers"]),
        "below_width": _percent(row["below"], row["offers"]),
    }


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}%" if whole else "0%"
