"""Many vacancies for the benchmarks, drawn from a seed: no two alike, none impossible."""

from dataclasses import replace
from typing import Final

import numpy as np

from benchmarks.cases import broad, typical
from benchmarks.population import SEED
from benchmarks.world import CHANNELS, EMPLOYERS, LANGUAGES, LEARNT, SECTORS, SKILLS
from matching.engine import LanguageNeed, ShiftBlock, SkillNeed, SkillWish, VacancyQuery

ZONES: Final = (
    "Europe/Amsterdam",
    "Europe/London",
    "America/New_York",
    "Europe/Madrid",
    "Asia/Manila",
    "Europe/Berlin",
)
HOURS: Final = (12, 16, 20, 24, 28, 32)


def make_vacancies(number: int, seed: int = SEED) -> list[VacancyQuery]:
    """`number` vacancies: places, start and pay of one of the two cases, everything else drawn."""
    rng = np.random.default_rng(seed)
    bases = (broad(), typical())
    spoken = np.array([LEARNT.get(code, 1) for code in LANGUAGES], dtype=np.float64)
    return [_drawn(rng, bases[one % 2], spoken / spoken.sum()) for one in range(number)]


def _drawn(rng: np.random.Generator, base: VacancyQuery, spoken: np.ndarray) -> VacancyQuery:
    codes = rng.choice(LANGUAGES, size=3, replace=False, p=spoken).tolist()
    skills = rng.permutation(list(SKILLS)).tolist()
    first, days = int(rng.integers(6, 15)), int(rng.integers(4, 8))
    length = int(rng.integers(6, 10))
    hours = int(rng.choice([each for each in HOURS if each <= days * length]))
    required = int(rng.integers(1, 3))
    return replace(
        base,
        languages=tuple(LanguageNeed(code, int(rng.integers(2, 5))) for code in codes[:required]),
        nice_languages=(LanguageNeed(codes[2], 3),),
        must_skills=(SkillNeed(skills[0]),) if rng.random() < 0.5 else (),
        wanted_skills=(SkillWish(skills[1], 2), SkillWish(skills[2])),
        hours_week=hours * 60,
        zone=str(rng.choice(ZONES)),
        shifts=tuple(ShiftBlock(day, first * 60, length * 60, must=day == 0) for day in range(days)),
        employer=int(rng.choice(EMPLOYERS)),
        sector=str(rng.choice(SECTORS)),
        channels=tuple(rng.permutation(CHANNELS)[:2].tolist()),
        start_day=base.start_day + 7 * int(rng.integers(0, 12)),
        end_day=base.end_day + 90,
    )
