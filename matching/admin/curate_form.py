"""One act on one person's place, as it is typed on the curation screen."""

from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from candidates.models import Candidate
from matching.actions import shortlist as acts
from matching.actions.errors import UnableToCurate
from matching.queries.outside import Unsuitable, person_called
from matching.queries.shortlist import shortlist_of
from matching.rules.overlay import LAST_PLACE
from vacancies.models import Vacancy

CHOSEN = {
    "pin": gettext_lazy("pin to the top"),
    "move": gettext_lazy("move to a place"),
    "hide": gettext_lazy("hide"),
    "note": gettext_lazy("only note something"),
}
"""What is chosen beside a person on the list."""
PRESSED = {
    "add": gettext_lazy("Add"),
    "undo": gettext_lazy("Undo"),
    "take_back": gettext_lazy("Back to rank order"),
}
"""What has a button of its own."""


class CurateForm(forms.Form):
    """The actions check the reason, who is in the ranking, and whether somebody else was here meanwhile (`seen`).

    `candidate` is a whole id sent by the page; to add somebody, `person` is an id as a recruiter types it.
    """

    act = forms.ChoiceField(choices=[*CHOSEN.items(), *PRESSED.items()])
    candidate = forms.UUIDField(required=False)
    person = forms.CharField(required=False, max_length=36)
    position = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=LAST_PLACE,
        error_messages={
            "invalid": gettext_lazy("Give the place as a whole number."),
            "min_value": gettext_lazy("The first place is 1."),
            "max_value": gettext_lazy("The last place is %(limit_value)s."),
        },
    )
    reason = forms.CharField(
        required=False,
        max_length=1000,
        error_messages={"max_length": gettext_lazy("A reason has at most %(limit_value)d characters.")},
    )
    seen = forms.IntegerField(required=False, min_value=0)

    def clean(self) -> dict[str, Any]:
        """Moving needs a place, and a place means moving: neither is guessed."""
        values = super().clean() or {}
        act = values.get("act")
        if act != "add" and values.get("candidate") is None and "candidate" not in self.errors:
            self.add_error("candidate", _("Say who is meant."))
        if "position" in self.errors or act is None:
            return values
        if act == "move" and values.get("position") is None:
            self.add_error("position", _("Say to which place."))
        if act != "move" and values.get("position") is not None:
            self.add_error("position", _("A place only goes with “move to a place”."))
        return values

    def carry_out(self, vacancy: Vacancy, by: User) -> Candidate:
        """Do what was asked, and return to whom. Raises UnableToCurate; 404 for an id of nobody."""
        values = self.cleaned_data
        candidate = self._candidate()
        who: dict[str, Any] = {"vacancy": vacancy, "candidate": candidate, "by": by, "now": timezone.now()}
        seen, reason = values["seen"], values["reason"]
        match values["act"]:
            case "pin":
                acts.pin(**who, reason=reason, seen=seen)
            case "hide":
                acts.hide(**who, reason=reason, seen=seen)
            case "move":
                acts.move(**who, reason=reason, position=_within(vacancy, values["position"]), seen=seen)
            case "add":
                acts.add(**who, reason=reason, seen=seen)
            case "note":
                acts.note(**who, reason=reason)
            case "undo":
                acts.undo(**who, seen=seen)
            case _:
                acts.take_back(**who, seen=seen)
        return candidate

    def sentences(self) -> list[str]:
        """Everything that is wrong."""
        return [str(sentence) for errors in self.errors.values() for sentence in errors]

    def _candidate(self) -> Candidate:
        if self.cleaned_data["act"] != "add":
            found: Candidate = get_object_or_404(Candidate, public_id=self.cleaned_data["candidate"])
            return found
        try:
            return person_called(self.cleaned_data["person"])
        except Unsuitable as unsuitable:
            raise UnableToCurate(str(unsuitable)) from unsuitable


def _within(vacancy: Vacancy, position: int) -> int:
    """The place itself, or the last one of the list: so that the log never names a place that there is not."""
    found = shortlist_of(vacancy)
    return min(position, max(1, len(found))) if found else position
