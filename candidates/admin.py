"""Profiles for recruiters: to read, never to write; what stands there are a person's own words."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.admin.exports import ExportAdmin
from candidates import words
from candidates.models import (
    Candidate,
    CandidateLanguage,
    CandidateSkill,
    Experience,
    MarketServed,
    PlaceKnown,
)
from candidates.queries import facts_of, with_profile_facts
from candidates.rules.progress import profile_progress
from common.long_lists import LongListAdmin, OccurringFilter
from common.reading import ReadOnlyAdmin, ReadOnlyInline


class LanguageInline(ReadOnlyInline):
    """Languages with their claimed level."""

    model = CandidateLanguage
    ordering = ("-claimed_level", "language")


class SkillInline(ReadOnlyInline):
    """Skills with the person's own statement."""

    model = CandidateSkill
    ordering = ("skill__position",)


class PlaceInline(ReadOnlyInline):
    """Places known."""

    model = PlaceKnown
    ordering = ("-years", "country")


class MarketInline(ReadOnlyInline):
    """Markets served."""

    model = MarketServed
    ordering = ("country",)


class ExperienceInline(ReadOnlyInline):
    """Experience by sector and channel."""

    model = Experience
    ordering = ("-months", "sector")


@admin.register(Candidate)
class CandidateAdmin(LongListAdmin, ExportAdmin, ReadOnlyAdmin):
    """Find a person by public id or email address, and read the profile."""

    list_display = ("public_id", "email", "country", "zone", "listed", "steps_done", "changed_at")
    list_filter = ("listed", ("country", OccurringFilter), "work_right", "accepts_freelance", "just_looking")
    # Neither name nor address: a file leaves the house, and the id leads back here.
    export_columns = (
        ("id", lambda row: row.public_id),
        ("country", lambda row: row.country_id),
        ("zone", lambda row: row.zone),
        ("listed", lambda row: row.listed),
        ("hours_min", lambda row: row.hours_min),
        ("hours_max", lambda row: row.hours_max),
        ("changed_at", lambda row: row.changed_at),
    )
    search_ways = (("public_id", "id"), ("user__email", "text"))
    sortable_by = ("changed_at",)
    search_help_text = _("Beginning of the public id, or part of the email address")
    list_select_related = ("user", "country")
    list_per_page = 50
    ordering = ("-changed_at", "-pk")
    inlines = (LanguageInline, SkillInline, PlaceInline, MarketInline, ExperienceInline)
    fieldsets = (
        (None, {"fields": ("public_id", "email", "listed", "steps_done", "created_at", "changed_at")}),
        (_("Residence"), {"fields": ("country", "region", "zone", "work_right", "permit_until")}),
        (_("Education"), {"fields": ("education_level", "education_field")}),
        (_("Hours"), {"fields": ("offered", "preferred_hours", "hours_min", "hours_max")}),
        (
            _("Work and pay"),
            {
                "fields": (
                    "contract_months", "accepts_employment", "accepts_freelance", "minimum_pay", "wished_pay",
                    "pay_currency", "pay_period", "earliest_start", "just_looking",
                )
            },
        ),
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Candidate]:
        """With what progress needs, so that a list costs the same at any length."""
        return with_profile_facts(super().get_queryset(request))

    @admin.display(description=_("email address"), ordering="user__email")
    def email(self, candidate: Candidate) -> str:
        """How the person signs in."""
        return candidate.user.email

    @admin.display(description=_("steps done"))
    def steps_done(self, candidate: Candidate) -> str:
        """As "6 / 8"."""
        progress = profile_progress(facts_of(candidate))
        return f"{progress.done} / {progress.total}"

    @admin.display(description=_("hours offered, own time"))
    def offered(self, candidate: Candidate) -> SafeString:
        """The week in words."""
        return _lines(bytes(candidate.availability))

    @admin.display(description=_("hours preferred"))
    def preferred_hours(self, candidate: Candidate) -> SafeString:
        """The preferred part of the week in words."""
        return _lines(bytes(candidate.preferred))


def _lines(mask: bytes) -> SafeString:
    return format_html_join("", "<div>{}</div>", ((line,) for line in words.week_lines(mask)))
