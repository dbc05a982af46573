"""How a team likes to work, as a form."""

from django.http import QueryDict

from employers.models import Employer
from reference.forms import WorkStyleForm


class TeamWorkStyleForm(WorkStyleForm):
    """The questionnaire worded for a team."""

    def __init__(self, data: QueryDict | None = None, *, employer: Employer) -> None:
        super().__init__(
            data,
            audience="team",
            answers=employer.work_style,
            answered_version=employer.work_style_version,
        )
