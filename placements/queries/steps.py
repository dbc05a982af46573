"""What would change a score, as lines of a page: the step in words, and what it leads to."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from matching.engine import SCALE, Change
from matching.engine.open_facts import LANGUAGE, SKILL
from matching.words import remedy
from matching.words.gates import reason_words
from reference.names import language_name

MOST = 12


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step. `place` it would lead to (None = not known), `gain` in 1/10**7, `remains` the reason left, `own` to do.

    `untested` names what it needs measured and no test here measures; `timed`: it names hours of the person's clock.
    """

    words: str
    place: int | None
    gain: int | None
    remains: str
    own: bool
    kind: str
    untested: str = ""
    timed: bool = False


def step_lines(
    changes: tuple[Change, ...],
    rank: int | None,
    names: dict[str, str],
    tested: Collection[tuple[str, str]] | None,
    *,
    to_person: bool = False,
) -> tuple[StepLine, ...]:
    """The lines of an explanation's changes, those that reach the best places first.

    `rank` is today's place, `tested` are the languages and skills that have a test, as kind and code; None where that is
    not said. `to_person`: who reads is the one that it is about.
    """
    lines = [
        StepLine(
            words=remedy(change, names),
            place=change.place if change.place != rank else None,
            gain=change.gain,
            remains=reason_words(change.next_code, to_person=to_person) if change.next_code else "",
            own=change.own,
            kind=change.kind,
            untested="" if tested is None else _(" and ").join(_untested(change, names, tested)),
            timed="blocks" in change.details,
        )
        for change in changes
        if change.gain != 0
    ]
    return tuple(lines[:MOST])


def _untested(change: Change, names: dict[str, str], tested: Collection[tuple[str, str]]) -> list[str]:
    """What a step needs measured that no test measures, by name."""
    details = change.details
    languages = {"measure_languages": details.get("languages", []), "raise_language": [details]}
    skills = {"measure_skills": details.get("skills", []), "raise_skill": [details]}
    if change.kind == "pass_etiquette":
        skills[change.kind] = [{"code": f"etiquette_{details['country'].lower()}"}]
    return [
        *(
            language_name(one["code"])
            for one in languages.get(change.kind, [])
            if (LANGUAGE, one["code"]) not in tested
        ),
        *(
            names.get(one["code"], one["code"])
            for one in skills.get(change.kind, [])
            if (SKILL, one["code"]) not in tested
        ),
    ]


def leads_to(line: StepLine) -> str:
    """What the step brings, as the end of a sentence: "then rank 4 and 2.1 points more"."""
    if line.remains:
        return _("then this is still in the way: %(reason)s") % {"reason": line.remains}
    parts = []
    if line.place:
        parts.append(_("rank %(rank)s") % {"rank": line.place})
    if line.gain:
        points = (Decimal(line.gain) * 100 / SCALE).quantize(Decimal("0.1"), ROUND_UP)
        parts.append(_("%(points)s points more") % {"points": number_format(points, 1)})
    if not parts:
        return _("then every condition is met")
    return _("then %(gains)s") % {"gains": _(" and ").join(parts)}
