"""The public address of an employer."""

from django.urls import reverse
from django.utils.text import slugify

from employers.models import Employer


def company_slug(name: str) -> str:
    """What the name adds to the address for people who read it; a name in another script adds a plain word."""
    return slugify(name)[:60].strip("-") or "company"


def company_path(employer: Employer) -> str:
    """Where everybody can read about an accepted employer."""
    return reverse("placements:company", args=[employer.pk, company_slug(employer.name)])
