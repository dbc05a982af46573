"""What would change a score, as lines of a page: the step in words, and what it leads to."""

from dataclasses import dataclass
from decimal import ROUND_UP, Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from matching.engine import SCALE, Change
from matching.words import remedy
from matching.words.gates import REASONS

MOST = 12


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step. `place` it would lead to (None = not known), `gain` in 1/10**7, `remains` the reason left, `own` to do."""

    words: str
    place: int | None
    gain: int | None
    remains: str
    own: bool
    kind: str


def step_lines(changes: tuple[Change, ...], rank: int | None, names: dict[str, str]) -> tuple[StepLine, ...]:
    """The lines of an explanation's changes, those that reach the best places first; `rank` is today's place."""
    lines = [
        StepLine(
            words=remedy(change, names),
            place=change.place if change.place != rank else None,
            gain=change.gain,
            remains=str(REASONS[change.next_code]) if change.next_code else "",
            own=change.own,
            kind=change.kind,
        )
        for change in changes
        if change.gain != 0
    ]
    return tuple(lines[:MOST])


def leads_to(line: StepLine) -> str:
    """What the step brings, in a few words; empty when only what remains can be said."""
    if line.remains:
        return _("then still: %(reason)s") % {"reason": line.remains}
    parts = []
    if line.place:
        parts.append(_("rank %(rank)s") % {"rank": line.place})
    if line.gain:
        points = (Decimal(line.gain) * 100 / SCALE).quantize(Decimal("0.1"), ROUND_UP)
        parts.append(_("%(points)s points more") % {"points": number_format(points, 1)})
    return ", ".join(parts) or _("every condition met")
