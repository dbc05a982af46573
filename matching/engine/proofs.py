"""What a measurement proves besides itself: being at home in the countries of a language or of an etiquette test."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from matching.engine import columns as spec
from matching.engine.gate_facts import value_of
from matching.engine.pool import Pool
from matching.engine.sparse import LocalityColumn

FLUENT_FROM: Final = 5
"""C1: the level of a language from which it is evidence of being at home where it is spoken."""
PASSED_FROM: Final = 2
"""Level of the skill from which an etiquette test counts as passed: working, not basic."""


@dataclass(frozen=True, slots=True)
class Proofs:
    """spoken_in: countries by the code of their own language. etiquette: codes of skills by country."""

    spoken_in: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    etiquette: Mapping[str, str] = field(default_factory=dict)

    def by_language(self, person: Pool, code: str, level: int) -> Pool:
        """One row with the evidence that a language measured at `level` brings."""
        return _at_home(
            person, self.spoken_in.get(code, ()) if level >= FLUENT_FROM else (), spec.LANGUAGE_C1
        )

    def by_skill(self, person: Pool, code: str, level: int) -> Pool:
        """One row with the evidence that a skill measured at `level` brings."""
        countries = [country for country, skill in self.etiquette.items() if skill == code]
        return _at_home(person, countries if level >= PASSED_FROM else (), spec.ETIQUETTE_PASSED)


NONE_KNOWN: Final = Proofs()


def _at_home(person: Pool, countries: Iterable[str], bit: int) -> Pool:
    """One row with a bit of evidence more in some countries."""
    changed = {
        country: LocalityColumn(
            rows=np.zeros(1, dtype=np.int32),
            evidence=np.array([value_of(person, "localities", country, "evidence") | bit], dtype=np.uint8),
        )
        for country in countries
    }
    return person.having(localities={**person.localities, **changed})
