"""The pages of the tests: what they show, what they refuse, how many queries they ask."""

import re
from copy import deepcopy
from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.actions.sessions import start_session
from assessments.engine.selection import option_order
from assessments.enums import SessionState
from assessments.models import Bank, Item, Measurement, Response, Session
from tests.conftest import signed_in
from tests.factories.assessments import BankFactory, MeasurementFactory, finished_session
from tests.factories.candidates import CandidateFactory
from tests.factories.vacancies import VacancyFactory
from tests.standing import standing

pytestmark = pytest.mark.django_db


def beginning():
    bank = BankFactory(code="english")
    bank.items.update(a=2.2)
    return bank, CandidateFactory()


once = standing(beginning)


@pytest.fixture
def begun(once, db):
    return deepcopy(once)


@pytest.fixture
def bank(begun):
    return begun[0]


@pytest.fixture
def candidate(begun):
    return begun[1]


@pytest.fixture
def browser(candidate):
    return signed_in(candidate.user)


@pytest.fixture
def session(browser, candidate):
    browser.post("/tests/english/")
    return Session.objects.select_related("bank").get(candidate=candidate)


def address(session):
    return f"/tests/sessions/{session.pk}/"


def current(session):
    return session.responses.select_related("item").get(answered_at=None)


def shown(session, row, index):
    """Place at which the item's own option `index` is shown."""
    return option_order(session.seed, row.position, row.item.options).index(index)


def send(browser, session, right=True, **changes):
    row = current(session)
    place = shown(session, row, row.item.key if right else (row.item.key + 1) % 4)
    return browser.post(address(session), {"position": row.position, "answer": place, **changes})


def text_of(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


# --- before the test ------------------------------------------------------------------------------------------


def test_overview_shows_levels_tests_and_what_cannot_be_measured_yet(browser):
    page = text_of(browser.get("/tests/"))
    assert "English: not measured yet, own estimate C1." in page
    assert "At most 30 questions" in page
    assert "Take the test" in page
    assert "No test with questions yet Portuguese Mother tongue" in page


def test_overview_offers_a_test_of_a_language_that_nobody_claimed(bank):
    page = text_of(signed_in(CandidateFactory(languages={"nl": 4}).user).get("/tests/"))
    assert "No test with questions yet Dutch B2, your own statement" in page
    assert "Take the test" in page


def test_a_mother_tongue_is_never_a_level(bank):
    person = CandidateFactory(languages={"en": 6}, mother_tongues=("en",))
    page = text_of(signed_in(person.user).get("/tests/"))
    assert "mother tongue" in page
    assert "own estimate" not in page


def test_overview_without_languages_names_the_step(bank):
    page = signed_in(CandidateFactory(empty=True).user).get("/tests/")
    assert reverse("candidates:step", args=["languages"]) in page.content.decode()


def test_overview_without_a_bank_measures_nothing():
    Item.objects.all().delete()
    Bank.objects.all().delete()
    page = text_of(signed_in(CandidateFactory().user).get("/tests/"))
    assert "No test with questions yet English C1, your own statement Portuguese Mother tongue" in page
    assert "Take the test" not in page


def test_overview_keeps_old_results_apart(browser, candidate):
    MeasurementFactory(
        candidate=candidate, level=6, measured_on=date(2020, 1, 1), expires_on=date(2022, 1, 1)
    )
    MeasurementFactory(candidate=candidate, level=4, measured_on=date(2026, 1, 1))
    MeasurementFactory(candidate=candidate, level=5, measured_on=date(2026, 2, 1), revoked_at=timezone.now())
    page = text_of(browser.get("/tests/"))
    assert "B2 by recognised certificate checked by staff, measured on" in page
    earlier = page[page.index("Earlier results") :]
    assert "C1 taken back" in earlier
    assert "C2" in earlier
    assert "B2" not in earlier


def test_starting_leads_to_the_first_question(browser, candidate):
    answer = browser.post("/tests/english/")
    session = Session.objects.get(candidate=candidate)
    assert answer.url == address(session)
    assert "Question 1" in text_of(browser.get(answer.url))


def test_looking_at_the_start_page_starts_nothing(browser):
    page = text_of(browser.get("/tests/english/"))
    assert "Start the test" in page
    assert "no time limit" in page
    assert Session.objects.count() == 0


def test_an_unknown_test_is_not_found(browser):
    assert browser.get("/tests/klingon/").status_code == 404
    assert browser.post("/tests/klingon/").status_code == 404


def test_a_retake_too_early_is_refused_with_the_day(browser, candidate, bank):
    finished_session(candidate, bank)
    page = browser.post("/tests/english/", follow=True)
    assert "The test has not been started." in text_of(page)
    assert "You can take it again from" in text_of(page)
    assert "Again from" in text_of(browser.get("/tests/"))
    assert "Start the test" not in text_of(page)
    assert Session.objects.count() == 1


def test_somebody_who_saw_everything_is_told_so(browser, candidate, bank):
    old = finished_session(candidate, bank, at=timezone.now() - timedelta(days=20))
    Response.objects.bulk_create(
        Response(session=old, item=item, position=n, given_at=old.started_at)
        for n, item in enumerate(bank.items.filter(state="live")[:33], start=1)
    )
    assert "You have seen all our questions" in text_of(browser.get("/tests/english/"))
    browser.post("/tests/english/")
    assert Session.objects.count() == 1


def test_skills_stand_in_sections_and_the_many_fold_away(browser, candidate, bank):
    for skill in (
        "complaint_handling",
        "crm",
        "rome_art",
        "spain_travel",
        "etiquette_nl",
        "etiquette_de",
        "etiquette_fr",
    ):
        BankFactory(code=skill.replace("_", "-"), judgement=True, skill_id=skill, items=10)
    MeasurementFactory(candidate=candidate, language_id=None, skill_id="rome_art", level=2)
    page = text_of(browser.get("/tests/"))
    for start, end, inside in [
        ("Done", "Other tests", "Art and museums of Rome level 2 of 3"),
        ("With customers: 1 test", "Tools: 3 tests", "Handling complaints"),
        ("Tools: 3 tests", "Places and manners: 4 tests", "Customer records (CRM)"),
        ("Places and manners: 4 tests", "Good to know", "Dutch manners with customers"),
    ]:
        section = page[page.rindex(f" {start} ") : page.rindex(f" {end} ")]
        assert inside in section, start
    assert "Take the test : Dutch manners with customers" in page


def test_a_test_says_how_many_open_vacancies_ask_for_it(browser, bank):
    VacancyFactory()
    VacancyFactory(draft=True)
    assert "Asked for by 1 open vacancy." in text_of(browser.get("/tests/"))
    assert "1 open vacancy asks for it." in text_of(browser.get("/tests/english/"))


def test_who_is_new_is_led_to_practice_first(browser, candidate, bank):
    main = re.compile(r'class="button button-main"[^>]*>(.*?)</', re.S)
    assert (
        main.findall(browser.get("/tests/english/").content.decode())[0].strip() == "Try 2 practice questions"
    )
    after = browser.get("/tests/english/?practised=yes").content.decode()
    assert main.findall(after)[0].strip() == "Start the test"
    finished_session(candidate, bank, at=timezone.now() - timedelta(days=30))
    assert main.findall(browser.get("/tests/english/").content.decode())[0].strip() == "Start the test"


# --- practice -------------------------------------------------------------------------------------------------


def test_practice_tells_the_key_and_keeps_nothing(browser, bank):
    item = bank.items.filter(state="practice").order_by("code").first()
    asked = browser.get("/tests/english/practice/1/")
    assert item.rationale not in text_of(asked)
    wrong = text_of(browser.post("/tests/english/practice/1/", {"answer": (item.key + 1) % 4}))
    assert f"The answer is: {item.options[item.key]}" in wrong
    assert item.rationale in wrong
    assert "Right" in text_of(browser.post("/tests/english/practice/1/", {"answer": item.key}))
    assert Response.objects.count() == 0
    item.refresh_from_db()
    assert item.times_given == 0


@pytest.mark.parametrize("answer", ["", "4", "-1", "x"])
def test_practice_refuses_what_is_no_answer(browser, answer):
    page = browser.post("/tests/english/practice/2/", {"answer": answer})
    assert page.status_code == 422
    assert "one of the answers" in text_of(page) or "Choose one" in text_of(page)


@pytest.mark.parametrize("number", [0, 3])
def test_there_are_two_practice_items(browser, number):
    assert browser.get(f"/tests/english/practice/{number}/").status_code == 404


# --- a question -----------------------------------------------------------------------------------------------


def test_where_everybody_is_asked_as_many_the_page_says_how_many(browser, candidate):
    bank = BankFactory(code="mixed", mixed=True)
    session = start_session(candidate=candidate, bank=bank, seed=3, now=timezone.now())
    words = text_of(browser.get(address(session)))
    assert "6 questions left" in words
    assert "At most" not in words


def test_a_question_shows_the_item_and_nothing_else(browser, session):
    page = browser.get(address(session))
    row = current(session)
    html = page.content.decode()
    assert page.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert html.count('type="radio"') == 4
    assert html.count("<fieldset") == 1
    assert "At most 30 questions left" in text_of(page)
    assert "<nav" not in html
    assert row.item.rationale not in html
    assert row.item.code not in html
    assert 'lang="en"' in html
    options = [
        unescape(found) for found in re.findall(r"<label[^>]*>\s*<input[^>]*>\s*<span>(.*?)</span>", html)
    ]
    order = option_order(session.seed, 1, row.item.options)
    assert options == [row.item.options[index] for index in order]
    assert [int(value) for value in re.findall(r'type="radio" name="answer" value="(\d)"', html)] == [
        0,
        1,
        2,
        3,
    ]


def test_the_gap_is_read_out_as_a_word(browser, session):
    html = browser.get(address(session)).content.decode()
    assert '<span aria-hidden="true">____</span><span class="visually-hidden">blank</span>' in html


def test_an_answer_leads_to_the_next_question(browser, session):
    first = current(session)
    answer = send(browser, session)
    assert answer.url == address(session)
    first.refresh_from_db()
    assert (first.answer, first.correct) == (first.item.key, True)
    assert "At most 29 questions left" in text_of(browser.get(answer.url))


def test_no_choice_is_asked_for_again_with_the_question_kept(browser, session):
    row = current(session)
    page = browser.post(address(session), {"position": 1})
    assert page.status_code == 422
    assert "Choose one of the answers." in text_of(page)
    assert unescape(row.item.options[0]) in text_of(page)
    assert current(session) == row


@pytest.mark.parametrize("forged", ["4", "-1", "99999999999", "key", "0;1"])
def test_a_forged_option_is_refused_and_nothing_counted(browser, session, forged):
    page = browser.post(address(session), {"position": 1, "answer": forged})
    assert page.status_code == 422
    assert "That is not one of the answers. Choose one of them." in text_of(page)
    assert current(session).position == 1


@pytest.mark.parametrize("position", ["2", "0", "-1", "", "x", "9" * 50, "1.0", "²"])
def test_an_answer_for_another_position_is_not_counted(browser, session, position):
    page = browser.post(address(session), {"position": position, "answer": "0"}, follow=True)
    assert "it was not counted" in text_of(page)
    assert "Question 1" in text_of(page)
    assert current(session).position == 1


def test_the_same_answer_sent_twice_counts_once_without_a_word(browser, session):
    row = current(session)
    sent = {"position": 1, "answer": shown(session, row, row.item.key)}
    browser.post(address(session), sent)
    again = browser.post(address(session), sent, follow=True)
    assert "Question 2" in text_of(again)
    assert "not counted" not in text_of(again)
    assert session.responses.count() == 2


def test_changing_an_answer_with_the_back_button_is_not_counted(browser, session):
    row = current(session)
    browser.post(address(session), {"position": 1, "answer": shown(session, row, row.item.key)})
    other = {"position": 1, "answer": shown(session, row, (row.item.key + 1) % 4)}
    page = browser.post(address(session), other, follow=True)
    assert "it was not counted" in text_of(page)
    row.refresh_from_db()
    assert row.correct is True


def test_a_closed_tab_comes_back_to_the_same_question(browser, candidate, session):
    send(browser, session)
    row = current(session)
    fresh = signed_in(candidate.user)
    assert "Go on with English" in text_of(fresh.get("/tests/"))
    assert fresh.post("/tests/english/").url == address(session)
    for _ in range(2):
        assert row.item.options[0] in text_of(fresh.get(address(session)))
    assert current(session) == row


def test_a_session_left_for_too_long_is_closed_with_a_word(browser, session):
    Session.objects.update(started_at=timezone.now() - timedelta(days=15))
    page = browser.post(address(session), {"position": 1, "answer": "0"}, follow=True)
    assert "left for more than 14 days" in text_of(page)
    assert Session.objects.get().state == SessionState.LEFT
    assert browser.get(address(session)).url == "/tests/"


def test_without_a_csrf_token_nothing_is_written(candidate, session):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(candidate.user)
    assert strict.post(address(session), {"position": 1, "answer": 0}).status_code == 403
    assert strict.post("/tests/english/").status_code == 403
    assert current(session).position == 1


def test_a_very_long_answer_is_refused(browser, session):
    assert browser.post(address(session), {"position": 1, "answer": "9" * 5_000_000}).status_code == 400
    assert current(session).position == 1


# --- the result -----------------------------------------------------------------------------------------------


def test_a_whole_test_ends_on_its_result(browser, session):
    for _ in range(30):
        answer = send(browser, session)
        if "result" in answer.url:
            break
    page = text_of(browser.get(answer.url))
    assert "Your English is C2" in page
    assert "The difficulty of the questions was set by experts" in page
    assert "the result is sure enough" in page
    assert Measurement.objects.get().level == 6
    assert browser.get(address(session)).url == f"{address(session)}result/"
    assert browser.post(address(session), {"position": 1, "answer": 0}).url == f"{address(session)}result/"


def test_result_says_band_margin_date_expiry_and_retake(browser, candidate, bank):
    session = finished_session(candidate, bank, theta=0.8, standard_error=0.6)
    page = text_of(browser.get(f"{address(session)}result/"))
    assert "Your English is B2" in page
    assert "lies between B1 and C1" in page
    for label in ("Measured on", "Holds until", "Take it again"):
        assert label in page
    assert "One level up, at C1" in page


def test_a_sure_result_says_so(browser, candidate, bank):
    session = finished_session(candidate, bank, theta=0.8, standard_error=0.4)
    assert "in nine of ten such results the true level is B2" in text_of(
        browser.get(f"{address(session)}result/")
    )


def test_the_lowest_result_is_honest(browser, candidate, bank):
    session = finished_session(candidate, bank, theta=-4.9, standard_error=0.6)
    assert "does not tell beginners apart" in text_of(browser.get(f"{address(session)}result/"))


def test_a_revoked_result_says_so(browser, candidate, bank):
    session = finished_session(candidate, bank)
    Measurement.objects.update(revoked_at=timezone.now())
    assert "This result no longer counts" in text_of(browser.get(f"{address(session)}result/"))


def test_an_open_session_has_no_result(browser, session):
    assert browser.get(f"{address(session)}result/").url == address(session)


# --- who may see what -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("tail", ["", "result/"])
def test_somebody_elses_session_is_not_found(session, tail):
    other = signed_in(CandidateFactory().user)
    assert other.get(f"{address(session)}{tail}").status_code == 404
    assert other.post(f"{address(session)}", {"position": 1, "answer": 0}).status_code == 404
    assert current(session).position == 1


PAGES = ["/tests/", "/tests/english/", "/tests/english/practice/1/"]


@pytest.mark.parametrize("page", PAGES)
def test_visitors_sign_in_first(client, bank, page):
    answer = client.get(page)
    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/")


@pytest.mark.parametrize("page", PAGES)
def test_staff_are_no_candidates(staff_client, bank, page):
    assert staff_client.get(page).status_code == 403


@pytest.mark.parametrize(
    ("method", "page"), [("post", "/tests/"), ("put", "/tests/english/"), ("delete", "/tests/sessions/1/")]
)
def test_other_methods_are_not_allowed(browser, bank, method, page):
    assert getattr(browser, method)(page).status_code == 405


# --- queries --------------------------------------------------------------------------------------------------

# Session row, user, candidate and the frame's look at the person's roles come on top of what a page itself asks.


@pytest.mark.parametrize("rows", [1, 30])
def test_overview_asks_the_same_at_1_and_at_30_rows(browser, candidate, django_assert_num_queries, rows):
    from reference.models import Language

    for code in Language.objects.exclude(pk__in=["en", "pt"]).values_list("pk", flat=True)[:rows]:
        candidate.languages.create(language_id=code, claimed_level=3)
        MeasurementFactory(candidate=candidate, language_id=code)
    browser.get("/tests/")
    with django_assert_num_queries(OVERVIEW_QUERIES):
        browser.get("/tests/")


@pytest.mark.parametrize("answered", [0, 4])
def test_a_question_and_an_answer_ask_the_same_at_any_length(
    browser, session, django_assert_num_queries, answered
):
    for number in range(answered):
        send(browser, session, right=number % 2 == 0)
    with django_assert_num_queries(ITEM_QUERIES):
        browser.get(address(session))
    row = current(session)
    sent = {"position": row.position, "answer": shown(session, row, row.item.key)}
    with django_assert_num_queries(ANSWER_QUERIES):
        browser.post(address(session), sent)


def test_start_and_result_ask_a_fixed_number(browser, candidate, bank, django_assert_num_queries):
    session = finished_session(candidate, bank)
    with django_assert_num_queries(START_QUERIES):
        browser.get("/tests/english/")
    with django_assert_num_queries(RESULT_QUERIES):
        browser.get(f"{address(session)}result/")


OVERVIEW_QUERIES = 15
ITEM_QUERIES = 5
ANSWER_QUERIES = 14
START_QUERIES = 9
RESULT_QUERIES = 13
