"""What machines are told about this installation."""

import pytest
from django.core.cache import cache

from marketplace.heartbeat import KEY, forget_heartbeat, leave_heartbeat
from reference.models import FactsVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    leave_heartbeat()


def test_alive_asks_nobody(client, django_assert_num_queries, settings):
    settings.CACHES = {}
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"alive\n")


def test_ready_when_every_part_answers(client, worker):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True,
        "parts": {"database": True, "broker": True, "worker": True, "facts": True},
    }


def test_not_ready_without_a_worker(client):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert (answer.json()["ready"], answer.json()["parts"]["worker"]) == (False, False)


def test_a_worker_that_fell_silent_counts_as_gone(client, worker):
    assert 0 < cache._cache.get_client().ttl(cache.make_key(KEY)) <= 15
    cache.delete(KEY)
    assert client.get("/readyz").status_code == 503


def test_the_sign_of_life_of_the_last_run_is_forgotten_before_a_start(client, worker):
    forget_heartbeat()
    assert client.get("/readyz").json()["parts"]["worker"] is False


def test_not_ready_without_facts(client, worker):
    FactsVersion.objects.all().delete()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert [name for name, holds in answer.json()["parts"].items() if not holds] == ["facts"]


def test_a_demonstration_waits_for_its_people(client, worker, settings):
    settings.DEMO = True
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert [name for name, holds in answer.json()["parts"].items() if not holds] == ["population"]


def test_a_broker_that_is_gone_is_named_without_its_address(client, settings):
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://:pass@127.0.0.1:9/0"}}
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["worker"] is False
    assert b"pass" not in answer.content
    assert b"127.0.0.1" not in answer.content


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_nobody_has_to_sign_in_and_nothing_is_kept(client, worker, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_only_reading_is_possible(client, address):
    assert client.post(address).status_code == 405
