"""The weight policies that the product ships: usual weights and bounds for each kind of work, with their reasons.

Our own judgement, published so that it can be disputed; staff supersede a policy in the administration. To ship a
change, add a row with a later date: rows are never edited, because rankings were made with them.
"""

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_noop as _

from matching.engine import EMPLOYER_BOUNDS, Bounds, Part
from matching.rules.weights import ALL_WORK, Policy


class ShippedPolicy(NamedTuple):
    """`occupation` is an ISCO-08 code or ALL_WORK; `reason` is translated when it is shown."""

    occupation: str
    valid_from: date
    reason: str
    bounds: Policy


def _bounds(**given: tuple[int, int, int]) -> Policy:
    """(least, usual, most) by part; every part but pay, which never counts."""
    parts = {Part(part): Bounds(usual, least, most) for part, (least, usual, most) in given.items()}
    return {**parts, Part.PAY: Bounds(0, 0, 0)}


FIRST = date(2026, 1, 1)

SHIPPED = (
    ShippedPolicy(
        ALL_WORK,
        FIRST,
        _(
            "Language and skills say most about whether the work can be done; likeness to a team and a CV decide little."
        ),
        EMPLOYER_BOUNDS,
    ),
    ShippedPolicy(
        "4222",
        FIRST,
        _("Questions and complaints: people are helped by being understood, in language and in manner."),
        _bounds(
            language=(15, 35, 60),
            culture=(0, 15, 25),
            time=(5, 15, 30),
            skills=(10, 20, 45),
            experience=(0, 5, 10),
            commitment=(5, 10, 25),
        ),
    ),
    ShippedPolicy(
        "5244",
        FIRST,
        _(
            "Sales: a conversation that convinces needs language and sales skills; hours follow the customers."
        ),
        _bounds(
            language=(15, 30, 55),
            culture=(0, 10, 20),
            time=(5, 15, 30),
            skills=(15, 30, 55),
            experience=(0, 5, 10),
            commitment=(5, 10, 25),
        ),
    ),
    ShippedPolicy(
        "3512",
        FIRST,
        _("Technical support: finding the fault comes first; language has its minimum at the gate."),
        _bounds(
            language=(10, 20, 45),
            culture=(0, 5, 15),
            time=(5, 15, 30),
            skills=(20, 40, 60),
            experience=(0, 5, 10),
            commitment=(5, 15, 30),
        ),
    ),
    ShippedPolicy(
        "4221",
        FIRST,
        _("Travel advice: knowing the places is a measured skill; being at home with the customers helps."),
        _bounds(
            language=(10, 25, 50),
            culture=(0, 15, 25),
            time=(5, 10, 30),
            skills=(15, 35, 55),
            experience=(0, 5, 10),
            commitment=(5, 10, 25),
        ),
    ),
    ShippedPolicy(
        "4214",
        FIRST,
        _(
            "Debt collection: hard conversations need language and skill; nobody should be worn out by their hours."
        ),
        _bounds(
            language=(15, 30, 55),
            culture=(0, 5, 15),
            time=(10, 20, 35),
            skills=(10, 25, 50),
            experience=(0, 5, 10),
            commitment=(5, 15, 30),
        ),
    ),
    ShippedPolicy(
        "4110",
        FIRST,
        _(
            "Back office: written work at its own pace; skills and staying long count, the hour of the day less."
        ),
        _bounds(
            language=(5, 20, 45),
            culture=(0, 5, 15),
            time=(0, 10, 25),
            skills=(20, 40, 60),
            experience=(0, 5, 10),
            commitment=(5, 20, 35),
        ),
    ),
    ShippedPolicy(
        "4132",
        FIRST,
        _("Data entry: accuracy is a measured skill; language and the hour of the day count less."),
        _bounds(
            language=(5, 15, 40),
            culture=(0, 5, 15),
            time=(0, 10, 25),
            skills=(20, 45, 65),
            experience=(0, 5, 10),
            commitment=(5, 20, 35),
        ),
    ),
    ShippedPolicy(
        "4311",
        FIRST,
        _("Bookkeeping: the craft comes first, and knowing the books takes time, so staying counts."),
        _bounds(
            language=(5, 15, 40),
            culture=(0, 5, 15),
            time=(0, 10, 25),
            skills=(20, 45, 65),
            experience=(0, 5, 15),
            commitment=(5, 20, 35),
        ),
    ),
    ShippedPolicy(
        "3341",
        FIRST,
        _("Team leads: leading is a skill; earlier experience may count a little more here than elsewhere."),
        _bounds(
            language=(10, 25, 50),
            culture=(0, 15, 25),
            time=(5, 10, 25),
            skills=(15, 30, 50),
            experience=(0, 10, 15),
            commitment=(5, 10, 30),
        ),
    ),
)
