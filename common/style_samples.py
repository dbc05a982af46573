"""What the living style page shows: a form in several states and sample figures for the graphics."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

ICON_NAMES = [
    "arrow",
    "attention",
    "back",
    "calendar",
    "check",
    "clock",
    "company",
    "copy",
    "cross",
    "device",
    "document",
    "done",
    "down",
    "download",
    "edit",
    "eye",
    "globe",
    "hide",
    "info",
    "key",
    "leave",
    "level",
    "lock",
    "mail",
    "next",
    "pause",
    "pay",
    "people",
    "person",
    "pin",
    "plus",
    "search",
    "sort",
    "speech",
    "stop",
    "test",
]


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label=_("What shall we call you?"), help_text=_("Only people you say yes to see it.")
    )
    about = forms.CharField(label=_("In your own words"), widget=forms.Textarea, required=False)
    level = forms.ChoiceField(
        label=_("How well do you speak it?"), choices=[("b1", "B1"), ("b2", "B2"), ("c1", "C1")]
    )
    hours = forms.IntegerField(label=_("Hours a week"), min_value=4, max_value=48)
    start = forms.DateField(
        label=_("Earliest start"), required=False, widget=forms.DateInput({"type": "date"})
    )
    form = forms.ChoiceField(
        label=_("Which contract would you take?"),
        choices=[("employment", _("Employment")), ("both", _("Employment or freelance"))],
        widget=forms.RadioSelect,
        help_text=_("Employment is what most people here have."),
    )
    days = forms.MultipleChoiceField(
        label=_("Days"),
        choices=[("mon", _("Monday")), ("tue", _("Tuesday"))],
        widget=forms.CheckboxSelectMultiple,
    )
    agreed = forms.BooleanField(label=_("Employers may see me, without my name, until I say yes."))


PARTS = [
    (
        "language",
        _("Language"),
        2_240_000,
        (3_600_000, 2_000_000),
        8_000_000,
        _("Dutch C1 measured, C1 needed; English B2."),
    ),
    (
        "culture",
        _("Culture"),
        930_000,
        (1_000_000, 2_000_000),
        6_200_000,
        _("Worked two years for Dutch customers."),
    ),
    (
        "time",
        _("Time"),
        1_690_000,
        (1_600_000, 2_000_000),
        9_400_000,
        _("Every shift inside the hours you asked for."),
    ),
    ("pay", _("Pay"), 1_210_000, (0, 3_200_000), 7_560_000, _("The offer is above what you wished for.")),
    (
        "skills",
        _("Skills"),
        820_000,
        (1_800_000, 600_000),
        6_833_333,
        _("Complaint handling measured, chat stated."),
    ),
    ("experience", _("Experience"), 260_000, (1_000_000, 0), 5_200_000, _("One year in web shops.")),
    (
        "commitment",
        _("Commitment"),
        590_000,
        (1_000_000, 200_000),
        9_833_333,
        _("Six months asked, six months offered."),
    ),
]


def score_parts() -> list[dict[str, Any]]:
    """Parts of a score that add up to 0.774."""
    keys = ("code", "label", "contribution", "weights", "value", "evidence")
    return [dict(zip(keys, part, strict=True)) for part in PARTS]


def thin_parts() -> list[dict[str, Any]]:
    """A low score with parts that are zero or not known."""
    parts = score_parts()
    for part, contribution in zip(parts, (900_000, 0, 1_100_000, 300_000, 0, 60_000, 110_000), strict=True):
        part["contribution"] = contribution
    parts[1]["value"] = None
    parts[4]["value"], parts[4]["weights"] = None, None
    return parts


def waterfall_steps() -> list[dict[str, Any]]:
    """Gates with counts that add up."""
    counts = [10_000, 1_240, 310, 2_905, 415, 4_380, 208, 0, 301]
    labels = [
        _("Everyone listed"),
        _("Contract form"),
        _("Right to work"),
        _("Country can be hired in"),
        _("Hours a week"),
        _("Dutch at C1"),
        _("Must-have skills"),
        _("Pay"),
    ]
    steps: list[dict[str, Any]] = [
        {"code": f"s{at}", "label": label, "count": count, "href": "" if at == 0 else "#waterfall"}
        for at, (label, count) in enumerate(zip(labels, counts, strict=False))
    ]
    left = counts[0] - sum(step["count"] for step in steps[1:])
    return [*steps, {"code": "eligible", "label": _("Eligible"), "count": left, "href": "#waterfall"}]


def stages() -> list[dict[str, Any]]:
    """People by stage, some of them past a promised date."""
    rows = (("interested", 7, 2), ("both interested", 3, 0), ("in interview", 2, 1), ("offered", 0, 0))
    return [
        {"label": label, "count": count, "missed": missed, "href": "#stages"} for label, count, missed in rows
    ]


def promises(today: date) -> list[dict[str, Any]]:
    """Answers due around a day; the first was missed long ago, the last is far off."""
    rows = ((-12, 1, 0), (-2, 2, 0), (0, 1, 1), (1, 3, 2), (5, 0, 4), (30, 1, 0))
    return [{"day": today + timedelta(days=at), "ours": ours, "theirs": theirs} for at, ours, theirs in rows]


def amounts() -> dict[str, Decimal]:
    """Figures for wage bands, by their part."""
    return {
        name: Decimal(text)
        for name, text in {
            "floor": "6.20",
            "market_low": "7.10",
            "market_high": "9.60",
            "offer_low": "9.00",
            "offer_high": "10.50",
            "minimum": "7.50",
            "wish": "9.40",
            "dutch_floor": "14.99",
            "rand_floor": "1250.23",
            "rand_low": "1610.00",
            "rand_high": "1930.50",
        }.items()
    }


def samples() -> dict[str, Any]:
    """Context of the style page."""
    broken = SampleForm({"name": "", "hours": "400", "about": "", "level": "b2", "days": [], "form": ""})
    return {
        "form": SampleForm(auto_id="fresh_%s"),
        "broken": broken,
        "parts": score_parts(),
        "total": sum(part["contribution"] for part in score_parts()),
        "thin_parts": thin_parts(),
        "thin_total": sum(part["contribution"] for part in thin_parts()),
        "night_shift": [(0, 480)],
        "manila_hours": [(360, 960)],
        "winter": [{"ahead": 360, "label": _("From 29 March 2026")}],
        "evening_shift": [(960, 1440)],
        "bogota_hours": [(540, 1020)],
        "over_midnight": [(1320, 360)],
        "late_hours": [(1200, 300)],
        "no_hours": [(540, 720)],
        "steps": waterfall_steps(),
        "stages": stages(),
        "today": date(2026, 11, 22),
        "promises": promises(date(2026, 11, 22)),
        "no_promises": [],
        "moment": datetime(2026, 11, 23, 17, 30, tzinfo=UTC),
        "tabs": [
            {"label": _("Open"), "url": "#tabs", "current": True, "count": 12},
            {"label": _("Paused"), "url": "#paused", "count": 2},
            {"label": _("Closed"), "url": "#closed"},
        ],
        "icon_names": ICON_NAMES,
        "page": Paginator(range(1, 96), 25).page(2),
        "amounts": amounts(),
        "sources": {
            "floor": _("Legal minimum, Portugal, 1 January 2026, 40 h a week, 14 payments (reliability A)"),
            "market": _("Customer-service pay survey, 2025 (reliability B)"),
            "offer": _("The vacancy, version 3"),
        },
    }
