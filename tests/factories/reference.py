"""Wage floors as staff or files would make them. The other facts come from the data files."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from reference.enums import FloorKind, FloorStatus, Origin, Reliability, WageBasis
from reference.models import WageFloor
from tests.factories.traits import Trait


class WageFloorFactory(DjangoModelFactory):
    """A usable legal rate an hour in Andorra, which has no facts of its own. Traits: indicative, net, none, policy."""

    class Meta:
        model = WageFloor

    class Params:
        indicative = Trait(status=FloorStatus.INDICATIVE)
        net = Trait(status=FloorStatus.NET, basis=WageBasis.NET)
        none = Trait(status=FloorStatus.NO_STATUTORY, amount=None, period="", basis="")
        policy = Trait(kind=FloorKind.PLATFORM_POLICY, scope="all work")

    key = factory.Sequence(lambda n: f"made-{n}")
    country_id = "AD"
    kind = FloorKind.STATUTORY
    status = FloorStatus.USABLE
    scope = factory.Sequence(lambda n: f"scope {n}")
    amount = Decimal("8.00")
    currency = "EUR"
    period = "hour"
    basis = WageBasis.GROSS
    valid_from = date(2026, 1, 1)
    source = "Official gazette"
    source_ref = "https://gazette.example/1"
    as_of = "2026-01-01"
    reliability = Reliability.A
    origin = Origin.FILE
