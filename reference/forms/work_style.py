"""The work-style questionnaire as a form, worded for a person or for a team."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.widgets import ScaleSelect
from reference.work_style import VERSION, Audience, statements

ANSWERS = [
    (1, _("not at all")),
    (2, _("a little")),
    (3, _("half")),
    (4, _("mostly")),
    (5, _("fully")),
]
"""Short words, for cells side by side."""


class WorkStyleForm(forms.Form):
    """24 statements answered from 1 to 5, worded for a person or for a team. All of them, or nothing is saved.

    `answers` are those given before, to whichever `version`; answers to another version are not carried over.
    """

    version = VERSION

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        audience: Audience,
        answers: Sequence[int] | None = None,
        answered_version: str = VERSION,
        **kwargs: Any,
    ) -> None:
        asked = statements()
        if answers and answered_version == self.version:
            kwargs["initial"] = {each.code: answer for each, answer in zip(asked, answers, strict=True)}
        super().__init__(data, **kwargs)
        for statement in asked:
            self.fields[statement.code] = forms.TypedChoiceField(
                label=statement.text(audience),
                choices=ANSWERS,
                coerce=int,
                widget=ScaleSelect,
                error_messages=dict.fromkeys(
                    ("required", "invalid_choice"), _("Choose one of the five answers.")
                ),
            )

    def answers(self) -> list[int]:
        """The cleaned answers in the order in which they are stored."""
        return [self.cleaned_data[statement.code] for statement in statements()]
