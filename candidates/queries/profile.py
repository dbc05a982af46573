"""Where profiles stand."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Identity, User
from candidates.enums import UnlistedBecause
from candidates.models import Candidate, CandidateLanguage, CandidateSkill
from candidates.rules.progress import ProfileFacts, Progress, profile_progress
from common.week import EMPTY_WEEK
from employers.models import Membership


def candidate_of(user: User) -> Candidate | None:
    """The user's own candidate profile, if there is one."""
    return Candidate.objects.filter(user=user).select_related("country", "region").first()


def may_become_candidate(user: User) -> bool:
    """Whether the user is neither staff nor a member of an employer."""
    return not user.is_staff and not Membership.objects.filter(user=user).exists()


def own_date(candidate: Candidate, at: datetime) -> date:
    """The date on the person's own wall at a moment; in UTC until they say where they live."""
    return at.astimezone(ZoneInfo(candidate.zone or "UTC")).date()


def with_profile_facts(candidates: QuerySet[Candidate]) -> QuerySet[Candidate]:
    """Adds has_name, has_languages and has_skills, so that `facts_of` asks nothing more."""
    return candidates.annotate(
        has_name=Exists(Identity.objects.filter(user=OuterRef("user")).exclude(display_name="")),
        has_languages=Exists(CandidateLanguage.objects.filter(candidate=OuterRef("pk"))),
        has_skills=Exists(CandidateSkill.objects.filter(candidate=OuterRef("pk"))),
    )


def facts_of(candidate: Candidate) -> ProfileFacts:
    """What the profile holds; one query, or none for a candidate read by `with_profile_facts`."""
    if not hasattr(candidate, "has_name"):
        candidate = with_profile_facts(Candidate.objects.all()).get(pk=candidate.pk)
    return ProfileFacts(
        named=bool(getattr(candidate, "has_name", False)),
        country=candidate.country_id is not None,
        zone=bool(candidate.zone),
        work_right=bool(candidate.work_right),
        languages=bool(getattr(candidate, "has_languages", False)),
        education=candidate.education_level is not None,
        skills=bool(getattr(candidate, "has_skills", False)),
        availability=bytes(candidate.availability) != EMPTY_WEEK,
        hours=candidate.hours_max is not None,
        start=candidate.earliest_start is not None or candidate.just_looking,
        contract_form=candidate.accepts_employment or candidate.accepts_freelance,
        work_style=candidate.work_style is not None,
        listed=candidate.listed or candidate.unlisted_because == UnlistedBecause.PAUSED,
    )


def progress(candidate: Candidate) -> Progress:
    """How far the profile is: done, total and next step."""
    return profile_progress(facts_of(candidate))
