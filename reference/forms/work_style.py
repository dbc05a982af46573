"""The work-style questionnaire as a form, worded for a person or for a team."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reference.work_style import VERSION, Audience, statements

ANSWERS = [
    (1, _("does not fit at all")),
    (2, _("fits a little")),
    (3, _("fits half")),
    (4, _("fits well")),
    (5, _("fits wholly")),
]


class WorkStyleForm(forms.Form):
    """24 statements answered from 1 to 5, worded for a person or for a team. All of them, or nothing is saved."""

    def __init__(
        self, *args: Any, audience: Audience, answers: Sequence[int] | None = None, **kwargs: Any
    ) -> None:
        asked = statements()
        if answers:
            kwargs["initial"] = {each.code: answer for each, answer in zip(asked, answers, strict=True)}
        super().__init__(*args, **kwargs)
        for statement in asked:
            self.fields[statement.code] = forms.TypedChoiceField(
                label=statement.text(audience), choices=ANSWERS, coerce=int, widget=forms.RadioSelect
            )

    def answers(self) -> list[int]:
        """The cleaned answers in the order in which they are stored."""
        return [self.cleaned_data[statement.code] for statement in statements()]

    @property
    def version(self) -> str:
        """Version of the questionnaire that the answers belong to."""
        return VERSION
