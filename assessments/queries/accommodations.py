"""What a person needs in tests."""

from assessments.models import Accommodation
from assessments.rules.accommodations import Accommodations, time_factor
from candidates.models import Candidate


def accommodation_row(candidate: Candidate) -> Accommodation | None:
    """What the person recorded, as it stands."""
    return Accommodation.objects.filter(candidate=candidate).first()


def accommodations_of(candidate: Candidate) -> Accommodations:
    """What holds in every test of the person; the defaults where they recorded nothing. One query."""
    return in_force(accommodation_row(candidate))


def in_force(row: Accommodation | None) -> Accommodations:
    """The same from a row that is at hand."""
    if row is None:
        return Accommodations()
    return Accommodations(
        time_factor=time_factor(row.extra_time, row.no_time_limit),
        screen_reader=row.screen_reader,
        larger_type=row.larger_type,
    )
