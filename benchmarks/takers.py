"""The people of the load test: `make N` signs them in and says how, `check` compares what they sent with what is stored.

Each in a process of its own, on the database of the run.
"""

import json
import os
import sys
from typing import Any


def make(count: int) -> list[dict[str, Any]]:
    """Candidates with a prepared sign-in, the banks that each will take, one after another, and a seed."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils.crypto import get_random_string

    from accounts.models import User
    from assessments.models import Bank
    from tests.factories.accounts import UserFactory
    from tests.factories.candidates import CandidateFactory

    UserFactory.reset_sequence(User.objects.count(), force=True)
    banks = list(Bank.objects.filter(kind="language").order_by("code").values_list("code", flat=True))
    people = []
    for number in range(count):
        user = CandidateFactory().user
        store = SessionStore()
        store[SESSION_KEY], store[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store.create()
        token = get_random_string(32)
        pairs = {settings.SESSION_COOKIE_NAME: store.session_key, settings.CSRF_COOKIE_NAME: token}
        turn = number % len(banks)
        people.append(
            {
                "cookies": "; ".join(f"{name}={value}" for name, value in pairs.items()),
                "token": token,
                "banks": [f"/tests/{code}/" for code in banks[turn:] + banks[:turn]],
                "seed": number,
            }
        )
    return people


def check(happened: dict[str, Any]) -> dict[str, int]:
    """Answers lost (acknowledged but not stored as sent), doubled, and stored though nobody sent them.

    An answer on its way when the run ended, or the server was killed, may have been stored without being acknowledged.
    """
    from django.db.models import Count, Sum

    from assessments.engine.selection import option_order
    from assessments.models import Item, Response, Session

    sessions = {one[0] for one in happened["acknowledged"] + happened["unsure"]}
    stored = {}
    rows = Response.objects.filter(session__in=sessions, answered_at__isnull=False)
    for row in rows.select_related("item", "session").defer("session__parameters", "session__areas"):
        order = option_order(row.session.seed, row.position, row.item.options)
        stored[row.session_id, row.position] = order.index(row.answer)
    sent = {(session, position): value for session, position, value in happened["acknowledged"]}
    may_be = {(session, position) for session, position, _ in happened["unsure"]}
    twice = Response.objects.values("session", "item").annotate(n=Count("pk")).filter(n__gt=1).count()
    given = Item.objects.aggregate(n=Sum("times_given"))["n"] or 0
    open_items = Response.objects.filter(answered_at=None).values("session").annotate(n=Count("pk"))
    return {
        "lost": sum(stored.get(place) != value for place, value in sent.items()),
        "doubled": len(happened["acknowledged"]) - len(sent) + twice + open_items.filter(n__gt=1).count(),
        "never_sent": len(stored.keys() - sent.keys() - may_be),
        "uncounted_givings": abs(given - Response.objects.count()),
        "sessions_without_an_end": Session.objects.filter(state="open")
        .exclude(responses__answered_at=None)
        .count(),
    }


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
    import django

    django.setup()
    what = sys.argv[1]
    print(json.dumps(make(int(sys.argv[2])) if what == "make" else check(json.load(sys.stdin))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
