"""An employer's way: apply, be accepted, write a vacancy, see it ranked, decide on five people, change it, close, reopen."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from candidates.models import Candidate
from employers.models import Employer
from matching.queries.shortlist import current_ranking
from placements.actions.applications import accept_invitation, express_interest
from placements.models import Application
from placements.queries.applications import application_between
from reference.enums import CEFRLevel
from tests.browsing import Visitor
from tests.factories.accounts import UserFactory
from tests.factories.assessments import MeasurementFactory
from tests.factories.candidates import ALWAYS, CandidateFactory
from tests.journeys.steps import order_shown, short, sign_in, sign_up
from tests.running_worker import until
from vacancies.models import Vacancy

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(400),
    pytest.mark.usefixtures("demo", "worker"),
]

TITLE = "Evenings and nights for a museum shop"
RECRUITER = "recruiter@platform.example"


@pytest.fixture
def people(transactional_db: None) -> list[Candidate]:
    """Five people in Portugal who differ by their measured English only, and one, the fourth, whose English is too low."""
    levels = (CEFRLevel.B2, CEFRLevel.C1, CEFRLevel.C2, CEFRLevel.B1, CEFRLevel.B2, CEFRLevel.B2)
    found = [
        CandidateFactory(in_portugal=True, listed=True, availability=ALWAYS, preferred=ALWAYS)
        for _level in levels
    ]
    for candidate, level in zip(found, levels, strict=True):
        MeasurementFactory(candidate=candidate, language_id="en", level=level)
    return found


@pytest.fixture
def recruiter(transactional_db: None) -> Any:
    return UserFactory(email=RECRUITER, is_staff=True, is_superuser=True)


def test_from_the_application_to_the_shortlist_and_back(
    chromium: Browser, live_server: Any, people: list[Candidate], recruiter: Any
) -> None:
    with Visitor(chromium, live_server.url) as joost, Visitor(chromium, live_server.url) as rosa:
        apply(joost)
        sign_in(rosa, RECRUITER)
        accept(rosa)
        write_a_vacancy(joost)
        hand_in(joost)
        publish(rosa)
        see_the_shortlist(joost, people)
        see_a_person(joost, people[2])
        decide_on_five(joost, people)
        change_it(joost, people)
        pause_close_and_reopen(joost)


def apply(joost: Visitor) -> None:
    """Sign up and tell who the company is."""
    joost.open("/", "Customer-service work, from where you are")
    joost.follow("Sign up")
    sign_up(joost, "Joost", "joost@museums.example")
    joost.follow("Apply as an employer")
    page = joost.arrive("Apply as an employer").page
    page.get_by_label("Company name").fill("Musea in Rome")
    page.get_by_role("combobox", name="Country of the company").select_option("NL")
    page.get_by_label("What the company does").fill(
        "We sell tickets of museums in Rome to visitors from abroad."
    )
    page.get_by_label("Number of staff").fill("8")
    page.get_by_label("Dutch").check()
    page.get_by_label("English").check()
    joost.press("Send the application")
    joost.arrive("Musea in Rome")
    expect(page.locator("main")).to_contain_text("Waiting for a recruiter")
    joost.menu("Home")
    joost.arrive("Musea in Rome")
    expect(page.locator("main")).to_contain_text("A recruiter is reading your application")


def accept(rosa: Visitor) -> None:
    """The recruiter finds the application on the desk, reads it and accepts."""
    page = rosa.arrive("What waits for you").page
    rosa.follow("Employers to judge")
    rosa.follow("Musea in Rome")
    rosa.arrive("Musea in Rome")
    page.get_by_label("accept").check()
    rosa.press("Decide")
    expect(page.locator(".messagelist")).to_contain_text("Decided.")
    assert Employer.objects.get().state == "accepted"


def write_a_vacancy(joost: Visitor) -> None:
    """The editor: rows, two patterns of weekdays, one over midnight, the pay looked at before saving."""
    joost.menu("Home")
    page = joost.arrive("Musea in Rome").page
    joost.follow("Write the first one")
    joost.arrive("Write a vacancy")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_role("textbox", name="The work", exact=True).fill(
        "You help visitors who book tickets for the evening."
    )
    page.get_by_role("combobox", name="Occupation").select_option("4222")
    page.get_by_role("combobox", name="Sector").select_option("travel")
    page.locator("[name=channels][value=chat]").check()
    page.locator("[name=languages-0-language]").select_option("en")
    page.locator("[name=languages-0-level]").select_option(str(CEFRLevel.B2.value))
    page.get_by_role("combobox", name="Time zone of the shift").select_option("Europe/Amsterdam")
    page.get_by_label("Hours a week for one person").fill("32")
    fill_shift(joost, 0, (0, 1, 2, 3, 4), "16:00", "00:00")
    joost.press("More blocks")
    fill_shift(joost, 1, (5, 6), "22:00", "06:00")
    page.get_by_label("Start", exact=True).fill((timezone.localdate() + timedelta(days=60)).isoformat())
    page.get_by_label("Pay from").first.fill("9")
    page.get_by_label("Pay to").first.fill("11")
    choose_country(joost, "Portugal")
    choose_country(joost, "Netherlands")
    joost.press_first("Check the pay")
    table = page.locator("#pay-check")
    expect(table.get_by_role("row").filter(has_text="Portugal")).to_contain_text("€6.20")
    expect(table.get_by_role("row").filter(has_text="Portugal")).to_contain_text("above every floor")
    expect(table.get_by_role("row").filter(has_text="Netherlands")).to_contain_text("not above the floor")
    expect(table.get_by_role("row").filter(has_text="Netherlands")).to_contain_text("14.99")
    assert not Vacancy.objects.exists()
    joost.press("Save the draft")
    joost.arrive(TITLE)
    expect(page.locator("main")).to_contain_text("Ready to hand in")


def fill_shift(joost: Visitor, row: int, weekdays: tuple[int, ...], start: str, end: str) -> None:
    for day in weekdays:
        joost.page.locator(f"[name=shifts-{row}-weekdays][value='{day}']").check()
    joost.page.locator(f"[name=shifts-{row}-start]").fill(start)
    joost.page.locator(f"[name=shifts-{row}-end]").fill(end)


def choose_country(joost: Visitor, name: str) -> None:
    """Tick a country where people can be hired, in the part of the world that holds it."""
    field = joost.page.get_by_role("group", name="Countries where you can hire")
    box = field.get_by_label(name, exact=True)
    if not box.is_visible():
        field.locator("summary").filter(has_text="Europe").click()
    box.check()


def hand_in(joost: Visitor) -> None:
    joost.press("Hand in for review")
    page = joost.arrive(TITLE).page
    expect(page.locator("main")).to_contain_text("A recruiter is reading it")


def publish(rosa: Visitor) -> None:
    """The recruiter finds it on the desk, reads it with its pay, and publishes."""
    page = rosa.open("/home/", "What waits for you").page
    rosa.follow("Vacancies to review")
    rosa.follow(TITLE)
    rosa.arrive(TITLE)
    expect(page.locator("main")).to_contain_text("not above the floor")
    page.get_by_label("publish").check()
    rosa.press("Decide")
    expect(page.locator(".messagelist")).to_contain_text("Published.")


def see_the_shortlist(joost: Visitor, people: list[Candidate]) -> None:
    """The list appears by itself once the worker has ranked: best English first, too little English not at all."""
    joost.menu("Vacancies")
    page = joost.arrive("Vacancies").page
    page.locator("main").get_by_role("link", name="Shortlist").click()
    joost.arrive(TITLE)
    expect(page.locator("[data-person]").first).to_be_visible()
    assert order_shown(joost) == [short(people[at]) for at in (2, 1, 0, 4, 5)]
    expect(page.locator("main")).to_contain_text("people eligible")


def see_a_person(joost: Visitor, best: Candidate) -> None:
    """The page of the first one: reasons, clocks, pay and levels, and no name."""
    page = joost.page
    page.get_by_role("link", name=f"Candidate {short(best)}").click()
    joost.arrive(f"Candidate {short(best)}")
    text = page.locator("main").inner_text()
    for words in ("of 100", "Amsterdam", "Lisbon", "€9.00", "€6.20", "English"):
        assert words in text, words
    assert best.user.identity.display_name not in page.content()
    for graphic in ("score", "wage", "ladder"):
        expect(page.locator(f"figure.{graphic}")).to_be_visible()


def decide_on_five(joost: Visitor, people: list[Candidate]) -> None:
    """Compare two; invite one, say yes to two, say no to one with a reason, set one aside; then look at where all stand."""
    vacancy, now = Vacancy.objects.get(), timezone.now()
    for one in (people[0], people[1], people[5]):
        express_interest(vacancy=vacancy, candidate=one, by=one.user, now=now)
    compare_two(joost, vacancy, people[2], people[4])
    invite(joost, people[2])
    set_aside(joost, vacancy, people[4])
    say_no(joost, vacancy, people[0])
    say_yes_to_two(joost, vacancy, people[1], people[5])
    page = joost.page
    accept_invitation(
        application=application_between(people[2], vacancy), by=people[2].user, now=timezone.now()
    )
    joost.menu("Home")
    joost.arrive("Musea in Rome")
    expect(page.locator("#due")).to_contain_text("You owe 3 answers")
    row = (
        page.get_by_role("row")
        .filter(has_text=TITLE)
        .filter(has=page.get_by_role("link", name="3", exact=True))
    )
    expect(row).to_be_visible()
    states = dict(Application.objects.values_list("candidate", "state"))
    assert states == {
        people[0].pk: "declined",
        people[1].pk: "both_interested",
        people[2].pk: "both_interested",
        people[5].pk: "both_interested",
    }


def compare_two(joost: Visitor, vacancy: Vacancy, *people: Candidate) -> None:
    page = joost.open(f"/vacancies/{vacancy.pk}/shortlist/", TITLE).page
    for one in people:
        page.get_by_label(f"Choose {short(one)}").check()
    joost.press("Compare")
    joost.arrive("Side by side")
    expect(page.get_by_role("columnheader")).to_have_count(3)
    joost.follow(f"Candidate {short(people[0])}")
    joost.arrive(f"Candidate {short(people[0])}")


def invite(joost: Visitor, candidate: Candidate) -> None:
    """A message with a telephone number is refused; without it the invitation leaves."""
    page = joost.page
    joost.follow("Invite")
    joost.arrive("Invite this person")
    page.get_by_label("Message to the person").fill("Call us: +31 20 123 45 67.")
    joost.expect_refusal()
    joost.press("Send the invitation")
    expect(page.locator("main")).to_contain_text("Leave this out: +31 20 123 45 67.")
    page.get_by_label("Message to the person").fill("Your English is a joy. Shall we talk?")
    joost.press("Send the invitation")
    joost.arrive(f"Candidate {short(candidate)}")
    expect(page.locator("#decide")).to_contain_text("They answer by")


def set_aside(joost: Visitor, vacancy: Vacancy, candidate: Candidate) -> None:
    page = joost.open(
        f"/vacancies/{vacancy.pk}/people/{candidate.public_id}/", f"Candidate {short(candidate)}"
    ).page
    joost.follow("Set aside")
    joost.arrive("Set this person aside")
    page.get_by_label("the work needs a higher level of a language").check()
    joost.press("Set aside")
    joost.arrive(f"Candidate {short(candidate)}")
    expect(page.get_by_role("button", name="Put back on the list")).to_be_visible()


def say_no(joost: Visitor, vacancy: Vacancy, candidate: Candidate) -> None:
    """The words are looked at as the person reads them, changed, and sent."""
    page = joost.open(
        f"/vacancies/{vacancy.pk}/people/{candidate.public_id}/", f"Candidate {short(candidate)}"
    ).page
    joost.follow("Say no")
    joost.arrive("Say no, with a reason")
    page.get_by_label("the work needs a higher level of a language").check()
    page.get_by_label("Message to the person").fill(
        "Evenings are busy and callers impatient; C1 would carry you there."
    )
    joost.press("See it as they read it")
    joost.arrive("Before it is sent")
    expect(page.locator("article")).to_contain_text("C1 would carry you there.")
    joost.press("Send this answer")
    joost.arrive(f"Candidate {short(candidate)}")
    expect(page.locator("#decide")).to_contain_text("You said no")


def say_yes_to_two(joost: Visitor, vacancy: Vacancy, *people: Candidate) -> None:
    """On the page of applications, together; their names stand there afterwards and not before."""
    page = joost.open(f"/vacancies/{vacancy.pk}/applications/", TITLE).page
    for one in people:
        assert one.user.identity.display_name not in page.content()
        page.get_by_label(f"Choose Candidate {short(one)}").check()
    joost.press("Say yes")
    joost.arrive("Say yes")
    page.get_by_label("Message to everybody").fill("We are glad. We call you this week.")
    joost.press("Look at every line")
    joost.arrive("Before it is sent")
    joost.press("Say yes and see the name")
    joost.arrive(TITLE)
    expect(page.locator("main")).to_contain_text("2 people were told.")
    for one in people:
        expect(page.get_by_role("link", name=one.user.identity.display_name)).to_be_visible()


def change_it(joost: Visitor, people: list[Candidate]) -> None:
    """C1 is needed now: publishing the changes makes a second version, which is ranked anew."""
    page = joost.page
    vacancy = Vacancy.objects.get()
    joost.open(f"/vacancies/{vacancy.pk}/", TITLE)
    joost.follow("Edit")
    joost.arrive("Edit the vacancy")
    page.locator("[name=languages-0-level]").select_option(str(CEFRLevel.C1.value))
    joost.press("Save the draft")
    joost.arrive(TITLE)
    expect(page.locator("main")).to_contain_text("There are unpublished changes")
    joost.press("Publish the changes")
    joost.arrive(TITLE)
    until(lambda: ranked_version(vacancy) == 2, "the second version is ranked")
    joost.follow("Shortlist")
    joost.arrive(TITLE)
    assert order_shown(joost) == [short(people[2]), short(people[1])]


def pause_close_and_reopen(joost: Visitor) -> None:
    page = joost.page
    vacancy = Vacancy.objects.get()
    joost.open(f"/vacancies/{vacancy.pk}/", TITLE)
    joost.press("Pause")
    expect(page.locator("main")).to_contain_text("Paused. Nobody new sees it.")
    joost.press("Resume")
    expect(page.locator("main")).to_contain_text("Open again.")
    page.get_by_text("Close this vacancy").click()
    page.get_by_label("Why?").select_option("filled")
    joost.press("Close")
    expect(page.locator("main")).to_contain_text("Nobody is matched with it any more")
    joost.press("Reopen")
    joost.arrive(TITLE)
    vacancy.refresh_from_db()
    assert (vacancy.state, vacancy.current.number) == ("published", 2)  # type: ignore[union-attr]


def ranked_version(vacancy: Vacancy) -> int | None:
    ranking = current_ranking(vacancy)
    return ranking.version.number if ranking else None
