"""The people that are drawn: the published shape, plausible, the same for the same seed, and nobody real."""

from collections import Counter
from zoneinfo import available_timezones

import numpy as np
import pytest
from django.utils import timezone

from assessments.enums import ItemState
from assessments.models import Item
from common.week import EMPTY_WEEK, week_minutes
from marketplace.demo import shape
from marketplace.demo.people import Person, draw
from marketplace.demo.weeks import LIVES, WEEK, WEEKDAYS, Span, draw_week, mask
from marketplace.demo.world import World
from reference.models import Region, Zone


@pytest.fixture
def world(drawn: tuple[World, list[Person]]) -> World:
    return drawn[0]


@pytest.fixture
def people(drawn: tuple[World, list[Person]]) -> list[Person]:
    return drawn[1]


def share(people: list[Person], holds) -> float:
    return sum(map(holds, people)) / len(people)


def test_the_published_shape(people):
    assert len({person.home.code for person in people}) == 60
    assert share(people, lambda one: bool(one.experience)) == pytest.approx(0.80, abs=0.03)
    assert share(people, lambda one: one.education_level >= 5) == pytest.approx(0.65, abs=0.03)
    assert all("en" in person.languages for person in people)
    assert all(sum(first for _level, first in person.languages.values()) == 1 for person in people)
    assert share(people, lambda one: one.listed) == pytest.approx(0.92, abs=0.02)
    most = [code for code, _number in Counter(person.home.code for person in people).most_common(5)]
    assert set(most) == {"PT", "ES", "ZA", "GR", "IT"}


def test_dutch_and_german_people_live_abroad(people):
    abroad = [one for one in people if one.home.code in {"PT", "ES", "ZA", "GR"}]
    dutch_first = [one for one in abroad if one.languages.get("nl", (0, False))[1]]
    assert 0.04 < len(dutch_first) / len(abroad) < 0.10
    assert all(("NL", "lived") in {place[:2] for place in one.places} for one in dutch_first)
    assert {one.home.code for one in dutch_first} > {"PT", "ES", "ZA"}


def test_the_same_seed_draws_the_same_people_and_another_one_others(world):
    first, again, other = (draw(world, 50, np.random.default_rng([seed, 0])) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_english_comes_from_the_real_bank_and_practice_items_are_not_scored(demo):
    world = World.read(timezone.now().date())
    assert len(world.params) == Item.objects.filter(bank__code="english", state=ItemState.LIVE).count()
    assert Item.objects.filter(bank__code="english", state=ItemState.PRACTICE).exists()


def test_english_is_better_where_it_is_assumed_to_be(people):
    def mean(country: str) -> float:
        return float(
            np.mean(
                [
                    one.abilities["en"][0]
                    for one in people
                    if one.home.code == country and "en" in one.abilities
                ]
            )
        )

    assert mean("ZA") > mean("PT") > mean("ES")
    errors = [one.abilities["en"][1] for one in people if "en" in one.abilities]
    assert 0.15 < min(errors) < float(np.median(errors)) < 0.5


def test_mother_tongues_have_a_standing_in_the_country(world):
    first = {home.code: home.mother_tongues for home in world.homes}
    assert (first["NL"], first["PT"], first["GB"], first["US"]) == (("nl",), ("pt",), ("en",), ("en",))
    assert set(first["BE"]) == {"nl", "fr", "de"}
    assert "zu" in first["ZA"]
    assert all(sum(home.tongue_shares) == pytest.approx(1) for home in world.homes)


@pytest.mark.django_db
def test_clock_and_region_belong_to_the_country_and_to_each_other(people):
    zones = dict(Zone.objects.values_list("pk", "country"))
    regions = dict(Region.objects.values_list("pk", "country"))
    for person in people:
        assert person.zone in available_timezones()
        assert zones[person.zone] == person.home.code
        assert person.region is None or regions[person.region] == person.home.code
        assert (person.zone == "Atlantic/Azores") == (person.region == "PT-20")


def test_weeks_differ_and_can_be_worked(people):
    assert len({person.availability for person in people}) > 200
    for person in people:
        free, liked = (
            int.from_bytes(person.availability, "little"),
            int.from_bytes(person.preferred, "little"),
        )
        assert free & liked == liked, "preferred hours are available ones"
        assert week_minutes(person.availability) >= person.hours[0] * 60 or person.hours[0] > 28


@pytest.mark.parametrize("life", LIVES)
def test_every_way_of_living_gives_whole_masks(life):
    rng = np.random.default_rng(3)
    drawn = [draw_week(life, rng) for _ in range(60)]
    assert {len(free) for free, _liked in drawn} == {84}
    assert all(free != EMPTY_WEEK for free, _liked in drawn)
    assert len({free for free, _liked in drawn}) > (0 if life == "any" else 5)


def test_a_span_past_midnight_runs_into_the_next_day():
    night = Span((6,), 22 * 60, 30 * 60)
    held = int.from_bytes(mask(night), "little")
    monday, sunday = Span((0,), 0, 6 * 60), Span((6,), 22 * 60, 24 * 60)
    assert held == int.from_bytes(mask(monday), "little") | int.from_bytes(mask(sunday), "little")
    assert week_minutes(mask(Span(WEEK, 0, 24 * 60))) == 7 * 24 * 60
    assert week_minutes(mask(Span(WEEKDAYS, 540, 1020))) == 40 * 60


def test_pay_is_asked_above_the_floor_at_home(people):
    for person in people:
        least, wish, period = person.pay
        hourly = least if period == "hour" else least * 12 / 52 / 40
        assert person.home.floor * 101 / 100 < hourly < person.home.floor * 3 / 2
        assert wish > least


def test_names_are_put_together_from_parts(people):
    starts, ends = tuple(shape.NAME_STARTS), tuple(shape.NAME_ENDS)
    for person in people:
        first, last = person.name.split(" ")
        assert first in shape.FIRST_NAMES
        assert last.startswith(starts)
        assert last.endswith(ends)
    assert len({person.public_id for person in people}) == len(people)
