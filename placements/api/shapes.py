"""What the API says about shortlists and the people on them. Never a name."""

from typing import Any

from rest_framework import serializers

from common.api.bodies import Strict
from common.api.cursors import LONGEST
from matching.engine import PARTS, SCALE
from matching.enums import EntryKind
from matching.queries.shortlist import Shortlist, ShortlistRow
from matching.words import PART_LABELS
from placements.queries.explained_rows import ExplainedRow
from placements.queries.near_misses import NearMisses
from placements.queries.pairing import Pairing
from placements.queries.steps import StepLine

PAGE = 20
MOST = 50
PART_CODES = [str(part) for part in PARTS]


class ShortlistQuery(Strict):
    """Which page of a shortlist."""

    limit = serializers.IntegerField(min_value=1, max_value=MOST, default=PAGE)
    cursor = serializers.CharField(max_length=LONGEST, required=False)


class PartOfScore(serializers.Serializer[Any]):
    """One part: how well it fits (`value`), what it adds to the score, and what that rests on. `null` = not asked for."""

    part = serializers.ChoiceField(choices=PART_CODES)
    name = serializers.CharField()
    value = serializers.FloatField(allow_null=True)
    contribution = serializers.FloatField(help_text="These add up to the score.")
    evidence = serializers.CharField()


class Condition(serializers.Serializer[Any]):
    """A hard condition in words. `open`: failed only for something not measured or confirmed yet."""

    name = serializers.CharField()
    met = serializers.BooleanField()
    open = serializers.BooleanField()
    words = serializers.CharField()


class LanguageLevel(serializers.Serializer[Any]):
    """A language that the vacancy asks for: what it needs, what a test found, what the person says."""

    language = serializers.CharField()
    needed = serializers.CharField()
    required = serializers.BooleanField()  # type: ignore[assignment]
    measured = serializers.CharField(allow_null=True)
    claimed = serializers.CharField(allow_null=True)


class PersonLine(serializers.Serializer[Any]):
    """A person on the list, with the reasons for their place."""

    place = serializers.IntegerField(help_text="On the list as shown, from 1.")
    rank = serializers.IntegerField(
        allow_null=True, help_text="In the ranking; null for who was added by hand."
    )
    person = serializers.UUIDField(help_text="Stands for the person; names come with mutual interest only.")
    country = serializers.CharField(allow_null=True)
    score = serializers.FloatField(help_text="0 to 1, as both sides see it.")
    employer_score = serializers.FloatField()
    candidate_score = serializers.FloatField()
    waiting = serializers.BooleanField(help_text="Below those shown now: `waiting_because` says why.")
    waiting_because = serializers.CharField(allow_null=True)
    curated = serializers.ChoiceField(choices=EntryKind.values, allow_null=True)
    open = serializers.CharField(allow_null=True, help_text="What was still to be measured or confirmed.")
    parts = PartOfScore(many=True)
    conditions = Condition(many=True)
    languages = LanguageLevel(many=True)


class WhatWouldChange(serializers.Serializer[Any]):
    """A step, and what it would lead to. `own`: the person can take it; else it is the vacancy's."""

    kind = serializers.CharField()
    words = serializers.CharField()
    own = serializers.BooleanField()
    place = serializers.IntegerField(allow_null=True)
    gain = serializers.FloatField(allow_null=True)
    remains = serializers.CharField(allow_null=True)


class PersonWhole(PersonLine):
    """The same, with what would change the score."""

    changes = WhatWouldChange(many=True)


class MissingFact(serializers.Serializer[Any]):
    """How many people only lack this measurement, and whether there is a test that gives it."""

    kind = serializers.CharField()
    code = serializers.CharField()
    name = serializers.CharField()
    people = serializers.IntegerField()
    testable = serializers.BooleanField()


class NearMissCounts(serializers.Serializer[Any]):
    """People who only lack a fact. `floor` of them: the wage floor where they live is to be confirmed."""

    total = serializers.IntegerField()
    floor = serializers.IntegerField()
    missing = MissingFact(many=True)


class ShortlistPage(serializers.Serializer[Any]):
    """A page of a shortlist. Before the first ranking everything is null or empty."""

    ranked_at = serializers.DateTimeField(allow_null=True)
    eligible = serializers.IntegerField(allow_null=True)
    input_digest = serializers.CharField(allow_null=True, help_text="The same digest: the same ranking.")
    near_misses = NearMissCounts(allow_null=True)
    items = PersonLine(many=True)
    next = serializers.URLField(allow_null=True)


NOTHING_YET: dict[str, Any] = {
    "ranked_at": None, "eligible": None, "input_digest": None, "near_misses": None, "items": [], "next": None,
}  # fmt: skip


def list_head(found: Shortlist, missing: NearMisses) -> dict[str, Any]:
    """What stands above the people."""
    groups = [
        {
            "kind": group.kind,
            "code": group.code,
            "name": str(group.label),
            "people": len(group.ids),
            "testable": bool(group.test),
        }
        for group in missing.groups
    ]
    return {
        "ranked_at": found.ranking.made_at,
        "eligible": found.ranking.eligible,
        "input_digest": found.ranking.input_digest,
        "near_misses": {"total": missing.total, "floor": missing.floor, "missing": groups},
    }


def person_line(explained: ExplainedRow) -> dict[str, Any]:
    """In the shape of `PersonLine`."""
    row, pairing = explained
    return {
        "place": row.place,
        "rank": row.rank,
        "person": str(row.candidate.public_id),
        "country": row.candidate.country_id,
        "score": row.score / SCALE,
        "employer_score": row.employer_score / SCALE,
        "candidate_score": row.candidate_score / SCALE,
        "waiting": row.waiting,
        "waiting_because": row.waiting_reason or None,
        "curated": row.entry.kind if row.entry else None,
        "open": row.open or None,
        "parts": _explained_parts(pairing) if pairing else _bare_parts(row),
        "conditions": [
            {"name": one.label, "met": one.passed, "open": one.open, "words": one.words}
            for one in (pairing.gates if pairing else ())
        ],
        "languages": [
            {
                "language": one.code,
                "needed": one.required,
                "required": one.must,
                "measured": one.measured or None,
                "claimed": one.claimed or None,
            }
            for one in (pairing.ladders if pairing else ())
        ],
    }


def person_whole(explained: ExplainedRow) -> dict[str, Any]:
    """In the shape of `PersonWhole`."""
    changes = explained.pairing.changes if explained.pairing else ()
    return {**person_line(explained), "changes": [_change(line) for line in changes]}


def _change(line: StepLine) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "words": line.words,
        "own": line.own,
        "place": line.place,
        "gain": None if line.gain is None else line.gain / SCALE,
        "remains": line.remains or None,
    }


def _explained_parts(pairing: Pairing) -> list[dict[str, Any]]:
    return [
        {
            "part": part["code"],
            "name": part["label"],
            "value": None if part["value"] is None else part["value"] / SCALE,
            "contribution": part["contribution"] / SCALE,
            "evidence": part["evidence"],
        }
        for part in pairing.parts
    ]


def _bare_parts(row: ShortlistRow) -> list[dict[str, Any]]:
    """Of somebody whose profile changed so much since that no words can be found."""
    labels = {str(part): str(label) for part, label in PART_LABELS.items()}
    return [
        {
            "part": part.part,
            "name": labels[part.part],
            "value": part.fit / SCALE,
            "contribution": part.contribution / SCALE,
            "evidence": "",
        }
        for part in row.parts
    ]
