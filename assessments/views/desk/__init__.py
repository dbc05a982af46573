"""Pages of the contact-centre simulator."""

from assessments.views.desk.acts import desk_answer, desk_leave, desk_look_up, desk_open, desk_wait
from assessments.views.desk.measured import desk_measured
from assessments.views.desk.overview import desk_overview, desk_preview, desk_rules, desk_start
from assessments.views.desk.result import desk_result
from assessments.views.desk.run import desk_end, desk_queue, desk_run

__all__ = [
    "desk_answer",
    "desk_end",
    "desk_leave",
    "desk_look_up",
    "desk_measured",
    "desk_open",
    "desk_overview",
    "desk_preview",
    "desk_queue",
    "desk_result",
    "desk_rules",
    "desk_run",
    "desk_start",
    "desk_wait",
]
