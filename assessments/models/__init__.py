"""Item banks, adaptive sessions, rated work and measurements."""

from assessments.models.accommodation import Accommodation
from assessments.models.bank import Bank, Item, ItemLog
from assessments.models.calibration import CalibrationRun
from assessments.models.cut_scores import CutScores
from assessments.models.desk import RunEvent, Scenario, ScenarioRun, ScenarioVersion
from assessments.models.integrity import ConfirmationTest, IntegrityFlag
from assessments.models.measurement import Measurement
from assessments.models.media import ItemMedia, ItemPackage
from assessments.models.rated import Appeal, RatedTask, Rater, Rating, Reply, Work
from assessments.models.recording import EquipmentCheck, Recording
from assessments.models.scorecard import Scorecard, ScorecardRating
from assessments.models.session import Response, Session
from assessments.models.task_run import TaskAnswer, TaskRun
from assessments.models.typing_run import TypingRun

__all__ = [
    "Accommodation",
    "Appeal",
    "Bank",
    "CalibrationRun",
    "ConfirmationTest",
    "CutScores",
    "EquipmentCheck",
    "IntegrityFlag",
    "Item",
    "ItemLog",
    "ItemMedia",
    "ItemPackage",
    "Measurement",
    "RatedTask",
    "Rater",
    "Rating",
    "Recording",
    "Reply",
    "Response",
    "RunEvent",
    "Scenario",
    "ScenarioRun",
    "ScenarioVersion",
    "Scorecard",
    "ScorecardRating",
    "Session",
    "TaskAnswer",
    "TaskRun",
    "TypingRun",
    "Work",
]
