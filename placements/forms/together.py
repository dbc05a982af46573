"""One decision about several people: a message for everybody, and for each their own where it should differ."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from placements.enums import EmployerReason
from placements.forms.deciding import CHOOSE, SHORTEST, TOO_LONG, leave_out
from placements.models import WORDS
from placements.queries.person_of_vacancy import PersonOfVacancy
from placements.rules.contact import contact_in
from placements.rules.deciding import DECLINE, INVITE


def _alone(person: PersonOfVacancy) -> str:
    if person.name:
        return gettext("For %(who)s alone") % {"who": person.name}
    return gettext("For candidate %(number)s alone") % {"number": person.candidate.short_name}


class TogetherForm(forms.Form):
    """`message` goes to everybody; `message_<public id>` replaces it for one person."""

    message = forms.CharField(
        label=_("Message to everybody"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=WORDS,
        required=False,
        error_messages={"max_length": TOO_LONG},
        help_text=_("Whoever has a message of their own below gets that one instead."),
    )

    def __init__(self, step: str, people: Sequence[PersonOfVacancy], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step, self.people = step, people
        if step == DECLINE:
            self.fields["reason"] = forms.ChoiceField(
                label=_("Reason"), choices=EmployerReason, widget=forms.RadioSelect, error_messages=CHOOSE
            )
            self.order_fields(["reason", "message"])
        for person in people:
            self.fields[self._name(person)] = forms.CharField(
                label=_alone(person),
                widget=forms.Textarea(attrs={"rows": 2}),
                max_length=WORDS,
                required=False,
                error_messages={"max_length": TOO_LONG},
            )

    def lines(self) -> list[tuple[PersonOfVacancy, str]]:
        """Each person with what they are told."""
        values = self.cleaned_data
        return [(one, values[self._name(one)] or values["message"]) for one in self.people]

    def own_fields(self) -> list[forms.BoundField]:
        """The fields of single people."""
        return [self[self._name(one)] for one in self.people]

    def clean(self) -> dict[str, Any]:
        """Every line says enough for a no, and holds no contact data before both are interested."""
        values = super().clean() or {}
        for one in self.people:
            name = self._name(one)
            said = values.get(name) or values.get("message", "")
            where = name if values.get(name) else "message"
            if self.step == DECLINE and len(said.strip()) < SHORTEST and where not in self.errors:
                words = gettext("Write a sentence that helps: at least %(least)s characters.")
                self.add_error(where, words % {"least": SHORTEST})
            found = contact_in(said) if self._before_names(one) else []
            if found and where not in self.errors:
                self.add_error(where, leave_out(found))
        return values

    def _before_names(self, person: PersonOfVacancy) -> bool:
        """Whether the two still do not know each other once this is said."""
        if self.step == INVITE:
            return True
        known = person.application is not None and person.application.names_shown
        return self.step == DECLINE and not known

    def _name(self, person: PersonOfVacancy) -> str:
        return f"message_{person.candidate.public_id.hex}"
