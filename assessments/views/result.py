"""What a finished test says."""

from datetime import UTC

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.enums import FlagState, SessionKind, SessionState
from assessments.models import Measurement, Session
from assessments.queries.attempts import to_learn
from assessments.queries.standings import bank_standings, ladder_of
from assessments.rules.meanings import level_words, meaning_of
from candidates.access import CandidateRequest, candidate_required
from candidates.models import CandidateLanguage
from reference.enums import CEFRLevel


@require_safe
@candidate_required
def result(request: CandidateRequest, session: int) -> HttpResponse:
    """Level, margin, how long it holds and when it can be taken again."""
    candidate, now = request.candidate, timezone.now()
    own = Session.objects.filter(candidate=candidate).defer("parameters", "areas")
    found = get_object_or_404(own, pk=session)
    if found.state != SessionState.FINISHED:
        return _not_finished(found)
    if found.kind == SessionKind.CONFIRMATION:
        return redirect("assessments:confirmation", confirmation=found.confirmation.pk)
    measurement = get_object_or_404(
        Measurement.objects.select_related("language", "skill", "session__bank"), session=found
    )
    bank = measurement.session.bank  # type: ignore[union-attr]
    ladder = ladder_of(measurement, found.cuts)
    claim = CandidateLanguage.objects.filter(candidate=candidate, language=measurement.language_id).first()
    next_level = measurement.level + 1
    next_meaning = meaning_of(bank.kind, next_level)
    of_language = bool(bank.language_id)
    context = {
        "session": found,
        "measurement": measurement,
        "bank": bank,
        "ladder": ladder,
        "level": level_words(of_language, measurement.level),
        "lowest": level_words(of_language, ladder.margin.lowest_level) if ladder.margin else "",
        "highest": level_words(of_language, ladder.margin.highest_level) if ladder.margin else "",
        "claimed": CEFRLevel(claim.claimed_level).label if claim else "",
        **found.responses.exclude(answered_at=None).aggregate(
            asked=Count("pk"), tried_out=Count("pk", filter=Q(scored=False))
        ),
        "standing": bank_standings(candidate, [bank], now)[0],
        "to_learn": to_learn(found, measurement.level),
        "flags": [flag for flag in found.flags.all() if flag.state == FlagState.OPEN],
        "today": now.astimezone(UTC).date(),
        "meaning": meaning_of(bank.kind, measurement.level),
        "next_level": level_words(of_language, next_level) if next_meaning else "",
        "next_meaning": next_meaning,
        "priors": found.responses.filter(item__parameters_source="expert prior").exists(),
    }
    return render(request, "assessments/session_result.html", context)


def _not_finished(session: Session) -> HttpResponse:
    if session.state == SessionState.OPEN:
        return redirect("assessments:item", session=session.pk)
    return redirect("assessments:overview")
