"""What the administration takes over the line on a first visit, measured in a browser at a server without a proxy.

Static files are collected and compressed as an installation does it, and served by the product itself.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, expect

from tests.browsing import MOST_BYTES
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.employers import EmployerFactory
from tests.factories.vacancies import VacancyFactory

TRANSFERRED = """() => Object.fromEntries(
    [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .map(one => [one.name, one.transferSize]))"""


@pytest.fixture
def origin(transactional_db: None, settings: Any, tmp_path: Path) -> Iterator[str]:
    """Where a server answers that has nothing in front of it."""
    settings.STATIC_ROOT = str(tmp_path)
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    server = LiveServerThread("localhost", lambda application: application)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    yield f"http://localhost:{server.port}"
    server.terminate()


def transferred(chromium: Browser, client: Client, origin: str, path: str, heading: str) -> dict[str, int]:
    """Bytes of the page and of each file it loads, headers included, in a browser that never was here."""
    context = chromium.new_context(base_url=origin)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": origin}])
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(path)
    page.wait_for_load_state("networkidle")
    expect(page.locator("#content h1, h1").first).to_contain_text(heading)
    sizes: dict[str, int] = page.evaluate(TRANSFERRED)
    context.close()
    assert problems == []
    return sizes


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_lists_and_pages_of_the_administration_are_light(chromium: Browser, origin: str) -> None:
    EmployerFactory.create_batch(100)  # a full page
    vacancy = VacancyFactory()
    client = signed_in(UserFactory(staff=True))
    for path, heading in {
        "/admin/employers/employer/": "Employers",
        f"/admin/vacancies/vacancy/{vacancy.pk}/change/": "Vacancy",
    }.items():
        sizes = transferred(chromium, client, origin, path, heading)
        assert sum(sizes.values()) <= MOST_BYTES, sizes
        assert not [name for name in sizes if "xregexp" in name]


def test_no_page_of_the_administration_needs_the_scripts_that_are_left_out() -> None:
    assert [room for room in admin.site._registry.values() if room.prepopulated_fields] == []


@pytest.mark.django_db
def test_a_page_is_compressed_where_the_browser_can_read_it(client: Client) -> None:
    plain = client.get("/accounts/login/")
    packed = client.get("/accounts/login/", headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 2
