"""Applications in the admin: answers that are overdue first, and how each application came to where it stands."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.long_lists import LongListAdmin
from common.reading import ReadOnlyAdmin, ReadOnlyInline
from placements.enums import Answer, Side
from placements.models import Application, ApplicationLog
from placements.queries.before_offer import talks_with_results


class LogInline(ReadOnlyInline):
    """Every step with who took it and why. Notes of one side are not shown: they are its own."""

    model = ApplicationLog
    fields: ClassVar[Any] = [
        "state",
        "at",
        "side",
        "reason_words",
        "message",
        "promise_on",
        "answer_of",
        "answer_words",
    ]
    readonly_fields: ClassVar[Any] = ["reason_words", "answer_words"]
    ordering = ["pk"]

    @admin.display(description=gettext_lazy("reason"))
    def reason_words(self, entry: ApplicationLog) -> str:
        """In words."""
        return entry.reason_words

    @admin.display(description=gettext_lazy("answer"))
    def answer_words(self, entry: ApplicationLog) -> str:
        """What became of the answer that was owed."""
        return str(Answer(entry.answer).label) if entry.answer else "–"


class OwedFilter(admin.SimpleListFilter):
    """Answers that somebody owes: overdue ones of employers, or all of one side. None of them counts the table."""

    title = gettext_lazy("answers")
    parameter_name = "answers"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The choices."""
        return [
            ("overdue", _("overdue answers of employers")),
            (Side.EMPLOYER.value, _("owed by employers")),
            (Side.CANDIDATE.value, _("owed by candidates")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Application]) -> QuerySet[Application]:
        """The soonest promise first, which the index of promises gives."""
        if self.value() == "overdue":
            return queryset.filter(owed_by=Side.EMPLOYER, promise_on__lt=timezone.now().date())
        return queryset.filter(owed_by=self.value()) if self.value() else queryset


@admin.register(Application)
class ApplicationAdmin(LongListAdmin, ReadOnlyAdmin):
    """What is promised soonest, or overdue longest, on top; who the person is stays with the two sides."""

    list_display = ["called", "employer", "title", "state", "owed_by", "promise_on"]
    list_filter = [OwedFilter, "state"]
    list_select_related = ["candidate", "employer", "version"]
    list_per_page = 50
    search_ways = (("candidate__public_id", "id"), ("employer__name", "text"))
    search_help_text = gettext_lazy("Company, or the id of a person")
    ordering = ["promise_on", "pk"]  # ended ones, which promise nothing, stand last
    inlines = [LogInline]
    fields: ClassVar[Any] = [
        "called", "employer", "title", "state", "started_by", "owed_by", "promise_on", "reminded_at", "overdue_at",
        "created_at", "changed_at", "met_at", "ended_at", "ended_by", "reason_words",
    ]  # fmt: skip
    readonly_fields: ClassVar[Any] = ["called", "title", "reason_words"]

    @admin.display(description=gettext_lazy("candidate"))
    def called(self, application: Application) -> str:
        """The short id; the name is not the desk's to show."""
        person = application.candidate
        return person.short_name if person else _("has left")

    @admin.display(description=gettext_lazy("vacancy"))
    def title(self, application: Application) -> str:
        """As it was called when the application began."""
        return application.version.title

    @admin.display(description=gettext_lazy("reason"))
    def reason_words(self, application: Application) -> str:
        """In words."""
        return application.reason_words

    def get_urls(self) -> list[Any]:
        """The results to confirm before an offer beside the standard pages."""
        view = self.admin_site.admin_view(self.before_offer)
        return [path("before-offer/", view, name="placements_before_offer"), *super().get_urls()]

    def before_offer(self, request: HttpRequest) -> HttpResponse:
        """Talks and the results they rest on, for those who may ask; with whom they talk, for readers of applications."""
        if not request.user.has_perm("assessments.add_confirmationtest"):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("Results to confirm before an offer"),
            "rows": talks_with_results(timezone.now()),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/placements/application/before_offer.html", context)
