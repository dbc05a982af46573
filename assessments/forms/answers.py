"""An answer to one item, one form a kind of question. Nothing in a form tells the key.

What can be shown in any order is shown in the order of the session; the values sent are places on the page.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.engine.selection import option_order, shuffled
from assessments.enums import Interaction
from assessments.models import Item
from assessments.rules.interactions import GAP, LONGEST_TYPED


class Piece(NamedTuple):
    """A piece of running text and the field of the gap that follows it; the last piece has none."""

    text: str
    field: forms.BoundField | None


class AnswerForm(forms.Form):
    """What all kinds share. `seed` and `position` fix the order of one session; without a seed things stand as written.

    After validation `given` is the answer in the item's own indices (`assessments.rules.interactions`).
    """

    template: ClassVar[str]

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        item: Item,
        seed: int | None = None,
        position: int = 1,
    ) -> None:
        super().__init__(data)
        self.item, self.seed, self.position = item, seed, position
        self.build()

    def build(self) -> None:
        """Add the fields of the item."""
        raise NotImplementedError

    @property
    def given(self) -> Any:
        """The answer in the item's own indices."""
        raise NotImplementedError

    def order(self, options: Sequence[str], part: int = 0, *, natural: bool = True) -> tuple[int, ...]:
        """Order in which the options of a part are shown; `natural`: prices, times and days stay as they are."""
        if self.seed is None:
            return tuple(range(len(options)))
        if natural:
            return option_order(self.seed, self.position, options, part)
        return shuffled(self.seed, self.position, len(options), part)

    def parts(self, name: str, count: int) -> list[Any]:
        """Cleaned values of the fields name_0 to name_(count - 1)."""
        return [self.cleaned_data[f"{name}_{number}"] for number in range(count)]


def _shown(options: Sequence[str], order: Sequence[int]) -> list[tuple[int, str]]:
    return [(place, options[index]) for place, index in enumerate(order)]


class ChoiceForm(AnswerForm):
    """One choice among the options."""

    template = "assessments/_answer_options.html"
    answer = forms.TypedChoiceField(
        label=gettext_lazy("Your answer"),
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose one of the answers."),
            "invalid_choice": gettext_lazy("That is not one of the answers. Choose one of them."),
        },
    )

    def build(self) -> None:
        """Options in the order of the session."""
        self.shown = self.order(self.item.options)
        self.fields["answer"].choices = _shown(self.item.options, self.shown)  # type: ignore[attr-defined]

    @property
    def given(self) -> int:
        """The chosen option."""
        return self.shown[self.cleaned_data["answer"]]


class MultipleChoiceForm(AnswerForm):
    """Several choices; as many as the item says, where it says so."""

    template = "assessments/_answer_options.html"
    answer = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Your answers"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose at least one of the answers."),
            "invalid_choice": gettext_lazy("That is not one of the answers. Choose among them."),
            "invalid_list": gettext_lazy("That is not one of the answers. Choose among them."),
        },
    )

    def build(self) -> None:
        """Options in the order of the session, and how many to choose."""
        self.shown = self.order(self.item.options)
        self.wanted: int | None = self.item.content.get("choose")
        field = self.fields["answer"]
        field.choices = _shown(self.item.options, self.shown)  # type: ignore[attr-defined]
        field.help_text = (
            _("Choose exactly %(n)s.") % {"n": self.wanted}
            if self.wanted
            else _("Choose all that are right; there may be one or several.")
        )

    def clean_answer(self) -> list[int]:
        """Every option once, and as many as are wanted."""
        chosen = sorted(set(self.cleaned_data["answer"]))
        if self.wanted and len(chosen) != self.wanted:
            words = _("You chose %(chosen)s. Choose exactly %(n)s.")
            raise forms.ValidationError(words % {"chosen": len(chosen), "n": self.wanted})
        return chosen

    @property
    def given(self) -> list[int]:
        """The chosen options, rising."""
        return sorted(self.shown[place] for place in self.cleaned_data["answer"])


class _GapForm(AnswerForm):
    """Fields that stand in the gaps of the prompt."""

    template = "assessments/_answer_gaps.html"

    @property
    def gaps(self) -> int:
        """How many gaps there are; a prompt without one is answered below it."""
        return len(self.item.key)

    @property
    def in_the_text(self) -> bool:
        """Whether the fields stand in the prompt."""
        return GAP in self.item.prompt

    def pieces(self) -> Iterator[Piece]:
        """The prompt with its fields in their places."""
        texts = self.item.prompt.split(GAP)
        for number, text in enumerate(texts):
            yield Piece(text, self[f"gap_{number}"] if number + 1 < len(texts) else None)

    def gap_label(self, number: int) -> str:
        """What a screen reader says at a gap."""
        if not self.in_the_text:
            return _("Your answer")
        return _("Gap %(n)s of %(of)s") % {"n": number + 1, "of": self.gaps}


class TextEntryForm(_GapForm):
    """Words typed into the gaps."""

    def build(self) -> None:
        """A short field for each gap, without a keyboard's help."""
        for number in range(self.gaps):
            self.fields[f"gap_{number}"] = forms.CharField(
                label=self.gap_label(number),
                max_length=LONGEST_TYPED,
                widget=forms.TextInput(
                    attrs={
                        "autocomplete": "off",
                        "autocapitalize": "none",
                        "autocorrect": "off",
                        "spellcheck": "false",
                        "size": "16",
                        "aria-label": self.gap_label(number),
                    }
                ),
                error_messages={
                    "required": _("Type your answer here."),
                    "max_length": _("Keep it under %(limit_value)s characters."),
                },
            )

    @property
    def given(self) -> list[str]:
        """What was typed, gap by gap."""
        return self.parts("gap", self.gaps)


class InlineChoiceForm(_GapForm):
    """A choice for each gap."""

    def build(self) -> None:
        """A list for each gap, in the order of the session."""
        self.shown = [self.order(options, part) for part, options in enumerate(self.item.options)]
        for number, (options, order) in enumerate(zip(self.item.options, self.shown, strict=True)):
            self.fields[f"gap_{number}"] = _select(
                self.gap_label(number),
                _shown(options, order),
                attrs={"aria-label": self.gap_label(number)},
            )

    @property
    def given(self) -> list[int]:
        """The chosen option of each gap."""
        chosen = zip(self.shown, self.parts("gap", self.gaps), strict=True)
        return [order[place] for order, place in chosen]


class OrderForm(AnswerForm):
    """A place for every line. The lines are always shuffled, whatever they say."""

    template = "assessments/_answer_rows.html"

    def build(self) -> None:
        """A list of places beside each line."""
        options = self.item.options
        self.shown = self.order(options, natural=False)
        places = [(place, str(place)) for place in range(1, len(options) + 1)]
        for number, index in enumerate(self.shown):
            self.fields[f"line_{number}"] = _select(
                options[index], places, required=_("Choose a place for this line.")
            )

    def clean(self) -> dict[str, Any]:
        """Every place once."""
        _once(self, "line", _("Place %(what)s is taken twice. Give every line a place of its own."))
        return self.cleaned_data

    @property
    def given(self) -> list[int]:
        """The lines in the order of their places."""
        places = self.parts("line", len(self.shown))
        return [index for _place, index in sorted(zip(places, self.shown, strict=True))]


class MatchForm(AnswerForm):
    """An option for every row."""

    template = "assessments/_answer_rows.html"

    def build(self) -> None:
        """A list of the options beside each row; rows and options in the order of the session."""
        rows, options = self.item.content["rows"], self.item.options
        self.rows, self.shown = self.order(rows, 1), self.order(options)
        for number, index in enumerate(self.rows):
            self.fields[f"row_{number}"] = _select(rows[index], _shown(options, self.shown))

    def clean(self) -> dict[str, Any]:
        """Where the item says so, every option once."""
        if self.item.content.get("once"):
            _once(self, "row", _("This answer is used twice. Use every answer once at most."))
        return self.cleaned_data

    @property
    def given(self) -> list[int]:
        """The chosen option of each row, in the order of the item."""
        chosen = dict(zip(self.rows, self.parts("row", len(self.rows)), strict=True))
        return [self.shown[chosen[row]] for row in range(len(self.rows))]


def _select(
    label: str, choices: list[tuple[int, str]], attrs: dict[str, str] | None = None, required: str = ""
) -> forms.TypedChoiceField:
    """A list that begins with no choice."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("", _("Choose …")), *choices],
        coerce=int,
        widget=forms.Select(attrs=attrs),
        error_messages={
            "required": required or _("Choose an answer here."),
            "invalid_choice": _("That is not one of the answers. Choose one of them."),
        },
    )


def _once(form: AnswerForm, name: str, words: str) -> None:
    """An error at every field whose value another one had before."""
    seen: set[int] = set()
    for field, value in list(form.cleaned_data.items()):
        if field.startswith(f"{name}_") and value in seen:
            form.add_error(field, words % {"what": value} if "%(what)s" in words else words)
        seen.add(value)


FORMS: Mapping[str, type[AnswerForm]] = {
    Interaction.CHOICE: ChoiceForm,
    Interaction.MULTIPLE_CHOICE: MultipleChoiceForm,
    Interaction.TEXT_ENTRY: TextEntryForm,
    Interaction.INLINE_CHOICE: InlineChoiceForm,
    Interaction.ORDER: OrderForm,
    Interaction.MATCH: MatchForm,
}


def answer_form(
    item: Item, data: Mapping[str, Any] | None = None, *, seed: int | None = None, position: int = 1
) -> AnswerForm:
    """The form of an item, as it is shown at that position of the session with that seed."""
    return FORMS[item.interaction](data, item=item, seed=seed, position=position)
