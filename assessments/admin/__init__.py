"""Assessments in the admin: banks and items, sessions to look into, measurements to record and revoke, rated work, desks."""

from assessments.admin.appeals import AppealAdmin
from assessments.admin.banks import BankAdmin
from assessments.admin.desk import ScenarioAdmin, ScenarioRunAdmin
from assessments.admin.integrity import ConfirmationTestAdmin, IntegrityFlagAdmin
from assessments.admin.items import ItemAdmin
from assessments.admin.measurements import MeasurementAdmin
from assessments.admin.rating import RatingAdmin
from assessments.admin.scorecards import ScorecardAdmin
from assessments.admin.sessions import SessionAdmin
from assessments.admin.task_runs import TaskRunAdmin
from assessments.admin.typing_runs import TypingRunAdmin

__all__ = [
    "AppealAdmin",
    "BankAdmin",
    "ConfirmationTestAdmin",
    "IntegrityFlagAdmin",
    "ItemAdmin",
    "MeasurementAdmin",
    "RatingAdmin",
    "ScenarioAdmin",
    "ScenarioRunAdmin",
    "ScorecardAdmin",
    "SessionAdmin",
    "TaskRunAdmin",
    "TypingRunAdmin",
]
