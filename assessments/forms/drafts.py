"""Writing an item, and moving it on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from assessments.enums import ItemState
from assessments.models import Bank, Item
from assessments.rules.draft_sheet import DraftError, form_values_of, kept_content, sheet_of
from reference.enums import CEFRLevel

LEVELS = [
    ("", "---------"),
    (gettext_lazy("of a language"), [(level.name, level.label) for level in CEFRLevel]),
    (gettext_lazy("of a skill"), [(number, number) for number in ("1", "2", "3")]),
]


def _text(label: Any, help_text: Any = "", rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=8_000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class DraftForm(forms.ModelForm):
    """An item of any kind. After validation `sheet` is the item as the rules of bank files read it."""

    level_code = forms.ChoiceField(label=gettext_lazy("Level"), choices=LEVELS)
    options_text = _text(
        gettext_lazy("Options"),
        gettext_lazy(
            "One a line. For choices in the text: a line for each gap, with | between its options. "
            "For words typed in: leave it empty."
        ),
    )
    rows_text = _text(gettext_lazy("Rows to match"), gettext_lazy("Only for matching: one a line."), 3)
    answer_text = _text(
        gettext_lazy("Right answer"),
        gettext_lazy(
            "The number of the right option, counted from 1. Several choices: all their numbers. Choices in the text and "
            "matching: a number for each gap or row. Order: the numbers in their right order. Words typed in: a line for "
            "each gap, with | between the texts that are accepted."
        ),
        2,
    )
    why_text = _text(
        gettext_lazy("Why each option is right or wrong"),
        gettext_lazy("If you like: one line for each option."),
    )
    credits_text = forms.CharField(
        label=gettext_lazy("Credits"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "Only for one choice with partial credit: what each option earns, as 0, 3, 1, 2."
        ),
    )
    steps_text = forms.CharField(
        label=gettext_lazy("Steps of partial credit"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "Offsets from the difficulty in logits, one a credit, which add up to 0. Empty: right or wrong."
        ),
    )
    choose = forms.BooleanField(label=gettext_lazy("Several choices: say how many"), required=False)
    once = forms.BooleanField(label=gettext_lazy("Matching: each option once at most"), required=False)
    case = forms.BooleanField(label=gettext_lazy("Words typed in: capitals count"), required=False)
    accents = forms.BooleanField(label=gettext_lazy("Words typed in: accents count"), required=False)
    source = forms.CharField(
        label=gettext_lazy("Where the fact can be checked"), required=False, max_length=500
    )
    scale = forms.CharField(label=gettext_lazy("Scale of the descriptor"), max_length=120)
    can_do = forms.CharField(
        label=gettext_lazy("What a person can do"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    edition = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Item
        fields = ["bank", "code", "interaction", "skill", "topic", "text", "prompt", "rationale", "a", "b"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        item = kwargs.get("instance")
        if item is not None and item.pk:
            kwargs["initial"] = {
                **form_values_of(item),
                "edition": item.edition,
                **kwargs.get("initial", {}),
            }
        super().__init__(*args, **kwargs)
        self.fields["bank"].queryset = Bank.objects.order_by("name")  # type: ignore[attr-defined]
        if item is not None and item.pk:
            self.fields["bank"].disabled = self.fields["code"].disabled = True

    def clean(self) -> dict[str, Any]:
        """The rules of bank files, each said at its field where there is one."""
        values = super().clean() or self.cleaned_data
        if self.errors:
            return values
        kept = kept_content(self.instance) if self.instance.pk else {}
        try:
            self.sheet = sheet_of(values, kind=values["bank"].kind, kept=kept)
        except DraftError as error:
            self.add_error(error.field, error.text)
        return values


class MoveForm(forms.Form):
    """Where an item goes, and why."""

    to = forms.ChoiceField(label=gettext_lazy("Move it to"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Kept in the item's log, with your name."),
    )
    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, moves: list[str], edition: int, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"edition": edition}})
        self.fields["to"].choices = [(to, MOVE_WORDS[ItemState(to)]) for to in moves]  # type: ignore[attr-defined]


MOVE_WORDS = {
    ItemState.DRAFT: gettext_lazy("Back to draft"),
    ItemState.REVIEWED: gettext_lazy("Reviewed: I have tried to prove it wrong, and it stands"),
    ItemState.PILOT: gettext_lazy("Try it out: it is given in tests and does not count"),
    ItemState.LIVE: gettext_lazy("Live: it counts from now on"),
    ItemState.RETIRED: gettext_lazy("Retire it: it is given to nobody any more"),
}
