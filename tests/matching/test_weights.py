"""Weights within the bounds that staff set: which policy holds, what a choice is clipped to, who may set what."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import AuditEntry
from matching.actions.errors import UnableToSetWeights
from matching.actions.weights import load_shipped_policies, set_weight_policy
from matching.engine import EMPLOYER_BOUNDS, EMPLOYER_WEIGHTS, Bounds, Part
from matching.models import PartBounds, RankingState, WeightPolicy
from matching.queries.known import known_facts
from matching.queries.weights import weight_policies
from matching.rules.shipped_weights import SHIPPED
from matching.rules.weights import ALL_WORK, Clip, PolicyRow, WeightPolicies, clips, part_weights
from reference.models import Occupation
from tests.factories.accounts import UserFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.vacancies import VacancyFactory, version_content

TODAY = date(2026, 11, 22)


def bounds(**changes: Bounds) -> dict[Part, Bounds]:
    return {**EMPLOYER_BOUNDS, **{Part(part): each for part, each in changes.items()}}


def row(key: int, occupation: str, valid_from: date, usual: int) -> PolicyRow:
    return PolicyRow(key, occupation, valid_from, bounds(language=Bounds(usual, 0, 1000)))


def usual_language(policies: WeightPolicies, occupation: str | None) -> int:
    return policies.of(occupation)[Part.LANGUAGE].usual


# --- Rules -----------------------------------------------------------------------------------------------------------


def test_without_choices_and_policies_the_published_weights_hold():
    assert part_weights({}) == EMPLOYER_WEIGHTS


def test_a_choice_scales_what_is_usual_within_the_bounds():
    weights = part_weights({"language": 4, "culture": 1, "time": 0, "skills": 4, "pay": 4})
    assert dict(zip(Part, weights, strict=True)) == {
        Part.LANGUAGE: 60, Part.CULTURE: 5, Part.TIME: 5, Part.PAY: 0, Part.SKILLS: 50, Part.EXPERIENCE: 5,
        Part.COMMITMENT: 15,
    }  # fmt: skip


def test_what_the_bounds_change_is_named():
    policy = bounds(language=Bounds(usual=30, least=10, most=45))
    assert clips({"language": 4, "time": 0, "culture": 0, "skills": 1}, policy) == (
        Clip(Part.LANGUAGE, 60, 45),
        Clip(Part.TIME, 0, 5),
    )
    assert clips({}, policy) == ()


def test_the_latest_policy_of_the_kind_of_work_holds_else_that_of_all_work():
    rows = [
        row(1, ALL_WORK, date(2026, 1, 1), 1),
        row(2, "5244", date(2026, 1, 1), 2),
        row(4, "5244", date(2026, 3, 1), 4),
        row(3, "5244", date(2026, 3, 1), 3),
        row(5, "5244", TODAY + timedelta(days=1), 5),
    ]
    policies = WeightPolicies.on(rows, TODAY)
    assert usual_language(policies, "5244") == 4, "of one day the one written last"
    assert usual_language(policies, "3512") == 1
    assert usual_language(policies, None) == 1
    assert usual_language(WeightPolicies.on(rows, TODAY + timedelta(days=1)), "5244") == 5
    assert usual_language(WeightPolicies.on(rows, date(2025, 12, 31)), "5244") == 30


@pytest.mark.parametrize(("usual", "least", "most"), [(5, 6, 10), (5, 0, 4), (5, -1, 6), (5, 0, 1001)])
def test_bounds_out_of_order_do_not_exist(usual: int, least: int, most: int):
    with pytest.raises(ValueError, match="bounds have to be ordered"):
        Bounds(usual, least, most)


# --- Setting and loading ----------------------------------------------------------------------------------------------


@pytest.fixture
def staff(db: None) -> Any:
    return UserFactory(staff=True)


def set_policy(staff: Any, **changes: Any) -> WeightPolicy:
    now = changes.pop("now", timezone.now())
    given = {"occupation": None, "bounds": EMPLOYER_BOUNDS, "valid_from": now.date(), "reason": "Because"}
    return set_weight_policy(**(given | changes), by=staff, now=now)


def test_the_shipped_policies_load_once(db: None):
    now = timezone.now()
    assert load_shipped_policies(now=now) == len(SHIPPED)
    assert load_shipped_policies(now=now) == 0
    policies = weight_policies(TODAY)
    assert {occupation: one.bounds for occupation, one in policies.rows.items()} == {
        one.occupation: one.bounds for one in SHIPPED
    }
    assert AuditEntry.objects.filter(verb="weights.set", actor=None).count() == len(SHIPPED)


def test_every_shipped_policy_adds_up_to_a_hundred_and_pays_nobody_for_being_cheap():
    for policy in SHIPPED:
        assert sum(each.usual for each in policy.bounds.values()) == 100, policy.occupation
        assert policy.bounds[Part.PAY] == Bounds(0, 0, 0)


def test_loading_again_does_not_undo_what_staff_set(staff: Any):
    load_shipped_policies(now=timezone.now())
    set_policy(staff, bounds=bounds(language=Bounds(50, 50, 50)))
    load_shipped_policies(now=timezone.now())
    assert usual_language(weight_policies(timezone.now().date()), None) == 50


def test_a_new_policy_is_logged_with_its_reason(staff: Any):
    policy = set_policy(
        staff, occupation=Occupation.objects.get(pk="5244"), reason=" The works council asked ",
        bounds=bounds(culture=Bounds(5, 0, 10)),
    )  # fmt: skip
    entry = AuditEntry.objects.get(verb="weights.set")
    assert (entry.actor, entry.reason, entry.object_id) == (staff, "The works council asked", str(policy.pk))
    assert entry.data["occupation"] == "5244"
    assert entry.data["bounds"]["culture"] == [0, 5, 10]
    assert entry.data["bounds"]["pay"] == [0, 0, 0]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": "  "}, "Give a reason"),
        ({"valid_from": date(2026, 1, 1)}, "starts today or later"),
        ({"bounds": bounds(pay=Bounds(1, 0, 2))}, "never counts for an employer"),
        ({"bounds": {Part.LANGUAGE: Bounds(1, 1, 1)}}, "Every part"),
        ({"bounds": dict.fromkeys(EMPLOYER_BOUNDS, Bounds(0, 0, 0))}, "At least one part"),
    ],
)
def test_a_refused_policy_writes_nothing(staff: Any, changes: dict[str, Any], words: str):
    with pytest.raises(UnableToSetWeights, match=words):
        set_policy(staff, **changes)
    assert not WeightPolicy.objects.exists()
    assert not AuditEntry.objects.filter(verb="weights.set").exists()


def test_the_database_lets_pay_never_count(staff: Any):
    policy = WeightPolicy.objects.create(
        valid_from=TODAY, set_at=timezone.now(), set_by=staff, reason="Around the action"
    )
    with pytest.raises(IntegrityError, match="pay_never_counts_for_an_employer"), transaction.atomic():
        PartBounds.objects.create(policy=policy, part="pay", usual=0, least=0, most=1)


def test_a_policy_is_never_changed_or_deleted(staff: Any):
    policy = set_policy(staff)
    with pytest.raises(TypeError):
        policy.save()
    with pytest.raises(TypeError):
        policy.delete()
    for statement in (
        "UPDATE matching_weightpolicy SET reason = 'other'",
        "DELETE FROM matching_partbounds",
        "UPDATE matching_partbounds SET usual = 1 WHERE part = 'language'",
    ):
        with (
            pytest.raises(DatabaseError, match="never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


# --- What it moves ----------------------------------------------------------------------------------------------------


def test_a_vacancy_is_ranked_with_the_policy_of_its_kind_of_work(staff: Any):
    measured_person()
    vacancy = VacancyFactory(content=version_content(occupation_id="5244", weights={"language": 4}))
    assert ranked(vacancy).weights["language"] == 60
    before = known_facts(timezone.now().date()).fingerprint
    set_policy(
        staff,
        occupation=Occupation.objects.get(pk="5244"),
        bounds=bounds(language=Bounds(usual=20, least=10, most=25)),
    )
    assert known_facts(timezone.now().date()).fingerprint != before, (
        "what was ranked before is looked at again"
    )
    assert ranked(vacancy).weights["language"] == 25
    assert RankingState.objects.get(vacancy=vacancy).current.weights["language"] == 25
