"""`answered_bank()`: a bank whose items were answered by simulated people in finished sessions."""

from datetime import timedelta

import numpy as np
from django.utils import timezone

from assessments.engine.response_model import log_chances, parameter_rows
from assessments.models import Item, Response, Session
from assessments.queries import item_parameters
from tests.factories.assessments import BankFactory
from tests.factories.candidates import CandidateFactory

NOW = timezone.now()


def answered_bank(*, sessions=260, items=12, harder_on_phones=None):
    """A bank whose items were answered by simulated people; the true difficulties lie 0.3 above the expert priors."""
    bank = BankFactory(items=items, kind="language")
    stored = list(Item.objects.filter(bank=bank, state="live").order_by("code"))
    true = parameter_rows([item_parameters(item) for item in stored])
    rng = np.random.default_rng(8)
    thetas = rng.normal(0, 2.5, sessions)
    candidates = [CandidateFactory() for _ in range(2)]
    rows = Session.objects.bulk_create(
        Session(
            candidate=candidates[number % 2],
            bank=bank,
            state="finished",
            seed=number,
            parameters={},
            started_at=NOW - timedelta(days=number + 1),
            finished_at=NOW - timedelta(days=number + 1),
            stopped_because="length",
            theta=float(theta),
            standard_error=0.4,
            device_class=("phone", "other")[number % 2],
            interface_language=("en", "nl")[number // 2 % 2],
        )
        for number, theta in enumerate(thetas)
    )
    chance = np.exp(log_chances(true, thetas))[:, 1].T
    if harder_on_phones is not None:
        chance[::2, harder_on_phones] *= 0.35
    right = rng.random(chance.shape) < chance
    Response.objects.bulk_create(
        Response(
            session=session,
            item=item,
            position=position,
            given_at=NOW,
            answered_at=NOW,
            answer=item.key if right[number, position - 1] else (item.key + 1) % 4,
            credit=int(right[number, position - 1]),
            correct=bool(right[number, position - 1]),
        )
        for number, session in enumerate(rows)
        for position, item in enumerate(stored, start=1)
    )
    return bank
