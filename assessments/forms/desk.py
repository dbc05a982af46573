"""The answer at the desk: an action, and a reply put together from choices."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.actions.desk.acts import Reply
from assessments.engine.desk.reply import choice_order, greeted
from assessments.engine.desk.script import SLOTS, Choice, Phrase, Script
from assessments.engine.desk.timeline import Line

MOST_NOTE_CHARACTERS = 1000
DRAFTED = ("action", "order", *SLOTS, "note")


class DeskAnswerForm(forms.Form):
    """What to do and what to write about the message that waits.

    Values are codes, and for the lines places on the page: a script may list its best line first, so its own order stays here.
    """

    action = forms.ChoiceField(label=_("What you do"), error_messages={"required": _("Choose what you do.")})
    order = forms.ChoiceField(
        label=_("Which order"),
        required=False,
        help_text=_("Only for what is done to an order."),
    )
    opening = forms.ChoiceField(
        label=_("First line"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the reply begins.")},
    )
    care = forms.ChoiceField(
        label=_("A word to the person"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a word to the person.")},
    )
    substance = forms.ChoiceField(
        label=_("What you tell them"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you tell them.")},
    )
    closing = forms.ChoiceField(
        label=_("Last line"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the reply ends.")},
    )
    note = forms.CharField(
        label=_("A note for yourself"),
        required=False,
        max_length=MOST_NOTE_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Nobody scores it."),
    )

    def __init__(
        self, *args: Any, script: Script, line: Line, seed: int, language: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.script, contact, turn = script, line.contact, line.current()
        place = (seed, contact.code, line.turn())
        self.shown: dict[str, dict[str, int]] = {}

        def shuffled(slot: str, choices: tuple[Choice, ...]) -> list[tuple[str, str]]:
            order = choice_order(*place, slot, len(choices))
            self.shown[slot] = {line_at(at): index for at, index in enumerate(order)}
            return [(value, choices[index].text) for value, index in self.shown[slot].items()]

        def phrases(known: Mapping[str, Phrase]) -> list[tuple[str, str]]:
            return [(phrase.code, greeted(phrase.text, contact)) for phrase in known.values()]

        choices: dict[str, list[tuple[str, Any]]] = {
            "action": [("", _("Choose …")), *((one.code, one.label) for one in script.actions.values())],
            "order": [
                ("", _("None")),
                *((order.number, self._order_label(order.number)) for order in _newest(script)),
            ],
            "opening": phrases(script.openings),
            "care": shuffled("care", turn.care),
            "substance": shuffled("substance", turn.substance),
            "closing": phrases(script.closings),
        }
        if language:
            self.fields["action"].widget.attrs["lang"] = language
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]

    def slots(self) -> list[forms.BoundField]:
        """The parts of the reply, in the order in which they are written."""
        return [self[name] for name in SLOTS]

    def _order_label(self, number: str) -> str:
        return f"{number} · {self.script.customers[self.script.orders[number].customer].name}"

    def clean(self) -> dict[str, Any]:
        """An action on an order names the order."""
        values = super().clean() or self.cleaned_data
        action = self.script.actions.get(values.get("action", ""))
        if action and action.on_order and not values.get("order"):
            self.add_error("order", _("Choose the order that this is done to."))
        return values

    def reply(self) -> Reply:
        """The answer as the action takes it."""
        values = self.cleaned_data
        return Reply(
            action=values["action"],
            order=values["order"],
            opening=values["opening"],
            care=self.shown["care"][values["care"]],
            substance=self.shown["substance"][values["substance"]],
            closing=values["closing"],
            note=values["note"],
        )


def line_at(place: int) -> str:
    """The value of the line that stands at a place on the page (from 0); no bare number, as pages of before sent."""
    return f"line-{place + 1}"


def _newest(script: Script) -> list[Any]:
    return sorted(script.orders.values(), key=lambda order: order.number, reverse=True)


def draft_of(data: Mapping[str, str]) -> dict[str, str]:
    """What of a sent form is kept as a draft, each value cut to a sane length."""
    return {name: data[name].replace("\0", "")[:MOST_NOTE_CHARACTERS] for name in DRAFTED if data.get(name)}
