"""How much a person can keep away from."""

from typing import Final

MOST_EMPLOYERS: Final = 20
"""Employers that one person can keep away from; a condition on more of them is a condition on a sector."""
