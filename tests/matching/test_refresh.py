"""When a ranking is made, when it is made again, and when it stays as it is."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from assessments.actions.measurements import record_measurement
from candidates.actions.hours import save_hours
from candidates.actions.listing import withdraw_listing
from candidates.content import Hours
from candidates.models import Candidate
from candidates.models.change import CandidateChange
from common.money import PayPeriod
from common.week import EMPTY_WEEK
from employers.actions.company import save_work_style
from matching.actions import ranking as ranking_action
from matching.actions.looking import look_round
from matching.actions.ranking import rank_vacancy, refresh_ranking
from matching.actions.rounds import refresh_all, refresh_changed
from matching.actions.shortlist import pin
from matching.engine import Code
from matching.engine import ranking as engine_ranking
from matching.models import Ranking, RankingRound, RankingState
from matching.queries import freshness, held_pool
from matching.queries.freshness import facts_fingerprint
from matching.queries.known import known
from matching.queries.waiting import to_rank
from reference.actions.wages import FloorFigures, confirm_wage_floor, supersede_wage_floor
from reference.models import ExchangeRate, Language, WageFloor
from reference.work_style import VERSION
from tests.factories.accounts import UserFactory
from tests.factories.assessments import MeasurementFactory
from tests.factories.candidates import DAYTIME, CandidateFactory
from tests.factories.matching import altered, measured_person, ranked
from tests.factories.vacancies import VacancyFactory, version_content
from tests.matching.rounds import begin_log, waiting
from vacancies.actions.editing import save_draft
from vacancies.actions.lifecycle import pause_vacancy, publish_changes, resume_vacancy
from vacancies.content import CountryRow, LanguageRow
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def vacancy(db: None) -> Vacancy:
    return VacancyFactory()


@pytest.fixture(autouse=True)
def log(db: None, settings: Any, tmp_path: Path) -> None:
    begin_log(settings, tmp_path)


def people_of(vacancy: Vacancy) -> list[int]:
    state = RankingState.objects.select_related("current").get(vacancy=vacancy)
    return state.current.result.candidate_ids.tolist()


def test_a_ranking_keeps_what_went_in_and_what_came_out(vacancy, now):
    person = measured_person()
    CandidateFactory(listed=True)
    ranking = ranked(vacancy, now)
    assert (ranking.vacancy, ranking.version) == (vacancy, vacancy.current)
    assert (ranking.made_at, ranking.on) == (now, now.date())
    assert (ranking.people, ranking.eligible) == (2, 1)
    assert ranking.input_digest == ranking.result.input_digest
    assert ranking.weights["pay"] == 0
    assert ranking.result.candidate_ids.tolist() == [person.pk]
    stored = Ranking.objects.get(pk=ranking.pk).result
    assert stored.contributions.tolist() == ranking.result.contributions.tolist()
    assert stored.waterfall.by_code() == {Code.LANGUAGE_NOT_MEASURED: 1}
    state = vacancy.ranking_state
    assert (state.current, state.version, state.read_at) == (ranking, vacancy.current, now)
    assert (state.problem, state.fingerprint) == ("", facts_fingerprint(now.date()))


def test_ranking_twice_stores_once(vacancy, now):
    measured_person()
    first = ranked(vacancy, now)
    assert ranked(vacancy, now + timedelta(minutes=1)) == first
    assert Ranking.objects.count() == 1
    assert RankingState.objects.get().read_at == now + timedelta(minutes=1)


def test_a_change_of_somebody_listed_that_moves_nothing_is_ranked_and_not_stored(vacancy, now):
    person = measured_person()
    first = ranked(vacancy, now)
    Candidate.objects.filter(pk=person.pk).update(changed_at=now)
    assert waiting(now.date()) == [vacancy.pk]
    assert ranked(vacancy, now) == first
    assert Ranking.objects.count() == 1
    assert waiting(now.date()) == []


def test_a_change_of_somebody_who_neither_stands_there_nor_comes_in_touches_nothing(vacancy, now):
    other = measured_person(hours_min=40, hours_max=40)
    ranked(vacancy, now)
    Candidate.objects.filter(pk=other.pk).update(contract_months=24, changed_at=now)
    assert waiting(now.date()) == []
    assert RankingRound.objects.get().seen >= RankingState.objects.get().people_seen


def test_nothing_is_ranked_that_is_not_published(now):
    for state in ("draft", "in_review", "paused", "closed"):
        vacancy = VacancyFactory(**{state: True})
        assert refresh_ranking(vacancy_id=vacancy.pk, today=now.date(), now=now) is None
    rejected = VacancyFactory(employer__rejected=True)
    assert refresh_ranking(vacancy_id=rejected.pk, today=now.date(), now=now) is None
    assert refresh_ranking(vacancy_id=10**9, today=now.date(), now=now) is None
    assert refresh_changed(today=now.date(), now=now) == 0
    assert not RankingState.objects.exists()


def test_a_vacancy_without_a_ranking_is_found(vacancy, now):
    assert waiting(now.date()) == [vacancy.pk]
    assert refresh_changed(today=now.date(), now=now) == 1
    assert waiting(now.date()) == []
    assert refresh_changed(today=now.date(), now=now) == 0


def test_a_person_s_change_is_found_and_ranked(vacancy, now):
    person = measured_person(hours_min=20, hours_max=40)
    ranked(vacancy, now)
    hours = Hours(availability=DAYTIME, preferred=EMPTY_WEEK, hours_min=8, hours_max=16)
    save_hours(candidate=person, hours=hours, by=person.user, now=now)
    assert waiting(now.date()) == [vacancy.pk]
    refresh_changed(today=now.date(), now=now)
    assert people_of(vacancy) == []


def test_a_ranking_of_an_earlier_version_stays_and_is_followed_by_one_of_this(vacancy, now):
    person = measured_person()
    made = ranked(vacancy, now)
    pin(vacancy=vacancy, candidate=person, reason="Known here.", by=UserFactory(staff=True), now=now)
    altered(made, engine_version="0", pool=None, query="", candidate_weights={})
    RankingState.objects.update(waiting=True, fingerprint="0" * 64)
    later = now + timedelta(minutes=1)
    assert refresh_changed(today=now.date(), now=later) == 1
    stays, follows = Ranking.objects.order_by("pk")
    assert (stays.pk, stays.made_at, stays.pool, stays.engine_version) == (made.pk, now, None, "0")
    assert stays.result.candidate_ids.tolist() == people_of(vacancy) == [person.pk]
    state = RankingState.objects.get()
    assert (state.current, state.waiting, follows.pool is None) == (follows, False, False)
    assert follows.stored_candidate_weights() == made.stored_candidate_weights()


def test_somebody_who_withdraws_is_gone(vacancy, now):
    stays, leaves = measured_person(), measured_person()
    ranked(vacancy, now)
    withdraw_listing(candidate=leaves, by=leaves.user, now=timezone.now())
    refresh_changed(today=now.date(), now=now)
    assert people_of(vacancy) == [stays.pk]


def test_somebody_who_is_erased_is_gone(vacancy, now):
    stays, leaves = measured_person(), measured_person()
    ranked(vacancy, now)
    leaves.user.delete()
    assert waiting(now.date()) == [vacancy.pk]
    refresh_changed(today=now.date(), now=now)
    assert people_of(vacancy) == [stays.pk]


def test_a_change_that_commits_late_with_an_early_time_is_found(vacancy, now):
    measured_person()
    late = measured_person()
    ranked(vacancy, now)
    Candidate.objects.filter(pk=late.pk).update(
        hours_min=1, hours_max=2, changed_at=late.changed_at - timedelta(days=1)
    )
    assert waiting(now.date()) == [vacancy.pk]


def test_a_new_measurement_is_found(vacancy, now):
    person = CandidateFactory(listed=True)
    ranked(vacancy, now)
    record_measurement(
        candidate=person, language=Language.objects.get(pk="en"), level=5, source="certificate",
        evidence="Certificate 7.", measured_on=now.date(), expires_on=now.date() + timedelta(days=365),
        by=UserFactory(staff=True), now=now,
    )  # fmt: skip
    refresh_changed(today=now.date(), now=now)
    assert people_of(vacancy) == [person.pk]


def test_a_measurement_expires_with_the_day(vacancy, now):
    person = CandidateFactory(listed=True)
    MeasurementFactory(
        candidate=person, level=5, measured_on=now.date(), expires_on=now.date() + timedelta(days=1)
    )
    ranked(vacancy, now)
    for days, found, expected in ((1, [], [person.pk]), (2, [vacancy.pk], []), (3, [], [])):
        later = now + timedelta(days=days)
        assert waiting(later.date()) == found
        refresh_changed(today=later.date(), now=later)
        assert people_of(vacancy) == expected


def test_only_the_vacancies_of_a_changed_employer_are_ranked_again(vacancy, now):
    VacancyFactory()
    measured_person()
    refresh_changed(today=now.date(), now=now)
    save_work_style(
        employer=vacancy.employer, answers=[2] * 24, version=VERSION, by=vacancy.created_by, now=now
    )
    assert waiting(now.date()) == [vacancy.pk]
    assert refresh_changed(today=now.date(), now=now) == 1


def test_an_edited_vacancy_is_ranked_anew(vacancy, now):
    measured_person()
    first = ranked(vacancy, now)
    edited = version_content(hours_week=8, title="Less")
    save_draft(vacancy=vacancy, content=edited, by=vacancy.created_by, now=now)
    assert waiting(now.date()) == [], "a draft changes nothing that others see"
    publish_changes(vacancy=vacancy, by=vacancy.created_by, today=now.date(), now=now - timedelta(hours=1))
    assert waiting(now.date()) == [vacancy.pk], "whatever the clock of the editing process says"
    refresh_changed(today=now.date(), now=now)
    second = RankingState.objects.get(vacancy=vacancy).current
    assert second.version.number == 2
    assert second.eligible == 0
    assert first.eligible == 1


def test_a_resumed_vacancy_catches_up(vacancy, now):
    measured_person()
    ranked(vacancy, now)
    pause_vacancy(vacancy=vacancy, by=vacancy.created_by, now=now)
    second = measured_person()
    assert refresh_changed(today=now.date(), now=now) == 0
    resume_vacancy(vacancy=vacancy, by=vacancy.created_by, now=now)
    assert refresh_changed(today=now.date(), now=now) == 1
    assert second.pk in people_of(vacancy)


def test_a_floor_that_staff_supersede_is_found(now):
    """€9.00 in Portugal stands above the floor of the file; staff raise the floor to €9.10."""
    nine = {"pay_min": Decimal("9.00"), "pay_max": Decimal("9.00"), "countries": (CountryRow("PT"),)}
    vacancy = VacancyFactory(content=version_content(**nine))
    person = measured_person()
    ranked(vacancy, now)
    assert people_of(vacancy) == [person.pk]
    staff: User = UserFactory(staff=True)
    old = WageFloor.objects.valid_on(now.date()).get(country="PT", region=None, kind="statutory")
    raised = FloorFigures(
        amount=Decimal("9.10"), period=PayPeriod.HOUR, valid_from=now.date(), source="Official gazette"
    )
    supersede_wage_floor(floor=old, figures=raised, by=staff, now=now)
    assert waiting(now.date()) == [vacancy.pk]
    refresh_changed(today=now.date(), now=now)
    assert people_of(vacancy) == []
    assert RankingState.objects.get().current.result.waterfall.by_code() == {Code.BELOW_FLOOR: 1}


def test_a_floor_that_staff_confirm_moves_nothing(vacancy, now):
    """The facts are others, what the vacancy asks is the same: it is compared, and not ranked again."""
    ranked(vacancy, now)
    before = facts_fingerprint(now.date())
    floor = WageFloor.objects.exclude(amount=None).filter(confirmed_at=None).first()
    confirm_wage_floor(floor=floor, by=UserFactory(staff=True), now=now)
    assert facts_fingerprint(now.date()) != before
    assert waiting(now.date()) == []
    assert RankingState.objects.get().fingerprint == facts_fingerprint(now.date())


def test_a_vacancy_that_cannot_be_ranked_says_why_and_is_not_tried_every_minute(now, caplog):
    vacancy = VacancyFactory()
    vacancy.current.shifts.all().delete()
    other = VacancyFactory()
    with caplog.at_level(logging.WARNING):
        assert refresh_changed(today=now.date(), now=now) == 2
    assert f"vacancy {vacancy.pk} cannot be ranked: shifts: has no shift block" in caplog.text
    state = RankingState.objects.get(vacancy=vacancy)
    assert (state.current, state.problem) == (None, "shifts: has no shift block")
    assert RankingState.objects.get(vacancy=other).current is not None
    assert refresh_changed(today=now.date(), now=now) == 0


def test_a_vacancy_that_can_be_ranked_again_loses_its_problem(vacancy, now):
    measured_person()
    kept = list(vacancy.current.shifts.values("weekday", "start_minute", "duration_minutes", "must"))
    vacancy.current.shifts.all().delete()
    refresh_changed(today=now.date(), now=now)
    for row in kept:
        vacancy.current.shifts.create(**row)
    tomorrow = now + timedelta(days=1)
    refresh_changed(today=tomorrow.date(), now=tomorrow)
    state = RankingState.objects.get(vacancy=vacancy)
    assert state.problem == ""
    assert state.current.eligible == 1


def test_of_one_day_the_last_ranking_is_kept_and_every_one_acted_on(vacancy, now):
    people = [measured_person()]
    outcomes = [ranked(vacancy, now)]
    for at in range(1, 5):
        people.append(measured_person())
        outcomes.append(ranked(vacancy, now))
        if at == 2:
            pin(
                vacancy=vacancy,
                candidate=people[0],
                reason="Known here.",
                by=UserFactory(staff=True),
                now=now,
            )
    kept = set(Ranking.objects.values_list("pk", flat=True))
    assert kept == {outcomes[2].pk, outcomes[4].pk}
    tomorrow = now + timedelta(days=1)
    measured_person()
    latest = ranked(vacancy, tomorrow)
    assert set(Ranking.objects.values_list("pk", flat=True)) == kept | {latest.pk}


def test_an_older_reading_never_replaces_a_newer_one(vacancy, now):
    """A worker that was slow stores what it read long ago, after another has stored what holds now."""
    measured_person()
    long_ago = known(now.date())
    measured_person()
    newer = ranked(vacancy, now)
    assert len(newer.result) == 2
    slow = to_rank(Vacancy.objects.all()).get()
    assert rank_vacancy(vacancy=slow, known_now=long_ago, now=now + timedelta(minutes=5)) == newer
    assert RankingState.objects.get().current == newer


def test_a_ranking_stored_after_a_round_went_by_is_looked_at_again(vacancy, now):
    """A worker reads, a person changes, a round vouches for the state that stands there; then the worker stores."""
    ranked(vacancy, now)
    long_ago = known(now.date())
    person = measured_person()
    RankingState.objects.all().delete()
    look_round(known_now=known(now.date()))
    slow = to_rank(Vacancy.objects.all()).get()
    assert len(rank_vacancy(vacancy=slow, known_now=long_ago, now=now).result) == 0
    assert waiting(now.date()) == [vacancy.pk]
    refresh_changed(today=now.date(), now=now)
    assert people_of(vacancy) == [person.pk]


def test_many_changes_in_a_row_rank_once(vacancy, now):
    """Ten messages of ten people who changed: the first catches up with all of them."""
    for _ in range(10):
        measured_person()
    looked_at = [refresh_changed(today=now.date(), now=now) for _ in range(10)]
    assert looked_at == [1] + [0] * 9
    assert Ranking.objects.count() == 1


def test_a_sweep_with_nothing_to_do_takes_the_same_few_queries(vacancy, now, django_assert_num_queries):
    VacancyFactory.create_batch(4)
    with somebody_writing():
        refresh_changed(today=now.date(), now=now)
        with django_assert_num_queries(30):
            refresh_changed(today=now.date(), now=now)


@contextmanager
def somebody_writing() -> Iterator[None]:
    """An open transaction, as there may always be one on the server: a round then asks to be called once more."""
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")
        yield
    finally:
        other.close()


def listed_now(vacancy: Vacancy) -> list[int]:
    return RankingState.objects.get(vacancy=vacancy).listed


def fill(
    vacancy: Vacancy, people: int, top: int, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> list[int]:
    """A full list: `people` of the same score, of whom the `top` with the lowest ids are kept."""
    monkeypatch.setattr(ranking_action, "LAST_PLACE", top)
    made = [measured_person(4).pk for _ in range(people)]
    ranked(vacancy, now)
    assert listed_now(vacancy) == made[:top]
    assert waiting(now.date()) == []
    return made


def test_somebody_who_enters_a_full_list_touches_it(vacancy, now, monkeypatch):
    fill(vacancy, 4, 2, monkeypatch, now)
    better = measured_person(6)
    assert waiting(now.date()) == [vacancy.pk]
    refresh_changed(today=now.date(), now=now)
    assert listed_now(vacancy)[0] == better.pk


def test_somebody_with_the_last_score_and_a_later_id_does_not_touch_a_full_list(vacancy, now, monkeypatch):
    people = fill(vacancy, 3, 2, monkeypatch, now)
    equal = measured_person(4)
    assert waiting(now.date()) == []
    Candidate.objects.filter(pk=people[1]).delete()
    assert waiting(now.date()) == [vacancy.pk]
    refresh_changed(today=now.date(), now=now)
    assert listed_now(vacancy) == [people[0], people[2]]
    assert equal.pk not in listed_now(vacancy)


def test_somebody_with_the_last_score_and_an_earlier_id_touches_a_full_list(vacancy, now, monkeypatch):
    early = measured_person(4, hours_min=1, hours_max=2)
    people = fill(vacancy, 3, 2, monkeypatch, now)
    like = Candidate.objects.get(pk=people[0])
    Candidate.objects.filter(pk=early.pk).update(
        hours_min=like.hours_min, hours_max=like.hours_max, changed_at=now
    )
    assert waiting(now.date()) == [vacancy.pk]
    refresh_changed(today=now.date(), now=now)
    assert listed_now(vacancy) == [early.pk, people[0]]


def test_a_near_miss_that_comes_or_goes_touches_the_list(vacancy, now):
    person = CandidateFactory(listed=False)
    ranked(vacancy, now)
    assert waiting(now.date()) == []
    Candidate.objects.filter(pk=person.pk).update(listed=True, changed_at=now)
    assert waiting(now.date()) == [vacancy.pk], "now a near miss"
    refresh_changed(today=now.date(), now=now)
    assert RankingState.objects.get().near_missed == [person.pk]
    Candidate.objects.filter(pk=person.pk).update(listed=False, changed_at=now)
    assert waiting(now.date()) == [vacancy.pk], "no near miss any more"
    refresh_changed(today=now.date(), now=now)
    assert RankingState.objects.get().near_missed == []


def test_only_the_vacancies_that_a_person_touches_are_ranked_again(vacancy, now):
    dutch = VacancyFactory(content=version_content(languages=(LanguageRow("nl", 4),)))
    person = measured_person()
    refresh_changed(today=now.date(), now=now)
    before = {state.vacancy_id: state.read_at for state in RankingState.objects.all()}
    later = now + timedelta(minutes=1)
    Candidate.objects.filter(pk=person.pk).update(contract_months=24, changed_at=later)
    assert refresh_changed(today=later.date(), now=later) == 1
    after = {state.vacancy_id: state.read_at for state in RankingState.objects.all()}
    assert after == {vacancy.pk: later, dutch.pk: before[dutch.pk]}


def test_rounds_write_one_row_however_many_vacancies_a_change_leaves_alone(now):
    VacancyFactory.create_batch(5)
    refresh_changed(today=now.date(), now=now)
    refresh_changed(today=now.date(), now=now)
    stayed = list(RankingState.objects.order_by("pk").values_list("pk", "written_in", "people_seen"))
    before = RankingRound.objects.get()
    CandidateFactory(listed=False)
    assert refresh_changed(today=now.date(), now=now) == 0
    assert list(RankingState.objects.order_by("pk").values_list("pk", "written_in", "people_seen")) == stayed
    after = RankingRound.objects.get()
    assert (after.seen, after.snapshot) != (before.seen, before.snapshot)


def test_a_wage_floor_that_starts_to_hold_on_its_date_re_ranks_on_that_date(now):
    nine = {"pay_min": Decimal("9.00"), "pay_max": Decimal("9.00"), "countries": (CountryRow("PT"),)}
    vacancy = VacancyFactory(content=version_content(**nine, start_date=now.date() + timedelta(days=60)))
    spanish = (CountryRow("ES"),)
    unmoved = VacancyFactory(
        content=version_content(countries=spanish, start_date=now.date() + timedelta(days=60))
    )
    person = measured_person()
    ranked(vacancy, now)
    ranked(unmoved, now)
    old = WageFloor.objects.valid_on(now.date()).get(country="PT", region=None, kind="statutory")
    starts = now + timedelta(days=10)
    figures = FloorFigures(
        amount=Decimal("9.10"), period=PayPeriod.HOUR, valid_from=starts.date(), source="Official gazette"
    )
    supersede_wage_floor(floor=old, figures=figures, by=UserFactory(staff=True), now=now)
    for days, found in ((0, []), (9, []), (10, [vacancy.pk]), (11, [])):
        day = now + timedelta(days=days)
        assert waiting(day.date()) == found, f"after {days} days"
        refresh_changed(today=day.date(), now=day)
        assert (person.pk in people_of(vacancy)) == (days < 10)


def test_new_rates_rank_everything_again(vacancy, now):
    """They move everybody's wishes in other currencies, whoever changed or not."""
    ranked(vacancy, now)
    assert waiting(now.date()) == []
    rate = ExchangeRate.objects.filter(on__lte=now.date(), currency="USD").latest("on")
    rate.pk, rate.on, rate.units_per_eur = None, now.date(), rate.units_per_eur * 2
    rate.save()
    assert waiting(now.date()) == [vacancy.pk]


def test_new_time_zone_data_stores_only_what_it_moves(vacancy, now, monkeypatch):
    measured_person()
    first = ranked(vacancy, now)
    for module in (engine_ranking, freshness, held_pool):
        monkeypatch.setattr(module, "tz_version", lambda: "2031a")
    assert waiting(now.date()) == [vacancy.pk]
    refresh_changed(today=now.date(), now=now)
    assert list(Ranking.objects.all()) == [first]
    assert waiting(now.date()) == []


def test_everything_is_ranked_once_a_day(vacancy, now):
    person = measured_person()
    ranked(vacancy, now)
    soon, tomorrow = now + timedelta(hours=19), now + timedelta(hours=24)
    assert refresh_all(today=soon.date(), now=soon) == 0
    # The worst that can be lost: a change of which no trace is left.
    CandidateChange.objects.filter(candidate_id=person.pk).delete()
    assert refresh_all(today=tomorrow.date(), now=tomorrow) == 1
    assert RankingState.objects.get().read_at == tomorrow


def test_a_database_restored_elsewhere_is_looked_at_anew(vacancy, now):
    """Transactions of the old server say nothing on the new one, whose numbers may be lower or higher."""
    ranked(vacancy, now)
    assert waiting(now.date()) == []
    RankingState.objects.update(people_seen=2**60, written_in=2**60, snapshot=f"{2**60}:{2**60}:")
    RankingRound.objects.update(database="elsewhere", seen=2**60, states_below=2**60 + 1)
    assert waiting(now.date()) == [vacancy.pk]
    assert refresh_changed(today=now.date(), now=now) == 1
    assert waiting(now.date()) == []
