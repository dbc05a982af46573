"""What a web process reads before somebody waits for it."""

import gc
import logging
from threading import Thread

from django.db import connection
from django.utils import timezone

from matching.queries.book import current_book
from matching.queries.known import known_facts

logger = logging.getLogger(__name__)


def warm_up() -> Thread:
    """Read what open vacancies ask, in a thread of its own, while the process answers already."""
    thread = Thread(target=_read, name="warm-up", daemon=True)
    thread.start()
    return thread


def _read() -> None:
    try:
        current_book(known_facts(timezone.now().date()))
        _set_aside()
    except Exception:  # whoever asks first reads it then, and hears of what is wrong
        logger.exception("what open vacancies ask could not be read ahead")
    finally:
        connection.close()


def _set_aside() -> None:
    """Leave what stays for good out of every later search for garbage.

    A search through all of it takes a tenth of a second, and comes in the middle of somebody's page. What is let go of
    later is freed all the same, as nothing here refers to itself.
    """
    gc.collect()
    gc.freeze()
