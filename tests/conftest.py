"""What every test stands on: fast settings, the country facts, a fixed moment, and a browser for each role."""

import gc
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.template import Context, RequestContext
from django.template.base import Template
from django.test import Client, TransactionTestCase
from django.test.signals import template_rendered
from django.test.utils import override_settings
from django.utils.translation import deactivate

from tests.facts import FactsSnapshot
from tests.run import ROOT, marked
from tests.signing_in import sign_in

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def test_settings(django_test_environment: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """As in production, but quick passwords and no manifest of static files. Demo tests switch DEMO on themselves."""
    with override_settings(
        DEMO=False,
        CACHES={"default": {**settings.CACHES["default"], "TIMEOUT": 120}},
        POOL_DIR=tmp_path_factory.mktemp("pools"),
        RECORDINGS_DIR=tmp_path_factory.mktemp("recordings"),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        EMAIL_BACKEND="accounts.outbox.OutboxBackend",
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def pages_noted_once(django_test_environment: None) -> None:
    """`response.context` is that of the page. Django would also copy that of every part and every widget: 8 % of a page."""
    Template._render = _noted_render


def _noted_render(template: Template, context: Context) -> str:
    if isinstance(context, RequestContext) and context.template is template:
        template_rendered.send(sender=template, template=template, context=context)
    return template.nodelist.render(context)


@pytest.fixture(autouse=True)
def own_cache() -> None:
    """A key prefix for each test: rate limits of one never reach the next, and no broker key is touched.

    The connection of this thread stays; threads that begin later read the prefix from the settings.
    """
    prefix = uuid4().hex
    settings.CACHES["default"]["KEY_PREFIX"] = prefix
    caches["default"].key_prefix = prefix


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Where `tests/run.py` has migrated a database, the tests' own begins as a copy of it; each group has its own."""
    test = connection.settings_dict["TEST"]
    if name := os.environ.get("MIGRATED"):
        test["TEMPLATE"] = name
    if group := os.environ.get("TEST_GROUP"):
        test["NAME"] = f"{test['NAME'] or 'test'}_{group}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database with the reference facts, before the first test's transaction begins; tests that commit leave them so."""
    with django_db_blocker.unblock():
        if not os.environ.get("MIGRATED"):
            call_command("load_facts", verbosity=0)
        snapshot = FactsSnapshot.take()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: snapshot.restore())
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`tests/run.py` gathers only files that name a mark; a test that has it in another way would never be run."""
    named = {mark: {str(ROOT / path) for path in marked(mark)} for mark in ("browser", "processes")}
    for item in items:
        for mark, files in named.items():
            if item.get_closest_marker(mark) and str(item.path) not in files:
                raise pytest.UsageError(f"{item.nodeid}: its file has to say pytest.mark.{mark}")


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What is imported by now stays; the collector of garbage need not look through it, nor come after every page."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    """The language of the last page that a test read never reaches the next test."""
    yield
    deactivate()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Any]:
    """Once for each worker, since it takes as long to start as a short test. Only browser tests import it."""
    from tests.browsing import playing

    with playing() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Any) -> Iterator[Any]:
    """A real browser, in which every test opens windows of its own."""
    from tests.browsing import launched

    with launched(playwright) as browser:
        yield browser


@pytest.fixture
def now() -> datetime:
    """Sunday 22 November 2026, 09:00 UTC."""
    return NOW


def signed_in(user: Any) -> Client:
    """A browser that is signed in as `user`, found as `client.user`."""
    client = Client()
    sign_in(client, user)
    client.user = user  # type: ignore[attr-defined]
    return client


@pytest.fixture
def candidate_client(db: None) -> Client:
    """Signed in as a candidate: `client.user.candidate`."""
    from tests.factories.candidates import CandidateFactory

    return signed_in(CandidateFactory().user)


@pytest.fixture
def other_candidate_client(db: None) -> Client:
    """Signed in as another candidate."""
    from tests.factories.candidates import CandidateFactory

    return signed_in(CandidateFactory().user)


@pytest.fixture
def employer_client(db: None) -> Client:
    """Signed in as the owner of an accepted employer: `client.user.membership.employer`."""
    from tests.factories.employers import MembershipFactory

    return signed_in(MembershipFactory(employer__accepted=True).user)


@pytest.fixture
def other_employer_client(db: None) -> Client:
    """Signed in as the owner of another accepted employer."""
    from tests.factories.employers import MembershipFactory

    return signed_in(MembershipFactory(employer__accepted=True).user)


@pytest.fixture
def staff_client(db: None) -> Client:
    """Signed in as platform staff with every permission and a second factor."""
    from tests.factories.accounts import UserFactory

    return signed_in(UserFactory(staff=True))
