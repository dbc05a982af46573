"""The form of what a person sets for themselves."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Identity
from accounts.rules.time_zones import place_zones, zone_choices


class SettingsForm(forms.Form):
    """Name, language and time zone. `now` decides which offsets the zones show."""

    display_name = forms.CharField(
        label=_("Your name"),
        max_length=Identity._meta.get_field("display_name").max_length,
        help_text=_(
            "As you want to be addressed. Candidates and employers see each other's names only once both are interested."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("Of these pages and of the mail you get from us."),
        choices=settings.LANGUAGES,
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_(
            "All times on these pages are shown on this clock. Type the first letters of a city to find it."
        ),
        error_messages={"invalid_choice": _("This is not in the list. Choose again.")},
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[Any] = list(zone_choices(get_language() or settings.LANGUAGE_CODE, now))
        current = self.initial.get("time_zone")
        if current and current not in place_zones():
            choices.insert(0, (current, current))
        self.fields["time_zone"].choices = choices  # type: ignore[attr-defined]
