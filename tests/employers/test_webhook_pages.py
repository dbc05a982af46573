"""Webhooks on the pages: owners add, change, try out and replay; the secret is shown once."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry
from common.sealing import unseal
from employers.enums import DisabledBecause
from employers.models import WebhookDelivery, WebhookEndpoint
from employers.models.webhook import PURPOSE
from tests.conftest import signed_in
from tests.factories.accounts import PASSWORD
from tests.factories.employers import MembershipFactory, WebhookDeliveryFactory, WebhookEndpointFactory

pytestmark = pytest.mark.django_db

PAGE = "/employer/webhooks/"
LIST_QUERIES, ONE_QUERIES = 7, 8  # three of them ask in which ways the person can show that it is them


@pytest.fixture(autouse=True)
def own_machine(settings: Any) -> None:
    """Addresses of this machine, which need no name server, are as good as public ones here."""
    settings.WEBHOOKS_TO_LOOPBACK = True


def sent(**changes: Any) -> dict[str, Any]:
    return {
        "key": str(uuid4()),
        "url": "https://127.0.0.1:8443/hooks",
        "events": ["vacancy.closed", "vacancy.paused"],
        **changes,
    }


@pytest.fixture
def employer_client(employer_client: Client) -> Client:
    """An owner who has just typed the password again."""
    employer_client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return employer_client


@pytest.fixture
def endpoint(employer_client: Client) -> WebhookEndpoint:
    return WebhookEndpointFactory(
        employer=employer_client.user.membership.employer, url="https://127.0.0.1:8443/"
    )  # type: ignore[attr-defined]


def test_the_secret_is_shown_once(employer_client: Client) -> None:
    form = sent()
    made = employer_client.post(PAGE, form)
    endpoint = WebhookEndpoint.objects.get()
    secret = unseal(endpoint.secret, PURPOSE)
    assert secret in made.content.decode()
    assert "no-store" in made.headers["Cache-Control"]
    assert secret not in endpoint.secret
    assert endpoint.events == ["vacancy.paused", "vacancy.closed"]
    again = employer_client.post(PAGE, form, follow=True)
    assert (WebhookEndpoint.objects.count(), secret in again.content.decode()) == (1, False)
    assert secret not in employer_client.get(f"{PAGE}{endpoint.pk}/").content.decode()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"url": "http://127.0.0.1:8443/"}, "https:// address"),
        ({"url": "https://10.0.0.1/"}, "https:// address"),
        ({"url": "https://[::ffff:192.168.0.1]/"}, "https:// address"),
        ({"url": "https://169.254.169.254/latest/"}, "https:// address"),
        ({"url": ""}, "required"),
        ({"events": []}, "Tick at least one"),
        ({"events": ["everything"]}, "not in the list"),
    ],
)
def test_what_is_wrong_adds_nothing(employer_client: Client, change: dict[str, Any], says: str) -> None:
    response = employer_client.post(PAGE, sent(**change))
    assert (response.status_code, says in response.content.decode()) == (422, True)
    assert not WebhookEndpoint.objects.exists()


def test_ten_are_enough(employer_client: Client) -> None:
    WebhookEndpointFactory.create_batch(10, employer=employer_client.user.membership.employer)  # type: ignore[attr-defined]
    assert employer_client.post(PAGE, sent()).status_code == 422


def test_changing_trying_switching_rotating_removing(
    employer_client: Client, endpoint: WebhookEndpoint
) -> None:
    page = f"{PAGE}{endpoint.pk}/"
    employer_client.post(page, sent(url="https://127.0.0.1:9443/new"))
    for _ in range(2):
        employer_client.post(f"{page}test/")
    first = employer_client.post(f"{page}secret/")
    second = employer_client.post(f"{page}secret/", follow=True)
    endpoint.refresh_from_db()
    assert (endpoint.url, endpoint.previous_until is not None) == ("https://127.0.0.1:9443/new", True)
    assert unseal(endpoint.secret, PURPOSE) in first.content.decode()
    assert "less than a day ago" in second.content.decode()
    assert WebhookDelivery.objects.get().event == "webhook.test"
    employer_client.post(f"{page}switch/", {"on": "0"})
    endpoint.refresh_from_db()
    assert endpoint.disabled_because == DisabledBecause.OWNER
    employer_client.post(f"{page}switch/", {"on": "1"})
    employer_client.post(f"{page}remove/")
    assert employer_client.get(page).status_code == 404
    verbs = (
        AuditEntry.objects.filter(verb__startswith="employer.webhook_")
        .order_by("pk")
        .values_list("verb", flat=True)
    )
    assert [one.removeprefix("employer.webhook_") for one in verbs] == [
        "changed", "rotated", "switched_off", "switched_on", "removed",
    ]  # fmt: skip


def test_a_message_is_replayed_but_not_somebody_elses(
    employer_client: Client, endpoint: WebhookEndpoint
) -> None:
    own = WebhookDeliveryFactory(endpoint=endpoint, state="failed", settled_at=endpoint.made_at, attempts=10)
    foreign = WebhookDeliveryFactory(state="failed", settled_at=endpoint.made_at)
    page = f"{PAGE}{endpoint.pk}/"
    assert "Send it once more" in employer_client.get(page).content.decode()
    employer_client.post(f"{page}deliveries/{own.pk}/replay/")
    assert employer_client.post(f"{page}deliveries/{foreign.pk}/replay/").status_code == 404
    own.refresh_from_db()
    foreign.refresh_from_db()
    assert (own.state, own.attempts, foreign.state) == ("waiting", 0, "failed")


def test_an_open_browser_alone_shows_renews_and_redirects_nothing(
    employer_client: Client, endpoint: WebhookEndpoint
) -> None:
    stolen, page = signed_in(employer_client.user), f"{PAGE}{endpoint.pk}/"  # type: ignore[attr-defined]
    before = WebhookEndpoint.objects.values().get()
    for answer in (
        stolen.get(PAGE), stolen.post(PAGE, sent()), stolen.get(page), stolen.post(page, sent(url="https://127.0.0.1:9443/")),
        stolen.post(f"{page}secret/"),
    ):  # fmt: skip
        assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert WebhookEndpoint.objects.values().get() == before
    assert (
        stolen.post(f"{page}switch/", {"on": "0"}).headers["Location"] == page
    )  # ending something asks for nothing


def test_a_new_secret_is_shown_after_the_password(employer_client: Client, endpoint: WebhookEndpoint) -> None:
    client, page = signed_in(employer_client.user), f"{PAGE}{endpoint.pk}/secret/"  # type: ignore[attr-defined]
    door = client.post(page).headers["Location"]
    shown = client.post(door, {"password": PASSWORD, "next": page}).content.decode()
    endpoint.refresh_from_db()
    assert unseal(endpoint.secret, PURPOSE) in shown


@pytest.mark.parametrize("role", ["recruiter", "viewer"])
def test_only_owners(role: str) -> None:
    client = signed_in(MembershipFactory(**{role: True}).user)
    assert [client.get(PAGE).status_code, client.post(PAGE, sent()).status_code] == [403, 403]


@pytest.mark.parametrize("rows", [1, 12])
def test_pages_take_the_same_queries(
    employer_client: Client, endpoint: WebhookEndpoint, rows: int, django_assert_num_queries: Any
) -> None:
    WebhookDeliveryFactory.create_batch(rows, endpoint=endpoint)
    with django_assert_num_queries(LIST_QUERIES):
        employer_client.get(PAGE)
    with django_assert_num_queries(ONE_QUERIES):
        employer_client.get(f"{PAGE}{endpoint.pk}/")
