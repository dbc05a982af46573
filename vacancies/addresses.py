"""The public address of a vacancy."""

from django.urls import reverse
from django.utils.text import slugify

from vacancies.models import Vacancy


def job_slug(title: str) -> str:
    """What the title adds to the address for people who read it; a title in another script adds a plain word."""
    return slugify(title)[:60].strip("-") or "work"


def job_path(vacancy: Vacancy) -> str:
    """Where everybody can read a vacancy that was published."""
    return (
        reverse("vacancies:job", args=[vacancy.pk, job_slug(vacancy.current.title)])
        if vacancy.current
        else ""
    )
