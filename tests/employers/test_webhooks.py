"""Webhooks against a real HTTPS server: signed, retried, given up, and never to a machine that is not public."""

import json
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from standardwebhooks import Webhook

from accounts.models import Notification, OutboxMail
from employers import delivery as network
from employers.actions.decision import accept_employer, reject_employer
from employers.actions.webhook_delivery import claim, deliver_next, forget_removed, tidy
from employers.actions.webhooks import emit, remove_endpoint, replay, rotate_secret, switch_endpoint
from employers.delivery import Outcome, hand_over
from employers.enums import DeliveryState, WebhookEvent
from employers.models import WebhookDelivery, WebhookEndpoint
from employers.rules.webhooks import host_and_port, is_public, retry_after
from employers.tasks import deliver_webhooks
from placements.enums import ApplicationState
from tests.accounts.at_once import at_once
from tests.conftest import signed_in
from tests.employers.receiver import Receiver, make_certificate, receiving
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.employers import (
    SECRET,
    MembershipFactory,
    WebhookDeliveryFactory,
    WebhookEndpointFactory,
)
from tests.factories.matching import measured_person, ranked
from tests.factories.placements import application
from tests.factories.vacancies import VacancyFactory
from vacancies.actions.lifecycle import close_vacancy, pause_vacancy, resume_vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def receiver(certificate: Path, settings: Any) -> Iterator[Receiver]:
    settings.WEBHOOKS_TO_LOOPBACK, settings.WEBHOOK_CA_FILE = True, str(certificate)
    with receiving(certificate) as found:
        yield found


def endpoint_at(receiver: Receiver, **facts: Any) -> WebhookEndpoint:
    return WebhookEndpointFactory(url=receiver.url, **facts)


def tell(endpoint: WebhookEndpoint, **data: Any) -> None:
    emit(employer_id=endpoint.employer_id, event="vacancy.paused", data=data, now=timezone.now())


class TestACompanyThatIsNoLongerAccepted:
    def test_its_messages_wait_go_on_later_and_the_log_says_why(self, receiver: Receiver) -> None:
        endpoint, now = (
            endpoint_at(receiver, failing_since=timezone.now() - timedelta(days=4)),
            timezone.now(),
        )
        employer, staff = endpoint.employer, UserFactory(staff=True)
        tell(endpoint, before=1)
        reject_employer(employer=employer, by=staff, now=now, reason="The register does not know it.")
        tell(endpoint, while_out=2)
        deliver_webhooks()
        assert receiver.got == []
        waiting = WebhookDelivery.objects.order_by("created_at")
        for row in waiting:
            assert (row.state, row.attempts) == ("waiting", 0)
            assert [str(each["hold_words"]) for each in row.log] == [
                "held back, because the company is not accepted now"
            ]
        later = now + timedelta(days=20)
        accept_employer(employer=employer, by=staff, now=later)
        deliver_webhooks()
        assert [json.loads(body)["data"] for _path, _headers, body in receiver.got] == [
            {"before": 1},
            {"while_out": 2},
        ]
        for row in waiting.all():
            assert row.state == "delivered"
            held, released, sent = row.log
            assert str(released["hold_words"]) == "goes on, because the company is accepted again"
            assert (held["hold"], sent["status"], sent["hold_words"]) == ("held", 204, "")
        owner = signed_in(MembershipFactory(employer=employer).user)
        owner.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        page = owner.get(f"/employer/webhooks/{endpoint.pk}/").content.decode()
        assert page.count("held back, because the company is not accepted now") == 2

    def test_the_time_out_does_not_count_as_silence_of_the_address(self) -> None:
        now, staff = timezone.now(), UserFactory(staff=True)
        endpoint = WebhookEndpointFactory(failing_since=now - timedelta(days=2))
        reject_employer(
            employer=endpoint.employer, by=staff, now=now, reason="The register does not know it."
        )
        back = now + timedelta(days=9)
        accept_employer(employer=endpoint.employer, by=staff, now=back)
        endpoint.refresh_from_db()
        assert (endpoint.failing_since, endpoint.disabled_at) == (back, None)


class TestSending:
    def test_what_arrives_is_what_was_written_and_signed(self, receiver: Receiver) -> None:
        endpoint = endpoint_at(receiver)
        tell(endpoint, vacancy=7)
        deliver_webhooks()
        ((path, headers, body),) = receiver.got
        row = WebhookDelivery.objects.get()
        assert (path, headers["Host"]) == ("/hooks?of=shop", f"localhost:{receiver.port}")
        assert headers["webhook-id"] == row.message_id
        message = Webhook(SECRET).verify(body, headers)
        assert (message["type"], message["data"]) == ("vacancy.paused", {"vacancy": 7})
        assert (row.state, row.attempts, row.tries[0]["status"]) == ("delivered", 1, 204)

    def test_for_a_day_both_secrets_sign(self, receiver: Receiver) -> None:
        endpoint = endpoint_at(receiver)
        owner, now = MembershipFactory(employer=endpoint.employer).user, timezone.now()
        new = rotate_secret(endpoint=endpoint, by=owner, now=now)
        for at in (now, now + timedelta(hours=25)):
            tell(endpoint)
            WebhookDelivery.objects.filter(state="waiting").update(next_attempt_at=now)
            assert deliver_next(now=at)
        (first, second) = [headers["webhook-signature"].split() for _path, headers, _body in receiver.got]
        assert (len(first), len(second)) == (2, 1)
        _path, headers, body = receiver.got[0]
        for secret in (SECRET, new):
            assert Webhook(secret).verify(body, headers)

    def test_a_secret_that_cannot_be_read_holds_nothing_up(self, receiver: Receiver) -> None:
        broken, good, now = (
            endpoint_at(receiver, secret="sealed long ago"),
            endpoint_at(receiver),
            timezone.now(),
        )
        tell(broken)
        tell(good)
        deliver_webhooks()
        lost = broken.deliveries.get()
        assert (lost.state, good.deliveries.get().state) == ("waiting", "delivered")
        assert lost.tries[0]["words"] == "The secret of this address cannot be read any more. Make a new one."
        assert lost.next_attempt_at > now
        assert len(receiver.got) == 1

    @pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 500, 503])
    def test_anything_but_thanks_is_tried_again_and_no_redirect_followed(
        self, receiver: Receiver, status: int
    ) -> None:
        endpoint = endpoint_at(receiver)
        receiver.status, receiver.headers = (
            status,
            {"Location": f"https://localhost:{receiver.port}/elsewhere"},
        )
        tell(endpoint)
        now = timezone.now()
        assert deliver_next(now=now)
        row = WebhookDelivery.objects.get()
        assert (row.state, row.next_attempt_at - now) == ("waiting", timedelta(seconds=5))
        assert [path for path, _headers, _body in receiver.got] == ["/hooks?of=shop"]
        assert not deliver_next(now=now + timedelta(seconds=4))
        receiver.status = 200
        assert deliver_next(now=now + timedelta(seconds=5))
        ids = {headers["webhook-id"] for _path, headers, _body in receiver.got}
        row.refresh_from_db()
        assert (row.state, len(ids), [one["status"] for one in row.tries]) == ("delivered", 1, [status, 200])
        endpoint.refresh_from_db()
        assert endpoint.failing_since is None

    def test_tries_go_on_for_three_days(self, receiver: Receiver) -> None:
        receiver.status = 500
        tell(endpoint_at(receiver))
        began = at = timezone.now()
        while deliver_next(now=at):
            row = WebhookDelivery.objects.get()
            at = row.next_attempt_at
        assert (row.state, row.attempts) == ("failed", 10)
        assert timedelta(days=3) < row.settled_at - began < timedelta(days=4)
        assert retry_after(10) is None

    def test_an_address_that_fails_for_days_is_switched_off_and_owners_told(self, receiver: Receiver) -> None:
        now = timezone.now()
        endpoint = endpoint_at(receiver, failing_since=now - timedelta(days=5))
        owner = MembershipFactory(employer=endpoint.employer).user
        receiver.status = 500
        tell(endpoint)
        assert deliver_next(now=timezone.now())
        endpoint.refresh_from_db()
        assert endpoint.disabled_because == "failing"
        told = Notification.objects.get()
        assert (told.user, told.url) == (owner, f"/employer/webhooks/{endpoint.pk}/")
        assert told.awaits_digest or OutboxMail.objects.filter(recipient=owner.email).exists()
        tell(endpoint)
        assert WebhookDelivery.objects.count() == 1
        switch_endpoint(endpoint=endpoint, on=True, by=owner, now=now)
        receiver.status = 200
        assert deliver_next(now=now + timedelta(minutes=1))
        assert WebhookDelivery.objects.get().state == "delivered"

    def test_gone_is_gone(self, receiver: Receiver) -> None:
        endpoint = endpoint_at(receiver)
        receiver.status = 410
        tell(endpoint)
        deliver_next(now=timezone.now())
        endpoint.refresh_from_db()
        assert (endpoint.disabled_because, WebhookDelivery.objects.get().state) == ("gone", "failed")

    def test_a_message_is_sent_once_more_on_request(self, receiver: Receiver) -> None:
        endpoint = endpoint_at(receiver)
        owner = MembershipFactory(employer=endpoint.employer).user
        tell(endpoint)
        deliver_webhooks()
        row = WebhookDelivery.objects.get()
        for _ in range(2):
            replay(endpoint=endpoint, delivery_id=row.pk, by=owner, now=timezone.now())
        deliver_webhooks()
        assert [headers["webhook-id"] for _path, headers, _body in receiver.got] == [row.message_id] * 2

    def test_a_slow_or_dead_address_holds_nobody_up(self, receiver: Receiver) -> None:
        now = timezone.now()
        failing = WebhookDeliveryFactory(endpoint__failing_since=now, created_at=now - timedelta(hours=1))
        busy = endpoint_at(receiver)
        WebhookDeliveryFactory(endpoint=busy, state="sending", claimed_at=now)
        WebhookDeliveryFactory(endpoint=busy)
        well = WebhookDeliveryFactory(endpoint=endpoint_at(receiver))
        found = [claim(now=timezone.now()) for _ in range(3)]
        assert [one and one.pk for one in found] == [well.pk, failing.pk, None]


class TestBadAnswers:
    """Whatever the other end does, an outcome comes back."""

    def test_a_flood_is_not_read(self, receiver: Receiver) -> None:
        receiver.status, receiver.body = 200, b"x" * 5_000_000
        found = hand_over(receiver.url, b"{}", {})
        assert (found.good, len(found.words)) == (True, 300)

    def test_words_are_made_harmless(self, receiver: Receiver) -> None:
        receiver.status, receiver.body = 500, b"a\x00b\xff\n<script>"
        assert hand_over(receiver.url, b"{}", {}).words == "a b\ufffd <script>"

    def test_a_certificate_that_nobody_vouches_for(self, receiver: Receiver, settings: Any) -> None:
        settings.WEBHOOK_CA_FILE = ""
        found = hand_over(receiver.url, b"{}", {})
        assert (found.status, "CERTIFICATE_VERIFY_FAILED" in found.words, receiver.got) == (0, True, [])

    def test_a_certificate_of_another_name(self, settings: Any, tmp_path: Path) -> None:
        other = make_certificate(tmp_path, "other.example")
        settings.WEBHOOKS_TO_LOOPBACK, settings.WEBHOOK_CA_FILE = True, str(other)
        with receiving(other) as found:
            assert "CERTIFICATE_VERIFY_FAILED" in hand_over(found.url, b"{}", {}).words
            assert found.got == []

    def test_who_says_nothing_is_not_waited_for(self, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        settings.WEBHOOKS_TO_LOOPBACK = True
        monkeypatch.setattr(network, "ALL_SECONDS", 0.3)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            found = hand_over(f"https://127.0.0.1:{silent.getsockname()[1]}/", b"{}", {})
        assert (found.status, found.milliseconds < 3000) == (0, True)

    def test_nobody_there(self, settings: Any) -> None:
        settings.WEBHOOKS_TO_LOOPBACK = True
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        assert hand_over(f"https://127.0.0.1:{port}/", b"{}", {}).words.startswith("ConnectionRefusedError")


class TestWhereTo:
    @pytest.mark.parametrize(
        "address",
        [
            "127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
            "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1", "::1", "::", "::ffff:10.0.0.1", "::ffff:127.0.0.1",
            "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "64:ff9b::a00:1", "2002:a00:1::", "2001::1",
            "2001:db8::1", "fec0::1", "3fff::1", "::127.0.0.1", "192.0.0.8", "192.88.99.1", "nonsense",
        ],
    )  # fmt: skip
    def test_no_address_of_our_own_network(self, address: str) -> None:
        assert not is_public(address)

    @pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
    def test_addresses_of_the_internet(self, address: str) -> None:
        assert is_public(address)
        assert not is_public("10.0.0.1", loopback_too=True)

    @pytest.mark.parametrize(
        "url",
        [
            "http://shop.example/", "https://", "https://user@shop.example/", "https://user:word@shop.example/",
            "https://shop.example/#part", "https://shop.example:22/", "https://shop.example:99999/", "ftp://shop.example/",
            "https://shop.example/a b", "https://shop.example/a\nb", "//shop.example/", "https://[::1", "https://a..b/",
            "https://@shop.example/", "https://shop.example/" + "x" * 500,
        ],
    )  # fmt: skip
    def test_no_other_kind_of_url(self, url: str) -> None:
        assert host_and_port(url) is None

    def test_urls_that_are_fine(self) -> None:
        assert host_and_port("https://shop.example/hooks?x=1") == ("shop.example", 443)
        assert host_and_port("https://bücher.example:8443/") == ("xn--bcher-kva.example", 8443)

    def test_the_own_machine_is_refused_at_sending_too(self, receiver: Receiver, settings: Any) -> None:
        settings.WEBHOOKS_TO_LOOPBACK = False
        for host in (
            "localhost",
            "127.0.0.1",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "2130706433",
            "0x7f000001",
            "127.1",
        ):
            found = hand_over(f"https://{host}:{receiver.port}/", b"{}", {})
            assert (found.status, found.words[:4]) in ((0, "The "), (0, "No s")), host
        assert receiver.got == []

    def test_a_name_that_leads_elsewhere_after_the_look_is_refused_at_connect(
        self, receiver: Receiver, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The look-up says a public address; the connection itself still has to end at one."""
        settings.WEBHOOKS_TO_LOOPBACK = False
        monkeypatch.setattr(network, "public_address", lambda url: "127.0.0.1")
        assert hand_over(receiver.url, b"{}", {}).words == "The address is not a public one."
        assert receiver.got == []

    def test_such_an_installation_does_not_pass_its_checks(self, settings: Any) -> None:
        settings.WEBHOOKS_TO_LOOPBACK = True
        with pytest.raises(SystemCheckError, match=r"marketplace\.E003"):
            call_command("check", deploy=True, verbosity=0)


class TestWritingDown:
    def test_only_who_listens_is_written_to(self) -> None:
        listening = WebhookEndpointFactory(events=["vacancy.paused"])
        WebhookEndpointFactory(employer=listening.employer, events=["vacancy.closed"])
        WebhookEndpointFactory(
            employer=listening.employer, disabled_at=timezone.now(), disabled_because="owner"
        )
        WebhookEndpointFactory()
        tell(listening)
        assert [one.endpoint_id for one in WebhookDelivery.objects.all()] == [listening.pk]

    def test_nothing_is_told_of_what_did_not_happen(self) -> None:
        endpoint = WebhookEndpointFactory()
        with transaction.atomic():
            tell(endpoint)
            transaction.set_rollback(True)
        assert not WebhookDelivery.objects.exists()

    def test_a_vacancys_life(self) -> None:
        vacancy = VacancyFactory()
        WebhookEndpointFactory(employer=vacancy.employer)
        owner, now = MembershipFactory(employer=vacancy.employer).user, timezone.now()
        for act, more in ((pause_vacancy, {}), (resume_vacancy, {}), (close_vacancy, {"because": "filled"})):
            act(vacancy=vacancy, by=owner, now=now, **more)  # type: ignore[operator]
        told = [json.loads(one.body) for one in WebhookDelivery.objects.order_by("pk")]
        assert sorted(one["type"] for one in told) == [
            "vacancy.closed",
            "vacancy.paused",
            "vacancy.published",
        ]
        closed = next(one for one in told if one["type"] == "vacancy.closed")
        assert closed["data"] == {
            "vacancy": vacancy.pk,
            "state": "closed",
            "version": 1,
            "closed_because": "filled",
        }

    def test_a_shortlist_is_told_once_until_it_was_heard(self) -> None:
        vacancy = VacancyFactory()
        WebhookEndpointFactory(employer=vacancy.employer)
        for _ in range(2):
            measured_person()
            ranked(vacancy)
        (told,) = WebhookDelivery.objects.filter(event="shortlist.ranked")
        assert json.loads(told.body)["data"]["vacancy"] == vacancy.pk
        WebhookDelivery.objects.update(state="delivered", settled_at=timezone.now())
        measured_person()
        ranked(vacancy)
        assert WebhookDelivery.objects.filter(event="shortlist.ranked").count() == 2

    def test_an_application_without_the_person(self) -> None:
        vacancy, person = VacancyFactory(), measured_person()
        WebhookEndpointFactory(employer=vacancy.employer)
        found = application("both_interested", vacancy=vacancy, candidate=person)
        told = WebhookDelivery.objects.filter(event__startswith="application.")
        assert {one.event for one in told} == {"application.invited", "application.both_interested"}
        for one in told:
            assert json.loads(one.body)["data"]["application"] == str(found.public_id)
            assert person.user.email not in one.body
            assert person.user.identity.display_name not in one.body

    def test_every_state_of_an_application_can_be_told(self) -> None:
        told = {
            event.removeprefix("application.")
            for event in WebhookEvent.values
            if event.startswith("application.")
        }
        assert told == set(ApplicationState.values)

    def test_who_is_removed_is_told_nothing_and_forgotten_a_day_later(self) -> None:
        row = WebhookDeliveryFactory()
        owner, now = MembershipFactory(employer=row.endpoint.employer).user, timezone.now()
        remove_endpoint(endpoint=row.endpoint, by=owner, now=now)
        tell(row.endpoint)
        assert (WebhookDelivery.objects.count(), claim(now=now)) == (1, None)
        assert forget_removed(now=now + timedelta(hours=23)) == 0
        assert forget_removed(now=now + timedelta(days=1)) == 2


class TestAtOnce:
    @pytest.mark.django_db(transaction=True)
    def test_one_message_is_claimed_by_one_worker(self) -> None:
        WebhookDeliveryFactory()
        found = at_once(*[lambda: claim(now=timezone.now())] * 4)
        assert sum(isinstance(one, WebhookDelivery) for one in found) == 1

    def test_a_worker_that_died_is_followed_by_another_under_the_same_id(self, receiver: Receiver) -> None:
        tell(endpoint_at(receiver))
        now = timezone.now()
        claimed = claim(now=now)
        assert claimed is not None
        tidy(now=now + timedelta(minutes=9))
        assert claim(now=now + timedelta(minutes=9)) is None
        tidy(now=now + timedelta(minutes=10))
        assert deliver_next(now=now + timedelta(minutes=10))
        row = WebhookDelivery.objects.get()
        assert (row.state, row.attempts) == (DeliveryState.DELIVERED, 2)


def test_an_outcome_is_good_for_every_status_of_success() -> None:
    assert [Outcome(status, 1, "").good for status in (199, 200, 204, 299, 300)] == [
        False,
        True,
        True,
        True,
        False,
    ]
