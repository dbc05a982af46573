"""Name, residence and right to work."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Identity
from accounts.rules.time_zones import offset_label
from candidates.content import Residence
from candidates.enums import WorkRight
from candidates.forms.kept import KeptForm, with_empty
from candidates.models import Candidate
from reference.choices import country_choices
from reference.models import Country, Zone
from reference.names import country_name, place_in_list

LONGEST_PERMIT = timedelta(days=50 * 366)
# The zones and regions on the page follow the country without a press where there is JavaScript.
NARROWING = {
    "hx-post": "",
    "hx-trigger": "change",
    "hx-vals": '{"press": "refresh"}',
    "hx-select": "#place",
    "hx-target": "#place",
    "hx-swap": "outerHTML",
}


class ZoneField(forms.CharField):
    """Always wanted; left empty it is filled in where the country has one zone only."""

    widget = forms.Select

    def validate(self, value: Any) -> None:
        """Nothing on its own: `clean_zone` knows the country."""


class AboutForm(KeptForm):
    """The zones and regions offered are those of the country that is chosen at the moment.

    `today` is the person's own date, `now` the moment whose offsets the zones show.
    """

    display_name = forms.CharField(
        label=gettext_lazy("What should people call you?"),
        help_text=gettext_lazy(
            "Any name that you go by. No employer sees it on a list, and it never counts in matching."
        ),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "maxlength": 120}),
        error_messages={
            "required": gettext_lazy("Write a name that you go by."),
            "max_length": gettext_lazy(
                "This name has %(show_value)d characters and at most %(limit_value)d fit. Shorten it."
            ),
        },
    )
    country = forms.ChoiceField(
        label=gettext_lazy("Country where you live"),
        help_text=gettext_lazy(
            "Its law says what an employer has to pay you at least. We never ask your nationality."
        ),
        widget=forms.Select(attrs={"autocomplete": "country", **NARROWING}),
        error_messages={
            "required": gettext_lazy("Choose the country where you live."),
            "invalid_choice": gettext_lazy(
                "%(value)s is not a country in the list. Choose one from the list."
            ),
        },
    )
    region = forms.CharField(
        label=gettext_lazy("Region"),
        required=False,
        help_text=gettext_lazy(
            "The legal minimum pay differs by region here. Without one the highest of the country counts for you."
        ),
        widget=forms.Select(),
    )
    zone = ZoneField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("The clock on your wall. We turn every shift into your own time."),
    )
    work_right = forms.ChoiceField(
        label=gettext_lazy("Are you allowed to work in this country?"),
        choices=WorkRight.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Say whether you are allowed to work there."),
            "invalid_choice": gettext_lazy("Choose one of the three answers."),
        },
    )
    permit_until = forms.DateField(
        label=gettext_lazy("Permit valid until"),
        required=False,
        help_text=gettext_lazy("Only when you have a permit with an end date."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("This is not a date. Write it as 2027-12-31.")},
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, now: datetime, today: date, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.today = today
        self.fields["country"].choices = with_empty(country_choices())  # type: ignore[attr-defined]
        self.place = self._chosen_country()
        zones = _zones_of(self.place) if self.place else []
        regions = list(self.place.regions.all()) if self.place else []
        self.zones = {
            zone.name: _zone_words(zone.name, zone.note, offset_label(zone.name, now)) for zone in zones
        }
        names = {region.code: str(region) for region in regions}
        self.regions = dict(sorted(names.items(), key=lambda one: place_in_list(one[1])))
        self._offer_places()

    @property
    def has_regions(self) -> bool:
        """Whether facts differ by region in the chosen country."""
        return bool(self.regions)

    def clean_zone(self) -> str:
        """One of the country's zones; the only one where there is only one."""
        zone = str(self.cleaned_data["zone"])
        if self.place is None or zone in self.zones:
            return zone
        name = country_name(self.place.pk)
        if zone:
            raise forms.ValidationError(
                _("%(zone)s is not a time zone of %(country)s. Choose one from the list."),
                params={"zone": zone[:64], "country": name},
            )
        if len(self.zones) == 1:
            return next(iter(self.zones))
        raise forms.ValidationError(
            _("%(country)s has %(number)d time zones. Choose the one on your wall clock."),
            params={"country": name, "number": len(self.zones)},
        )

    def clean_region(self) -> str:
        """Empty, or a region of the chosen country."""
        region = str(self.cleaned_data["region"])
        if not region or self.place is None or region in self.regions:
            return region
        raise forms.ValidationError(
            _("%(region)s is not a region of %(country)s. Choose one from the list, or none."),
            params={"region": region[:16], "country": country_name(self.place.pk)},
        )

    def clean(self) -> dict[str, Any]:
        """A permit needs an end that is still ahead."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("work_right") != WorkRight.PERMIT or "permit_until" in self.errors:
            return cleaned
        until = cleaned.get("permit_until")
        if until is None:
            self.add_error("permit_until", _("Say until when your permit is valid."))
        elif until < self.today:
            self.add_error(
                "permit_until",
                _("This date has passed. Give the new end if the permit was renewed."),
            )
        elif until > self.today + LONGEST_PERMIT:
            self.add_error("permit_until", _("This is more than 50 years ahead. Check the year."))
        return cleaned

    def residence(self) -> Residence:
        """The cleaned facts, ready to be saved."""
        cleaned = self.cleaned_data
        return Residence(
            country=cleaned["country"],
            region=cleaned["region"] or None,
            zone=cleaned["zone"],
            work_right=cleaned["work_right"],
            permit_until=cleaned["permit_until"],
        )

    def _chosen_country(self) -> Country | None:
        code = self.typed("country")
        if code not in dict(self.fields["country"].choices):  # type: ignore[attr-defined]
            return None
        chosen = Country.objects.select_related("main_zone").prefetch_related("zones", "regions")
        return chosen.filter(pk=code).first()

    def _offer_places(self) -> None:
        """Fill the two lists; a zone or region left over from another country gives way to the main zone."""
        main = self.place.main_zone_id if self.place else None
        self.fields["zone"].widget.choices = [
            *(
                []
                if len(self.zones) == 1
                else [("", _("Choose…") if self.zones else _("Choose your country first"))]
            ),
            *sorted(self.zones.items(), key=lambda zone: (zone[0] != main, zone[1])),
        ]
        self.fields["region"].widget.choices = with_empty(self.regions.items(), _("Rather not say"))
        if self.draft:
            kept = {name: self.typed(name) for name in self.fields}
            kept["zone"] = kept["zone"] if kept["zone"] in self.zones else main or ""
            kept["region"] = kept["region"] if kept["region"] in self.regions else ""
            self.data = kept
        elif not self.is_bound and not self.typed("zone"):
            self.initial["zone"] = main or ""


def stored_about(candidate: Candidate) -> dict[str, Any]:
    """What the form starts with."""
    name = Identity.objects.filter(user=candidate.user_id).values_list("display_name", flat=True).first()
    return {
        "display_name": name or "",
        "country": candidate.country_id,
        "region": candidate.region_id,
        "zone": candidate.zone,
        "work_right": candidate.work_right,
        "permit_until": candidate.permit_until,
    }


def _zones_of(country: Country) -> list[Zone]:
    """Its own zones, and its main one where that is a neighbour's (Kosovo's clock is on file under Serbia)."""
    zones = {zone.pk: zone for zone in country.zones.all()}
    if country.main_zone:
        zones.setdefault(country.main_zone.pk, country.main_zone)
    return list(zones.values())


def _zone_words(name: str, note: str, offset: str) -> str:
    place = f"{name.rsplit('/', 1)[-1].replace('_', ' ')} ({offset})"
    return f"{place}, {note}" if note else place
