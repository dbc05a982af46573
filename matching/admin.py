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

from accounts.models import User
from candidates.models import Candidate
from common.reading import ReadOnlyAdmin
from matching import admin_weights  # noqa: F401  # registers itself
from matching.actions import shortlist as acts
from matching.actions.errors import UnableToCurate
from matching.models import Ranking, ShortlistLog
from matching.queries.shortlist import problem_of, shortlist_of
from matching.rules.overlay import LAST_PLACE
from matching.words import PART_LABELS
from vacancies.models import Vacancy
from vacancies.queries.vacancies import with_version_rows

PAGE = 50
ACTS = {
    "pin": gettext_lazy("pin to the top"),
    "move": gettext_lazy("move to a place"),
    "hide": gettext_lazy("hide"),
    "take_back": gettext_lazy("undo"),
}


class CurateForm(forms.Form):
    """One act on one person's place. The action checks the reason and who is in the ranking."""

    act = forms.ChoiceField(choices=list(ACTS.items()))
    candidate = forms.UUIDField()
    position = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=LAST_PLACE,
        error_messages={
            "invalid": gettext_lazy("Give the place as a whole number."),
            "min_value": gettext_lazy("The first place is 1."),
            "max_value": gettext_lazy("The last place is %(limit_value)s."),
        },
    )
    reason = forms.CharField(
        required=False,
        max_length=1000,
        error_messages={"max_length": gettext_lazy("A reason has at most %(limit_value)d characters.")},
    )

    def clean(self) -> dict[str, Any]:
        """Moving needs a place, and a place means moving: neither is guessed."""
        values = super().clean() or {}
        if "position" in self.errors or "act" in self.errors:
            return values
        if values.get("act") == "move" and values.get("position") is None:
            self.add_error("position", _("Say to which place."))
        if values.get("act") in {"pin", "hide"} and values.get("position") is not None:
            self.add_error("position", _("A place only goes with “move to a place”."))
        return values

    def carry_out(self, vacancy: Vacancy, by: User) -> None:
        """Do what was asked. Raises UnableToCurate; 404 for somebody unknown."""
        values = self.cleaned_data
        candidate = get_object_or_404(Candidate, public_id=values["candidate"])
        arguments: dict[str, Any] = {
            "vacancy": vacancy,
            "candidate": candidate,
            "by": by,
            "now": timezone.now(),
        }
        match values["act"]:
            case "pin":
                acts.pin(**arguments, reason=values["reason"])
            case "hide":
                acts.hide(**arguments, reason=values["reason"])
            case "move":
                acts.move(**arguments, reason=values["reason"], position=values["position"])
            case _:
                acts.take_back(**arguments)

    def sentences(self) -> list[str]:
        """Everything that is wrong."""
        return [str(sentence) for errors in self.errors.values() for sentence in errors]


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
        page = _page_of(vacancy, request.GET.get("page"))
        refused: dict[str, Any] = {}
        if request.method == "POST":
            problems = self._act(request, vacancy)
            if not problems:
                messages.success(request, _("Done, and noted in the log."))
                return redirect(request.get_full_path())
            if request.POST.get("candidate") in {str(row.candidate.public_id) for row in page["rows"]}:
                refused = {**request.POST.dict(), "problems": problems}
            else:
                for sentence in problems:
                    messages.error(request, sentence)
        context = {
            **self.admin_site.each_context(request),
            **page,
            "refused": refused,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/matching/curate.html", context)

    def _act(self, request: HttpRequest, vacancy: Vacancy) -> list[str]:
        """What stood in the way; empty when it was done."""
        form = CurateForm(request.POST)
        if not form.is_valid():
            return form.sentences()
        try:
            form.carry_out(vacancy, request.user)  # type: ignore[arg-type]
        except UnableToCurate as error:
            return [str(error)]
        return []


def _page_of(vacancy: Vacancy, number: str | None) -> dict[str, Any]:
    """The shortlist, one page of its rows, and what was done to it last."""
    found = shortlist_of(vacancy)
    page = Paginator(found.order if found else (), PAGE).get_page(number)
    first = page.start_index() - 1 if found and len(found) else 0
    return {
        "title": vacancy.current.title,  # type: ignore[union-attr]
        "vacancy": vacancy,
        "shortlist": found,
        "problem": problem_of(vacancy),
        "page": page,
        "rows": found.rows(first, page.end_index()) if found else [],
        "parts": [str(label) for label in PART_LABELS.values()],
        "last_place": LAST_PLACE,
        "acts": {name: label for name, label in ACTS.items() if name != "take_back"},
        "log": ShortlistLog.objects.filter(vacancy=vacancy)
        .select_related("candidate", "by")
        .order_by("-at", "-pk")[:30],
    }


@admin.register(ShortlistLog)
class ShortlistLogAdmin(ReadOnlyAdmin):
    """Who changed what on which shortlist, when and why."""

    list_display = ["at", "vacancy", "candidate", "act", "position", "reason", "by"]
    list_select_related = ["vacancy__current", "vacancy__draft", "candidate", "by"]
    list_filter = ["act"]
    ordering = ["-at", "-pk"]
