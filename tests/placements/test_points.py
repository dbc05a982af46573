"""A score taken apart: every row is right as it is shown, and the columns add up with the line of rounding."""

from decimal import ROUND_HALF_UP, Decimal

from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings

from matching.engine import Part, SkillWish, explain
from placements.queries.points import Points, points_of
from tests.matching.engine import strategies
from tests.matching.engine.people import pool_of, speaker, vacancy

CENT = Decimal("0.01")


def as_read(value: Decimal) -> Decimal:
    """What a reader writes down with two decimals."""
    return value.quantize(CENT, ROUND_HALF_UP)


def check(points: Points) -> None:
    """Work everything out again from the figures on the page."""
    for part in points.parts:
        assert as_read(part.fit * part.employer_weight / 100) == part.employer
        assert as_read(part.fit * part.candidate_weight / 100) == part.candidate
        again = part.employer * points.employer_factor + part.candidate * points.candidate_factor
        assert as_read(again) == part.points
        for figure in (part.fit, part.employer_weight, part.candidate_weight):
            assert figure == as_read(figure)
    for column, total, rounding in zip(
        ("employer", "candidate", "points"),
        (points.employer, points.candidate, points.total),
        points.rounding,
        strict=True,
    ):
        assert sum((getattr(part, column) for part in points.parts), Decimal(0)) + rounding == total
        assert abs(rounding) <= Decimal("0.15")
    for column in ("employer_weight", "candidate_weight"):
        assert sum(getattr(part, column) for part in points.parts) in (0, 100)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
@given(strategies.populations(2), strategies.vacancies())
def test_every_row_and_every_column_is_right_as_it_is_shown(people, query) -> None:
    pool = pool_of(*people)
    for candidate_id in pool.candidate_id.tolist():
        told = explain(pool, query, candidate_id, with_changes=False)
        points = points_of(told, None)
        assert points is not None
        check(points)
        assert abs(points.total - Decimal(told.score) / 100_000) <= Decimal("0.0051")


def points() -> Points:
    told = explain(
        pool_of(speaker(wish=80_000, skills={"crm": (2, 2)})), vacancy(wanted_skills=(SkillWish("crm"),)), 1
    )
    found = points_of(told, None)
    assert found is not None
    return found


def test_what_a_person_costs_never_counts_for_an_employer() -> None:
    pay = next(part for part in points().parts if part.code == Part.PAY)
    assert (pay.employer_weight, pay.employer) == (0, 0)


def test_each_result_stays_in_one_piece_beside_its_label_and_rounding_has_its_line() -> None:
    found = points()
    page = render_to_string("placements/_points.html", {"points": found})
    part = found.parts[0]
    assert f"<span>× {part.employer_weight:.2f}&nbsp;% = <b>{part.employer:.2f}</b></span>" in page
    assert page.count("<span>×") == 2 * len(found.parts)
    assert found.rounded == (">Rounding<" in page)
