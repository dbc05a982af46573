"""The daily mail: in the morning of the reader's own clock, once a local day, and only when there is something."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.actions.digests import write_digest
from accounts.actions.mail_choices import choose_mail
from accounts.models import Digest, Notification, OutboxMail, User
from accounts.queries.digests import due_digests
from accounts.rules.mornings import morning_of
from accounts.tasks import write_digests
from tests.accounts.at_once import at_once
from tests.factories.accounts import NotificationFactory, UserFactory

YESTERDAY = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def waiting(user, **fields):
    return NotificationFactory(user=user, daily=True, **{"created_at": YESTERDAY, **fields})


# --- When ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "now", "day", "until"),
    [
        ("Europe/Lisbon", "2026-11-22T07:00", "2026-11-22", "2026-11-22T07:00"),
        ("Europe/Lisbon", "2026-11-22T06:59", None, None),
        ("Europe/Lisbon", "2026-11-22T20:59", "2026-11-22", "2026-11-22T07:00"),
        ("Europe/Lisbon", "2026-11-22T21:00", None, None),
        ("Asia/Manila", "2026-11-21T23:30", "2026-11-22", "2026-11-21T23:00"),
        ("Asia/Kathmandu", "2026-11-22T01:15", "2026-11-22", "2026-11-22T01:15"),
        ("Pacific/Kiritimati", "2026-11-21T17:00", "2026-11-22", "2026-11-21T17:00"),
        # Amsterdam goes back on 25 October and forward on 29 March: seven o'clock is one moment on both days.
        ("Europe/Amsterdam", "2026-10-24T05:00", "2026-10-24", "2026-10-24T05:00"),
        ("Europe/Amsterdam", "2026-10-25T05:59", None, None),
        ("Europe/Amsterdam", "2026-10-25T06:00", "2026-10-25", "2026-10-25T06:00"),
        ("Europe/Amsterdam", "2027-03-28T05:00", "2027-03-28", "2027-03-28T05:00"),
        # Lord Howe changes by half an hour.
        ("Australia/Lord_Howe", "2026-10-03T20:00", "2026-10-04", "2026-10-03T20:00"),
    ],
)
def test_the_morning_of_a_clock(zone, now, day, until):
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    found = morning_of(ZoneInfo(zone), moment)
    if day is None:
        assert found is None
    else:
        assert (found.day, found.until) == (
            date.fromisoformat(day), datetime.fromisoformat(until).replace(tzinfo=UTC)
        )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("zone", "first", "hours"),
    [
        ("Europe/Amsterdam", datetime(2026, 10, 24, 0, tzinfo=UTC), 72),
        ("America/Santiago", datetime(2026, 9, 4, 0, tzinfo=UTC), 96),
    ],
)
def test_each_local_day_has_one_mail_around_a_clock_change(zone, first, hours):
    """The sweep runs every half hour, with something new before each run."""
    user = UserFactory(time_zone=zone)
    for half in range(hours * 2):
        now = first + timedelta(minutes=30 * half)
        waiting(user, created_at=now - timedelta(minutes=1))
        write_digest(user_id=user.pk, now=now)
    days = list(Digest.objects.order_by("day").values_list("day", flat=True))
    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
    assert len(days) == hours // 24
    assert OutboxMail.objects.count() == len(days)


# --- What ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_mail_names_what_is_new_and_where_it_goes_on(now):
    user = UserFactory(name="Ana", time_zone="Europe/Lisbon")
    waiting(user, title="Older", text="Older", created_at=YESTERDAY - timedelta(hours=1))
    waiting(user, title="Still there?", text="Tell us.", url="/profile/")
    waiting(UserFactory(), title="Of somebody else")
    assert write_digest(user_id=user.pk, now=now)
    mail = OutboxMail.objects.get()
    assert (mail.recipient, mail.subject) == (user.email, "2 pieces of news for you")
    assert mail.text.startswith(
        "Hello Ana,\n\nThis is new, and you have not read it yet:\n\n"
        "* Still there?\nhttp://localhost:8000/profile/\nTell us.\n\n"
        "* Older\nhttp://localhost:8000/accounts/settings/\n"
    )
    assert "\n-- \nOnce a day" in mail.text
    assert '<a href="http://localhost:8000/profile/">Still there?</a>' in mail.html
    assert set(mail.headers) == {"List-Unsubscribe"}
    digest = Digest.objects.get()
    assert (digest.user, digest.day, digest.items) == (user, now.date(), 2)
    assert not Notification.objects.filter(user=user, awaits_digest=True).exists()
    assert Notification.objects.filter(awaits_digest=True).count() == 1


@pytest.mark.django_db
def test_what_came_after_seven_waits_for_the_next_morning(now):
    user = UserFactory()
    early = waiting(user, created_at=now.replace(hour=6, minute=59))
    late = waiting(user, created_at=now.replace(hour=7))
    write_digest(user_id=user.pk, now=now)
    assert set(Notification.objects.filter(awaits_digest=True)) == {late}
    assert not write_digest(user_id=user.pk, now=now + timedelta(hours=1))
    write_digest(user_id=user.pk, now=now + timedelta(days=1))
    assert [mail.subject for mail in OutboxMail.objects.all()] == ["1 piece of news for you"] * 2
    assert early.title in OutboxMail.objects.earliest("created_at").text


@pytest.mark.django_db
def test_nothing_left_to_tell_is_no_mail(now):
    """Read meanwhile, switched off meanwhile, the account closed meanwhile."""
    reader, silent, closed = UserFactory(), UserFactory(), UserFactory(is_active=False)
    waiting(reader, read_at=now)
    waiting(silent)
    choose_mail(user=silent, choices={"assessment": "never"}, now=now, by=silent)
    waiting(closed)
    for user in (reader, silent, closed):
        assert write_digest(user_id=user.pk, now=now)
        assert not write_digest(user_id=user.pk, now=now)
    assert (OutboxMail.objects.count(), Digest.objects.count()) == (0, 0)
    assert not Notification.objects.filter(awaits_digest=True).exists()


@pytest.mark.django_db
def test_what_waits_is_mailed_when_the_kind_goes_out_at_once_from_now_on(now):
    user = UserFactory()
    waiting(user, kind="company")
    choose_mail(user=user, choices={"company": "at_once"}, now=now, by=user)
    write_digest(user_id=user.pk, now=now)
    assert OutboxMail.objects.count() == 1


@pytest.mark.django_db
def test_a_mail_of_nothing_but_what_must_be_heard_has_no_way_to_switch_it_off(now):
    user = UserFactory()
    waiting(user, kind="invitation")
    write_digest(user_id=user.pk, now=now)
    mail = OutboxMail.objects.get()
    assert mail.headers == {}
    assert "No daily mail" not in mail.text


@pytest.mark.django_db
def test_a_long_list_is_cut_and_counted(now):
    user = UserFactory()
    for _ in range(32):
        waiting(user)
    write_digest(user_id=user.pk, now=now)
    mail = OutboxMail.objects.get()
    assert mail.subject == "32 pieces of news for you"
    assert mail.text.count("/accounts/settings/\n") == 30
    assert "There are 2 more in your account:\nhttp://localhost:8000/accounts/notifications/" in mail.text


# --- Once ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_worker_that_dies_leaves_nothing_half_done(now):
    user = UserFactory()
    waiting(user)
    with transaction.atomic():
        write_digest(user_id=user.pk, now=now)
        transaction.set_rollback(True)
    assert (OutboxMail.objects.count(), Digest.objects.count()) == (0, 0)
    assert due_digests(now) == [user.pk]
    write_digest(user_id=user.pk, now=now)
    assert OutboxMail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_one_mail(now):
    user = UserFactory()
    waiting(user)
    results = at_once(*[lambda: write_digest(user_id=user.pk, now=now)] * 2)
    assert sorted(results) == [False, True]
    assert OutboxMail.objects.count() == 1


@pytest.mark.django_db
def test_who_moves_their_clock_back_gets_no_second_mail_of_the_day(now):
    user = UserFactory(time_zone="Asia/Manila")
    waiting(user)
    assert write_digest(user_id=user.pk, now=now)
    User.objects.filter(pk=user.pk).update(time_zone="America/Lima")
    waiting(user)
    evening = now.replace(hour=14)
    assert due_digests(evening) == []
    assert not write_digest(user_id=user.pk, now=evening)
    assert due_digests(evening + timedelta(days=1)) == [user.pk]


@pytest.mark.django_db
def test_due_are_those_whose_morning_has_come(now, django_assert_num_queries):
    lisbon, oslo, manila, lima = (
        UserFactory(time_zone=zone)
        for zone in ("Europe/Lisbon", "Europe/Oslo", "Asia/Manila", "America/Lima")
    )
    for user in (lisbon, oslo, manila, lima):
        waiting(user)
    waiting(lisbon)
    NotificationFactory(created_at=YESTERDAY)
    with django_assert_num_queries(4):  # the zones, and one for each morning: UTC+8, +1 and 0
        assert due_digests(now) == [manila.pk, oslo.pk, lisbon.pk]
    assert len(due_digests(now, most=2)) == 2


@pytest.mark.django_db
def test_the_sweep_writes_all_that_is_due():
    """Somewhere in the world it is always day."""
    now = timezone.now()
    zone = next(zone for zone in ("UTC", "Asia/Tokyo", "America/Lima") if morning_of(ZoneInfo(zone), now))
    for _ in range(3):
        waiting(UserFactory(time_zone=zone), created_at=now - timedelta(days=2))
    write_digests()
    assert OutboxMail.objects.count() == 3
    write_digests()
    assert OutboxMail.objects.count() == 3


@pytest.mark.django_db
def test_a_mail_that_cannot_be_written_keeps_nobody_elses_from_being_written(now, monkeypatch):
    people = [UserFactory(time_zone="UTC") for _ in range(3)]
    for person in people:
        waiting(person)
    moment = now.replace(hour=8)
    monkeypatch.setattr("accounts.tasks.timezone.now", lambda: moment)

    def write(*, user_id, now):
        if user_id == people[1].pk:
            raise LookupError("no words for it")
        return write_digest(user_id=user_id, now=now)

    monkeypatch.setattr("accounts.tasks.write_digest", write)
    write_digests()
    assert set(Digest.objects.values_list("user", flat=True)) == {people[0].pk, people[2].pk}
