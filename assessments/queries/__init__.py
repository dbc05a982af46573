"""Reads of assessments."""

from assessments.queries.accommodations import accommodations_of
from assessments.queries.banks import (
    BankParameters,
    Measurable,
    bank_parameters,
    item_parameters,
    language_cuts,
    live_banks,
    measurable,
)
from assessments.queries.measurements import current_measurements
from assessments.queries.sessions import given_items, given_lately, open_session, retake_day, seen_item_ids

__all__ = [
    "BankParameters",
    "Measurable",
    "accommodations_of",
    "bank_parameters",
    "current_measurements",
    "given_items",
    "given_lately",
    "item_parameters",
    "language_cuts",
    "live_banks",
    "measurable",
    "open_session",
    "retake_day",
    "seen_item_ids",
]
