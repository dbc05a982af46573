"""Item banks, adaptive sessions and measurements."""

from assessments.models.bank import Bank, Item
from assessments.models.measurement import Measurement
from assessments.models.session import Response, Session

__all__ = ["Bank", "Item", "Measurement", "Response", "Session"]
