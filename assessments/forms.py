"""The one form of a test: an answer to one item."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import Item


class AnswerForm(forms.Form):
    """One choice among the options in the order in which they are shown; nothing in it tells the key."""

    answer = forms.TypedChoiceField(
        label=_("Your answer"),
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the answers."),
            "invalid_choice": _("That is not one of the answers. Choose one of them."),
        },
    )

    def __init__(self, *args: Any, item: Item, order: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order = order
        self.fields["answer"].choices = [  # type: ignore[attr-defined]
            (place, item.options[index]) for place, index in enumerate(order)
        ]

    @property
    def given(self) -> int:
        """The chosen option as the item's own index."""
        return self.order[self.cleaned_data["answer"]]
