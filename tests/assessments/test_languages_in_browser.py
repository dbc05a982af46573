"""Tests of other languages than English in a real browser, each by a short bank: on a phone, without JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from assessments.models import Measurement
from tests.assessments.test_in_browser import open_page, take_rest
from tests.browsing import sideways
from tests.factories.assessments import BankFactory
from tests.factories.candidates import CandidateFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LANGUAGES = {"nl": "Dutch", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian"}


def test_every_other_language_is_taken_whole(chromium: Browser, live_server: Any) -> None:
    candidate = CandidateFactory()
    for code, name in LANGUAGES.items():
        BankFactory(code=name.lower(), language_id=code, items=6, min_items=2, max_items=2)
    page = open_page(chromium, live_server, candidate, java_script_enabled=False)
    for code, name in LANGUAGES.items():
        page.goto(f"/tests/{name.lower()}/?practised=yes")
        page.get_by_role("button", name="Start the test").click()
        assert page.locator(f"form [lang={code}]").count()
        assert sideways(page) == 0
        take_rest(page)
        assert page.locator("h1").inner_text().startswith(f"Your {name} is ")
    assert set(Measurement.objects.values_list("language", flat=True)) == set(LANGUAGES)
    page.context.close()
