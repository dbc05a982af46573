"""Scenarios: loading them from their files, and editing one in the administration."""

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Max

from accounts.actions.audit import record
from accounts.models import User
from assessments.models import Scenario, ScenarioVersion
from assessments.rules.scenario_sheet import ScenarioError, read_script
from reference.models import Language

HEADS = "scenarios.json"
HEAD_FIELDS = {"code": str, "language": str, "measured": bool, "valid_months": int}


class ScenarioFileError(ValueError):
    """A file of scenarios cannot be used; the message names file, line and reason."""


class UnableToRevise(Exception):
    """Somebody made a newer version in the meantime."""


class Loaded(NamedTuple):
    """What loading one scenario did."""

    scenario: str
    version: int
    new: bool


@transaction.atomic
def load_scenarios(*, folder: Path, now: datetime) -> list[Loaded]:
    """Load every scenario that `scenarios.json` of the folder names, each from its own file. All or nothing.

    A content that was loaded before changes nothing, so that an edit made by staff stays. Raises ScenarioFileError.
    """
    try:
        heads = json.loads((folder / HEADS).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ScenarioFileError(f"{HEADS}: {error}") from error
    if not isinstance(heads, list):
        raise ScenarioFileError(f"{HEADS}: must hold a list of scenarios")
    return [_load(_head(head, number), folder, now) for number, head in enumerate(heads, start=1)]


def _head(head: object, number: int) -> dict[str, Any]:
    if not isinstance(head, dict) or head.keys() != HEAD_FIELDS.keys():
        raise ScenarioFileError(f"{HEADS}: entry {number}: must have {', '.join(HEAD_FIELDS)}")
    for name, kind in HEAD_FIELDS.items():
        if type(head[name]) is not kind:
            raise ScenarioFileError(f"{HEADS}: entry {number}: {name} is of the wrong type")
    if not Language.objects.filter(pk=head["language"]).exists():
        raise ScenarioFileError(f"{HEADS}: entry {number}: language {head['language']!r} is not on file")
    return head


def _load(head: dict[str, Any], folder: Path, now: datetime) -> Loaded:
    file = f"{head['code']}.json"
    try:
        content = (folder / file).read_text(encoding="utf-8")
        read_script(content)
    except (OSError, UnicodeDecodeError, ScenarioError) as error:
        raise ScenarioFileError(f"{file}: {error}") from error
    facts = {
        "language_id": head["language"],
        "measured": head["measured"],
        "valid_months": head["valid_months"],
    }
    scenario, _made = Scenario.objects.update_or_create(code=head["code"], defaults=facts)
    known = scenario.versions.filter(digest=digest_of(content)).first()
    if known:
        return Loaded(scenario.code, known.number, new=False)
    return Loaded(scenario.code, _add_version(scenario, content, None, now).number, new=True)


@transaction.atomic
def add_scenario(
    *,
    code: str,
    language: Language,
    measured: bool,
    valid_months: int,
    content: str,
    live: bool,
    by: User,
    now: datetime,
) -> Scenario:
    """A new scenario with its first version. Raises ScenarioError."""
    read_script(content)
    scenario = Scenario.objects.create(
        code=code, language=language, measured=measured, valid_months=valid_months, live=live
    )
    version = _add_version(scenario, content, by, now)
    record(verb="scenario.added", target=scenario, by=by, now=now, version=version.number, live=live)
    return scenario


@transaction.atomic
def revise_scenario(
    *, scenario: Scenario, content: str, based_on: int, live: bool, by: User, now: datetime
) -> ScenarioVersion:
    """Make the next version from an edit of version `based_on`; runs keep theirs. Raises ScenarioError, UnableToRevise."""
    read_script(content)
    scenario = Scenario.objects.select_for_update().get(pk=scenario.pk)
    newest = scenario.versions.first()
    if newest is None or newest.number != based_on:
        raise UnableToRevise
    if live != scenario.live:
        Scenario.objects.filter(pk=scenario.pk).update(live=live)
    version = newest if newest.content == content else _add_version(scenario, content, by, now)
    record(
        verb="scenario.revised",
        target=scenario,
        by=by,
        now=now,
        version=version.number,
        live=live,
    )
    return version


def _add_version(scenario: Scenario, content: str, by: User | None, now: datetime) -> ScenarioVersion:
    last = scenario.versions.aggregate(last=Max("number"))["last"] or 0
    return ScenarioVersion.objects.create(
        scenario=scenario,
        number=last + 1,
        content=content,
        digest=digest_of(content),
        made_at=now,
        made_by=by,
    )


def digest_of(content: str) -> str:
    """SHA-256 of a content, as 64 hexadecimal digits."""
    return hashlib.sha256(content.encode()).hexdigest()
