"""Saving education, places, markets and experience."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from candidates.actions.change import note_change
from candidates.actions.saving import lock_profile, replace_rows, set_facts
from candidates.content import Background
from candidates.models import Candidate, Experience, MarketServed, PlaceKnown


@transaction.atomic
def save_background(*, candidate: Candidate, background: Background, by: User, now: datetime) -> Candidate:
    """Replace the whole background in one go."""
    candidate = lock_profile(candidate, by)
    changed = [
        set_facts(
            candidate,
            education_level=background.education_level,
            education_field=background.education_field,
        ),
        replace_rows(
            candidate,
            PlaceKnown,
            (
                {"country_id": row.country, "city": row.city, "tie": row.tie, "years": row.years}
                for row in background.places
            ),
        ),
        replace_rows(candidate, MarketServed, ({"country_id": country} for country in background.markets)),
        replace_rows(
            candidate,
            Experience,
            (
                {"sector_id": row.sector, "channel_id": row.channel, "months": row.months}
                for row in background.experience
            ),
        ),
    ]
    if any(changed):
        note_change(candidate=candidate, now=now)
    return candidate
