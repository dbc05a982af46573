"""A score taken apart adds up again, as computed and as shown."""

from decimal import Decimal

from hypothesis import HealthCheck, given, settings

from matching.engine import Part, SkillWish, explain
from placements.queries.points import points_of
from tests.matching.engine import strategies
from tests.matching.engine.people import pool_of, speaker, vacancy


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(strategies.populations(2), strategies.vacancies())
def test_every_column_adds_up_as_it_is_shown(people, query) -> None:
    pool = pool_of(*people)
    for candidate_id in pool.candidate_id.tolist():
        told = explain(pool, query, candidate_id, with_changes=False)
        points = points_of(told, None)
        assert points is not None
        for column, total in (
            ("employer", points.employer),
            ("candidate", points.candidate),
            ("points", points.total),
        ):
            assert sum((getattr(part, column) for part in points.parts), Decimal(0)) == total
        for column in ("employer_weight", "candidate_weight"):
            assert sum(getattr(part, column) for part in points.parts) in (0, 100)
        assert abs(points.total - Decimal(told.score) / 100_000) <= Decimal("0.051")


def test_a_person_can_work_the_points_out_again() -> None:
    """Fit × weight gives each side's points; side's points × its factor, added, the points of the score."""
    told = explain(
        pool_of(speaker(wish=80_000, skills={"crm": (2, 2)})), vacancy(wanted_skills=(SkillWish("crm"),)), 1
    )
    points = points_of(told, None)
    assert points is not None
    for part in points.parts:
        assert abs(part.fit * part.employer_weight / 100 - part.employer) <= Decimal("0.11")
        assert abs(part.fit * part.candidate_weight / 100 - part.candidate) <= Decimal("0.11")
        again = part.employer * points.employer_factor + part.candidate * points.candidate_factor
        assert abs(again - part.points) <= Decimal("0.4")
    pay = next(part for part in points.parts if part.code == Part.PAY)
    assert (pay.employer_weight, pay.employer) == (0, 0), "what a person costs never counts for an employer"
