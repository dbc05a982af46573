"""Setting where the levels of a bank begin."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from assessments.enums import CutMethod
from assessments.models import Bank, CutScores
from assessments.rules.cut_scores import flaw_of_cuts

FROM_FILE = "As the bank's file has them."


class UnableToSetCuts(Exception):
    """The cuts are not possible, nothing says how they were found, or somebody set others in between."""


@transaction.atomic
def set_cut_scores(
    *, bank: Bank, cuts: Sequence[float], method: str, note: str, before: int | None, by: User, now: datetime
) -> CutScores:
    """Append cut scores, which hold for sessions that start from now on. Measurements keep the level that they have.

    `before` is the key of the row that the person had before them. Raises UnableToSetCuts.
    """
    Bank.objects.select_for_update(no_key=True).get(pk=bank.pk)
    newest = CutScores.objects.filter(bank=bank).first()
    flaw = flaw_of_cuts(cuts, of_language=bank.language_id is not None)
    if flaw or not note.strip() or method not in CutMethod.values:
        raise UnableToSetCuts(flaw)
    if (newest.pk if newest else None) != before:
        raise UnableToSetCuts("somebody set others in between")
    return _append(bank, cuts, method, note.strip(), by, now)


def keep_cuts_of_file(*, bank: Bank, cuts: Sequence[float], now: datetime) -> CutScores | None:
    """Append the cuts of a bank's file where the file changed; what people set stands as long as it does not.

    The caller is in a transaction.
    """
    last = CutScores.objects.filter(bank=bank, set_by=None).first()
    if last and list(last.cuts) == list(cuts):
        return None
    return _append(bank, cuts, CutMethod.CONVENTION, FROM_FILE, None, now)


def _append(
    bank: Bank, cuts: Sequence[float], method: str, note: str, by: User | None, now: datetime
) -> CutScores:
    row = CutScores.objects.create(
        bank=bank, cuts=list(cuts), method=method, note=note, set_by=by, set_at=now
    )
    bank.cuts = list(cuts)
    bank.save(update_fields=["cuts"])
    return row
