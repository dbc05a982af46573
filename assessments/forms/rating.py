"""Forms of the administration for raters: one rating, handing work back, who rates."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assessments.models import RatedTask, Rater
from assessments.rules.rating import MOST_WORDS_CHARACTERS
from assessments.rules.rubrics import Rubric
from reference.enums import CEFRLevel
from reference.models import Language


class RatingForm(forms.Form):
    """A level for each criterion, chosen by its anchors, and words to the person; the action checks the rest."""

    def __init__(self, *args: Any, rubric: Rubric, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rubric = rubric
        for criterion in rubric.criteria:
            self.fields[criterion.code] = forms.TypedChoiceField(
                label=str(criterion.name),
                help_text=str(criterion.question),
                choices=[(level.value, f"{level.label}: {criterion.anchor(level)}") for level in CEFRLevel],
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose a level from A1 to C2.")},
            )
        self.fields["words"] = forms.CharField(
            label=_("To the person"),
            help_text=_(
                "A sentence or two: what works, and what to do next. The person reads it, without your name."
            ),
            max_length=MOST_WORDS_CHARACTERS,
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    @property
    def levels(self) -> dict[str, int]:
        """The levels by criterion."""
        return {criterion.code: self.cleaned_data[criterion.code] for criterion in self.rubric.criteria}


class HandBackForm(forms.Form):
    """Why work goes to somebody else."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=200,
        help_text=_("You know who it is, or cannot judge it. It goes to somebody else, and not back to you."),
    )


class RaterForm(forms.ModelForm):
    """Who of the staff rates, and in which languages."""

    class Meta:
        model = Rater
        fields = ["user", "languages", "active"]
        widgets: ClassVar = {"languages": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rated = RatedTask.objects.values("language")
        self.fields["languages"].queryset = Language.objects.filter(pk__in=rated)  # type: ignore[attr-defined]
        if "user" in self.fields:
            self.fields["user"].queryset = User.objects.filter(is_staff=True, is_active=True)  # type: ignore[attr-defined]
