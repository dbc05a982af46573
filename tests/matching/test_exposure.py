"""How evenly people are shown: the coefficient, the report, its page and its command."""

import json
from copy import deepcopy
from datetime import timedelta
from fractions import Fraction
from io import StringIO
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from matching.actions.allocation import refresh_allocation
from matching.actions.exposure import report_exposure
from matching.actions.shortlist import pin
from matching.engine.exposure import gini, spread
from matching.models import ExposureReport
from matching.queries.exposure import exposure, latest_report, shown_on
from matching.tasks import report_exposure_task
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.vacancies import VacancyFactory, version_content
from tests.standing import standing


def counts(*times: int) -> Any:
    return np.array(times, dtype=np.int64)


# --- The coefficient --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ((7,), Fraction(0)),
        ((3, 3, 3, 3), Fraction(0)),
        ((0, 0, 0), Fraction(0)),
        ((0, 1), Fraction(1, 2)),
        ((0, 0, 0, 5), Fraction(3, 4)),
        ((1, 2, 3), Fraction(2, 9)),
        ((2, 0, 1, 1), Fraction(3, 8)),
    ],
)
def test_hand_worked(times, expected):
    assert gini(counts(*times)) == expected


@pytest.mark.parametrize(
    ("times", "published"),
    [
        # Example of R's packages ineq and acid; acid prints the value.
        ((541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261), "0.4620911"),
        # Example of R's package phylotools, which prints the value.
        ((1, 3, 2, 1, 1, 1, 4), "0.3076923"),
    ],
)
def test_published_values(times, published):
    assert f"{float(gini(counts(*times))):.7f}" == published


def test_nobody_has_no_coefficient_and_nonsense_is_refused():
    assert gini(counts()) is None
    for wrong in (counts(1, -1), counts(2**62, 2**62)):
        with pytest.raises(ValueError, match="gini takes counts"):
            gini(wrong)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=40), st.integers(1, 9))
def test_it_is_the_mean_difference_over_twice_the_mean_and_keeps_under_scaling_and_copying(times, factor):
    found, total = gini(counts(*times)), sum(times)
    if total:
        differences = sum(abs(a - b) for a in times for b in times)
        assert found == Fraction(differences, 2 * len(times) * total)
    assert found == gini(counts(*reversed(times)))
    assert found == gini(counts(*(one * factor for one in times)))
    assert found == gini(counts(*(times * factor)))
    assert 0 <= found <= 1 - Fraction(1, len(times))


def test_a_spread():
    found = spread(counts(0, 2, 0, 1, 2))
    assert (found.people, found.never, found.shown, found.never_share) == (5, 2, 5, Fraction(2, 5))
    assert (found.distribution, found.gini) == ((2, 1, 2), Fraction(12, 25))
    nobody = spread(counts())
    assert (nobody.people, nobody.never_share, nobody.gini, nobody.distribution) == (0, None, None, ())


# --- The report, the command and the page -----------------------------------------------------------------------------


URL = "admin:matching_exposure"


def run(*arguments: str) -> str:
    answer = StringIO()
    call_command("exposure", *arguments, stdout=answer)
    return answer.getvalue()


def beginning() -> list[Any]:
    """Two vacancies with one place each; three people suit both, the best by far is the first; one in Spain suits none."""
    people = [
        measured_person(6, also={"nl": 5}),
        measured_person(5),
        measured_person(4, in_netherlands=True),
        measured_person(6, in_spain=True),
    ]
    for amount in (22, 21):
        ranked(VacancyFactory(content=version_content(openings=1, pay_max=amount)))
    return people


once = standing(beginning, "class")


@pytest.fixture
def market(once: list[Any], db: None, settings: Any) -> list[Any]:
    """Its people."""
    settings.SHORTLISTS_PER_PERSON, settings.SHOWN_PER_OPENING = 1, 1
    return deepcopy(once)


class TestAMarket:
    def test_before_and_after_sharing_out(self, market):
        now = timezone.now()
        alone = exposure(now.date())
        assert (alone.before.people, alone.before.never, alone.before.distribution) == (3, 2, (2, 0, 1))
        assert (alone.after.never, alone.after.shown) == (3, 0), (
            "before the first round nothing is shared out"
        )
        refresh_allocation(now=now)
        found = exposure(now.date())
        assert found.before == alone.before
        assert (found.after.people, found.after.never, found.after.distribution) == (3, 1, (1, 2))
        assert (found.before.gini, found.after.gini) == (Fraction(2, 3), Fraction(1, 3))
        assert (found.vacancies, found.cap, found.per_opening) == (2, 1, 1)

    def test_by_country_and_language_measured(self, market):
        refresh_allocation(now=timezone.now())
        found = exposure(timezone.now().date())
        assert [(code, a.people, a.never, b.never) for code, a, b in found.countries] == [
            ("PT", 2, 1, 0),
            ("NL", 1, 1, 1),
        ]
        assert [(code, a.people, a.never, b.never) for code, a, b in found.languages] == [
            ("en", 3, 2, 1),
            ("nl", 1, 0, 0),
        ]

    def test_nothing_but_residence_and_language_is_reported(self, market):
        """Protected facts stand nowhere in the pool, and no other fact of a person in the report."""
        kept = report_exposure(on=timezone.now().date(), now=timezone.now()).figures
        assert set(kept) == {
            "on", "vacancies", "cap", "per_opening", "before", "after", "countries", "languages",
        }  # fmt: skip
        assert set(kept["countries"][0]) == {"code", "before", "after"}

    def test_who_is_placed_by_hand_is_shown_on_both_sides(self, market):
        staff, now = UserFactory(staff=True), timezone.now()
        vacancy = ranked(VacancyFactory(content=version_content(openings=1))).vacancy
        pin(vacancy=vacancy, candidate=market[2], reason="Known here.", by=staff, now=now)
        refresh_allocation(now=now)
        found = {code: (a, b) for code, a, b in exposure(now.date()).countries}
        assert [one.shown for one in found["NL"]] == [1, 1]
        assert shown_on([market[0].pk, market[2].pk], but=vacancy.pk) == {market[0].pk: 1, market[2].pk: 0}

    def test_reports_are_kept_as_they_were(self, market):
        now = timezone.now()
        made = refresh_allocation(now=now)
        first = report_exposure(on=now.date(), now=now)
        assert (first.round, first.figures["after"]["gini"], first.figures["before"]["gini"]) == (
            made,
            0.3333,
            0.6667,
        )
        assert first.figures == exposure(now.date()).as_dict()
        report_exposure_task()
        assert ExposureReport.objects.count() == 2
        assert latest_report() != first
        for change in (lambda: ExposureReport.objects.update(figures={}), lambda: first.delete()):
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                change()

    def test_the_command_says_it_in_words_and_as_data(self, market):
        refresh_allocation(now=timezone.now())
        lines = run().splitlines()
        assert lines[0] == (
            "3 people suit at least one of 2 open vacancies. "
            "Each may be shown on 1 lists, and beyond that on lists that would show nobody. A list shows 1 people an opening."
        )
        by_name = {line[:40].strip(): line[40:].split() for line in lines[2:]}
        assert by_name["everybody"] == ["3", "66.7", "%", "33.3", "%", "0.667", "0.333"]
        assert by_name["lives in Netherlands"] == ["1", "100.0", "%", "100.0", "%", "0.000", "0.000"]
        assert lines[-3:] == [
            "    0          2          1",
            "    1          0          2",
            "    2          1          0",
        ]
        assert json.loads(run("--json")) == exposure(timezone.now().date()).as_dict()
        assert not ExposureReport.objects.exists(), "the command writes nothing"

    def test_the_page_shows_figures_bars_and_tables(self, staff_client, market):
        empty = staff_client.get(reverse(URL)).content.decode()
        assert "Nothing was worked out yet." in empty
        now = timezone.now()
        refresh_allocation(now=now)
        report_exposure(on=now.date(), now=now)
        text = staff_client.get(reverse(URL)).content.decode()
        assert "2 of 2 places of 2 open vacancies are taken" in text
        for value in ("66.7\N{NO-BREAK SPACE}%", "33.3\N{NO-BREAK SPACE}%", "0.667", "0.333"):
            assert f"<dd>{value}</dd>" in text
        assert text.count('<rect class="bar-after" y="13"') == 3 + 2 + 2
        assert '<th scope="row">2 times or more</th>' in text
        assert "Portugal" in text
        assert text.count("worse off by sharing out") == 0
        assert '<td class="num" data-label="Gini, each list alone">–</td>' in text, (
            "of so few it says nothing"
        )
        assert "No employer and person would both rather have each other than what they got." in text
        assert 'style="' not in text

    def test_a_group_that_is_worse_off_is_told_in_words(self, staff_client, market):
        now = timezone.now()
        refresh_allocation(now=now)
        figures = report_exposure(on=now.date(), now=now).figures
        figures["countries"][0]["after"]["never"] = figures["countries"][0]["before"]["never"] + 2
        ExposureReport.objects.create(made_at=now + timedelta(seconds=1), on=now.date(), figures=figures)
        text = staff_client.get(reverse(URL)).content.decode()
        assert "worse off by sharing out: 2 more people are never shown" in text

    def test_asking_for_it_anew_puts_it_on_the_queue(
        self, staff_client, market, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks() as enqueued:
            answer = staff_client.post(reverse(URL))
        assert (answer.status_code, answer.url.split("=")[0]) == (302, f"{reverse(URL)}?asked")
        assert "Being worked out …" in staff_client.get(answer.url).content.decode()
        report_exposure(on=timezone.now().date(), now=timezone.now() + timedelta(seconds=1))
        assert "Work it out now" in staff_client.get(answer.url).content.decode()
        assert [one.args[0] for one in enqueued] == ["matching.report_exposure"]

    def test_who_may_see_it(self, market, employer_client, candidate_client):
        allowed = UserFactory(is_staff=True, totp=True)
        allowed.user_permissions.set(Permission.objects.filter(codename="view_exposurereport"))
        assert signed_in(allowed).get(reverse(URL)).status_code == 200
        assert signed_in(UserFactory(is_staff=True, totp=True)).get(reverse(URL)).status_code == 403
        for client in (Client(), employer_client, candidate_client):
            assert client.get(reverse(URL)).status_code == 302


def test_an_empty_market_has_defined_answers(db):
    found = exposure(timezone.now().date())
    assert (found.before.people, found.before.gini, found.countries, found.languages) == (0, None, (), ())
    assert report_exposure(on=timezone.now().date(), now=timezone.now()).figures["after"]["gini"] is None


def test_the_command_with_nobody(db):
    assert " ".join(run().splitlines()[2].split()) == "everybody 0 – – – –"


def test_the_rankings_lead_to_it(staff_client):
    page = staff_client.get(reverse("admin:matching_ranking_changelist")).content.decode()
    assert f'<a href="{reverse(URL)}">Who is shown how often</a>' in page


@pytest.mark.parametrize("groups", [1, 30])
def test_the_page_takes_the_same_queries(groups, staff_client, django_assert_num_queries, db):
    people = [measured_person(5, in_portugal=True) for _ in range(groups)]
    ranked(VacancyFactory())
    refresh_allocation(now=timezone.now())
    report_exposure(on=timezone.now().date(), now=timezone.now() + timedelta(seconds=1))
    assert len(people) == groups
    staff_client.get(reverse(URL))
    with django_assert_num_queries(5):
        staff_client.get(reverse(URL))


def test_people_who_suit_and_stand_below_the_last_rank_count_too(db, monkeypatch):
    """Everybody eligible counts, not only the ranked: the pool is screened."""
    for _ in range(3):
        measured_person(5)
    CandidateFactory(listed=True)
    monkeypatch.setattr("matching.actions.ranking.LAST_PLACE", 2)
    ranked(VacancyFactory(content=version_content(openings=50)))
    refresh_allocation(now=timezone.now())
    found = exposure(timezone.now().date())
    assert (found.after.people, found.after.never, found.after.shown) == (3, 1, 2)
