"""What a person does with their notifications, and forgetting them."""

from datetime import datetime

from accounts.models import Digest, Notification, User

BATCH = 5_000


def read_notification(*, user: User, notification_id: int, now: datetime) -> Notification | None:
    """Mark one as read, the first time counts; None when it is not theirs, or gone."""
    own = Notification.objects.filter(user=user, pk=notification_id)
    own.unread().update(read_at=now)
    return own.first()


def read_all(*, user: User, until: datetime, now: datetime) -> int:
    """Mark everything written up to `until` as read: what arrived after the page was shown stays unread. The number."""
    return Notification.objects.filter(user=user, created_at__lte=until).unread().update(read_at=now)


def forget_old_notifications(*, before: datetime) -> int:
    """Delete notifications and the notes of daily mails from before a moment; the number of notifications."""
    forgotten = 0
    while True:
        old = Notification.objects.filter(created_at__lt=before).values_list("pk", flat=True)[:BATCH]
        deleted, _by_model = Notification.objects.filter(pk__in=list(old)).delete()
        forgotten += deleted
        if deleted < BATCH:
            break
    Digest.objects.filter(written_at__lt=before).delete()
    return forgotten
