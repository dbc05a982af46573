"""Setting cut scores."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.enums import CutMethod
from assessments.models import Bank, CutScores
from assessments.rules.cut_scores import FURTHEST, flaw_of_cuts
from reference.enums import CEFRLevel


class CutScoresForm(forms.Form):
    """A field for the foot of each level, in logits; then how, and by whom."""

    method = forms.ChoiceField(label=gettext_lazy("Method"), choices=CutMethod)
    note = forms.CharField(
        label=gettext_lazy("Who took part, and what was found"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "How many judges, from where, on which day, how far they agreed. Kept with your name."
        ),
    )
    before = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, bank: Bank, newest: CutScores | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bank = bank
        self.fields["before"].initial = newest.pk if newest else None
        names = [level.label for level in CEFRLevel][1:] if bank.language_id else ["2", "3"]
        self.names = [f"cut_{number}" for number in range(len(names))]
        feet = {}
        for name, level, cut in zip(self.names, names, bank.cuts, strict=True):
            feet[name] = forms.FloatField(
                label=_("%(level)s begins at (logits)") % {"level": level},
                initial=cut,
                min_value=-FURTHEST,
                max_value=FURTHEST,
                localize=True,  # a number field would show the point of the browser on a page with commas
                widget=forms.TextInput(attrs={"size": 8, "autocomplete": "off"}),
            )
        self.fields = {**feet, **self.fields}

    def clean(self) -> dict[str, Any]:
        """The cuts rise."""
        values = super().clean() or self.cleaned_data
        if not self.errors and flaw_of_cuts(self.cuts, of_language=bool(self.bank.language_id)):
            self.add_error(self.names[0], _("Each level begins above the one before it."))
        return values

    @property
    def cuts(self) -> list[float]:
        """As they were entered."""
        return [self.cleaned_data[name] for name in self.names]
