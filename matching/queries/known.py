"""What this process knows of a day, read again only when people or facts changed: the pool, and compiled queries."""

from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock

from matching.engine import Pool, Proofs, VacancyQuery
from matching.queries.compiled import Team, compile_query
from matching.queries.current_pool import current_pool
from matching.queries.freshness import facts_fingerprint
from matching.queries.held_pool import HeldPool
from matching.queries.proofs import proofs
from matching.queries.weights import weight_policies
from matching.rules.weights import WeightPolicies
from vacancies.content import VersionContent, content_of
from vacancies.models import Vacancy
from vacancies.queries.pay import PayFacts


@dataclass(frozen=True, slots=True)
class DayFacts:
    """Floors, rates, market bands and weight policies of a day, what measurements prove, and what was compiled with them.

    A published version never changes, so its query holds until the facts or the team's facts do.
    """

    on: date
    fingerprint: str
    pay: PayFacts
    weights: WeightPolicies
    proofs: Proofs
    compiled: dict[tuple[int, datetime], VacancyQuery] = field(default_factory=dict)
    contents: dict[int, VersionContent] = field(default_factory=dict)

    def query_of(self, vacancy: Vacancy) -> VacancyQuery:
        """The query of a vacancy's current version; its rows and `employer__staff` are only read the first time.

        Raises InvalidQuery or NoRate when its facts cannot be compiled.
        """
        assert vacancy.current is not None
        key = (vacancy.current.pk, vacancy.employer.facts_changed_at)
        if key not in self.compiled:
            team = Team.of(vacancy.employer)
            self.compiled[key] = self.query_for(self.content_of(vacancy), team)
        return self.compiled[key]

    def content_of(self, vacancy: Vacancy) -> VersionContent:
        """The content of a vacancy's current version; its rows are only read the first time."""
        assert vacancy.current is not None
        if vacancy.current.pk not in self.contents:
            self.contents[vacancy.current.pk] = content_of(vacancy.current)
        return self.contents[vacancy.current.pk]

    def holds(self, vacancy: Vacancy) -> bool:
        """Whether nothing of the vacancy has to be read any more."""
        key = (vacancy.current_id, vacancy.employer.facts_changed_at)
        return key in self.compiled and vacancy.current_id in self.contents

    def query_for(self, content: VersionContent, team: Team) -> VacancyQuery:
        """The query of any content, stored or not. Raises InvalidQuery or NoRate when it cannot be compiled."""
        return compile_query(content, team, self.on, self.pay, self.weights)


@dataclass(frozen=True, slots=True)
class Known:
    """Facts and everybody's profile, as they are together."""

    facts: DayFacts
    held: HeldPool

    @property
    def pool(self) -> Pool:
        """Everybody."""
        return self.held.pool

    @property
    def seen(self) -> int:
        """Every change that a transaction below this number made is in the pool."""
        return self.held.moment.xmin


_facts_lock = Lock()
_pool_lock = Lock()
_facts: DayFacts | None = None


def known_facts(on: date) -> DayFacts:
    """The facts of a day; one query when they are held already. Never waits for the pool."""
    with _facts_lock:
        return _held_facts(on)


def known(on: date) -> Known:
    """Facts and pool of a day. When both are held already, and few people changed since, that costs those few.

    The pool is never older than what was committed before the call. Threads wait for one another.
    """
    with _pool_lock:
        facts = known_facts(on)
        return Known(facts, current_pool(on, facts.pay.rates))


def _held_facts(on: date) -> DayFacts:
    global _facts
    found = facts_fingerprint(on)
    if _facts is None or _facts.fingerprint != found:
        _facts = read_facts(on, found)
    return _facts


def read_facts(on: date, fingerprint: str) -> DayFacts:
    """The facts of any day, held by nobody else."""
    return DayFacts(on, fingerprint, PayFacts.read(on), weight_policies(on), proofs())
