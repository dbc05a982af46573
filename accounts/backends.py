"""Who is signed in, with what every page shows of them."""

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
        unread = Notification.objects.filter(user=OuterRef("pk")).unread().order_by().values("user")
        count = unread.annotate(n=Count("pk")).values("n")
        user = User.objects.filter(pk=user_id).annotate(unread_count=Coalesce(Subquery(count), 0)).first()
        return user if user and self.user_can_authenticate(user) else None
