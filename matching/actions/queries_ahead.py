"""Compiling what open vacancies ask before somebody waits for it."""

from datetime import date, timedelta

from matching.queries.book import open_queries
from matching.queries.freshness import facts_fingerprint
from matching.queries.known import known_facts, read_facts


def compile_ahead(*, today: date) -> int:
    """Have the queries of today and of tomorrow in the cache that all processes share; how many vacancies are open.

    Facts are those of a day, so that with the first second of the next one every query is another: web processes
    would all compile every vacancy then, while people wait.
    """
    tomorrow = today + timedelta(days=1)
    open_queries(read_facts(tomorrow, facts_fingerprint(tomorrow)))
    return len(open_queries(known_facts(today)))
