"""What the demo population needs to know of the facts: places, languages, floors and the item bank, read once."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from assessments.engine.response_model import Parameters
from assessments.models import Bank
from assessments.queries import bank_parameters
from marketplace.demo.shape import COUNTRY_WEIGHTS, ENGLISH_FIRST
from reference.models import Channel, Country, CountryLanguage, Region, Sector, Skill, Zone
from reference.queries.wages import WageFloorTable, wage_floors


class FactsMissing(Exception):
    """The facts or the item bank have not been loaded; the message says which command loads them."""


@dataclass(frozen=True, slots=True)
class Home:
    """A country as people of the demo live in it. `floor` is the effective one an hour in `currency`.

    `mother_tongues` with `tongue_shares` (adding up to 1); `heard` are other languages with the share able to use them.
    """

    code: str
    currency: str
    zones: tuple[str, ...]
    regions: tuple[str, ...]
    mother_tongues: tuple[str, ...]
    tongue_shares: tuple[float, ...]
    heard: tuple[tuple[str, float], ...]
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
    spoken = list(
        CountryLanguage.objects.filter(country=code, percent__gte=3)
        .order_by("-percent", "language")
        .values_list("language_id", "percent", "status")
    )
    first = _mother_tongues(code, spoken)
    total = sum(first.values())
    effective = result.effective
    return Home(
        code=code,
        currency=result.currency,
        zones=_zones(code),
        regions=tuple(Region.objects.filter(country=code).order_by("pk").values_list("pk", flat=True)),
        mother_tongues=tuple(first),
        tongue_shares=tuple(share / total for share in first.values()),
        heard=tuple((language, float(percent) / 100) for language, percent, _status in spoken if language != "en"),
        floor=effective.hourly if effective else Decimal(0),
    )  # fmt: skip


def _mother_tongues(code: str, spoken: list[tuple[str, Decimal, str]]) -> dict[str, float]:
    """Up to three languages with a standing in the country. How many can use a language says little about whose first it is."""
    if code in ENGLISH_FIRST:
        return {"en": 1.0}
    own = [(language, float(percent)) for language, percent, status in spoken if status and language != "en"]
    return dict(own[:3]) or {spoken[0][0] if spoken else "en": 1.0}


def _zones(code: str) -> tuple[str, ...]:
    """The main one first."""
    main = Country.objects.values_list("main_zone", flat=True).get(pk=code)
    others = Zone.objects.filter(country=code).exclude(pk=main).order_by("pk").values_list("pk", flat=True)
    return (*([main] if main else []), *others)
