"""Who is signed in, with what every page shows of them."""

from functools import cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Notification, User


class AccountBackend(AuthenticationBackend):
    """Signs in by address, as allauth does."""

    def get_user(self, user_id: int) -> User | None:
        """The user of a session, with the number of unread notifications that the head of every page shows.

        It comes along with the query that each page asks anyway, out of an index of unread rows.
        """
        sql, before = _user_with_unread_count()
        user = next(iter(User.objects.raw(sql, [*before, user_id])), None)
        return user if user and self.user_can_authenticate(user) else None


@cache
def _user_with_unread_count() -> tuple[str, tuple[Any, ...]]:
    """The query, and its parameters before the user's key, which is the last.

    Written once for each process: writing it takes nine times as long as asking it, and every page asks it.
    """
    unread = Notification.objects.filter(user=OuterRef("pk")).unread().order_by().values("user")
    count = unread.annotate(n=Count("pk")).values("n")
    users = User.objects.annotate(unread_count=Coalesce(Subquery(count), 0)).filter(pk=0)
    sql, parameters = users.query.sql_with_params()
    return sql, parameters[:-1]
