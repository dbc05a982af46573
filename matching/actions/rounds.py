"""Rounds: which rankings do the changes of people and facts touch? Those are ranked again, and no others.

Anybody may ask for a round at any time; one process of all looks, and everybody who is there ranks what waits.
"""

import logging
import os
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection
from django.db.models import F

from common.queue import enqueue
from matching.actions.looking import NOT_YET, look_round
from matching.actions.one_at_a_time import one_at_a_time
from matching.actions.ranking import rank_vacancy
from matching.actions.shards import without_job
from matching.models import RankingRound, RankingState
from matching.queries.known import Known, known
from matching.queries.waiting import to_rank, waiting_vacancies

logger = logging.getLogger(__name__)
AT_ONCE: Final = 500
"""Rankings that one message makes at most: far fewer than fit into a task's time limit."""
SHARE: Final = 50
"""For so many waiting rankings another worker is asked to join in."""
MOST_JOINING: Final = 16
A_DAY: Final = timedelta(hours=20)
"""Younger rankings wait for the next night."""


def refresh_changed(*, today: date, now: datetime) -> int:
    """Find what changes of people and facts touch, and rank it; returns how many vacancies were ranked here.

    However many people change in a row, everything is looked at once for all of them. Who finds another at it leaves
    word and goes; the other then asks for one more round, so that no change is left behind.
    """
    word = _word()
    known_now: list[Known] = []

    def look() -> None:
        known_now.append(known(today))
        look_round(known_now=known_now[0])

    if not _alone("matching.rounds", look):
        return 0
    word = _ask_again_if(word)
    try:
        return _rank_waiting(known_now[0], now, join=True)
    finally:
        _ask_again_if(word)


def rank_waiting(*, today: date, now: datetime) -> int:
    """Join in ranking what a round found; returns how many vacancies were ranked here."""
    word = _word()
    try:
        return _rank_waiting(known(today), now, join=False)
    finally:
        _ask_again_if(word)


def refresh_all(*, today: date, now: datetime) -> int:
    """Rank everything that was not ranked within a day, whatever the rounds found; returns how many were ranked here.

    Heals what nothing else would, and brings counts up to date that change without anybody entering a list.
    """
    RankingState.objects.filter(waiting=False, read_at__lt=now - A_DAY).update(waiting=True)
    return refresh_changed(today=today, now=now)


def _rank_waiting(known_now: Known, now: datetime, *, join: bool) -> int:
    """Rank what waits. A vacancy that fails stops no other; the first failure is raised once all had their turn."""
    waiting = list(without_job(waiting_vacancies(), now).values_list("pk", flat=True))
    if join:
        for _worker in range(min(len(waiting) // SHARE, MOST_JOINING)):
            enqueue("matching.rank_waiting")
    first = os.getpid() % len(waiting) if len(waiting) > SHARE else 0  # not all at the same ones
    ranked, failures = 0, list[Exception]()
    for vacancy_id in (waiting[first:] + waiting[:first])[:AT_ONCE]:
        try:
            ranked += _claim(vacancy_id, known_now, now)
        except SoftTimeLimitExceeded:
            raise
        except Exception as error:
            if not connection.is_usable():
                raise  # not this vacancy's fault: the task is tried again
            logger.exception("vacancy %s could not be ranked", vacancy_id)
            failures.append(error)
    if len(waiting) > AT_ONCE and ranked:
        enqueue("matching.rank_waiting")
    if failures:
        raise failures[0]
    return ranked


def _claim(vacancy_id: int, known_now: Known, now: datetime) -> bool:
    """Rank one vacancy unless another worker is at it or has done it; True when it was ranked here."""
    done = []

    def rank_it() -> None:
        vacancy = to_rank(without_job(waiting_vacancies(), now)).filter(pk=vacancy_id).first()
        if vacancy:
            rank_vacancy(vacancy=vacancy, known_now=known_now, now=now)
            done.append(vacancy_id)

    _alone(f"matching.rank.{vacancy_id}", rank_it)
    return bool(done)


def _alone(name: str, act: Callable[[], None]) -> bool:
    """Act as the only one of all; False when another is at it, who has been left word."""
    for left_word in (False, True):
        with one_at_a_time(name) as mine:
            if mine:
                act()
                return True
        if not left_word:
            # Before the second try: whoever holds the turn now looks for words only after giving it back.
            _leave_word()
    return False


def _leave_word() -> None:
    if not RankingRound.objects.update(asked=F("asked") + 1):
        RankingRound.objects.get_or_create(
            pk=RankingRound.ONLY, defaults=NOT_YET
        )  # the first round is under way
        RankingRound.objects.update(asked=F("asked") + 1)


def _word() -> int:
    return RankingRound.objects.values_list("asked", flat=True).first() or 0


def _ask_again_if(word: int) -> int:
    """Ask for another round when somebody left word since; returns the latest word."""
    latest = _word()
    if latest != word:
        enqueue("matching.sweep_rankings")
    return latest
