"""The inbox of the demo."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.factories.accounts import OutboxMailFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    settings.DEMO = True


def test_elsewhere_it_does_not_exist(client, staff_client):
    mail = OutboxMailFactory()
    for browser in (client, staff_client):
        assert browser.get(reverse("demo_mail")).status_code == 404
        assert browser.get(reverse("demo_mail_message", args=[mail.pk])).status_code == 404


def test_everybody_reads_it_in_the_demo_newest_first(demo, client, now):
    OutboxMailFactory(subject="older", created_at=now - timedelta(minutes=1))
    OutboxMailFactory(subject="newer", created_at=now)
    response = client.get(reverse("demo_mail"))
    assert [mail.subject for mail in response.context["page"]] == ["newer", "older"]
    assert "no-cache" in response.headers["Cache-Control"]


def test_an_empty_inbox_says_what_will_appear(demo, client):
    assert "No mail yet" in client.get(reverse("demo_mail")).text


def test_a_message_is_shown_as_text(demo, client):
    mail = OutboxMailFactory(
        subject="<b>Code</b>", text="<script>alert(1)</script>\nABCD-EFGH\nhttp://localhost/x\n"
    )
    page = client.get(reverse("demo_mail_message", args=[mail.pk])).text
    assert "ABCD-EFGH" in page
    assert "<b>Code</b>" not in page
    assert "<script>alert" not in page
    assert 'href="http://localhost/x"' in page


def test_the_letter_is_shown_as_a_mail_program_does_and_may_do_nothing(demo, client):
    mail, plain = (
        OutboxMailFactory(html="<style>p { color: red }</style><p>Good news.</p>"),
        OutboxMailFactory(),
    )
    assert (
        reverse("demo_mail_letter", args=[mail.pk])
        in client.get(reverse("demo_mail_message", args=[mail.pk])).text
    )
    response = client.get(reverse("demo_mail_letter", args=[mail.pk]))
    assert response.text == mail.html
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'unsafe-inline'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert client.get(reverse("demo_mail_letter", args=[plain.pk])).status_code == 404


def test_an_unknown_message_is_not_found(demo, client):
    assert client.get(reverse("demo_mail_message", args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "x", "999"])
def test_an_impossible_page_number_shows_a_page(demo, client, page):
    OutboxMailFactory()
    assert client.get(reverse("demo_mail"), {"page": page}).status_code == 200


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_takes_two_queries(demo, client, rows, django_assert_num_queries):
    OutboxMailFactory.create_batch(rows)
    with django_assert_num_queries(2):  # count, rows
        client.get(reverse("demo_mail"))


def test_it_cannot_be_written(demo, client):
    assert client.post(reverse("demo_mail")).status_code == 405


@pytest.mark.parametrize(
    ("server", "words"), [(None, "shown here instead of sent"), ({"EMAIL_HOST": "localhost"}, "waiting")]
)
def test_without_a_mail_server_nobody_is_told_to_wait(demo, client, settings, server, words):
    settings.EMAIL_DELIVERY = server
    mail = OutboxMailFactory()
    for page in (reverse("demo_mail"), reverse("demo_mail_message", args=[mail.pk])):
        assert words in client.get(page).text
