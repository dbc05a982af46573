"""A recruiter's way: the second factor, curating a shortlist, and a wage floor that changes who is eligible."""

import base64
import hmac
import struct
import time
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect

from accounts.models import AuditEntry
from candidates.models import Candidate
from common.queue import enqueue
from matching.models import CurationLook
from matching.queries.shortlist import current_ranking, shortlist_of
from reference.enums import CEFRLevel
from reference.models import WageFloor
from tests.browsing import Visitor
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.assessments import MeasurementFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import MembershipFactory
from tests.factories.vacancies import VacancyFactory
from tests.journeys.steps import order_shown, short, sign_in
from tests.running_worker import until
from vacancies.models import Vacancy

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(400),
]

ROSA, JOOST = "rosa@platform.example", "joost@museums.example"
TITLE = "Customer care for a web shop"


@pytest.fixture
def ranked(worker: None) -> Vacancy:
    """A published vacancy that the worker has ranked: best English first, the one in the Netherlands last."""
    vacancy = VacancyFactory()
    MembershipFactory(employer=vacancy.employer, user=UserFactory(email=JOOST))
    UserFactory(email=ROSA, is_staff=True, is_superuser=True)
    for level in (CEFRLevel.C2, CEFRLevel.C1, CEFRLevel.B2):
        english(CandidateFactory(in_portugal=True, listed=True), level)
    high = {"minimum_pay": Decimal("15.50"), "wished_pay": Decimal("30.00")}
    english(CandidateFactory(in_netherlands=True, listed=True, **high), CEFRLevel.B2)
    enqueue("matching.refresh_ranking", vacancy_id=vacancy.pk)
    until(lambda: eligible(vacancy) == 4, "the worker ranks the four")
    return vacancy


def english(candidate: Candidate, level: int) -> None:
    MeasurementFactory(candidate=candidate, language_id="en", level=level)


def eligible(vacancy: Vacancy) -> int | None:
    ranking = current_ranking(vacancy)
    return ranking.eligible if ranking else None


@pytest.fixture
def handed_in(worker: None) -> Vacancy:
    """A company that applied, with a vacancy that waits for review, and three people who suit it."""
    owner = MembershipFactory(employer__applied=True, user=UserFactory(email=JOOST))
    vacancy = VacancyFactory(in_review=True, employer=owner.employer)
    UserFactory(email=ROSA, is_staff=True, is_superuser=True)
    for level in (CEFRLevel.C2, CEFRLevel.C1, CEFRLevel.B2):
        english(CandidateFactory(in_portugal=True, listed=True), level)
    return vacancy


@pytest.mark.usefixtures("demo")
def test_from_an_application_to_a_curated_shortlist_queue_by_queue(
    chromium: Browser, live_server: Any, handed_in: Vacancy
) -> None:
    first, second, third = (short(one) for one in Candidate.objects.order_by("pk"))
    with Visitor(chromium, live_server.url) as rosa:
        sign_in(rosa, ROSA)
        rosa.arrive("What waits for you")
        from_the_desk(rosa, "Employers to judge", "1")
        act_on_the_first(rosa, "Accept", "Accept these companies")
        expect(rosa.page.locator(".bulk")).to_contain_text("Accepted. The owners have been written to.")
        from_the_desk(rosa, "Vacancies to review", "1")
        act_on_the_first(rosa, "Publish", "Publish these vacancies")
        expect(rosa.page.locator(".bulk")).to_contain_text("Published. The employer has been written to.")
        until(lambda: eligible(handed_in) == 3, "the worker ranks the three")
        enqueue("matching.refresh_looks")  # what the scheduler publishes
        until(lambda: CurationLook.objects.exclude(since=None).exists(), "the list waits for a look")
        from_the_desk(rosa, "Matches to curate", "1")
        rosa.follow(TITLE)
        rosa.arrive(TITLE)
        expect(rosa.page.locator("#content")).to_contain_text("not looked at yet; few people suit")
        by_keyboard(rosa.page, first, second, third)
        done(rosa)
        expect(rosa.page.get_by_role("link", name=third)).to_be_focused()
        assert order_of(handed_in)[0] == Candidate.objects.latest("pk").pk
        rosa.press("Looked at")
        expect(rosa.page.locator(".messagelist")).to_contain_text("It comes back when it changes.")
        rosa.open("/admin/", "What waits for you")
        expect(queue(rosa, "Matches to curate")).to_contain_text("nothing waits")


def order_of(vacancy: Vacancy) -> tuple[int, ...]:
    found = shortlist_of(vacancy)
    assert found is not None
    return found.order


def queue(rosa: Visitor, title: str) -> Locator:
    return rosa.page.get_by_role("listitem").filter(has=rosa.page.get_by_role("heading", name=title))


def from_the_desk(rosa: Visitor, title: str, count: str) -> None:
    """From the desk into a queue with so many that wait."""
    rosa.open("/admin/", "What waits for you")
    expect(queue(rosa, title).locator("b")).to_have_text(count)
    queue(rosa, title).get_by_role("link", name=title).click()
    rosa.page.wait_for_load_state()


def act_on_the_first(rosa: Visitor, act: str, button: str) -> None:
    """Choose the first row of a list, read what would become of it, and press."""
    page = rosa.page
    page.locator("input.action-select").first.check()
    page.get_by_label("Action:").select_option(label=act)
    page.locator("button[name=index]").click()
    expect(page.locator("#content")).to_contain_text("1 of 1 would be changed. Nothing has been done yet.")
    rosa.press(button)


def by_keyboard(page: Page, first: str, second: str, third: str) -> None:
    """Down the list and back, then pin the last one; in a field, letters are letters."""
    person = {name: page.get_by_role("link", name=name) for name in (first, second, third)}
    person[first].focus()
    for key, where in (("j", second), ("ArrowDown", third), ("j", third), ("k", second), ("j", third)):
        page.keyboard.press(key)
        expect(person[where]).to_be_focused()
    page.keyboard.press("m")
    page.keyboard.press("Escape")
    expect(person[third]).to_be_focused()
    page.keyboard.press("p")
    page.keyboard.type("jumps high?")
    page.keyboard.press("Enter")


@pytest.mark.usefixtures("demo")
def test_what_a_recruiter_changes_the_employer_sees_with_its_reason(
    chromium: Browser, live_server: Any, ranked: Vacancy
) -> None:
    first, second, third, dutch = (short(one) for one in Candidate.objects.order_by("pk"))
    with Visitor(chromium, live_server.url) as rosa, Visitor(chromium, live_server.url) as joost:
        sign_in(joost, JOOST)
        assert list_of(joost, ranked) == [first, second, third, dutch]
        sign_in(rosa, ROSA)
        rosa.arrive("What waits for you")
        rosa.open(reverse("admin:matching_curate", args=[ranked.pk]), TITLE)
        curate(rosa, dutch, "pin to the top", "")
        expect(rosa.page.locator(".errorlist")).to_have_text("Give a reason; both sides can ask for it.")
        assert list_of(joost, ranked) == [first, second, third, dutch]
        curate(rosa, dutch, "pin to the top", "Knows the shop")
        done(rosa)
        assert list_of(joost, ranked) == [dutch, first, second, third]
        expect(joost.page.locator("main")).to_contain_text("Knows the shop")
        curate(rosa, third, "move to a place", "Writes better than the test shows", place="2")
        done(rosa)
        assert list_of(joost, ranked) == [dutch, third, first, second]
        curate(rosa, first, "hide", "Asked to wait until spring")
        done(rosa)
        assert list_of(joost, ranked) == [dutch, third, second]
        expect(joost.page.locator("main")).to_contain_text("1 hidden by a recruiter")
        expect(joost.page.locator("main")).to_contain_text("Asked to wait until spring")
        hidden = rosa.page.get_by_role("listitem").filter(has_text="Asked to wait").first
        rosa.press(f"Show again {first.upper()}", hidden)
        done(rosa)
        assert list_of(joost, ranked) == [dutch, third, first, second]
        expect(joost.page.locator("main")).not_to_contain_text("Asked to wait")
        read_the_audit_log(rosa)


def list_of(joost: Visitor, vacancy: Vacancy) -> list[str]:
    joost.open(f"/vacancies/{vacancy.pk}/shortlist/", TITLE)
    return order_shown(joost)


def curate(rosa: Visitor, person: str, act: str, reason: str, place: str = "") -> None:
    """Fill in and send the form in the person's row."""
    shortlist = rosa.page.get_by_role("region", name="Shortlist")
    row = shortlist.get_by_role("row").filter(has_text=person)
    if not row.locator("details[open]").count():
        row.get_by_text(f"Change {person}").click()
    row.get_by_label("What to do").select_option(label=act)
    row.get_by_label("Place").fill(place)
    row.get_by_label("Reason").fill(reason)
    rosa.press("Save", row)


def done(rosa: Visitor) -> None:
    expect(rosa.page.locator(".messagelist")).to_have_text("Done, and noted in the log.")


def read_the_audit_log(rosa: Visitor) -> None:
    """Each act stands there with who and why, and the refused one does not."""
    verbs = AuditEntry.objects.filter(verb__startswith="shortlist.").order_by("pk")
    assert [(entry.verb, entry.actor.email, entry.reason) for entry in verbs] == [  # type: ignore[union-attr]
        ("shortlist.pinned", ROSA, "Knows the shop"),
        ("shortlist.moved", ROSA, "Writes better than the test shows"),
        ("shortlist.hidden", ROSA, "Asked to wait until spring"),
        ("shortlist.taken_back", ROSA, ""),
    ]
    page = rosa.open("/admin/accounts/auditentry/", "Audit log").page
    for act in (
        "Person pinned to the top of a list",
        "Person moved on a list",
        "Person hidden from a list",
        "Change of a list taken back",
    ):
        expect(page.get_by_role("row").filter(has_text=act)).to_have_count(1)


@pytest.mark.usefixtures("demo")
def test_a_new_wage_floor_changes_who_is_eligible(
    chromium: Browser, live_server: Any, ranked: Vacancy
) -> None:
    dutch = short(Candidate.objects.get(country_id="NL"))
    floor = WageFloor.objects.get(
        country="PT", kind="statutory", withdrawn_at=None, amount__gt=0, region=None
    )
    with Visitor(chromium, live_server.url) as rosa, Visitor(chromium, live_server.url) as joost:
        sign_in(rosa, ROSA)
        rosa.arrive("What waits for you")
        page = rosa.open(f"/admin/reference/wagefloor/{floor.pk}/supersede/", f"Supersede {floor}").page
        page.get_by_label("Gross amount").fill("17")
        page.get_by_role("combobox", name="Period").select_option("hour")
        page.get_by_label("Valid from").fill(timezone.localdate().isoformat())
        page.get_by_role("textbox", name="Source:", exact=True).fill("Official gazette")
        page.get_by_label("Why you enter this").fill("The government raised it")
        rosa.press("Save")
        expect(page.locator(".messagelist")).to_contain_text("The new row holds from its first day")
        enqueue("matching.sweep_rankings")  # what the scheduler publishes every minute
        until(lambda: eligible(ranked) == 1, "the sweep ranks with the new floor")
        sign_in(joost, JOOST)
        assert list_of(joost, ranked) == [dutch]
        # Three were refused for their pay: too few to be told.
        pay = joost.page.locator(".waterfall li").filter(has=joost.page.get_by_text("Pay", exact=True))
        expect(pay.locator(".fall-count")).to_have_text("fewer than 5")
        joost.open(f"/vacancies/{ranked.pk}/", TITLE)
        row = joost.page.get_by_role("row").filter(has_text="Portugal")
        expect(row).to_contain_text("€17.00")
        expect(row).to_contain_text("not above the floor")


def test_outside_the_demo_a_second_factor_comes_first(chromium: Browser, live_server: Any) -> None:
    UserFactory(email=ROSA, is_staff=True, is_superuser=True)
    with Visitor(chromium, live_server.url) as rosa:
        sign_in(rosa, ROSA)
        page = rosa.arrive("Sign-in security").page
        rosa.open("/admin/", "Sign-in security")
        rosa.follow("Set up an app")
        if page.get_by_label("Password").count():
            page.get_by_label("Password").fill(PASSWORD)
            rosa.press("Go on")
        rosa.arrive("Set up an authenticator app")
        secret = secret_shown(page)
        # What an app shows counts for the half minute in which it is shown.
        page.wait_for_function("() => Date.now() / 1000 % 30 < 20")
        page.get_by_label("code").fill(six_digits(secret))
        rosa.press("Turn it on")
        rosa.arrive("Recovery codes")
        rosa.open("/home/", "What waits for you")


def secret_shown(page: Page) -> str:
    page.get_by_text("I cannot scan it").click()
    return page.locator("code").inner_text()


def six_digits(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238: HMAC-SHA-1 over the number of half minutes)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, "sha1").digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**6:06d}"
