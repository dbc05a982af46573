"""Weight policies in the admin: all there ever were to read, and one screen to set a new one, with its effects first."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.reading import ReadOnlyAdmin, ReadOnlyInline
from matching.actions.errors import UnableToSetWeights
from matching.actions.weights import set_weight_policy
from matching.engine import PARTS, Bounds, Part
from matching.engine.parts import MAX_WEIGHT
from matching.models import PartBounds, WeightPolicy
from matching.queries.weight_effects import preview_of
from matching.queries.weights import weight_policies
from matching.rules.weights import ALL_WORK, Policy
from matching.words import PART_LABELS
from reference.choices import occupation_choices
from reference.models import Occupation

SET_PARTS = [part for part in PARTS if part != Part.PAY]
"""Pay is no field: what a person costs never counts for an employer."""
FIGURES = {"least": gettext_lazy("at least"), "usual": gettext_lazy("usual"), "most": gettext_lazy("at most")}


class WeightPolicyForm(forms.Form):
    """Kind of work, first day, three figures for each part, and why."""

    occupation = forms.ChoiceField(label=gettext_lazy("Kind of work"), required=False)
    valid_from = forms.DateField(
        label=gettext_lazy("Holds from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everybody can read it, on the page about how matching works."),
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        chosen: forms.ChoiceField = self.fields["occupation"]  # type: ignore[assignment]
        chosen.choices = [("", _("All work without bounds of its own")), *occupation_choices()]
        for part in SET_PARTS:
            for name, label in FIGURES.items():
                self.fields[f"{part}_{name}"] = forms.IntegerField(
                    label=f"{PART_LABELS[part]}, {label}", min_value=0, max_value=MAX_WEIGHT
                )

    def rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        """(part, its three fields), in the order of the parts."""
        return [(str(PART_LABELS[part]), [self[f"{part}_{name}"] for name in FIGURES]) for part in SET_PARTS]

    def clean_valid_from(self) -> date:
        """Not in the past: what was ranked before is not changed."""
        day: date = self.cleaned_data["valid_from"]
        if day < self.today:
            raise forms.ValidationError(_("A policy starts today or later."))
        return day

    def clean(self) -> dict[str, Any]:
        """The three figures of a part in their order."""
        values = super().clean() or {}
        for part in SET_PARTS:
            least, usual, most = (values.get(f"{part}_{name}") for name in FIGURES)
            if None not in (least, usual, most) and not least <= usual <= most:  # type: ignore[operator]
                self.add_error(
                    f"{part}_usual",
                    _("%(part)s: the usual weight lies between least and most.")
                    % {"part": PART_LABELS[part]},
                )
        return values

    def bounds(self) -> Policy:
        """What was typed; pay at 0."""
        values = self.cleaned_data
        typed: dict[Part, Bounds] = {
            part: Bounds(*(values[f"{part}_{name}"] for name in ("usual", "least", "most")))
            for part in SET_PARTS
        }
        return {**typed, Part.PAY: Bounds(0, 0, 0)}


def initial_of(policy: Policy, occupation: str, today: date) -> dict[str, Any]:
    """The form filled in with what holds now."""
    figures = {f"{p}_{name}": getattr(policy[p], name) for p in SET_PARTS for name in FIGURES}
    return {"occupation": occupation, "valid_from": today, **figures}


class BoundsInline(ReadOnlyInline):
    """Figures of each part."""

    model = PartBounds
    fields = ("named", "usual", "least", "most")
    readonly_fields = fields

    @admin.display(description=gettext_lazy("part"))
    def named(self, bounds: PartBounds) -> str:
        """What the part is called."""
        return str(PART_LABELS[Part(bounds.part)])


@admin.register(WeightPolicy)
class WeightPolicyAdmin(ReadOnlyAdmin):
    """Every policy ever set, newest first. None is changed; "set weights" adds one that supersedes."""

    list_display = ["work", "valid_from", "reason", "set_by", "set_at"]
    list_select_related = ["occupation", "set_by"]
    ordering = ["-valid_from", "-id"]
    inlines = [BoundsInline]
    change_list_template = "admin/matching/weight_policies.html"

    @admin.display(description=gettext_lazy("kind of work"))
    def work(self, policy: WeightPolicy) -> str:
        """The occupation's name."""
        return str(policy.occupation) if policy.occupation else _("All work without bounds of its own")

    def get_urls(self) -> list[Any]:
        """The screen to set weights, beside the standard pages."""
        return [
            path("set/", self.admin_site.admin_view(self.set_weights), name="matching_set_weights"),
            *super().get_urls(),
        ]

    def set_weights(self, request: HttpRequest) -> HttpResponse:
        """First look at the effects, then set. Nothing is written before the second button."""
        if not request.user.has_perm("matching.add_weightpolicy"):
            raise PermissionDenied
        now = timezone.now()
        today, preview = now.date(), None
        if request.method == "POST":
            form = WeightPolicyForm(request.POST, today=today)
            if form.is_valid():
                values = form.cleaned_data
                if "set" in request.POST and self._set(request, form, now):
                    return redirect("admin:matching_weightpolicy_changelist")
                preview = preview_of(values["occupation"] or ALL_WORK, form.bounds(), today)
        else:
            held = dict(occupation_choices())
            occupation = request.GET.get("occupation", "")
            occupation = occupation if occupation in held else ""
            policy = weight_policies(today).of(occupation)
            form = WeightPolicyForm(initial=initial_of(policy, occupation, today), today=today)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Set weights"),
            "opts": self.opts,
            "form": form,
            "figures": list(FIGURES.values()),
            "preview": preview,
        }
        return TemplateResponse(request, "admin/matching/set_weights.html", context)

    def _set(self, request: HttpRequest, form: WeightPolicyForm, now: Any) -> bool:
        values = form.cleaned_data
        occupation = (
            Occupation.objects.filter(pk=values["occupation"]).first() if values["occupation"] else None
        )
        try:
            set_weight_policy(
                occupation=occupation, bounds=form.bounds(), valid_from=values["valid_from"],
                reason=values["reason"], by=request.user, now=now,  # type: ignore[arg-type]
            )  # fmt: skip
        except UnableToSetWeights as error:
            messages.error(request, str(error))
            return False
        messages.success(request, _("Set, and noted in the audit log. Open vacancies are ranked again."))
        return True
