"""Pages of the tasks at the computer."""

from assessments.views.computer_tasks.result import tasks_result
from assessments.views.computer_tasks.run import tasks_practice, tasks_run
from assessments.views.computer_tasks.start import tasks_start

__all__ = ["tasks_practice", "tasks_result", "tasks_run", "tasks_start"]
