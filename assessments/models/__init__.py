"""Item banks, adaptive sessions and measurements."""

from assessments.models.bank import Bank, Item
from assessments.models.desk import RunEvent, Scenario, ScenarioRun, ScenarioVersion
from assessments.models.measurement import Measurement
from assessments.models.session import Response, Session

__all__ = [
    "Bank",
    "Item",
    "Measurement",
    "Response",
    "RunEvent",
    "Scenario",
    "ScenarioRun",
    "ScenarioVersion",
    "Session",
]
