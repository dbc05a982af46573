"""Forms about facts, and the questionnaire that several rooms ask."""

from reference.forms.wages import FiguresForm, RecordForm
from reference.forms.work_style import WorkStyleForm

__all__ = ["FiguresForm", "RecordForm", "WorkStyleForm"]
