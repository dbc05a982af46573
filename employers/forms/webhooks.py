"""An address for webhooks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.enums import WebhookEvent
from employers.rules.webhooks import URL_LENGTH


class WebhookForm(forms.Form):
    """Where to send, and what to tell."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    url = forms.CharField(
        label=_("Address"),
        max_length=URL_LENGTH,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        help_text=_("An https:// address of your system on the public internet."),
    )
    events = forms.MultipleChoiceField(
        label=_("Tell it when"),
        choices=WebhookEvent.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one event."),
            "invalid_choice": _("This is not in the list. Choose again."),
        },
    )

    def clean_events(self) -> list[str]:
        """In the order of the list, whatever order they were sent in."""
        chosen: list[str] = self.cleaned_data["events"]
        return [event for event in WebhookEvent.values if event in chosen]

    def facts(self) -> dict[str, Any]:
        """Address and events."""
        return {"url": self.cleaned_data["url"], "events": self.cleaned_data["events"]}
