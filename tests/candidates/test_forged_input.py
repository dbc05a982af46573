"""What no browser sends: forged fields, buttons and counts. A clear page or a refusal, nothing written, never a fault."""

from copy import deepcopy
from datetime import UTC, datetime

import pytest
from django.test import Client

from accounts.models import User
from candidates.forms.about import AboutForm
from candidates.queries import own_date
from tests.candidates.filled_forms import send_first, shown, stored
from tests.conftest import signed_in
from tests.factories.candidates import CandidateFactory
from tests.standing import standing

pytestmark = pytest.mark.django_db

STEPS = {"languages": "languages", "markets": "background"}
MANY = "9" * 5000


def beginning() -> User:
    return CandidateFactory().user


once = standing(beginning)


@pytest.fixture
def full(once: User, db: None) -> Client:
    """Somebody with a whole profile."""
    return signed_in(deepcopy(once))


@pytest.mark.parametrize("part", STEPS)
@pytest.mark.parametrize("count", [MANY, "200", "-3", "²\x00"])
@pytest.mark.parametrize("press", ["save", "add-{}", "remove-{}-0"])
def test_impossible_numbers_of_rows(full, part, count, press):
    before = stored(full.user.candidate)
    response = send_first(full, STEPS[part], press=press.format(part), **{f"{part}-TOTAL_FORMS": count})
    assert response.status_code == (422 if press == "save" else 200)
    assert stored(full.user.candidate) == before


@pytest.mark.parametrize("part", STEPS)
@pytest.mark.parametrize("name", ["0", "0-", "x-country", f"{MANY[:500]}-country", "-country", "٣-x-y"])
def test_fields_that_are_none(full, part, name):
    before = stored(full.user.candidate)
    response = send_first(full, STEPS[part], press=f"remove-{part}-٠", **{f"{part}-{name}": "1"})
    assert response.status_code == 200
    assert stored(full.user.candidate) == before


@pytest.mark.parametrize(
    "press",
    ["remove-(a+)+$-0", "remove-languages-999", "remove-languages--1", "add-\x00", "add-", "pick-", "?"],
)
def test_buttons_that_are_none(full, press):
    before = stored(full.user.candidate)
    response = send_first(full, "languages", press=press, **{"(a+)+$-TOTAL_FORMS": "3", "a" * 40 + "!": "1"})
    assert response.status_code == 200
    assert stored(full.user.candidate) == before


def test_taking_a_row_away_moves_the_later_ones_up_in_whatever_order_they_come(full):
    rows = {f"markets-{row}-country": country for row, country in enumerate(("PT", "NL", "ES"))}
    backwards = dict(reversed(rows.items())) | {"markets-TOTAL_FORMS": "3", "press": "remove-markets-0"}
    sent = {**shown(full.get("/candidate/profile/background/")), **rows}
    address = "/candidate/profile/background/"
    left = shown(full.post(address, {**{name: sent[name] for name in sent if name not in rows}, **backwards}))
    assert {
        name: value for name, value in left.items() if name.startswith("markets-") and "country" in name
    } == {
        "markets-0-country": ["NL"],
        "markets-1-country": ["ES"],
    }


@pytest.mark.parametrize("country", ["\x00A", "A\x00", "zz", "pt", "١٢", "P", MANY])
@pytest.mark.parametrize("press", ["save", "refresh"])
def test_countries_that_are_none(full, country, press):
    before = stored(full.user.candidate)
    response = send_first(full, "about", press=press, country=country)
    assert response.status_code == (422 if press == "save" else 200)
    assert stored(full.user.candidate) == before


@pytest.mark.parametrize("field", ["display_name", "zone", "work_right", "permit_until"])
def test_a_zero_byte(full, field):
    before = stored(full.user.candidate)
    assert send_first(full, "about", **{field: "a\x00b"}).status_code == 422
    assert stored(full.user.candidate) == before


@pytest.mark.parametrize(
    ("step", "field", "value"),
    [
        ("about", "permit_until", "0001-01-01"),
        ("about", "permit_until", "9999-12-31"),
        ("hours", "hours_max", MANY),
        ("hours", "d0_0_from", "١٠:٠٧"),
        ("work", "minimum_pay", MANY),
        ("work", "minimum_pay", "1e400"),
        ("work", "wished_pay", "NaN"),
        ("work", "contract_months", "99999999999999999999"),
        ("work", "earliest_start", "0001-01-01"),
        ("work", "earliest_start", "9999-12-31"),
        ("work-style", "pace_1", "6"),
        ("skills", "crm", MANY),
    ],
)
def test_impossible_values(full, step, field, value):
    before = stored(full.user.candidate)
    permit = {"work_right": "permit"} if step == "about" else {}
    assert send_first(full, step, **permit, **{field: value}).status_code == 422
    assert stored(full.user.candidate) == before


def test_a_permit_holds_through_its_last_day_where_the_person_lives():
    """At 13:00 UTC on 1 June it is 2 June in Auckland and still 1 June in Honolulu."""
    now = datetime(2026, 6, 1, 13, 0, tzinfo=UTC)
    answers = {}
    for zone in ("Pacific/Auckland", "Pacific/Honolulu"):
        today = own_date(CandidateFactory(zone=zone), now)
        for until in ("2026-06-01", "2026-06-02"):
            data = {"work_right": "permit", "permit_until": until}
            answers[zone, until] = "permit_until" in AboutForm(data, now=now, today=today).errors
    assert answers == {
        ("Pacific/Auckland", "2026-06-01"): True,
        ("Pacific/Auckland", "2026-06-02"): False,
        ("Pacific/Honolulu", "2026-06-01"): False,
        ("Pacific/Honolulu", "2026-06-02"): False,
    }
