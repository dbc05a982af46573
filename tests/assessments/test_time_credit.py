"""Time given back after a failure, by hand."""

from datetime import timedelta

import pytest

from assessments.rules.time_credit import Beat, credit_seconds


def credit(now, lost, silence, **more):
    return credit_seconds(Beat(7, now), Beat(8 + lost, now + timedelta(seconds=silence)), **more)


@pytest.mark.parametrize(
    ("lost", "silence", "expected"),
    [
        (0, 5, 0.0),  # as it should be
        (0, 90, 0.0),  # nothing was tried: the page was closed or asleep, and that is a pause
        (
            3,
            20,
            15.0,
        ),  # beats at 5, 10 and 15 s were lost, the one at 20 s arrived: 15 s could not be acknowledged
        (3, 22.5, 15.0),  # the last one came late; what the attempts prove is given
        (3, 17, 12.0),  # they were sent faster than agreed: the silence limits them
        (1, 6.5, 0.0),  # ordinary traffic
        (1, 10, 5.0),
        (12, 65, 60.0),  # a minute without a line
        (10_000, 40, 35.0),  # a forged number wins no more than the silence itself
        (10_000, 50_000, 900.0),  # and never more than a quarter of an hour
    ],
)
def test_credit_is_what_the_lost_attempts_prove(now, lost, silence, expected):
    assert credit(now, lost, silence) == expected


def test_a_run_has_an_end_of_credit(now):
    assert credit(now, 12, 65, credited=870) == 30.0
    assert credit(now, 12, 65, credited=900) == 0.0
    assert credit(now, 12, 65, credited=901) == 0.0


@pytest.mark.parametrize(("lost", "silence"), [(-1, 30), (-5, 30), (3, 0), (3, -60)])
def test_a_doubled_or_late_heartbeat_gives_nothing(now, lost, silence):
    assert credit(now, lost, silence) == 0.0
