"""States and choices of vacancies."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VacancyState(models.TextChoices):
    """Life of a vacancy."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    PAUSED = "paused", _("paused")
    CLOSED = "closed", _("closed")


VACANCY_MOVES: dict[str, frozenset[str]] = {
    VacancyState.DRAFT: frozenset({VacancyState.IN_REVIEW, VacancyState.CLOSED}),
    VacancyState.IN_REVIEW: frozenset({VacancyState.DRAFT, VacancyState.PUBLISHED, VacancyState.CLOSED}),
    VacancyState.PUBLISHED: frozenset({VacancyState.PAUSED, VacancyState.CLOSED}),
    VacancyState.PAUSED: frozenset({VacancyState.PUBLISHED, VacancyState.CLOSED}),
    VacancyState.CLOSED: frozenset({VacancyState.PUBLISHED, VacancyState.DRAFT}),
}


class ClosedBecause(models.TextChoices):
    """Why a vacancy was closed."""

    FILLED = "filled", _("filled")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("expired")


class PausedBecause(models.TextChoices):
    """Why the platform itself paused a vacancy."""

    SILENCE = "silence", _("promised answers did not come")


class ContractForm(models.TextChoices):
    """The form of the contract."""

    EMPLOYMENT = "employment", _("employment")
    FREELANCE = "freelance", _("freelance")


class LegalEmployer(models.TextChoices):
    """Who signs the contract."""

    CLIENT = "client", _("the company itself")
    PLATFORM = "platform", _("the platform")
    PROVIDER = "provider", _("a staffing provider in the person's country")


class CountryPayState(models.TextChoices):
    """How the offer for one country stands to its wage floor."""

    OK = "ok", _("above every floor")
    BELOW = "below", _("below a floor")
    UNKNOWN = "unknown", _("floor to be confirmed")


class ReviewTopic(models.TextChoices):
    """Which part of a vacancy a recruiter's remark is about; the editor shows it there."""

    TITLE = "title", _("Title")
    DESCRIPTION = "description", _("The work")
    OCCUPATION = "occupation", _("Occupation, sector and channels")
    LANGUAGES = "languages", _("Languages")
    SKILLS = "skills", _("Skills")
    SHIFTS = "shifts", _("Shift")
    CONTRACT = "contract", _("Contract")
    PAY = "pay", _("Pay and countries")
    CULTURE = "culture", _("Culture")
    WEIGHTS = "weights", _("What counts how much")
