"""What a finished run at the desk says."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments.enums import RunPurpose, RunState
from assessments.models import ScenarioRun
from assessments.queries.desk_result import run_report
from assessments.queries.desk_tests import MeasuredStanding, measured_standing
from assessments.views.desk.access import own_run_required

PARTS = {
    "resolution": (_("Resolution"), _("Was the right thing done?")),
    "correctness": (_("Correctness"), _("Was it true, for the right order, and looked up?")),
    "priority": (_("Priority"), _("Urgent things first, and in time?")),
    "tone": (_("Tone"), _("Does it sound right to this person?")),
}
LEARN = {
    "resolution": _("Before you act, find the rule for this case in the knowledge base and compare it with the record."),
    "correctness": _("Open the record and the rule first. A good answer names the day, the amount and what happens next."),
    "priority": _("Look over the whole queue before you open anything: what cannot be undone in an hour comes first."),
    "tone": _("One sentence that fits what happened is enough. A chat is short and near, a mail has a full greeting and close."),
}  # fmt: skip
LEVELS = {
    1: _("Level 1, basic: you handle simple questions where the rule is plain."),
    2: _("Level 2, working: you handle most contacts on your own."),
    3: _(
        "Level 3, strong: you keep the overview, also when much comes at once and a case is not what it seems."
    ),
}


@require_safe
@never_cache
@own_run_required
def desk_result(request: HttpRequest, run: ScenarioRun) -> HttpResponse:
    """Four figures, and each contact: what went well, and what a better way was."""
    if run.state == RunState.OPEN:
        return redirect("assessments:desk_run", run=run.pk)
    if run.state == RunState.LEFT:
        return redirect("assessments:desk_overview")
    report = run_report(run)
    context = {
        "run": run,
        "report": report,
        "parts": [(name, why, report.card.parts[part]) for part, (name, why) in PARTS.items()],
        "learn": LEARN.get(report.weakest, ""),
        "credited_minutes": run.credited_ms // 60_000,
        "meaning": LEVELS.get(run.level or 0, ""),
        "language": run.version.scenario.language_id,
        "standing": _again(run),
    }
    return render(request, "assessments/desk/run_result.html", context)


def _again(run: ScenarioRun) -> MeasuredStanding | None:
    """When and how often a person who was measured can be so again."""
    if run.purpose != RunPurpose.MEASURED or run.candidate is None:
        return None
    return measured_standing(run.candidate, run.version.scenario.language, timezone.now())
