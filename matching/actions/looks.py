"""Keeping the queue of lists that want a look, and saying that somebody looked."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.models import User
from matching.actions.errors import UnableToCurate
from matching.models import CurationLook, RankingState, VacancyAllocation
from matching.queries.looks import last_look, list_now, lists_now, ranked_facts
from matching.rules.looks import holding, reasons_to_look
from vacancies.models import Vacancy

ROWS = 500


@transaction.atomic
def refresh_looks(*, now: datetime) -> int:
    """Work out anew which lists want a look; returns how many rows changed. Rows of closed vacancies go, with the look.

    Whoever looks at a list meanwhile waits, so that no look is lost.
    """
    lists = lists_now()
    held = {row.pk: row for row in CurationLook.objects.select_for_update().order_by("pk")}
    CurationLook.objects.filter(pk__in=held.keys() - lists.keys()).delete()
    new, changed = [], []
    for vacancy, one in lists.items():
        row = held.get(vacancy)
        reasons = reasons_to_look(one, last_look(row))
        if row is None:
            new.append(CurationLook(vacancy_id=vacancy, reasons=reasons, since=now))
        elif row.reasons != reasons:
            row.reasons, row.since = reasons, (row.since or now) if reasons else None
            changed.append(row)
    CurationLook.objects.bulk_create(new, batch_size=ROWS, ignore_conflicts=True)
    CurationLook.objects.bulk_update(changed, ["reasons", "since"], batch_size=ROWS)
    return len(new) + len(changed)


@transaction.atomic
def note_look(*, vacancy: Vacancy, by: User, now: datetime) -> CurationLook:
    """Somebody looked at the list as it is and leaves it so: it comes back only when it changes. Raises UnableToCurate."""
    facts = ranked_facts(RankingState.objects.filter(vacancy=vacancy)).first()
    if facts is None:
        raise UnableToCurate(_("There is no ranking yet; it is being made."))
    _key, openings, eligible = facts
    shown = VacancyAllocation.objects.filter(vacancy=vacancy).values_list("shown", flat=True).first() or []
    row, _new = CurationLook.objects.select_for_update().get_or_create(
        vacancy=vacancy, defaults={"reasons": ["new"], "since": now}
    )
    waited = list(row.reasons)
    row.shown, row.accepted = shown, sorted(holding(list_now(openings, eligible, shown, _times(shown))))
    row.reasons, row.since, row.looked_at, row.looked_by = [], None, now, by
    row.save()
    if waited:  # pressed twice, it stands in the log once
        audit.record(verb="shortlist.looked_at", target=vacancy, by=by, now=now, reasons=waited)
    return row


def _times(people: list[int]) -> Counter[int]:
    """On how many lists some people are shown."""
    rows = VacancyAllocation.objects.filter(shown__overlap=people).values_list("shown", flat=True)
    return Counter(one for shown in rows for one in shown)
