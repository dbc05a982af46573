"""Interview scorecards: a recruiter's own, and those of employers to confirm."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.actions.scorecards import (
    UnableToChangeCard,
    UnableToScore,
    confirm_scorecard,
    record_scorecard,
)
from assessments.forms.scorecard import RecruiterScorecardForm
from assessments.models import Scorecard, ScorecardRating
from common.long_lists import LongListAdmin
from common.reading import ReadOnlyAdmin, ReadOnlyInline


class ScorecardRatingInline(ReadOnlyInline):
    """What was rated, with what supports it."""

    model = ScorecardRating
    fields = ["called", "rating", "anchor", "evidence", "measurement"]
    readonly_fields = ["called", "anchor"]

    @admin.display(description=gettext_lazy("competence"))
    def called(self, rating: ScorecardRating) -> str:
        """By name, while it is on the sheet."""
        return rating.what.name if rating.what else rating.competence


@admin.register(Scorecard)
class ScorecardAdmin(LongListAdmin, ReadOnlyAdmin):
    """Interviews, the newest first. Staff write down their own, which count at once, and confirm those of employers."""

    list_display = [
        "interviewed_on",
        "candidate",
        "employer",
        "replied_at",
        "agreed_at",
        "confirmed_at",
        "withdrawn_at",
    ]
    list_filter = [
        ("agreed_at", admin.EmptyFieldListFilter),
        ("confirmed_at", admin.EmptyFieldListFilter),
        ("withdrawn_at", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["candidate", "employer"]
    search_ways = (("candidate__public_id", "id"), ("employer__name", "text"))
    ordering = ["-pk"]
    inlines = [ScorecardRatingInline]
    change_form_template = "admin/assessments/scorecard/change_form.html"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Staff with the permission to add."""
        return admin.ModelAdmin.has_add_permission(self, request)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The recruiter's own card, filled in beside the anchors."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = RecruiterScorecardForm(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid() and (card := self._kept(request, form)):
            messages.success(request, _("The interview is kept, and the skills in it count."))
            return redirect("admin:assessments_scorecard_change", card.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Write down an interview"),
            "form": form,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/assessments/scorecard/score.html", context)

    def _kept(self, request: HttpRequest, form: RecruiterScorecardForm) -> Scorecard | None:
        """The card; None when the action refused, with the reason in the form."""
        try:
            return record_scorecard(
                candidate=form.cleaned_data["public_id"],
                employer=None,
                key=form.cleaned_data["key"],
                interviewed_on=form.cleaned_data["interviewed_on"],
                ratings=form.ratings,
                by=request.user,  # type: ignore[arg-type]
                now=timezone.now(),
            )
        except UnableToScore as error:
            for flaw in error.flaws:
                form.add_error(flaw.field or None, str(flaw.text))
            return None

    def get_urls(self) -> list[Any]:
        """The confirmation beside the standard pages."""
        view = self.admin_site.admin_view(self.confirm)
        return [path("<int:pk>/confirm/", view, name="assessments_scorecard_confirm"), *super().get_urls()]

    def confirm(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let the skills of an employer's card count, once the person agreed. Acts by POST only."""
        if not admin.ModelAdmin.has_change_permission(self, request):
            raise PermissionDenied
        card = get_object_or_404(Scorecard, pk=pk)
        if request.method == "POST":
            try:
                confirm_scorecard(scorecard=card, by=request.user, now=timezone.now())  # type: ignore[arg-type]
            except UnableToChangeCard as error:
                messages.error(request, _("Nothing was changed: %(why)s.") % {"why": error})
            else:
                messages.success(request, _("The skills in it count now."))
        return redirect("admin:assessments_scorecard_change", pk)
