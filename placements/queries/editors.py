"""Who answers for an employer."""

from accounts.models import User
from employers.access import EDITORS
from employers.models import Employer
from placements.enums import Side
from placements.models import Application


def editors_of(employer: Employer) -> list[User]:
    """Everybody who may act for the employer, the longest member first; one query."""
    rows = employer.memberships.filter(role__in=EDITORS, user__is_active=True)
    return [row.user for row in rows.select_related("user__identity").order_by("since", "pk")]


def who_answers(application: Application) -> list[User]:
    """Whoever acted for the employer last on this application, else whoever made the vacancy, else every editor.

    Only people who still may act for it. Two queries.
    """
    editors = editors_of(application.employer)
    acted = application.log.filter(side=Side.EMPLOYER, by__isnull=False).order_by("-pk")
    last = acted.values_list("by", flat=True).first()
    for key in (last, application.vacancy.created_by_id):
        if found := [editor for editor in editors if editor.pk == key]:
            return found
    return editors
