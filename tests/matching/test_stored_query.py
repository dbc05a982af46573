"""A compiled query as text, and back."""

import json

import pytest
from hypothesis import given, settings

from matching.engine import CANDIDATE_WEIGHTS, PARTS, VacancyQuery
from matching.engine.query_digest import digest_query
from matching.rules.stored_query import UnreadableQuery, query_of, query_text, weights_of
from tests.matching.engine.people import vacancy
from tests.matching.engine.strategies import vacancies


@settings(max_examples=200, deadline=None)
@given(query=vacancies())
def test_a_query_comes_back_as_it_was(query: VacancyQuery) -> None:
    text = query_text(query)
    back = query_of(text)
    assert back == query
    assert query_text(back) == text
    assert digest_query(back, CANDIDATE_WEIGHTS) == digest_query(query, CANDIDATE_WEIGHTS)


def test_the_text_is_canonical():
    text = query_text(vacancy())
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def altered(**changes: object) -> str:
    return json.dumps({**json.loads(query_text(vacancy())), **changes})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Expecting value"),
        ("[]", "query is not a mapping"),
        ("{", "Expecting property name"),
        (altered(colour="red"), "query has 'colour', which this engine does not know"),
        (altered(hours_week="2400"), "query.hours_week is not of type int"),
        (altered(hours_week=True), "query.hours_week is not of type int"),
        (altered(hours_week=2400.0), "query.hours_week is not of type int"),
        (altered(shifts={}), "query.shifts is not a list"),
        (
            altered(shifts=[{"weekday": 1}]),
            r"query.shifts\[0\] lacks 'duration_minutes'|lacks 'start_minute'",
        ),
        (altered(zone="Mars/Olympus"), "zone"),
        (altered(organisation=5), "query.organisation is not a list"),
    ],
)
def test_an_altered_text_is_refused_by_name(text: str, says: str) -> None:
    with pytest.raises(UnreadableQuery, match=says):
        query_of(text)


def test_a_field_that_came_later_takes_its_default():
    """Rankings of an engine before the field still open; their digest then tells whether they say the same."""
    older = json.loads(query_text(vacancy()))
    del older["cefr_cuts"]
    assert query_of(json.dumps(older)) == vacancy()


def test_weights_come_back_as_they_were():
    stored = {str(part): weight for part, weight in zip(PARTS, CANDIDATE_WEIGHTS, strict=True)}
    assert weights_of(stored) == CANDIDATE_WEIGHTS
    with pytest.raises(UnreadableQuery, match="'luck' is not a part of the score"):
        weights_of({"luck": 1})
    with pytest.raises(UnreadableQuery, match="add up to zero"):
        weights_of({})
