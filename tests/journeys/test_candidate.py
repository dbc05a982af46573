"""Somebody looking for work, on a phone: from the front page to the match with its reasons. With and without JavaScript."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser, expect

from assessments.models import Bank, Response
from candidates.models import Candidate
from matching.queries.shortlist import current_ranking
from placements.actions.applications import invite_candidate
from placements.models import Application
from reference.enums import CEFRLevel
from tests.browsing import PHONE, Visitor
from tests.factories.employers import MembershipFactory
from tests.factories.vacancies import VacancyFactory, version_content
from tests.journeys.steps import sign_up
from tests.running_worker import until
from vacancies.content import LanguageRow
from vacancies.models import Vacancy

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(400),
    pytest.mark.usefixtures("demo", "worker"),
]


@pytest.fixture
def vacancy(transactional_db: None) -> Vacancy:
    """English at B1, 32 hours on weekdays, open to people in Portugal."""
    call_command("load_banks", verbosity=0)
    return VacancyFactory(content=version_content(languages=(LanguageRow("en", CEFRLevel.B1),)))


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without"])
def test_from_the_front_page_to_the_match(
    chromium: Browser, live_server: Any, vacancy: Vacancy, javascript: bool
) -> None:
    options = {"viewport": PHONE, "has_touch": True, "java_script_enabled": javascript}
    with Visitor(chromium, live_server.url, **options) as ana:
        ana.open("/", "Customer-service work, from where you are")
        ana.follow("Sign up")
        sign_up(ana, "Ana", "ana@people.example")
        ana.follow("Make my profile")
        ana.arrive("Look for work here")
        ana.press("Start my profile")
        fill_profile(ana, javascript)
        be_listed(ana)
        see_what_is_missing(ana, vacancy)
        take_the_test(ana, CEFRLevel.B2)
        see_the_match(ana, vacancy)
        say_yes(ana, vacancy)


def fill_profile(ana: Visitor, javascript: bool) -> None:
    """All steps, each by its own form."""
    about(ana, javascript)
    languages(ana)
    background(ana)
    skills(ana)
    hours(ana)
    work(ana)
    work_style(ana)


def about(ana: Visitor, javascript: bool) -> None:
    page = ana.arrive("About you").page
    page.get_by_label("Country where you live").select_option(label="Portugal")
    if not javascript:
        ana.press("Show the time zones of this country")
    page.get_by_label("Time zone").select_option("Europe/Lisbon")
    page.get_by_label("I may work here without a permit").check()
    ana.press("Save and go on")


def languages(ana: Visitor) -> None:
    page = ana.arrive("Languages").page
    first = page.get_by_role("group", name="language 1")
    first.get_by_role("combobox", name="Language").select_option("pt")
    first.get_by_label("Your level").select_option("6")
    first.get_by_label("It is a mother tongue of mine").check()
    ana.press("Add a language")
    second = page.get_by_role("group", name="language 2")
    second.get_by_role("combobox", name="Language").select_option("en")
    second.get_by_label("Your level").select_option("5")
    ana.press("Save and go on")


def background(ana: Visitor) -> None:
    page = ana.arrive("Background").page
    page.get_by_label("Education").select_option(index=4)
    experience = page.get_by_role("group", name="experience 1")
    experience.get_by_label("Kind of company").select_option("ecommerce")
    experience.get_by_label("Mostly by").select_option("email")
    experience.get_by_label("Years").fill("2")
    ana.press("Save and go on")


def skills(ana: Visitor) -> None:
    page = ana.arrive("Skills").page
    group = page.locator("#step details[open]").first
    group.locator(".scale").first.get_by_text("working").click()
    ana.press("Save and go on")


def hours(ana: Visitor) -> None:
    page = ana.arrive("Hours").page
    ana.press("Weekdays 9–17")
    expect(page.locator("#id_d0_0_from")).to_have_value("09:00")
    page.locator("#id_d0_0_from").fill("07:00")
    ana.press("First day for all weekdays")
    expect(page.locator("#id_d4_0_from")).to_have_value("07:00")
    page.get_by_label("At least, hours a week").fill("20")
    page.get_by_label("At most, hours a week").fill("40")
    ana.press("Save and go on")


def work(ana: Visitor) -> None:
    page = ana.arrive("Work and pay").page
    page.get_by_label("Lowest pay that you accept").fill("12")
    page.get_by_label("Pay that you wish for").fill("10")
    page.get_by_label("From a date").check()
    page.get_by_label("Earliest start").fill((timezone.localdate() + timedelta(days=14)).isoformat())
    ana.expect_refusal()
    ana.press("Save and go on")
    expect(page.locator("[data-error-summary]")).to_contain_text("less than the lowest pay")
    page.get_by_label("Lowest pay that you accept").fill("9")
    ana.press("Save and go on")


def work_style(ana: Visitor) -> None:
    page = ana.arrive("Work style").page
    scales = page.locator(".scale")
    assert scales.count() == 24
    for at in range(24):
        scales.nth(at).locator("label").nth(at % 5).click()
    ana.press("Save and go on")


def be_listed(ana: Visitor) -> None:
    page = ana.arrive("Being found").page
    ana.press("I agree: list me")
    expect(page.locator("main")).to_contain_text("You are listed")
    assert Candidate.objects.get().listed


def see_what_is_missing(ana: Visitor, vacancy: Vacancy) -> None:
    """Without a measured level the vacancy is a near miss, and its page leads to the test."""
    page = ana.page
    ana.menu("Matches")
    ana.arrive("Matches")
    expect(page.locator("main")).to_contain_text("No match yet")
    assert vacancy.current is not None
    ana.follow(f"{vacancy.current.title} · {vacancy.employer.name}", page.locator("#near"))
    ana.arrive(vacancy.current.title)
    expect(page.locator(".notice")).to_contain_text("a required language is not measured yet")
    ana.follow("Take the English test")
    ana.arrive("English test")


def take_the_test(ana: Visitor, knows: int) -> None:
    """The whole test, as somebody in the middle of a level would: all that is easier is right, nothing harder."""
    page = ana.page
    bank = Bank.objects.get(code="english")
    ability = (bank.cuts[knows - 2] + bank.cuts[knows - 1]) / 2
    ana.press("Start the test")
    for number in range(1, bank.max_items + 1):
        ana.arrive(f"Question {number}")
        given = Response.objects.select_related("item").get(answered_at=None)
        right = given.item.options[given.item.key]
        wrong = next(option for option in given.item.options if option != right)
        answer = right if given.item.b <= ability else wrong
        page.get_by_role("radio", name=answer, exact=True).check()
        ana.press("Answer")
        expect(page.locator("h1")).not_to_have_text(f"Question {number}")
        if page.url.endswith("/result/"):
            break
    ana.arrive(f"Your English is {CEFRLevel(knows).label}")


def see_the_match(ana: Visitor, vacancy: Vacancy) -> None:
    """The list of matches, and the page of the vacancy with what speaks for it."""
    page = ana.page
    candidate = Candidate.objects.get()
    until(lambda: rank_of(candidate, vacancy) == 1, "the worker ranks the vacancy with the new person")
    ana.follow("See your matches")
    ana.arrive("Matches")
    assert vacancy.current is not None
    expect(page.locator("main")).to_contain_text("You stand at rank 1")
    ana.follow(f"{vacancy.current.title} · {vacancy.employer.name}")
    ana.arrive(vacancy.current.title)
    text = page.locator("main").inner_text()
    for words in ("of 100", "€16.00 – €18.00", "Amsterdam", "Lisbon", "€6.20", "English"):
        assert words in text, words
    for graphic in ("score", "clocks-strip", "wage", "ladder"):
        expect(page.locator(f"figure.{graphic}")).to_be_visible()


def say_yes(ana: Visitor, vacancy: Vacancy) -> None:
    """The company invites her from its list: home puts that first, and one press accepts it. She sees what they see."""
    assert vacancy.current is not None
    member = MembershipFactory(employer=vacancy.employer).user
    candidate, words = Candidate.objects.get(), "Would you like to talk about our evening team?"
    invite_candidate(
        vacancy=vacancy, candidate=candidate, by=member, now=timezone.now(), message=words
    )  # fmt: skip
    page = ana.page
    ana.menu("Home")
    ana.arrive("What needs you now")
    expect(page.locator("main .notice").first).to_contain_text("invites you. Would you like this work?")
    page.locator("main").get_by_role("link", name="Read and answer").click()
    ana.arrive(vacancy.current.title)
    expect(page.locator("main")).to_contain_text(words)
    expect(page.locator("main")).to_contain_text("sees your name, the email address that you sign in with")
    ana.press("Yes, I am interested")
    expect(page.locator("main")).to_contain_text("You are both interested.")
    ana.menu("Applications")
    ana.arrive("Applications")
    expect(page.locator("main")).to_contain_text("Waiting for the company")
    assert Application.objects.get().names_shown


def rank_of(candidate: Candidate, vacancy: Vacancy) -> int | None:
    """The person's rank in the current ranking of the vacancy."""
    ranking = current_ranking(vacancy)
    return ranking.result.rank_of(candidate.pk) if ranking else None
