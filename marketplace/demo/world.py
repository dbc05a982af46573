"""What the demo population needs to know of the facts: places, languages, floors and the item bank, read once."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from assessments.engine.response_model import Parameters
from assessments.models import Bank
from assessments.queries import bank_parameters
from marketplace.demo.shape import COUNTRY_WEIGHTS
from reference.models import Channel, CountryLanguage, Region, Sector, Skill, Zone
from reference.queries.wages import WageFloorTable, wage_floors


class FactsMissing(Exception):
    """The facts or the item bank have not been loaded; the message says which command loads them."""


@dataclass(frozen=True, slots=True)
class Home:
    """A country as people of the demo live in it. `floor` is the effective one an hour in `currency`."""

    code: str
    currency: str
    zones: tuple[str, ...]
    regions: tuple[str, ...]
    mother_tongues: tuple[str, ...]
    tongue_shares: tuple[float, ...]
    floor: Decimal


@dataclass(frozen=True, slots=True)
class World:
    """Everything that drawing people needs."""

    on: date
    homes: tuple[Home, ...]
    weights: np.ndarray
    skills: tuple[str, ...]
    sectors: tuple[str, ...]
    channels: tuple[str, ...]
    params: Parameters
    cuts: tuple[float, ...]

    @classmethod
    def read(cls, on: date) -> "World":
        """Read it all. Raises FactsMissing."""
        floors = wage_floors(None, on)
        homes = tuple(_home(code, floors) for code in COUNTRY_WEIGHTS if code in floors.countries)
        bank = Bank.objects.filter(code="english").first()
        if len(homes) != len(COUNTRY_WEIGHTS) or bank is None:
            raise FactsMissing("run `manage.py load_facts --demo-policies` and `manage.py load_banks` first")
        weights = np.array([COUNTRY_WEIGHTS[home.code] for home in homes], dtype=float)
        parameters = bank_parameters(bank)
        return cls(
            on=on,
            homes=homes,
            weights=weights / weights.sum(),
            skills=tuple(Skill.objects.order_by("pk").values_list("pk", flat=True)),
            sectors=tuple(Sector.objects.order_by("pk").values_list("pk", flat=True)),
            channels=tuple(Channel.objects.order_by("pk").values_list("pk", flat=True)),
            params=parameters.params,
            cuts=parameters.cuts,
        )


def _home(code: str, floors: WageFloorTable) -> Home:
    result = floors.get(code)
    effective = result.effective
    spoken = list(
        CountryLanguage.objects.filter(country=code, percent__gte=5)
        .order_by("-percent")
        .values_list("language_id", "percent")
    )
    first = [
        (language, float(percent)) for language, percent in spoken if language != "en" or len(spoken) == 1
    ][:3]
    first = first or [("en", 100.0)]
    total = sum(percent for _language, percent in first)
    zones = Zone.objects.filter(country=code).order_by("pk").values_list("pk", flat=True)
    return Home(
        code=code,
        currency=result.currency,
        zones=tuple(zones),
        regions=tuple(Region.objects.filter(country=code).order_by("pk").values_list("pk", flat=True)),
        mother_tongues=tuple(language for language, _percent in first),
        tongue_shares=tuple(percent / total for _language, percent in first),
        floor=effective.hourly if effective else Decimal(0),
    )
