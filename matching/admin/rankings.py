"""Rankings, rounds and the shortlist log to read; the curation screens and the exposure hang at the rankings."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.long_lists import LongListAdmin
from common.queue import enqueue
from common.reading import ReadOnlyAdmin
from matching.actions.errors import UnableToCurate
from matching.actions.looks import note_look
from matching.admin.curate_form import CHOSEN, CurateForm
from matching.admin.exposure_page import exposure_context
from matching.models import AllocationRound, Ranking, ShortlistLog
from matching.queries.curation import curation_of
from matching.queries.looks import look_of, next_look
from matching.rules.overlay import LAST_PLACE
from matching.words import PART_LABELS
from vacancies.models import Vacancy


@admin.register(Ranking)
class RankingAdmin(LongListAdmin, ReadOnlyAdmin):
    """Every run, newest first; the curation screen of a vacancy hangs here."""

    list_display = ["number", "vacancy", "made_at", "people", "eligible", "engine_version", "tz_version"]
    list_select_related = ["vacancy__current", "vacancy__draft"]
    ordering = ["-pk"]
    exclude = ["packed"]
    change_list_template = "admin/matching/rankings.html"

    @admin.display(description=gettext_lazy("number"), ordering="pk")
    def number(self, ranking: Ranking) -> int:
        """What `manage.py replay` takes."""
        return ranking.pk

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Titled by its number and its vacancy."""
        ranking = context["original"]
        title = _("Ranking %(number)s: %(vacancy)s") % {"number": ranking.pk, "vacancy": ranking.vacancy}
        return super().render_change_form(
            request, {**context, "title": title, "subtitle": None}, *args, **kwargs
        )

    def get_urls(self) -> list[Any]:
        """Curation and exposure beside the standard pages."""
        view = self.admin_site.admin_view
        return [
            path("curate/<int:pk>/", view(self.curate), name="matching_curate"),
            path("curate/<int:pk>/looked/", view(self.looked), name="matching_looked"),
            path("exposure/", view(self.exposure), name="matching_exposure"),
            *super().get_urls(),
        ]

    def curate(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The people of one vacancy's list; pin, move, hide, add, note with a reason, undo."""
        if not request.user.has_perm("matching.add_shortlistentry"):
            raise PermissionDenied
        vacancy = _list_of(pk)
        refused: dict[str, Any] = {}
        if request.method == "POST":
            form = CurateForm(request.POST)
            problems, anchor = _carried_out(form, vacancy, request)
            if not problems:
                messages.success(request, _("Done, and noted in the log."))
                return redirect(f"{request.get_full_path()}#{anchor}")
            refused = {**request.POST.dict(), "problems": problems}
        curation = curation_of(vacancy, request.GET.get("page"))
        _say_what_has_no_place(request, refused, curation)
        context = {
            **self.admin_site.each_context(request),
            "title": vacancy.current.title,  # type: ignore[union-attr]
            "vacancy": vacancy,
            "curation": curation,
            "shortlist": curation.found,
            "next": next_look(vacancy, curation.look),
            "undoable": curation.last_by(request.user.pk),
            "parts": [str(label) for label in PART_LABELS.values()],
            "last_place": LAST_PLACE,
            "acts": [(name, str(label)) for name, label in CHOSEN.items()],
            "act_options": format_html_join("\n", '<option value="{}">{}</option>', CHOSEN.items()),
            "refused": refused,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/matching/curate.html", context)

    def looked(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The list was looked at and is right as it is: off the queue, and on to the next that waits."""
        if not request.user.has_perm("matching.add_shortlistentry"):
            raise PermissionDenied
        vacancy = _list_of(pk)
        if request.method != "POST":
            return redirect("admin:matching_curate", pk)
        following = next_look(vacancy, look_of(vacancy))
        try:
            note_look(vacancy=vacancy, by=request.user, now=timezone.now())  # type: ignore[arg-type]
        except UnableToCurate as error:
            messages.error(request, str(error))
            return redirect("admin:matching_curate", pk)
        messages.success(
            request,
            _("Noted: you looked at “%(vacancy)s”. It comes back when it changes.") % {"vacancy": vacancy},
        )
        if following is None:
            return redirect("admin:matching_curationlook_changelist")
        return redirect("admin:matching_curate", following.pk)

    def exposure(self, request: HttpRequest) -> HttpResponse:
        """How evenly shortlists show people, as last worked out; a POST asks for it anew."""
        if not request.user.has_perm("matching.view_exposurereport"):
            raise PermissionDenied
        if request.method == "POST":
            enqueue("matching.report_exposure")
            messages.success(request, _("It is being worked out; look again in a minute."))
            return redirect(f"{request.path}?asked={int(timezone.now().timestamp())}")
        context = {
            **self.admin_site.each_context(request),
            **exposure_context(timezone.now(), request.GET.get("asked", "")),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/matching/exposure.html", context)


def _list_of(pk: int) -> Vacancy:
    """A vacancy with a version that holds; 404 without one. The languages are read once for the page."""
    vacancies = Vacancy.objects.exclude(current=None).select_related("current", "draft", "employer")
    found: Vacancy = get_object_or_404(vacancies.prefetch_related("current__languages"), pk=pk)
    return found


def _carried_out(form: CurateForm, vacancy: Vacancy, request: HttpRequest) -> tuple[list[str], str]:
    """What stood in the way, empty when it was done, and where the person stands on the page."""
    if not form.is_valid():
        return form.sentences(), ""
    try:
        candidate = form.carry_out(vacancy, request.user)  # type: ignore[arg-type]
    except UnableToCurate as error:
        return [str(error)], ""
    return [], f"person-{candidate.pk}"


def _say_what_has_no_place(request: HttpRequest, refused: dict[str, Any], curation: Any) -> None:
    """A refusal stands beside the person, or in the part for adding; else on top of the page."""
    beside = {str(row.row.candidate.public_id) for row in curation.rows}
    adding = refused.get("act") == "add" and curation.found is not None
    if refused and not adding and refused.get("candidate") not in beside:
        for sentence in refused["problems"]:
            messages.error(request, sentence)


@admin.register(AllocationRound)
class AllocationRoundAdmin(ReadOnlyAdmin):
    """Every sharing out of places, newest first."""

    list_display = [
        "made_at",
        "vacancies",
        "people",
        "places",
        "shown",
        "by_hand",
        "beyond",
        "busy",
        "short",
        "blocking",
    ]
    ordering = ["-made_at", "-pk"]


@admin.register(ShortlistLog)
class ShortlistLogAdmin(LongListAdmin, ReadOnlyAdmin):
    """Who changed what on which shortlist, when and why."""

    list_display = ["at", "vacancy", "candidate", "act", "position", "reason", "by"]
    list_select_related = ["vacancy__current", "vacancy__draft", "candidate", "by"]
    list_filter = ["act"]
    search_ways = (("candidate__public_id", "id"),)
    ordering = ["-pk"]
