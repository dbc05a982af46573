"""Two ways to decide what somebody handed in: yes, or no with a reason that they are told."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

Words = Any


class DecisionForm(forms.Form):
    """The first of `decisions` says yes, the second no; `reason_help` and `reason_missing` speak about its reason."""

    decisions: ClassVar[tuple[tuple[str, Words], tuple[str, Words]]]
    reason_help: ClassVar[Words]
    reason_missing: ClassVar[Words]

    decision = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = self.decisions  # type: ignore[attr-defined]
        self.fields["reason"].help_text = self.reason_help

    def clean(self) -> dict[str, Any]:
        """A no needs a reason."""
        values = super().clean() or {}
        no, _words = self.decisions[1]
        if values.get("decision") == no and not self.says_why(values):
            self.add_error("reason", self.reason_missing)
        return values

    def says_why(self, values: dict[str, Any]) -> bool:
        """Whether a no comes with its reason."""
        return bool(values.get("reason", "").strip())
