"""Reads of candidates' profiles."""

from candidates.queries.profile import (
    candidate_of,
    facts_of,
    may_become_candidate,
    own_date,
    progress,
    with_profile_facts,
)

__all__ = ["candidate_of", "facts_of", "may_become_candidate", "own_date", "progress", "with_profile_facts"]
