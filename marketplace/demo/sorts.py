"""What a kind of employer and a sort of work consist of, and the words their lists share."""

from dataclasses import dataclass, field

SOUTH = ("PT", "ES", "IT", "GR", "ZA", "RS", "TR", "HR")
EUROPE = (*SOUTH, "NL", "BE", "DE", "PL", "RO", "BG")
NIGHTS = ("PH", "CO", "MX", "ID", "IN", "MY", "VN", "PE", "AR", "BR")


@dataclass(frozen=True, slots=True)
class Job:
    """One sort of work. `shift` is (weekdays, start hour, end hour, must); pay in EUR an hour."""

    title: str
    sector: str
    channels: tuple[str, ...]
    languages: tuple[tuple[str, int], ...]
    skills: tuple[str, ...]
    shift: tuple[tuple[tuple[int, ...], int, int, bool], ...]
    hours: int
    pay: tuple[str, str]
    countries: tuple[str, ...]
    customers: tuple[str, ...] = ("NL",)
    zone: str = "Europe/Amsterdam"
    must_skills: tuple[tuple[str, int], ...] = ()
    nice: tuple[tuple[str, int], ...] = ()
    culture: bool = False
    locality_for: str = ""
    months: int = 6
    openings: int = 2
    freelance: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of employer: names, size, where its people live, and its jobs."""

    names: tuple[str, ...]
    about: str
    country: str
    staff: tuple[tuple[str, int], ...]
    working_languages: tuple[str, ...]
    jobs: tuple[Job, ...] = field(default_factory=tuple)


WEEK, DAYS, WEEKEND = tuple(range(7)), tuple(range(5)), (5, 6)
OFFICE = ((DAYS, 9, 18, False),)
LONG = ((DAYS, 8, 21, False), (WEEKEND, 9, 18, False))
B1, B2, C1 = 3, 4, 5
