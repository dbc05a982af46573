"""The contact-centre simulator in the administration: scenarios to write and edit, runs to look into."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.actions.desk.scenarios import UnableToRevise, add_scenario, revise_scenario
from assessments.models import RunEvent, Scenario, ScenarioRun, ScenarioVersion
from assessments.rules.scenario_sheet import ScenarioError, read_script
from common.reading import ReadOnlyAdmin, ReadOnlyInline


class ScenarioForm(forms.ModelForm):
    """A scenario with the content of its newest version; saving another content makes the next version."""

    content = forms.CharField(
        label=gettext_lazy("Content"),
        widget=forms.Textarea(attrs={"rows": 40, "cols": 120, "spellcheck": "true", "wrap": "off"}),
        strip=False,
        help_text=gettext_lazy(
            "JSON; docs/simulator.md says what it holds. Runs that were started keep the version that they began with."
        ),
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Scenario
        fields = ["code", "language", "measured", "valid_months", "live"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = self.instance.versions.first() if self.instance.pk else None
        if newest:
            self.initial.update(content=newest.content, based_on=newest.number)

    def clean_content(self) -> str:
        """A script that can be played; else the line and the reason."""
        content: str = self.cleaned_data["content"].replace("\r\n", "\n")
        try:
            read_script(content)
        except ScenarioError as error:
            raise forms.ValidationError(
                _("Line %(line)s: %(reason)s. It begins with: %(text)s"),
                params={
                    "line": error.line,
                    "reason": error.reason,
                    "text": content.split("\n")[error.line - 1].strip()[:60],
                },
            ) from error
        return content

    def clean(self) -> dict[str, Any]:
        """Nobody writes over what somebody else saved meanwhile."""
        values = super().clean() or self.cleaned_data
        newest = self.instance.versions.first() if self.instance.pk else None
        if newest and values.get("based_on") != newest.number:
            raise forms.ValidationError(
                _(
                    "Somebody saved version %(number)s meanwhile. Copy your text, open the page anew and put it in."
                ),
                params={"number": newest.number},
            )
        return values


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
    list_filter = ["measured", "live", "language"]
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


class EventInline(ReadOnlyInline):
    """Every step, in order."""

    model = RunEvent
    fields = ["position", "kind", "contact", "clock_ms", "at", "facts"]


@admin.register(ScenarioRun)
class ScenarioRunAdmin(ReadOnlyAdmin):
    """Runs, the newest first, with their figures and every step."""

    list_display = [
        "started_at", "candidate", "version", "purpose", "state", "ended_because",
        "resolution", "correctness", "priority", "tone", "total", "level",
    ]  # fmt: skip
    list_filter = ["purpose", "state", "level", "version__scenario"]
    list_select_related = ["candidate", "version__scenario"]
    search_fields = ["candidate__public_id"]
    exclude = ["visitor", "drafts", "seed", "time_factor"]  # what a person needs is nobody else's business
    inlines = [EventInline]
