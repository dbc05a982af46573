"""The list of what a person was told."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.actions.notifications import forget_old_notifications, read_all
from accounts.models import Digest, Notification, NotificationPreference
from accounts.queries.notifications import NoSuchPlace, notification_page
from tests.accounts.at_once import at_once
from tests.factories.accounts import NotificationFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = reverse("people:notifications")


@pytest.fixture
def reader(client):
    user = UserFactory(time_zone="Europe/Lisbon")
    client.force_login(user)
    return user


def test_the_page_is_empty_and_says_what_will_stand_there(client, reader):
    page = client.get(LIST).content.decode()
    assert "Nothing yet" in page
    assert "Mark all as read" not in page


def test_the_newest_stands_first_with_its_kind_and_its_time(client, reader, now):
    NotificationFactory(user=reader, title="Older", created_at=now - timedelta(days=1), read_at=now)
    NotificationFactory(user=reader, title="R&D", kind="invitation", created_at=now)
    NotificationFactory(title="Of somebody else")
    page = client.get(LIST).content.decode()
    assert page.index("R&amp;D") < page.index("Older")
    assert "Invitations and offers" in page
    assert "Sun 22 Nov 2026 09:00 Lisbon" in page
    assert "Of somebody else" not in page
    assert page.count(">new<") == 1


def test_what_was_written_in_another_language_says_so(client, reader):
    NotificationFactory(user=reader, title="Uw niveau", language="nl")
    assert '<h2 lang="nl">Uw niveau</h2>' in client.get(LIST).content.decode()


def test_opening_marks_as_read_and_goes_on(client, reader):
    told = NotificationFactory(user=reader)
    response = client.post(reverse("people:open_notification", args=[told.pk]))
    assert response.url == "/accounts/settings/"
    told.refresh_from_db()
    first = told.read_at
    assert first is not None
    client.post(reverse("people:open_notification", args=[told.pk]))
    told.refresh_from_db()
    assert told.read_at == first


def test_marking_one_as_read_stays_in_the_list(client, reader):
    one, other = NotificationFactory.create_batch(2, user=reader)
    response = client.post(reverse("people:mark_read", args=[one.pk]))
    assert response.url == LIST
    assert list(Notification.objects.unread()) == [other]


def test_marking_all_as_read_leaves_what_came_later(client, reader, now):
    NotificationFactory.create_batch(2, user=reader, created_at=now)
    late = NotificationFactory(user=reader, created_at=now + timedelta(seconds=1))
    strange = NotificationFactory(created_at=now)
    client.post(reverse("people:mark_all_read"), {"until": now.isoformat()})
    assert set(Notification.objects.unread()) == {late, strange}


@pytest.mark.parametrize("until", ["", "yesterday", "2026-11-22T09:00:00"])
def test_marking_all_as_read_needs_a_moment(client, reader, until):
    NotificationFactory(user=reader)
    assert client.post(reverse("people:mark_all_read"), {"until": until}).status_code == 400
    assert Notification.objects.unread().count() == 1


def test_pages_begin_after_a_row_whatever_arrives_meanwhile(now):
    user = UserFactory()
    told = [NotificationFactory(user=user, created_at=now + timedelta(minutes=n // 2)) for n in range(5)]
    first = notification_page(user, size=2)
    NotificationFactory(user=user, created_at=now + timedelta(hours=1))
    second = notification_page(user, first.older, size=2)
    third = notification_page(user, second.older, size=2)
    assert [*first.rows, *second.rows, *third.rows] == told[::-1]
    assert third.older == ""


@pytest.mark.parametrize("place", ["x", "1", "-1", "1-", "²-1", f"{10**18}-1", f"1-{10**19}"])
def test_a_place_that_there_is_not(client, reader, place):
    with pytest.raises(NoSuchPlace):
        notification_page(reader, place)
    assert client.get(LIST, {"after": place}).status_code == 404


def test_the_list_links_to_older_ones_and_back(client, reader):
    NotificationFactory.create_batch(21, user=reader)
    page = client.get(LIST)
    older = page.context["page"].older
    assert f"?after={older}" in page.content.decode()
    second = client.get(LIST, {"after": older})
    assert len(second.context["page"].rows) == 1
    assert "Newest" in second.content.decode()


@pytest.mark.parametrize("rows", [0, 1, 30, 3_000])
def test_the_page_asks_as_little_for_many_as_for_none(client, reader, django_assert_num_queries, rows, now):
    NotificationFactory.create_batch(min(rows, 30), user=reader, created_at=now)
    if rows > 30:
        Notification.objects.bulk_create(
            NotificationFactory.build(user=reader, key=str(n), created_at=now) for n in range(rows - 30)
        )
    client.get(LIST)  # the session and the author's cookie are known by now
    with django_assert_num_queries(5):  # session, user with the number of unread, list, and two for the menu
        client.get(LIST)


@pytest.mark.parametrize(("unread", "shown"), [(0, None), (1, "1"), (100, "99+")])
def test_the_head_of_every_page_says_how_much_is_unread(client, reader, unread, shown):
    NotificationFactory.create_batch(unread, user=reader)
    NotificationFactory()
    page = client.get(reverse("people:settings")).content.decode()
    assert "Notifications" in page
    if shown:
        assert f'<span class="count">{shown}<span class="visually-hidden"> unread</span></span>' in page
    else:
        assert "unread" not in page


@pytest.mark.django_db(transaction=True)
def test_marking_at_once_counts_once(now):
    user = UserFactory()
    NotificationFactory.create_batch(3, user=user, created_at=now)
    assert sorted(at_once(*[lambda: read_all(user=user, until=now, now=now)] * 2)) == [0, 3]


def test_old_news_is_forgotten(now):
    user = UserFactory()
    Digest.objects.create(user=user, day=now.date(), written_at=now - timedelta(days=2), items=1)
    NotificationFactory.create_batch(2, user=user, created_at=now - timedelta(days=2))
    left = NotificationFactory(user=user, created_at=now - timedelta(days=1))
    assert forget_old_notifications(before=now - timedelta(days=1)) == 2
    assert list(Notification.objects.all()) == [left]
    assert not Digest.objects.exists()


def test_news_and_choices_go_with_the_account(now):
    leaver = NotificationFactory().user
    NotificationPreference.objects.create(user=leaver, kind="company", mail="never", changed_at=now)
    Digest.objects.create(user=leaver, day=now.date(), written_at=now, items=1)
    leaver.delete()
    for model in (Notification, NotificationPreference, Digest):
        assert not model.objects.exists()
