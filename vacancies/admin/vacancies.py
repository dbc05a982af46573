"""Vacancies in the admin: what waits for review with how its pay stands, and the decision with its reason."""

from collections import Counter
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.admin.exports import ExportAdmin
from common.bulk import BulkAdmin
from common.decisions import DecisionForm
from common.long_lists import LongListAdmin
from common.reading import ReadOnlyAdmin, ReadOnlyInline
from vacancies.actions.errors import ChangedMeanwhile, UnableToMoveVacancy, UnableToPublish
from vacancies.actions.lifecycle import approve_vacancy, send_back_vacancy
from vacancies.admin.bulk import PublishMany, SendBackMany
from vacancies.content import content_of
from vacancies.enums import CountryPayState, ReviewTopic, VacancyState
from vacancies.models import Vacancy, VacancyStatusLog, VacancyVersion, VersionCountry
from vacancies.models.vacancy import REVIEW_FIRST
from vacancies.queries.pay import offers_to_show
from vacancies.queries.vacancies import with_version_rows
from vacancies.rules.publishing import missing_facts


class ReviewForm(DecisionForm):
    """Publish it, or send it back, as it stood when the recruiter opened it."""

    decisions = (("approve", gettext_lazy("publish")), ("send_back", gettext_lazy("send back")))
    reason_help = gettext_lazy("The employer reads this. Sending back needs a reason or a remark.")
    reason_missing = gettext_lazy("Say what has to change; the employer cannot guess it.")

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for topic in ReviewTopic:
            self.fields[f"remark_{topic}"] = forms.CharField(
                label=topic.label,
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def says_why(self, values: dict[str, Any]) -> bool:
        """A remark on one part is a reason, too."""
        return super().says_why(values) or bool(self.remarks(values))

    def remarks(self, values: dict[str, Any]) -> dict[str, str]:
        """The remarks by topic."""
        said = {str(topic): values.get(f"remark_{topic}", "").strip() for topic in ReviewTopic}
        return {topic: text for topic, text in said.items() if text}

    def decided(self) -> dict[str, Any]:
        """What the actions need, after `is_valid()`."""
        values = self.cleaned_data
        chosen = {name: values[name] for name in ("decision", "reason", "seen")}
        return chosen | {"remarks": self.remarks(values)}

    def whole(self) -> list[forms.BoundField]:
        """The fields about the vacancy as a whole."""
        return [self[name] for name in ("decision", "reason")]

    def by_topic(self) -> list[forms.BoundField]:
        """The fields for remarks on single parts."""
        return [self[f"remark_{topic}"] for topic in ReviewTopic]


class StatusLogInline(ReadOnlyInline):
    """Every state with who set it, and why."""

    model = VacancyStatusLog
    fields: ClassVar[Any] = ["state", "at", "by", "reason"]
    ordering = ("-at", "-pk")


@admin.register(Vacancy)
class VacancyAdmin(LongListAdmin, BulkAdmin, ExportAdmin, ReadOnlyAdmin):
    """A queue first: what waits for review, the longest waiting on top. The employer's words are not edited here."""

    list_display = ["title", "employer", "state", "pay", "changed_at"]
    list_display_links = None
    list_filter = ["state"]
    search_ways = (("current__title", "text"), ("draft__title", "text"), ("employer__name", "text"))
    search_help_text = gettext_lazy("Part of the title, or of the company's name")
    sortable_by = ()
    fields: ClassVar[Any] = [
        "employer",
        "state",
        "created_by",
        "created_at",
        "changed_at",
        "published_at",
        "closed_at",
    ]
    export_columns = (
        ("id", lambda row: row.pk),
        ("employer", lambda row: row.employer.name),
        ("title", lambda row: row.shown.title),
        ("state", lambda row: row.state),
        ("countries", lambda row: ", ".join(sorted(row.shown.hires_in))),
        ("openings", lambda row: row.shown.openings),
        ("hours_week", lambda row: row.shown.hours_week),
        ("start_date", lambda row: row.shown.start_date),
        ("pay_min", lambda row: row.shown.pay_min),
        ("pay_max", lambda row: row.shown.pay_max),
        ("pay_currency", lambda row: row.shown.pay_currency),
        ("pay_period", lambda row: row.shown.pay_period),
        ("changed_at", lambda row: row.changed_at),
    )
    bulk_acts = (PublishMany(), SendBackMany())
    inlines = [StatusLogInline]
    change_form_template = "admin/vacancies/vacancy/change_form.html"
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Vacancy]:
        """In review first, with the versions and how their pay stands."""
        countries = VersionCountry.objects.filter(version=OuterRef("pk")).order_by()
        versions = VacancyVersion.objects.annotate(
            pay_states=ArraySubquery(countries.values("pay_state")),
            hires_in=ArraySubquery(countries.values("country")),
        )
        vacancies = super().get_queryset(request).select_related("created_by", "employer")
        rows = vacancies.prefetch_related(Prefetch("draft", versions), Prefetch("current", versions))
        return rows.annotate(turn=REVIEW_FIRST).order_by("turn", "changed_at", "pk")

    @admin.display(description=gettext_lazy("vacancy"))
    def title(self, vacancy: Vacancy) -> str:
        """What it is called; what waits leads straight to its review."""
        page = "review" if vacancy.state == VacancyState.IN_REVIEW else "change"
        return format_html(
            '<a href="{}">{}</a>', reverse(f"admin:vacancies_vacancy_{page}", args=[vacancy.pk]), vacancy
        )

    @admin.display(description=gettext_lazy("pay by country"))
    def pay(self, vacancy: Vacancy) -> str:
        """How many countries stand how to their floor, as checked when it was handed in."""
        held: Counter[str] = Counter(vacancy.shown.pay_states)  # type: ignore[attr-defined]
        states = [
            (CountryPayState(state).label, held[state]) for state in CountryPayState.values if held[state]
        ]
        return ", ".join(f"{label}: {count}" for label, count in states) or "–"

    def get_urls(self) -> list[Any]:
        """The review beside the standard pages."""
        view = self.admin_site.admin_view(self.review)
        return [path("<int:pk>/review/", view, name="vacancies_vacancy_review"), *super().get_urls()]

    def review(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The vacancy as its employer sees it, with pay by country and what is missing; publish or send back."""
        if not request.user.has_perm("vacancies.change_vacancy"):
            raise PermissionDenied
        vacancy = with_version_rows(Vacancy.objects.filter(pk=pk)).first()
        if vacancy is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))  # type: ignore[attr-defined]
        version = vacancy.shown
        form = ReviewForm(request.POST or None, initial={"seen": version.pk})
        if request.method == "POST" and form.is_valid() and _decide(request, vacancy, **form.decided()):
            return redirect("admin:vacancies_vacancy_changelist")
        content, today = content_of(version), timezone.localdate()
        context = {
            **self.admin_site.each_context(request),
            "title": version.title,
            "vacancy": vacancy,
            "version": version,
            "waits": vacancy.state == VacancyState.IN_REVIEW,
            "offers": offers_to_show(content, timezone.localdate()),
            "missing": missing_facts(content, today, team_described=bool(vacancy.employer.work_style)),
            "form": form,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/vacancies/vacancy/review.html", context)


def _decide(
    request: HttpRequest, vacancy: Vacancy, *, decision: str, reason: str, seen: int, remarks: dict[str, str]
) -> bool:
    """Whether the decision held; the recruiter is told what happened either way."""
    who: dict[str, Any] = {"vacancy": vacancy, "by": request.user, "now": timezone.now(), "seen": seen}
    try:
        if decision == "approve":
            approve_vacancy(**who, today=timezone.localdate())
            messages.success(
                request, _("Published. The employer has been written to, and people are being ranked.")
            )
        else:
            send_back_vacancy(**who, reason=reason, remarks=remarks)
            messages.success(request, _("Sent back. The employer has been written to."))
    except UnableToPublish as error:
        for sentence in error.problems.values():
            messages.error(request, sentence)
    except ChangedMeanwhile:
        messages.error(
            request, _("The employer handed in other words meanwhile. Nothing was decided; open it again.")
        )
    except UnableToMoveVacancy as error:
        messages.error(request, str(error))
    else:
        return True
    return False
