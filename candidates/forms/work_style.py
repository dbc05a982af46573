"""The work-style questionnaire as a person answers it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy

from candidates.forms.kept import KeptForm
from candidates.forms.scale import ScaleSelect
from candidates.models import Candidate
from reference.work_style import STATEMENTS_A_SCALE, VERSION, statements

ANSWERS = [
    (1, gettext_lazy("not at all")),
    (2, gettext_lazy("a little")),
    (3, gettext_lazy("half")),
    (4, gettext_lazy("mostly")),
    (5, gettext_lazy("fully")),
]


class WorkStyleForm(KeptForm):
    """24 statements; neighbours on the page belong to different scales."""

    version = VERSION

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for statement in statements():
            self.fields[statement.code] = forms.TypedChoiceField(
                label=statement.person_text,
                choices=ANSWERS,
                coerce=int,
                widget=ScaleSelect,
                error_messages={
                    "required": gettext_lazy("Choose one of the five answers."),
                    "invalid_choice": gettext_lazy("Choose one of the five answers."),
                },
            )

    def parts(self) -> list[list[BoundField]]:
        """Three parts for the page, each with one statement of every scale."""
        asked = [self[statement.code] for statement in statements()]
        return [asked[part::STATEMENTS_A_SCALE] for part in range(STATEMENTS_A_SCALE)]

    def answers(self) -> list[int]:
        """The cleaned answers in the order that they are stored in."""
        return [self.cleaned_data[statement.code] for statement in statements()]


def stored_work_style(candidate: Candidate) -> dict[str, int]:
    """What the form starts with; answers to another version of the statements are not carried over."""
    answers: Sequence[int] = candidate.work_style or []
    if candidate.work_style_version != VERSION or len(answers) != len(statements()):
        return {}
    return {statement.code: answer for statement, answer in zip(statements(), answers, strict=True)}
