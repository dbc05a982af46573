"""Setting weights in the admin: the effects are seen before anything is written, and only who may sets them."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from matching.admin.weights import initial_of
from matching.engine import EMPLOYER_BOUNDS
from matching.models import WeightPolicy
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.matching import measured_person
from tests.factories.vacancies import VacancyFactory, version_content

pytestmark = pytest.mark.django_db
URL = "/admin/matching/weightpolicy/set/"


def typed(**changes: Any) -> dict[str, Any]:
    today = timezone.now().date()
    return {**initial_of(EMPLOYER_BOUNDS, "5244", today), "reason": "The works council asked.", **changes}


def test_the_form_starts_with_what_holds_now(staff_client: Client) -> None:
    page = staff_client.get(URL, {"occupation": "5244"})
    assert page.status_code == 200
    form = page.context["form"]
    assert (form["occupation"].value(), form["language_usual"].value()) == ("5244", 30)
    assert "pay_usual" not in form.fields
    assert "Pay stays at 0" in page.content.decode()


def test_effects_are_shown_before_anything_is_written(staff_client: Client) -> None:
    for level in (4, 5, 6):
        measured_person(level)
    VacancyFactory(content=version_content(occupation_id="5244", title="Selling tents"))
    VacancyFactory(content=version_content(occupation_id="3512", title="Mending tents"))
    page = staff_client.post(URL, typed(language_usual=60, preview="1"))
    preview = page.context["preview"]
    (effect,) = preview.effects
    assert preview.vacancies == 1
    assert effect.vacancy.current.title == "Selling tents"
    assert effect.changed == (("Language", 30, 60),)
    assert (effect.people, effect.staying) == (3, 3)
    assert "Language 30 → 60" in page.content.decode()
    assert not WeightPolicy.objects.exists()


def test_setting_writes_the_policy_and_the_log(staff_client: Client) -> None:
    answer = staff_client.post(URL, typed(culture_most=12, culture_usual=8, set="1"))
    assert answer.headers["Location"] == reverse("admin:matching_weightpolicy_changelist")
    policy = WeightPolicy.objects.get()
    assert (policy.occupation_id, policy.reason, policy.set_by_id) == (
        "5244", "The works council asked.", staff_client.user.pk,
    )  # fmt: skip
    assert policy.bounds.get(part="culture").most == 12
    assert policy.bounds.get(part="pay").most == 0
    assert AuditEntry.objects.get(verb="weights.set").actor_id == staff_client.user.pk
    assert "Contact centre salespersons" in staff_client.get(answer.headers["Location"]).content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"language_usual": 61}, "the usual weight lies between least and most"),
        ({"language_most": 1001}, "less than or equal to 1000"),
        ({"valid_from": "2020-01-01"}, "A policy starts today or later."),
        ({"reason": ""}, "This field is required."),
        ({"occupation": "9999"}, "Select a valid choice"),
    ],
)
def test_a_mistake_is_named_and_nothing_written(
    staff_client: Client, changes: dict[str, Any], words: str
) -> None:
    page = staff_client.post(URL, typed(**changes, set="1"))
    assert page.status_code == 200
    assert words in page.content.decode()
    assert not WeightPolicy.objects.exists()


def test_staff_without_the_permission_cannot(db: None) -> None:
    user = UserFactory(is_staff=True, totp=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_weightpolicy"))
    client = signed_in(user)
    assert client.get(URL).status_code == 403
    assert client.post(URL, typed(set="1")).status_code == 403
    assert "Set weights" not in client.get(reverse("admin:matching_weightpolicy_changelist")).content.decode()
    assert not WeightPolicy.objects.exists()


def test_who_may_only_read_is_told_who_sets_them():
    user = UserFactory(is_staff=True, totp=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_weightpolicy"))
    text = signed_in(user).get(reverse("admin:matching_weightpolicy_changelist")).content.decode()
    assert "Only administrators set weights" in text
