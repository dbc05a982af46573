"""Name, language and time zone."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from accounts.actions.settings import name_person
from accounts.models import AuditEntry, Identity, Notification, OutboxMail, User
from accounts.rules.time_zones import offset_label, place_zones, zone_choices
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory

WINTER, SUMMER = datetime(2026, 11, 22, 9, tzinfo=UTC), datetime(2026, 7, 1, 9, tzinfo=UTC)
GOOD = {"display_name": "Ana Sousa", "language": "nl", "time_zone": "Europe/Lisbon"}


@pytest.mark.django_db
def test_the_form_shows_what_is_set():
    user = UserFactory(name="Ana", language="nl", time_zone="Asia/Manila")
    form = signed_in(user).get(reverse("people:settings")).context["form"]
    assert form.initial == {"display_name": "Ana", "language": "nl", "time_zone": "Asia/Manila"}


@pytest.mark.django_db
def test_saving(client):
    user = UserFactory()
    client = signed_in(user)
    response = client.post(reverse("people:settings"), GOOD, follow=True)
    assert response.redirect_chain == [(reverse("people:settings"), 302)]
    user.refresh_from_db()
    assert (user.language, user.time_zone) == ("nl", "Europe/Lisbon")
    assert Identity.objects.get().display_name == "Ana Sousa"
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.data) == ("settings.changed", user, {})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("display_name", ""),
        ("display_name", "   "),
        ("display_name", "x" * 121),
        ("display_name", "x" * 500_000),
        ("language", "de"),
        ("time_zone", "Mars/Phobos"),
        ("time_zone", "../../etc/passwd"),
        ("time_zone", ""),
    ],
)
def test_bad_input_is_named_and_nothing_written(field, value):
    user = UserFactory(name="Ana")
    response = signed_in(user).post(reverse("people:settings"), {**GOOD, field: value})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    user.refresh_from_db()
    assert (user.language, user.time_zone, user.identity.display_name) == ("en", "UTC", "Ana")
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
def test_five_megabytes_of_text_are_refused():
    user = UserFactory(name="Ana")
    response = signed_in(user).post(reverse("people:settings"), {**GOOD, "display_name": "x" * 5_000_000})
    assert response.status_code == 400
    assert Identity.objects.get().display_name == "Ana"


@pytest.mark.django_db
def test_a_zone_outside_the_list_is_kept():
    """Set by an import or an older list: saving something else must not take it away."""
    client = signed_in(UserFactory(time_zone="America/Buenos_Aires"))
    client.post(reverse("people:settings"), {**GOOD, "time_zone": "America/Buenos_Aires"})
    assert User.objects.get().time_zone == "America/Buenos_Aires"
    assert User.objects.get().language == "nl"


@pytest.mark.django_db
def test_who_takes_another_name_is_called_by_it_where_others_were_told_of_them():
    """The old name stays nowhere, so that it need not be known when they leave; whoever else has it keeps it."""
    person, reader, now = UserFactory(), UserFactory(), WINTER
    name_person(user=person, display_name="Rose")
    words = {"kind": "company", "url": "/", "language": "en", "created_at": now}
    for key, about in (("hers", person.pk), ("another", reader.pk)):
        said = {"title": "Rose, Rosemary", "text": "Yes from Rose."}
        Notification.objects.create(user=reader, key=key, about=about, **said, **words)
    mail = {"recipient": reader.email, "sender": "a@example.org", "created_at": now, "next_attempt_at": now}
    OutboxMail.objects.create(subject="Rose", text="Rose", html="<p>Rose</p>", about=[person.pk], **mail)
    name_person(user=person, display_name=r"Robin & \1")
    name_person(user=person, display_name=r"Robin & \1")
    news = dict(Notification.objects.values_list("key", "text"))
    assert news == {"hers": r"Yes from Robin & \1.", "another": "Yes from Rose."}
    assert Notification.objects.get(key="hers").title == r"Robin & \1, Rosemary"
    sent = OutboxMail.objects.get()
    assert (sent.subject, sent.html) == (r"Robin & \1", r"<p>Robin &amp; \1</p>")
    name_person(user=person, display_name="R" * 120)
    name_person(user=person, display_name="Ro")
    assert Notification.objects.get(key="hers").title == "Ro, Rosemary"


@pytest.mark.django_db
def test_someone_without_a_name_can_give_one():
    user = User.objects.create_user("ana@people.example")
    client = signed_in(user)
    assert client.get(reverse("people:settings")).context["form"].initial["display_name"] == ""
    client.post(reverse("people:settings"), GOOD)
    assert Identity.objects.get().display_name == "Ana Sousa"


def test_zones_are_places_of_the_pinned_data():
    zones = place_zones()
    assert len(zones) > 400
    assert {"UTC", "Europe/Amsterdam", "Asia/Manila", "America/Bogota", "Africa/Casablanca"} <= zones
    assert not {"EST5EDT", "Etc/GMT+5", "US/Eastern", "America/Buenos_Aires"} & zones


def test_zones_come_by_part_of_the_world_with_their_offset():
    groups = dict(zone_choices("en", WINTER))
    assert list(groups)[:4] == ["UTC", "Africa", "America", "Antarctica"]
    assert ("Asia/Kolkata", "Kolkata (UTC+05:30)") in groups["Asia"]
    assert ("America/Bogota", "Bogota (UTC−05:00)") in groups["America"]
    assert ("America/Argentina/Salta", "Salta, Argentina (UTC−03:00)") in groups["America"]
    labels = [label for _name, label in groups["Europe"]]
    assert labels == sorted(labels)


def test_offsets_follow_the_clock_changes():
    assert offset_label("Europe/Amsterdam", WINTER) == "UTC+01:00"
    assert offset_label("Europe/Amsterdam", SUMMER) == "UTC+02:00"


def test_cities_are_named_in_the_reader_s_language():
    assert ("Europe/Rome", "Rome (UTC+01:00)") in dict(zone_choices("nl", WINTER))["Europa"]
    assert ("Europe/Prague", "Praag (UTC+01:00)") in dict(zone_choices("nl", WINTER))["Europa"]
