"""When the platform itself ends an application."""

from dataclasses import dataclass

from placements.enums import ApplicationState, EndReason, Side
from vacancies.enums import ClosedBecause


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand with an open application.

    `agreed`: the person still agrees to be listed, also while they pause. `warned`: who owes the answer was told so on an
    earlier day. `passed`: the promise date lies behind. `grace_over`: so do the days after it on which a late answer still
    counts. `closed_because` is empty while the vacancy is not closed; `paused_for_silence` when it paused itself.
    """

    state: str
    owed_by: str
    agreed: bool
    accepted: bool
    closed_because: str
    paused_for_silence: bool
    passed: bool
    grace_over: bool
    warned: bool


def due_end(found: Standing) -> EndReason | None:
    """Why it has to end now; None when it goes on.

    An offer stands while its vacancy is paused: it is the employer's answer. Nobody's silence counts before they were
    warned of it.
    """
    if not found.agreed:
        return EndReason.UNLISTED
    if found.closed_because:
        filled = found.closed_because == ClosedBecause.FILLED
        return EndReason.POSITION_FILLED if filled else EndReason.VACANCY_CLOSED
    if not found.accepted:
        return EndReason.EMPLOYER_GONE
    if found.paused_for_silence and found.state != ApplicationState.OFFERED:
        return EndReason.EMPLOYER_SILENT
    if found.owed_by == Side.EMPLOYER and found.grace_over and found.warned:
        return EndReason.EMPLOYER_SILENT
    if found.owed_by == Side.CANDIDATE and found.passed and found.warned:
        return EndReason.CANDIDATE_SILENT
    return None
