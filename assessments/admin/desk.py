"""The contact-centre simulator in the administration: scenarios to write and edit, runs to look into."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.actions.desk.scenarios import UnableToRevise, add_scenario, revise_scenario
from assessments.forms.scenario import ScenarioForm
from assessments.models import RunEvent, Scenario, ScenarioRun, ScenarioVersion
from assessments.queries.desk import script_of
from common.long_lists import LongListAdmin, OccurringFilter
from common.reading import ReadOnlyAdmin, ReadOnlyInline


class VersionInline(ReadOnlyInline):
    """Which versions there were, and whose they are."""

    model = ScenarioVersion
    fields = ["number", "made_at", "made_by", "digest"]


@admin.register(Scenario)
class ScenarioAdmin(admin.ModelAdmin):
    """Desks. The code, the language and what it is for stay as they were made."""

    form = ScenarioForm
    show_full_result_count = False
    list_display = ["code", "language", "measured", "live", "newest", "runs_started"]
    list_filter = ["measured", "live", ("language", OccurringFilter)]
    list_select_related = ["language"]
    search_fields = ["code"]
    inlines = [VersionInline]
    change_form_template = "admin/assessments/scenario/change_form.html"
    fields = ["code", "language", "measured", "valid_months", "live", "content", "based_on"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Scenario]:
        """With the number of the newest version and of the runs."""
        runs = Count("versions__runs", distinct=True)
        return super().get_queryset(request).annotate(newest_number=Max("versions__number"), runs=runs)

    @admin.display(description=gettext_lazy("newest version"), ordering="newest_number")
    def newest(self, scenario: Any) -> int | None:
        """The version that new runs get."""
        return scenario.newest_number

    @admin.display(description=gettext_lazy("runs"), ordering="runs")
    def runs_started(self, scenario: Any) -> int:
        """How often somebody sat down at it."""
        return int(scenario.runs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """What a scenario is never changes."""
        return ["code", "language", "measured", "valid_months"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: runs point to it. Take it out of use instead."""
        return False

    def save_model(self, request: HttpRequest, obj: Scenario, form: Any, change: bool) -> None:
        """Through the actions, which check and log."""
        values = form.cleaned_data
        common = {
            "content": values["content"],
            "live": values["live"],
            "by": request.user,
            "now": timezone.now(),
        }
        if change:
            try:
                revise_scenario(scenario=obj, based_on=values["based_on"], **common)
            except UnableToRevise:  # between the check of the form and here
                self.message_user(
                    request, _("Nothing was saved: somebody was quicker. Open the page anew."), "error"
                )
            return
        facts = {name: values[name] for name in ("code", "language", "measured", "valid_months")}
        obj.__dict__.update(add_scenario(**facts, **common).__dict__)


class ScenarioFilter(admin.RelatedFieldListFilter):
    """By what a scenario is called in its newest version, not by its code."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """One query, however many scenarios; sorted by title."""
        newest = ScenarioVersion.objects.order_by("scenario_id", "-number").distinct("scenario_id")
        found = [(str(one.scenario_id), script_of(one.content).title) for one in newest]
        return sorted(found, key=lambda each: each[1].casefold())


class EventInline(ReadOnlyInline):
    """Every step, in order, in desk time: beside the time of day it would tell who has more of it."""

    model = RunEvent
    fields = ["position", "kind", "contact", "clock_ms", "facts"]


@admin.register(ScenarioRun)
class ScenarioRunAdmin(LongListAdmin, ReadOnlyAdmin):
    """Runs, the newest first, with their figures and every step."""

    list_display = [
        "started_at", "candidate", "version", "purpose", "state", "ended_because",
        "resolution", "correctness", "priority", "tone", "total", "level",
    ]  # fmt: skip
    list_filter = ["purpose", "state", "level", ("version__scenario", ScenarioFilter)]
    list_select_related = ["candidate", "version__scenario"]
    search_ways = (("candidate__public_id", "id"),)
    ordering = ["-pk"]
    exclude = ["visitor", "drafts", "seed", "time_factor"]  # what a person needs is nobody else's business
    inlines = [EventInline]
