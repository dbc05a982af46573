"""A scorecard being filled in, beside its anchors."""

from collections.abc import Iterator
from datetime import UTC, date
from typing import Any, NamedTuple
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.rules.scorecard import (
    HIGHEST_RATING,
    LOWEST_RATING,
    MOST_EVIDENCE_CHARACTERS,
    MOST_REPLY_CHARACTERS,
    Competence,
    Rated,
    flaws_of_card,
    flaws_of_rated,
    scorecard_sheet,
)
from candidates.models import Candidate

NOT_TALKED_ABOUT = ""


class RatedFields(NamedTuple):
    """The fields of one competence."""

    competence: Competence
    rating: forms.BoundField
    evidence: forms.BoundField


class ScorecardForm(forms.Form):
    """The day, and for each competence one of five behaviours with what supports it."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    interviewed_on = forms.DateField(
        label=_("Day of the interview"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid4())
        self.initial.setdefault("interviewed_on", today())
        for code, one in scorecard_sheet().competences.items():
            anchors = [
                (str(rating), f"{rating}. {one.anchor(rating)}")
                for rating in range(LOWEST_RATING, HIGHEST_RATING + 1)
            ]
            self.fields[f"rating_{code}"] = forms.TypedChoiceField(
                label=_("What you saw"),
                choices=[(NOT_TALKED_ABOUT, _("We did not talk about it")), *anchors],
                widget=forms.RadioSelect,
                coerce=int,
                empty_value=None,
                required=False,
                error_messages={"invalid_choice": _("Choose one of the five behaviours.")},
            )
            self.fields[f"evidence_{code}"] = forms.CharField(
                label=_("What the person said or did"),
                widget=forms.Textarea(attrs={"rows": 3}),
                required=False,
                max_length=MOST_EVIDENCE_CHARACTERS,
            )

            for name in (f"rating_{code}", f"evidence_{code}"):
                self.fields[name].label_in_summary = one.name  # type: ignore[attr-defined]

    def rated_fields(self) -> Iterator[RatedFields]:
        """The competences in order, each with its two fields."""
        for code, one in scorecard_sheet().competences.items():
            yield RatedFields(one, self[f"rating_{code}"], self[f"evidence_{code}"])

    @property
    def ratings(self) -> dict[str, Rated]:
        """What was rated."""
        values = self.cleaned_data
        return {
            code: Rated(values[f"rating_{code}"], values[f"evidence_{code}"])
            for code in scorecard_sheet().competences
            if values.get(f"rating_{code}")
        }

    def clean(self) -> dict[str, Any]:
        """Every rule of the action, each at its field."""
        values = super().clean() or self.cleaned_data
        flaws = [
            flaw
            for code in scorecard_sheet().competences
            if not {f"rating_{code}", f"evidence_{code}"} & set(self.errors)
            for flaw in flaws_of_rated(code, values.get(f"rating_{code}"), values.get(f"evidence_{code}", ""))
        ]
        if not flaws and not self.errors:
            flaws = list(flaws_of_card(self.ratings, values["interviewed_on"], today()))
        for flaw in flaws:
            self.add_error(flaw.field or None, str(flaw.text))
        return values


class ReplyForm(forms.Form):
    """What the person has to say about a card."""

    reply = forms.CharField(
        label=_("Your reply"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=MOST_REPLY_CHARACTERS,
        help_text=_("Everybody who sees the card sees your reply. You can reply once."),
        error_messages={"required": _("Nothing is written yet.")},
    )


class ReasonForm(forms.Form):
    """Why a card is taken back."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("The person sees it."),
        error_messages={"required": _("Say why.")},
    )


def today() -> date:
    """The day by the clock of the server, in UTC."""
    return timezone.now().astimezone(UTC).date()


class RecruiterScorecardForm(ScorecardForm):
    """A card of a recruiter, who names the person by number."""

    public_id = forms.UUIDField(
        label=_("Candidate"),
        help_text=_("The candidate's number, as shown on their profile and in shortlists."),
    )

    def clean_public_id(self) -> Candidate:
        """The candidate of this number."""
        found = Candidate.objects.filter(public_id=self.cleaned_data["public_id"]).first()
        if found is None:
            raise forms.ValidationError(gettext("There is no candidate with this number."))
        return found
