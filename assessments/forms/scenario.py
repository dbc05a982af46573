"""Writing a scenario of the contact-centre simulator."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Scenario
from assessments.rules.scenario_sheet import ScenarioError, read_script


class ScenarioForm(forms.ModelForm):
    """A scenario with the content of its newest version; saving another content makes the next version."""

    content = forms.CharField(
        label=gettext_lazy("Content"),
        widget=forms.Textarea(attrs={"rows": 40, "cols": 120, "spellcheck": "true", "wrap": "off"}),
        strip=False,
        help_text=gettext_lazy(
            "JSON; docs/simulator.md says what it holds. Runs that were started keep the version that they began with."
        ),
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Scenario
        fields = ["code", "language", "measured", "valid_months", "live"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = self.instance.versions.first() if self.instance.pk else None
        if newest:
            self.initial.update(content=newest.content, based_on=newest.number)

    def clean_content(self) -> str:
        """A script that can be played; else the line and the reason."""
        content: str = self.cleaned_data["content"].replace("\r\n", "\n")
        try:
            read_script(content)
        except ScenarioError as error:
            raise forms.ValidationError(
                _("Line %(line)s: %(reason)s. It begins with: %(text)s"),
                params={
                    "line": error.line,
                    "reason": error.reason,
                    "text": content.split("\n")[error.line - 1].strip()[:60],
                },
            ) from error
        return content

    def clean(self) -> dict[str, Any]:
        """Nobody writes over what somebody else saved meanwhile."""
        values = super().clean() or self.cleaned_data
        newest = self.instance.versions.first() if self.instance.pk else None
        if newest and values.get("based_on") != newest.number:
            raise forms.ValidationError(
                _(
                    "Somebody saved version %(number)s meanwhile. Copy your text, open the page anew and put it in."
                ),
                params={"number": newest.number},
            )
        return values
