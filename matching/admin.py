"""Matching in the admin: rankings to read, the shortlist log, and one screen to curate each vacancy's shortlist."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candidates.models import Candidate
from matching.actions import shortlist as acts
from matching.actions.errors import UnableToCurate
from matching.models import Ranking, ShortlistLog
from matching.queries.shortlist import shortlist_of
from matching.words import PART_LABELS
from vacancies.models import Vacancy
from vacancies.queries.vacancies import with_version_rows

PAGE = 50


class CurateForm(forms.Form):
    """One act on one person's place."""

    act = forms.ChoiceField(
        choices=[
            ("pin", gettext_lazy("pin to the top")),
            ("move", gettext_lazy("move to a place")),
            ("hide", gettext_lazy("hide")),
            ("take_back", gettext_lazy("undo")),
        ]
    )
    candidate = forms.UUIDField()
    position = forms.IntegerField(required=False, min_value=1, max_value=acts.LAST_PLACE)
    reason = forms.CharField(required=False, max_length=1000)

    def clean(self) -> dict[str, Any]:
        """Moving needs a place; the reason is checked by the action."""
        values = super().clean() or {}
        if values.get("act") == "move" and not values.get("position") and "position" not in self.errors:
            self.add_error("position", _("Say to which place."))
        return values


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that nobody edits."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Made by the engine or by acts."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


@admin.register(Ranking)
class RankingAdmin(ReadOnlyAdmin):
    """Every run, newest first; the curation screen of a vacancy hangs here."""

    list_display = ["vacancy", "made_at", "people", "eligible", "engine_version", "tz_version"]
    list_select_related = ["vacancy__current", "vacancy__draft"]
    ordering = ["-made_at", "-id"]
    exclude = ["packed"]

    def get_urls(self) -> list[Any]:
        """Curation beside the standard pages."""
        return [
            path("curate/<int:pk>/", self.admin_site.admin_view(self.curate), name="matching_curate"),
            *super().get_urls(),
        ]

    def curate(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The ranked people of one vacancy; pin, move, hide with a reason, undo."""
        if not request.user.has_perm("matching.add_shortlistentry"):
            raise PermissionDenied
        vacancy = get_object_or_404(with_version_rows(Vacancy.objects.exclude(current=None)), pk=pk)
        if request.method == "POST":
            self._act(request, vacancy)
            return redirect(f"{request.path}?{request.GET.urlencode()}")
        found = shortlist_of(vacancy)
        page = Paginator(found.order if found else (), PAGE).get_page(request.GET.get("page"))
        first = page.start_index() - 1 if found and len(found) else 0
        context = {
            **self.admin_site.each_context(request),
            "title": vacancy.current.title,  # type: ignore[union-attr]
            "vacancy": vacancy,
            "shortlist": found,
            "page": page,
            "rows": found.rows(first, page.end_index()) if found else [],
            "parts": [str(label) for label in PART_LABELS.values()],
            "log": ShortlistLog.objects.filter(vacancy=vacancy)
            .select_related("candidate", "by")
            .order_by("-at", "-pk")[:30],
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/matching/curate.html", context)

    def _act(self, request: HttpRequest, vacancy: Vacancy) -> None:
        form = CurateForm(request.POST)
        if not form.is_valid():
            for errors in form.errors.values():
                for sentence in errors:
                    messages.error(request, sentence)
            return
        values = form.cleaned_data
        candidate = get_object_or_404(Candidate, public_id=values["candidate"])
        arguments: dict[str, Any] = {
            "vacancy": vacancy,
            "candidate": candidate,
            "by": request.user,
            "now": timezone.now(),
        }
        if values["act"] != "take_back":
            arguments["reason"] = values["reason"]
        if values["act"] == "move":
            arguments["position"] = values["position"]
        try:
            getattr(acts, values["act"])(**arguments)
        except UnableToCurate as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Done, and noted in the log."))


@admin.register(ShortlistLog)
class ShortlistLogAdmin(ReadOnlyAdmin):
    """Who changed what on which shortlist, when and why."""

    list_display = ["at", "vacancy", "candidate", "act", "position", "reason", "by"]
    list_select_related = ["vacancy__current", "vacancy__draft", "candidate", "by"]
    list_filter = ["act"]
    ordering = ["-at", "-pk"]
