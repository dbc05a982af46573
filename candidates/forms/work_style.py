"""The work-style questionnaire as a person answers it."""

from collections.abc import Mapping
from typing import Any

from django.forms.boundfield import BoundField

from candidates.forms.kept import KeptForm
from candidates.models import Candidate, WorkStyleDraft
from reference.forms import WorkStyleForm
from reference.work_style import STATEMENTS_A_SCALE, VERSION, statements


class PersonWorkStyleForm(KeptForm, WorkStyleForm):
    """Neighbours on the page belong to different scales."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        candidate: Candidate,
        begun: Mapping[str, int] | None = None,
        draft: bool = False,
    ) -> None:
        super().__init__(
            data,
            audience="person",
            answers=candidate.work_style,
            answered_version=candidate.work_style_version,
            draft=draft,
        )
        self.initial = {**self.initial, **(begun or {})}

    @property
    def unfinished(self) -> bool:
        """Whether nothing is wrong with it but that statements are not answered yet."""
        found = self.errors.as_data().values()
        return bool(found) and all(error.code == "required" for errors in found for error in errors)

    def parts(self) -> list[list[BoundField]]:
        """Three parts for the page, each with one statement of every scale."""
        asked = [self[statement.code] for statement in statements()]
        return [asked[part::STATEMENTS_A_SCALE] for part in range(STATEMENTS_A_SCALE)]


def begun_work_style(candidate: Candidate) -> dict[str, int]:
    """The answers of somebody who stopped half-way, to today's statements."""
    draft = WorkStyleDraft.objects.filter(candidate=candidate, version=VERSION).first()
    return draft.answers if draft else {}
