"""Forms of the admin: evidence for a measurement, and the reason for taking one back."""

from datetime import UTC
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.enums import RECORDED_BY_PEOPLE, MeasurementSource
from assessments.models import Measurement
from assessments.rules.evidence import MOST_EVIDENCE_CHARACTERS, flaws_of_evidence
from candidates.models import Candidate
from reference.enums import CEFRLevel
from reference.models import Language, Skill

LEVELS = [
    ("", "---------"),
    (gettext_lazy("language"), [(level.value, level.label) for level in CEFRLevel]),
    (gettext_lazy("skill"), [(f"s{number}", str(number)) for number in (1, 2, 3)]),
]


class EvidenceForm(forms.ModelForm):
    """A measurement that a recruiter records from rated work or a checked certificate."""

    public_id = forms.UUIDField(
        label=gettext_lazy("Candidate"),
        help_text=gettext_lazy("The candidate's number, as shown on their profile and in shortlists."),
    )
    language = forms.ModelChoiceField(Language.objects.all(), label=gettext_lazy("Language"), required=False)
    skill = forms.ModelChoiceField(Skill.objects.all(), label=gettext_lazy("Skill"), required=False)
    level = forms.ChoiceField(
        choices=LEVELS,
        label=gettext_lazy("Level"),
        help_text=gettext_lazy("A1 to C2 for a language; 1 basic, 2 working, 3 strong for a skill."),
    )
    source = forms.ChoiceField(
        choices=[(source, MeasurementSource(source).label) for source in RECORDED_BY_PEOPLE],
        label=gettext_lazy("Source"),
        widget=forms.RadioSelect,
    )
    evidence = forms.CharField(
        label=gettext_lazy("Evidence"),
        max_length=MOST_EVIDENCE_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Which certificate or work, who checked it and how. Kept with the measurement."
        ),
    )
    measured_on = forms.DateField(
        label=gettext_lazy("Measured on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    expires_on = forms.DateField(
        label=gettext_lazy("Valid until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    field_order = ["public_id"]

    class Meta:
        model = Measurement
        fields = ["language", "skill", "level", "source", "evidence", "measured_on", "expires_on"]

    def clean_public_id(self) -> Any:
        """A candidate of this number exists."""
        candidate = Candidate.objects.filter(public_id=self.cleaned_data["public_id"]).first()
        if candidate is None:
            raise forms.ValidationError(_("There is no candidate with this number."))
        self.cleaned_data["candidate_row"] = candidate
        return self.cleaned_data["public_id"]

    def clean(self) -> dict[str, Any]:
        """Every rule of the action, each at its field."""
        values = super().clean() or self.cleaned_data
        chosen = values.get("level", "")
        level = int(chosen.removeprefix("s")) if chosen else None
        if level is not None and chosen.startswith("s") != bool(values.get("skill")):
            self.add_error("level", _("Choose the level of what you chose above, language or skill."))
            return values
        wanted = ("language", "skill", "source", "evidence", "measured_on", "expires_on")
        if set(self.errors) & {*wanted, "level"}:
            return values
        facts = {name: values[name] for name in wanted}
        facts["language"] = facts["language"] and facts["language"].pk
        facts["skill"] = facts["skill"] and facts["skill"].pk
        today = timezone.now().astimezone(UTC).date()
        for flaw in flaws_of_evidence(level=level, today=today, **facts):
            self.add_error(flaw.field, str(flaw.text))
        return {**values, "level": level}


class RevokeForm(forms.Form):
    """Why a measurement no longer counts."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Kept in the audit log."),
    )
