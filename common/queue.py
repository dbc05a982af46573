"""Publishing work: by task name, after commit, never failing the caller.

PostgreSQL holds the truth and the queue is a hint: a message that the broker refuses is logged, and a
periodic sweep finds the work in the database.
"""

import logging
from functools import partial

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def enqueue(task_name: str, /, **kwargs: object) -> None:
    """Publish the task `"app.verb_noun"` with keyword arguments once the current transaction commits.

    Outside a transaction it is published at once. A signature is used because it honours eager mode, which
    `send_task` does not.
    """
    transaction.on_commit(partial(_publish, task_name, kwargs))


def _publish(task_name: str, kwargs: dict[str, object]) -> None:
    try:
        current_app.signature(task_name, kwargs=kwargs).apply_async(retry=False)
    except _broker_errors() as error:
        logger.warning("not published, a sweep will find it: %s %s (%s)", task_name, kwargs, error)


def _broker_errors() -> tuple[type[BaseException], ...]:
    """No broker when connecting is an error of kombu, one that goes away later an error of its transport."""
    connection = current_app.connection_for_write()
    return (
        OperationalError,
        *connection.recoverable_connection_errors,
        *connection.recoverable_channel_errors,
    )
