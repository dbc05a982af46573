"""Pages of the typing test."""

from assessments.views.typing_test.result import typing_result
from assessments.views.typing_test.run import typing_leave, typing_report, typing_run
from assessments.views.typing_test.start import typing_start

__all__ = ["typing_leave", "typing_report", "typing_result", "typing_run", "typing_start"]
