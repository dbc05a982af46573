"""Every step as its page: what is saved, and what is refused with which words. No JavaScript anywhere."""

import re
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import Consent, Identity, User
from candidates.enums import Step
from candidates.models import Candidate
from candidates.rules.week import QUICK_PICKS, Span, mask_of, spans_of
from common.week import EMPTY_WEEK, week_minutes
from tests.candidates.filled_forms import errors, lost, send, send_first, shown, stored
from tests.conftest import signed_in
from tests.factories.candidates import CandidateFactory
from tests.standing import standing

pytestmark = pytest.mark.django_db


def beginning() -> tuple[User, User]:
    return CandidateFactory(empty=True).user, CandidateFactory().user


once = standing(beginning)


@pytest.fixture
def client(once: tuple[User, User], db: None) -> Client:
    """Somebody who only just started."""
    return signed_in(deepcopy(once[0]))


@pytest.fixture
def full(once: tuple[User, User], db: None) -> Client:
    """Somebody with a whole profile."""
    return signed_in(deepcopy(once[1]))


def of(client: Client) -> Candidate:
    return Candidate.objects.get(user=client.user)


def refused(client: Client, step: str, field: str, message: str, **changes: Any) -> None:
    """Sending `changes` shows `message` at `field` and nothing else, keeps what was typed, writes nothing."""
    before = stored(of(client))
    response = send_first(client, step, **changes)
    assert response.status_code == 422
    assert errors(response) == {field: [message]}
    assert lost(response, changes) == []
    assert stored(of(client)) == before


ABOUT = {"display_name": "Ana", "country": "PT", "zone": "Europe/Lisbon", "work_right": "unrestricted"}


class TestAbout:
    def test_saved(self, client):
        response = send(client, "about", **ABOUT, region="PT-20")
        assert response.status_code == 302
        assert response.url == "/candidate/profile/languages/"
        held = of(client)
        assert (held.country_id, held.region_id, held.zone) == ("PT", "PT-20", "Europe/Lisbon")
        assert (held.work_right, held.permit_until) == ("unrestricted", None)
        assert Identity.objects.get(user=client.user).display_name == "Ana"

    def test_save_and_stop_leads_to_the_overview(self, client):
        assert send(client, "about", press="close", **ABOUT).url == "/candidate/profile/"

    def test_enter_in_a_field_saves(self, client):
        assert send(client, "about", press=None, **ABOUT).status_code == 302

    def test_the_only_zone_needs_no_choice(self, client):
        assert send(client, "about", **{**ABOUT, "country": "NL", "zone": ""}).status_code == 302
        assert of(client).zone == "Europe/Amsterdam"

    def test_narrowing_offers_the_countrys_zones_main_one_chosen(self, client):
        before = stored(of(client))
        response = send(
            client, "about", press="refresh", display_name="Ana", country="CA", zone="Europe/Lisbon"
        )
        assert response.status_code == 200
        assert errors(response) == {}
        kept = shown(response)
        assert (kept["display_name"], kept["country"], kept["zone"]) == (["Ana"], ["CA"], ["America/Toronto"])
        assert b"CA-ON" in response.content
        assert stored(of(client)) == before

    def test_a_country_whose_clock_is_on_file_under_its_neighbour(self, client):
        changes = {**ABOUT, "country": "XK", "zone": "Europe/Belgrade"}
        assert send(client, "about", **changes).status_code == 302
        assert (of(client).country_id, of(client).zone) == ("XK", "Europe/Belgrade")

    def test_permit(self, client):
        send(client, "about", **{**ABOUT, "work_right": "permit", "permit_until": "2028-01-31"})
        assert of(client).permit_until == date(2028, 1, 31)

    @pytest.mark.parametrize(
        ("changes", "field", "message"),
        [
            ({"display_name": " "}, "display_name", "Write a name that you go by."),
            (
                {"display_name": "x" * 5000},
                "display_name",
                "This name has 5000 characters and at most 120 fit. Shorten it.",
            ),
            ({"country": ""}, "country", "Choose the country where you live."),
            ({"country": "ZZ"}, "country", "ZZ is not a country in the list. Choose one from the list."),
            ({"zone": ""}, "zone", "Portugal has 3 time zones. Choose the one on your wall clock."),
            (
                {"zone": "Mars/Base"},
                "zone",
                "Mars/Base is not a time zone of Portugal. Choose one from the list.",
            ),
            (
                {"zone": "Asia/Manila"},
                "zone",
                "Asia/Manila is not a time zone of Portugal. Choose one from the list.",
            ),
            (
                {"region": "CA-ON"},
                "region",
                "CA-ON is not a region of Portugal. Choose one from the list, or none.",
            ),
            ({"work_right": None}, "work_right", "Say whether you are allowed to work there."),
            ({"work_right": "yes"}, "work_right", "Choose one of the three answers."),
            ({"work_right": "permit"}, "permit_until", "Say until when your permit is valid."),
            (
                {"work_right": "permit", "permit_until": "2020-01-01"},
                "permit_until",
                "This date has passed. Give the new end if the permit was renewed.",
            ),
            (
                {"work_right": "permit", "permit_until": "2999-01-01"},
                "permit_until",
                "This is more than 50 years ahead. Check the year.",
            ),
            (
                {"work_right": "permit", "permit_until": "31st"},
                "permit_until",
                "This is not a date. Write it as 2027-12-31.",
            ),
        ],
    )
    def test_refused(self, client, changes, field, message):
        refused(client, "about", field, message, **{**ABOUT, **changes})

    def test_the_summary_links_to_the_field(self, client):
        page = send(client, "about", **{**ABOUT, "display_name": ""}).content.decode()
        assert '<a href="#id_display_name">' in page
        assert "Nothing has been saved yet" in page

    def test_never_asked(self, client):
        page = client.get("/candidate/profile/about/").content.decode().lower()
        names = set(shown(client.get("/candidate/profile/about/"))) | {"work_right"}
        assert names == {"display_name", "country", "zone", "work_right", "permit_until", "seen"}
        assert "birth" not in page


LANGUAGE = {"languages-0-language": "en", "languages-0-level": "5"}


class TestLanguages:
    def test_saved(self, client):
        more = {
            "languages-TOTAL_FORMS": "2",
            "languages-1-language": "pt",
            "languages-1-level": "6",
            "languages-1-mother_tongue": "on",
        }
        response = send(client, "languages", **LANGUAGE, **more)
        assert response.url == "/candidate/profile/background/"
        assert list(
            of(client)
            .languages.order_by("language")
            .values_list("language", "claimed_level", "mother_tongue")
        ) == [("en", 5, False), ("pt", 6, True)]

    def test_emptying_a_row_takes_it_away(self, full):
        send(
            full,
            "languages",
            **{"languages-0-language": "", "languages-0-level": "", "languages-0-mother_tongue": None},
        )
        assert list(of(full).languages.values_list("language", flat=True)) == ["en"]

    def test_add_row_keeps_what_was_typed_and_saves_nothing(self, client):
        before = stored(of(client))
        response = send(client, "languages", press="add-languages", **LANGUAGE)
        assert response.status_code == 200
        kept = shown(response)
        assert kept["languages-TOTAL_FORMS"] == ["2"]
        assert (kept["languages-0-language"], kept["languages-0-level"]) == (["en"], ["5"])
        assert kept["languages-1-language"] == [""]
        assert errors(response) == {"languages-0": [], "languages-1": []} or not any(
            errors(response).values()
        )
        assert stored(of(client)) == before

    def test_remove_row_moves_the_rest_up(self, full):
        before = stored(of(full))
        response = send(full, "languages", press="remove-languages-0")
        kept = shown(response)
        assert kept["languages-TOTAL_FORMS"] == ["2"]
        assert (kept["languages-0-language"], kept["languages-0-level"]) == (["en"], ["5"])
        assert stored(of(full)) == before

    @pytest.mark.parametrize(
        "press", ["remove-languages-99", "remove-languages-x", "add-nothing", "remove-", "other"]
    )
    def test_a_button_that_does_not_exist_changes_nothing(self, full, press):
        before = stored(of(full))
        assert send_first(full, "languages", press=press).status_code == 200
        assert stored(of(full)) == before

    @pytest.mark.parametrize(
        ("changes", "field", "message"),
        [
            (
                {"languages-0-language": ""},
                "languages-0-language",
                "Choose the language of this row, or empty the row.",
            ),
            (
                {"languages-0-language": "klingon"},
                "languages-0-language",
                "This is not a language in the list. Choose one from the list.",
            ),
            (
                {"languages-0-level": ""},
                "languages-0-level",
                "Choose your level. For a mother tongue too: speaking it at home and writing it at work differ.",
            ),
            ({"languages-0-level": "7"}, "languages-0-level", "Choose a level from A1 to C2."),
            (
                {"languages-0-language": "", "languages-0-level": ""},
                "",
                "Name at least one language that you speak.",
            ),
            ({"languages-TOTAL_FORMS": "16"}, "", "At most 15 rows fit here. Remove some."),
            ({"languages-TOTAL_FORMS": "5000"}, "", "At most 15 rows fit here. Remove some."),
        ],
    )
    def test_refused(self, client, changes, field, message):
        before = stored(of(client))
        response = send_first(client, "languages", **{**LANGUAGE, **changes})
        assert response.status_code == 422
        assert {name: words for name, words in errors(response).items() if words} == {field: [message]}
        assert stored(of(client)) == before

    def test_same_language_twice(self, client):
        more = {"languages-TOTAL_FORMS": "2", "languages-1-language": "en", "languages-1-level": "3"}
        refused(
            client,
            "languages",
            "languages-1-language",
            "This is in the list twice. Keep one of the two rows.",
            **LANGUAGE,
            **more,
        )

    def test_half_a_page(self, client):
        before = stored(of(client))
        response = client.post("/candidate/profile/languages/", LANGUAGE)
        assert response.status_code == 422
        assert errors(response)[""][0] == "The page did not arrive whole. Nothing was saved; send it again."
        assert stored(of(client)) == before


BACKGROUND = {
    "education_level": "6",
    "education_field": "04",
    "places-0-country": "NL",
    "places-0-city": "Utrecht",
    "places-0-tie": "worked",
    "places-0-years": "3",
    "markets-0-country": "NL",
    "experience-0-sector": "ecommerce",
    "experience-0-channel": "chat",
    "experience-0-years": "1",
    "experience-0-months": "6",
}
EMPTY_PLACE = {"places-0-country": "", "places-0-city": "", "places-0-tie": "", "places-0-years": ""}


class TestBackground:
    def test_saved(self, client):
        assert send(client, "background", **BACKGROUND).url == "/candidate/profile/skills/"
        held = of(client)
        assert (held.education_level, held.education_field) == (6, "04")
        assert held.places.values_list("country", "city", "tie", "years").get() == (
            "NL",
            "Utrecht",
            "worked",
            3,
        )
        assert held.markets.get().country_id == "NL"
        assert held.experience.values_list("sector", "channel", "months").get() == ("ecommerce", "chat", 18)

    def test_education_alone_is_enough(self, client):
        assert send(client, "background", education_level="2").status_code == 302
        assert (of(client).education_level, of(client).places.count()) == (2, 0)

    @pytest.mark.parametrize("part", ["places", "markets", "experience"])
    def test_add_row(self, client, part):
        before = stored(of(client))
        response = send_first(client, "background", press=f"add-{part}", **BACKGROUND)
        kept = shown(response)
        rows = {name: kept[f"{name}-TOTAL_FORMS"] for name in ("places", "markets", "experience")}
        assert rows == {**{name: ["1"] for name in rows}, part: ["2"]}
        assert all(kept[name] == [value] for name, value in BACKGROUND.items())
        assert stored(of(client)) == before

    @pytest.mark.parametrize(
        ("changes", "field", "message"),
        [
            ({"education_level": ""}, "education_level", "Choose the level that comes closest."),
            ({"education_level": "9"}, "education_level", "Choose a level from the list."),
            ({"education_field": "77"}, "education_field", "Choose a field from the list, or none."),
            (
                {"places-0-country": ""},
                "places-0-country",
                "Choose the country of this row, or empty the row.",
            ),
            (
                {"places-0-country": "ZZ"},
                "places-0-country",
                "This is not a country in the list. Choose one from the list.",
            ),
            (
                {"places-0-city": "x" * 81},
                "places-0-city",
                "This name has 81 characters and at most 80 fit. Shorten it.",
            ),
            (
                {"places-0-tie": ""},
                "places-0-tie",
                "Choose whether you lived, worked or studied there.",
            ),
            (
                {"places-0-years": ""},
                "places-0-years",
                "Write for how many years; 0 stands for less than one.",
            ),
            ({"places-0-years": "-1"}, "places-0-years", "Years cannot be below zero."),
            (
                {"places-0-years": "61"},
                "places-0-years",
                "More than 60 years does not fit. Check the number.",
            ),
            ({"places-0-years": "two"}, "places-0-years", "Write whole years, like 3."),
            (
                {"markets-0-country": "ZZ"},
                "markets-0-country",
                "This is not a country in the list. Choose one from the list.",
            ),
            (
                {"experience-0-sector": ""},
                "experience-0-sector",
                "Choose the kind of company of this row, or empty the row.",
            ),
            (
                {"experience-0-channel": ""},
                "experience-0-channel",
                "Choose how customers mostly reached you.",
            ),
            (
                {"experience-0-years": "", "experience-0-months": "0"},
                "experience-0-months",
                "Write how long: at least one month.",
            ),
            (
                {"experience-0-months": "12"},
                "experience-0-months",
                "Months go from 0 to 11. Write twelve months as one year.",
            ),
            (
                {"experience-0-years": "60", "experience-0-months": "1"},
                "experience-0-years",
                "More than 60 years does not fit. Check the number.",
            ),
        ],
    )
    def test_refused(self, client, changes, field, message):
        before = stored(of(client))
        response = send_first(client, "background", **{**BACKGROUND, **changes})
        assert response.status_code == 422
        assert {name: words for name, words in errors(response).items() if words} == {field: [message]}
        assert stored(of(client)) == before

    def test_sixty_years_of_experience(self, client):
        changes = {**BACKGROUND, "experience-0-years": "60", "experience-0-months": ""}
        assert send(client, "background", **changes).status_code == 302
        assert of(client).experience.get().months == 720

    def test_same_market_twice(self, client):
        more = {"markets-TOTAL_FORMS": "2", "markets-1-country": "NL"}
        response = send(client, "background", **BACKGROUND, **more)
        assert errors(response)["markets-1-country"] == [
            "This is in the list twice. Keep one of the two rows."
        ]


class TestSkills:
    def test_saved(self, client):
        assert send(client, "skills", crm="2", etiquette_nl="3").url == "/candidate/profile/hours/"
        assert dict(of(client).skills.values_list("skill", "stated")) == {"crm": 2, "etiquette_nl": 3}

    def test_the_first_group_is_open_and_those_that_hold_answers(self, client):
        send(client, "skills", etiquette_nl="3")
        groups = list(client.get("/candidate/profile/skills/").context["form"].groups())
        page = client.get("/candidate/profile/skills/").content.decode()
        opened = [bool(found) for found in re.findall(r'<details class="disclosure"( open)?', page)]
        assert opened == [at == 0 or bool(group.stated) for at, group in enumerate(groups)]
        assert sum(opened) > 1

    def test_taken_back(self, full):
        assert send(full, "skills", crm="", email_handling="").status_code == 302
        assert of(full).skills.count() == 0

    def test_refused(self, client):
        refused(client, "skills", "crm", "Choose no, basic, working or strong for this skill.", crm="4")

    def test_a_skill_outside_the_vocabulary_is_not_saved(self, client):
        assert send(client, "skills", juggling="3").status_code == 302
        assert of(client).skills.count() == 0


HOURS = {"d0_0_from": "09:00", "d0_0_until": "17:00", "hours_min": "4", "hours_max": "8"}
WEEKDAYS = {
    f"d{day}_0_{part}": time for day in range(5) for part, time in (("from", "09:00"), ("until", "17:00"))
}


class TestHours:
    def test_saved(self, client):
        response = send(client, "hours", **HOURS, bands=["mornings"])
        assert response.url == "/candidate/profile/work/"
        held = of(client)
        assert spans_of(bytes(held.availability)) == [Span(0, 540, 1020)]
        assert spans_of(bytes(held.preferred)) == [Span(0, 540, 720)]
        assert (held.hours_min, held.hours_max) == (4, 8)

    def test_over_midnight_and_several_a_day(self, client):
        times = {"d6_0_from": "22:00", "d6_0_until": "06:00", "d2_1_from": "18:15", "d2_1_until": "24:00"}
        send(client, "hours", **HOURS, **times)
        assert spans_of(bytes(of(client).availability)) == [
            Span(0, 540, 1020),
            Span(2, 1095, 0),
            Span(6, 1320, 360),
        ]

    def test_midnight_to_midnight_is_the_whole_day(self, client):
        send(client, "hours", **{**HOURS, "d0_0_from": "00:00", "d0_0_until": "24:00"})
        assert spans_of(bytes(of(client).availability)) == [Span(0, 0, 0)]

    def test_no_part_of_the_day_is_no_preference(self, full):
        send(full, "hours", bands=None)
        assert bytes(of(full).preferred) == EMPTY_WEEK

    def test_what_is_stored_is_shown_again(self, full):
        before = stored(of(full))
        assert send(full, "hours").status_code == 302
        assert stored(of(full)) == before

    @pytest.mark.parametrize("pick", ["weekdays", "evenings", "weekend", "nights"])
    def test_quick_pick_fills_the_form_and_saves_nothing(self, client, pick):
        before = stored(of(client))
        response = send_first(client, "hours", press=f"pick-{pick}", hours_min="7")
        assert response.status_code == 200
        assert errors(response) == {}
        assert response.context["form"].shown_mask == mask_of(QUICK_PICKS[pick])
        assert shown(response)["hours_min"] == ["7"]
        assert stored(of(client)) == before

    def test_quick_picks_add_up(self, client):
        first = shown(send(client, "hours", press="pick-weekdays"))
        response = send(client, "hours", press="pick-evenings", **first)
        kept = shown(response)
        assert (kept["d0_0_from"], kept["d0_0_until"]) == (["09:00"], ["22:00"])
        assert "65 hours a week offered" in response.content.decode()
        assert "Monday to Friday: 09:00–22:00" in response.content.decode()

    def test_a_filled_form_can_be_saved_as_it_stands(self, client):
        kept = shown(send(client, "hours", press="pick-nights", hours_min="20", hours_max="40"))
        assert send(client, "hours", **kept).status_code == 302
        assert bytes(of(client).availability) == mask_of(QUICK_PICKS["nights"])

    def test_first_day_for_all_weekdays(self, client):
        times = {"d1_0_from": "10:00", "d1_0_until": "14:00", "d1_1_from": "15:00", "d1_1_until": "16:00"}
        response = send(client, "hours", press="pick-copy", **times)
        assert week_minutes(response.context["form"].shown_mask) == 5 * 5 * 60

    def test_clear(self, full):
        response = send(full, "hours", press="pick-clear", d0_0_from="99:99")
        assert response.context["form"].shown_mask == EMPTY_WEEK
        assert shown(response)["d0_0_from"] == [""]

    def test_quick_pick_keeps_times_that_cannot_be_read(self, client):
        response = send(client, "hours", press="pick-weekdays", d0_0_from="9 o'clock")
        assert shown(response)["d0_0_from"] == ["9 o'clock"]
        assert "d0_0_from" in errors(response)

    def test_adding_up_saves_nothing(self, client):
        before = stored(of(client))
        response = send(client, "hours", press="check", **HOURS)
        assert response.status_code == 200
        assert "8 hours a week offered" in response.content.decode()
        assert stored(of(client)) == before

    @pytest.mark.parametrize(
        ("changes", "field", "message"),
        [
            (
                {"d0_0_from": "25:00"},
                "d0_0_from",
                "“25:00” is not a time of the day. Write it like 09:00 or 21:30.",
            ),
            (
                {"d0_0_until": "12:60"},
                "d0_0_until",
                "“12:60” is not a time of the day. Write it like 09:00 or 21:30.",
            ),
            (
                {"d0_0_until": "24:15"},
                "d0_0_until",
                "“24:15” is not a time of the day. Write it like 09:00 or 21:30.",
            ),
            (
                {"d0_0_from": "nine"},
                "d0_0_from",
                "“nine” is not a time of the day. Write it like 09:00 or 21:30.",
            ),
            (
                {"d0_0_from": "09:07"},
                "d0_0_from",
                "09:07 is not on the quarter of an hour. Use a time like 09:00, 09:15, 09:30 or 09:45.",
            ),
            ({"d0_0_from": ""}, "d0_0_from", "Fill in both times of this row, or neither."),
            ({"d0_0_until": ""}, "d0_0_until", "Fill in both times of this row, or neither."),
            (
                {"d0_0_from": "24:00"},
                "d0_0_from",
                "A stretch cannot begin at 24:00. Use 00:00 on the next day.",
            ),
            (
                {"d0_0_until": "09:00"},
                "d0_0_until",
                "It begins and ends at the same time. For a whole day write 00:00 until 24:00; else change one.",
            ),
            (
                {"d0_1_from": "16:00", "d0_1_until": "20:00"},
                "d0_1_from",
                "Monday 09:00–17:00 and Monday 16:00–20:00 overlap. Change one of them.",
            ),
            (
                {"d6_0_from": "22:00", "d6_0_until": "10:00"},
                "d6_0_from",
                "Monday 09:00–17:00 and Sunday 22:00–10:00 overlap. Change one of them.",
            ),
            (
                {"d0_0_from": "", "d0_0_until": ""},
                "",
                "Offer at least one stretch of time. If you cannot work now, "
                "stop being listed in the last step instead.",
            ),
            (
                {"bands": ["nights"]},
                "bands",
                "You prefer “Nights, 00:00–06:00” but offer no hours then. Offer some, or untick it.",
            ),
            ({"bands": ["siesta"]}, "bands", "Choose from the four parts of the day."),
            ({"hours_min": ""}, "hours_min", "Write a number of hours from 1 to 60."),
            ({"hours_min": "1.5"}, "hours_min", "Write whole hours, like 24."),
            ({"hours_min": "0"}, "hours_min", "At least 1 hour a week makes sense here."),
            ({"hours_min": "-8"}, "hours_min", "At least 1 hour a week makes sense here."),
            (
                {"hours_max": "61"},
                "hours_max",
                "More than 60 hours a week is too much by law nearly everywhere. Write less.",
            ),
            (
                {"hours_min": "8", "hours_max": "4"},
                "hours_max",
                "This is less than the fewest hours. Swap the two, or change one.",
            ),
            (
                {"hours_min": "9", "hours_max": "20"},
                "hours_min",
                "The times above add up to only 8 hours a week. Offer more time, or write a lower number.",
            ),
        ],
    )
    def test_refused(self, client, changes, field, message):
        refused(client, "hours", field, message, **{**HOURS, **changes})

    def test_times_and_numbers_that_are_wrong_are_said_together(self, client):
        wrong = {**HOURS, "d0_0_from": "", "hours_min": "8", "hours_max": "4"}
        answer = send(client, "hours", **wrong)
        assert set(answer.context["form"].errors) == {"d0_0_from", "hours_max"}


WORK = {
    "contract_months": "12",
    "accepts_employment": "on",
    "minimum_pay": "7",
    "wished_pay": "9.50",
    "pay_currency": "EUR",
    "pay_period": "hour",
    "start": "looking",
    "earliest_start": "",
}


class TestWork:
    def test_saved(self, client):
        assert send(client, "work", **WORK).url == "/candidate/profile/work-style/"
        held = of(client)
        assert (held.minimum_pay, held.wished_pay) == (Decimal("7.00"), Decimal("9.50"))
        assert (held.pay_currency, held.pay_period, held.contract_months) == ("EUR", "hour", 12)
        assert (held.just_looking, held.earliest_start) == (True, None)
        assert (held.accepts_employment, held.accepts_freelance) == (True, False)

    def test_from_a_date(self, client):
        send(client, "work", **{**WORK, "start": "date", "earliest_start": "2027-02-01"})
        assert (of(client).earliest_start, of(client).just_looking) == (date(2027, 2, 1), False)

    def test_a_date_stored_before_may_have_passed(self):
        client = signed_in(CandidateFactory(earliest_start=date(2026, 1, 5)).user)
        assert send(client, "work", minimum_pay="8").status_code == 302
        assert of(client).earliest_start == date(2026, 1, 5)

    def test_freelance_is_ticked_on_purpose(self, client):
        assert "accepts_freelance" not in shown(client.get("/candidate/profile/work/"))
        send(client, "work", **WORK, accepts_freelance="on")
        assert of(client).accepts_freelance
        assert Consent.objects.get(user=client.user).kind == "freelance"

    def test_pay_may_stay_open(self, client):
        assert send(client, "work", **{**WORK, "minimum_pay": "", "wished_pay": ""}).status_code == 302
        assert (of(client).minimum_pay, of(client).wished_pay) == (None, None)

    def test_currency_is_that_of_the_country(self):
        client = signed_in(CandidateFactory(in_manila=True, pay_currency="").user)
        assert shown(client.get("/candidate/profile/work/"))["pay_currency"] == ["PHP"]

    @pytest.mark.parametrize(
        ("typed", "amount"),
        [
            ("9.5", "9.50"),
            ("9,50", "9.50"),
            ("1500", "1500.00"),
            ("1.500", "1500.00"),
            ("1,500.25", "1500.25"),
            ("1 500,25", "1500.25"),
            ("1'500", "1500.00"),
        ],
    )
    def test_amounts_as_people_write_them(self, client, typed, amount):
        send_first(client, "work", **{**WORK, "minimum_pay": typed, "wished_pay": "", "pay_period": "month"})
        assert of(client).minimum_pay == Decimal(amount)

    def test_the_legal_minimum_is_shown_with_its_source(self, full):
        page = full.get("/candidate/profile/work/").content.decode()
        assert "The legal minimum where you live is €6.20 per hour." in page
        assert "reliability" in page

    @pytest.mark.parametrize(
        ("changes", "field", "message"),
        [
            ({"accepts_employment": None}, "accepts_employment", "Choose at least one form of contract."),
            ({"contract_months": "5"}, "contract_months", "Choose a length from the list."),
            (
                {"minimum_pay": "-7"},
                "minimum_pay",
                "Pay cannot be below zero. Write the amount without a minus.",
            ),
            ({"minimum_pay": "0"}, "minimum_pay", "Write an amount above zero, or leave it empty."),
            (
                {"minimum_pay": "much"},
                "minimum_pay",
                "“much” is not an amount. Write it with digits only, like 9.50 or 1500.",
            ),
            (
                {"minimum_pay": "9.505.1"},
                "minimum_pay",
                "“9.505.1” is not an amount. Write it with digits only, like 9.50 or 1500.",
            ),
            (
                {"wished_pay": "1" + "0" * 12},
                "wished_pay",
                "This amount is far too long. Check the number of zeros.",
            ),
            (
                {"wished_pay": "1500"},
                "wished_pay",
                "This comes to about €1,500 an hour. Check the amount, the currency and the period.",
            ),
            (
                {"minimum_pay": "12"},
                "wished_pay",
                "This is less than the lowest pay that you accept. Swap the two, or change one.",
            ),
            (
                {"pay_currency": "XXX"},
                "pay_currency",
                "This currency is not in the list. Choose one from the list.",
            ),
            (
                {"pay_period": "blink"},
                "pay_period",
                "Choose what the amounts are for: an hour, a month, …",
            ),
            ({"start": None}, "start", "Say from when, or that you are just looking around."),
            ({"start": "date"}, "earliest_start", "Give the date from which you could start."),
            (
                {"start": "date", "earliest_start": "2026-01-05"},
                "earliest_start",
                "This date has passed. Choose today or a later date.",
            ),
            (
                {"start": "date", "earliest_start": "2099-01-05"},
                "earliest_start",
                "This is more than two years ahead. Choose “just looking around” for now.",
            ),
            (
                {"start": "date", "earliest_start": "soon"},
                "earliest_start",
                "This is not a date. Write it as 2027-01-31.",
            ),
        ],
    )
    def test_refused(self, client, changes, field, message):
        refused(client, "work", field, message, **{**WORK, **changes})


@pytest.mark.parametrize("step", list(Step))
def test_every_step_opens_for_anybody(client, full, step):
    for person in (client, full):
        response = person.get(f"/candidate/profile/{step}/")
        assert response.status_code == 200
        page = response.content.decode()
        assert f"Step {list(Step).index(step) + 1} of 8" in page
        assert " style=" not in page
        assert "onclick" not in page


def test_a_step_that_does_not_exist(full):
    assert full.get("/candidate/profile/salary-history/").status_code == 404


def test_five_megabytes(full):
    before = stored(of(full))
    response = full.post("/candidate/profile/about/", {**ABOUT, "display_name": "x" * 5_000_000})
    assert response.status_code == 400
    assert "too large" in response.content.decode()
    assert stored(of(full)) == before


def test_no_token_nothing_written(full):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(full.user)
    before = stored(of(full))
    assert browser.post("/candidate/profile/about/", ABOUT).status_code == 403
    assert stored(of(full)) == before
