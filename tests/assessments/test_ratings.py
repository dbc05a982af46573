"""Rating: the queue, two raters alone, a third one, the result; and appeals."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError
from django.urls import reverse

from accounts.actions.audit import record
from accounts.models import AuditEntry, Notification, OutboxMail
from assessments.actions.appeals import NoReason, UnableToAppeal, file_appeal, remind_of_overdue
from assessments.actions.ratings import (
    BadRating,
    UnableToRate,
    decline_rating,
    give_rating,
    let_lapse,
    set_rater,
    take_next,
)
from assessments.enums import AppealOutcome, RatingState, WorkState
from assessments.models import Appeal, Measurement, Rating, Work
from assessments.queries import current_measurements
from assessments.queries.rated_results import counting_ratings, criterion_results
from assessments.queries.rating_queue import queue_rows
from reference.models import Language
from tests.accounts.at_once import at_once
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.assessments import MeasurementFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.rated import WORDS, RaterFactory, handed_in, levels, rate, rated_tasks

TODAY = date(2026, 11, 22)


@pytest.fixture
def candidate(db):
    return CandidateFactory()


@pytest.fixture
def work(candidate, now):
    return handed_in(candidate, now)


# --- the queue ------------------------------------------------------------------------------------------------


def test_what_is_due_first_then_waits_longest_is_taken_first(db, now):
    later = handed_in(CandidateFactory(), now + timedelta(hours=1))
    first = handed_in(CandidateFactory(), now)
    rater = RaterFactory()
    taken = take_next(by=rater.user, now=now)
    assert taken.work_id == first.pk
    assert take_next(by=rater.user, now=now) == taken  # what one holds comes first
    give_rating(rating=taken, levels=levels(first, 3), words=WORDS, by=rater.user, now=now)
    assert take_next(by=rater.user, now=now).work_id == later.pk


def test_two_raters_a_work_and_no_more(work, now):
    for _number in range(2):
        assert take_next(by=RaterFactory().user, now=now).work_id == work.pk
    assert take_next(by=RaterFactory().user, now=now) is None


def test_nobody_rates_a_work_twice(work, now):
    rater = RaterFactory()
    rate(work, 4, now, rater)
    assert take_next(by=rater.user, now=now) is None


def test_only_in_ones_own_languages_and_only_raters(work, now):
    assert take_next(by=RaterFactory(languages=["nl"]).user, now=now) is None
    with pytest.raises(UnableToRate):
        take_next(by=RaterFactory(active=False).user, now=now)
    with pytest.raises(UnableToRate):
        take_next(by=RaterFactory(user=UserFactory(is_staff=True)).user, now=now)
    plain = RaterFactory(user=UserFactory(is_staff=True))
    plain.user.user_permissions.add(Permission.objects.get(codename="rate_work"))
    assert take_next(by=plain.user, now=now).work_id == work.pk


@pytest.mark.parametrize("tie", ["own", "audit", "evidence", "profile"])
def test_nobody_rates_somebody_whose_record_they_handled(work, now, tie):
    rater = RaterFactory()
    person = work.candidate
    if tie == "own":
        person.user = rater.user
        person.save()
    elif tie == "audit":
        record(verb="x", target=work, by=rater.user, now=now, candidate=str(person.public_id))
    elif tie == "profile":
        record(verb="x", target=person, by=rater.user, now=now)
    else:
        MeasurementFactory(candidate=person, recorded_by=rater.user)
    assert take_next(by=rater.user, now=now) is None


def test_work_that_was_handed_back_goes_to_somebody_else_for_good(work, now):
    rater = RaterFactory()
    taken = take_next(by=rater.user, now=now)
    decline_rating(rating=taken, reason="I taught this person.", by=rater.user, now=now)
    work.refresh_from_db()
    assert work.raters_active == 0
    assert take_next(by=rater.user, now=now) is None
    with pytest.raises(UnableToRate):
        give_rating(rating=taken, levels=levels(work, 3), words=WORDS, by=rater.user, now=now)
    assert AuditEntry.objects.filter(verb="rating.declined", actor=rater.user).count() == 1


def test_what_is_held_for_too_long_goes_back_and_may_be_taken_again(work, now):
    rater = RaterFactory()
    taken = take_next(by=rater.user, now=now)
    assert let_lapse(now=now + timedelta(hours=48)) == 0
    assert let_lapse(now=now + timedelta(hours=49)) == 1
    work.refresh_from_db()
    assert (work.raters_active, Rating.objects.get().state) == (0, RatingState.LAPSED)
    again = take_next(by=rater.user, now=now + timedelta(hours=50))
    assert (again.pk, again.state) == (taken.pk, RatingState.TAKEN)


def test_the_database_holds_one_work_a_rater(work, now):
    rater = RaterFactory()
    take_next(by=rater.user, now=now)
    other = handed_in(CandidateFactory(), now)
    with pytest.raises(IntegrityError, match="rating_one_at_a_time_per_rater"):
        Rating.objects.create(work=other, rater=rater, round=1, taken_at=now)


@pytest.mark.django_db(transaction=True)
def test_raters_who_press_at_the_same_moment_never_take_the_same_place(now):
    works = [handed_in(CandidateFactory(), now) for _ in range(2)]
    users = [RaterFactory().user for _ in range(6)]
    taken = at_once(*[lambda user=user: take_next(by=user, now=now) for user in users])
    assert all(one is None or isinstance(one, Rating) for one in taken), taken
    places = [one.work_id for one in taken if one]
    assert len(places) == Rating.objects.count() <= 4
    for work in works:
        work.refresh_from_db()
        assert work.raters_active == places.count(work.pk) <= 2
    late = [take_next(by=RaterFactory().user, now=now) for _ in range(5 - len(places))]
    assert late[-1] is None
    assert all(late[:-1])


@pytest.mark.django_db(transaction=True)
def test_one_rater_in_two_windows_takes_one_work_and_gives_one_rating(now):
    for _ in range(2):
        handed_in(CandidateFactory(), now)
    user = RaterFactory().user
    first, second = at_once(*[lambda: take_next(by=user, now=now)] * 2)
    assert first == second
    given = at_once(
        *[lambda: give_rating(rating=first, levels=levels(first.work, 3), words=WORDS, by=user, now=now)] * 2
    )
    assert sorted(type(one).__name__ for one in given) == ["Rating", "UnableToRate"]


# --- the result -----------------------------------------------------------------------------------------------


def test_two_who_agree_make_a_result(work, now, django_capture_on_commit_callbacks):
    rate(work, 4, now)
    assert Measurement.objects.count() == 0
    before = work.candidate.changed_at
    rate(work, 5, now)
    work.refresh_from_db()
    measurement = Measurement.objects.get()
    assert (work.state, work.value, work.measurement) == (WorkState.RATED, 4.5, measurement)
    # 1.645 · √((30 · 0.25 + 0.5) / 31) / √2
    assert work.margin == pytest.approx(0.5909, abs=0.0001)
    assert (measurement.level, measurement.activity, measurement.source) == (
        5,
        "written_interaction",
        "rated_work",
    )
    assert (measurement.measured_on, measurement.expires_on) == (TODAY, date(2028, 11, 22))
    assert measurement.theta is None
    assert "B2 (4.00), C1 (5.00)" in measurement.evidence
    work.candidate.refresh_from_db()
    assert work.candidate.changed_at > before
    assert OutboxMail.objects.filter(subject="Your English was rated").count() == 1
    assert [row.level for row in current_measurements(work.candidate, TODAY)] == [5]


def test_more_than_a_band_apart_a_third_decides_with_them(work, now):
    rate(work, 2, now)
    rate(work, 4, now)
    work.refresh_from_db()
    assert (work.state, work.raters_wanted, Measurement.objects.count()) == (WorkState.SUBMITTED, 3, 0)
    rate(work, 5, now)
    work.refresh_from_db()
    assert (work.value, work.margin, work.measurement.level) == (4.0, 1.5, 4)


def test_each_criterion_gets_its_own_level(work, now):
    for task_level in (3, 4):
        rater = RaterFactory()
        taken = take_next(by=rater.user, now=now)
        given = {**levels(work, 3), "task": task_level, "tone": 6}
        give_rating(rating=taken, levels=given, words=WORDS, by=rater.user, now=now)
    work.refresh_from_db()
    found = {one.criterion.code: one.level for one in criterion_results(work, counting_ratings(work))}
    assert found == {"task": "B2", "clarity": "B1", "range": "B1", "tone": "C2"}


@pytest.mark.parametrize(
    ("change", "words", "fields"),
    [
        ({"task": 0}, WORDS, ["task"]),
        ({"task": 7, "tone": None}, WORDS, ["task", "tone"]),
        ({"accent": 3}, WORDS, ["levels"]),
        ({}, "ok", ["words"]),
        ({}, "x" * 2001, ["words"]),
    ],
)
def test_an_incomplete_rating_is_refused_and_changes_nothing(work, now, change, words, fields):
    rater = RaterFactory()
    taken = take_next(by=rater.user, now=now)
    with pytest.raises(BadRating) as refused:
        give_rating(rating=taken, levels={**levels(work, 3), **change}, words=words, by=rater.user, now=now)
    assert [flaw.field for flaw in refused.value.flaws] == fields
    assert Rating.objects.get().state == RatingState.TAKEN


def test_who_rates_is_logged(candidate, staff_client, now):
    user = UserFactory(is_staff=True)
    dutch = Language.objects.filter(pk="nl")
    rater = set_rater(user=user, languages=dutch, active=True, by=staff_client.user, now=now)
    assert [language.pk for language in rater.languages.all()] == ["nl"]
    assert AuditEntry.objects.get(verb="rater.set").data == {"languages": ["nl"], "active": True}


# --- appeals --------------------------------------------------------------------------------------------------


@pytest.fixture
def rated(work, now):
    rate(work, 3, now)
    rate(work, 3, now)
    work.refresh_from_db()
    return work


def appeal(work, at, reason="I answered every question."):
    return file_appeal(work=work, candidate=work.candidate, reason=reason, now=at)


def test_an_appeal_is_due_in_ten_working_days_and_waits_in_the_queue(rated, now):
    old = [one.rater for one in rated.ratings.all()]
    filed = appeal(rated, now)
    assert filed.due_on == date(2026, 12, 4)
    for rater in old:
        assert take_next(by=rater.user, now=now) is None
    assert take_next(by=RaterFactory().user, now=now).work_id == rated.pk
    assert [row.level for row in current_measurements(rated.candidate, TODAY)] == [3]  # counts until then


def test_who_may_be_given_an_appeal_does_not_read_that_one_waits(rated, now):
    appeal(rated, now)
    reader = RaterFactory()
    assert [(row.waiting, row.appeals) for row in queue_rows(reader, TODAY)] == [(1, None)]
    assert [(row.waiting, row.appeals) for row in queue_rows(None, TODAY)] == [(1, 1)]


def test_the_page_of_an_appeal_says_the_margin_with_two_decimals(rated, staff_client, now):
    filed = appeal(rated, now)
    page = staff_client.get(reverse("admin:assessments_appeal_change", args=[filed.pk])).content.decode()
    assert f">{filed.margin_before:.2f}<" in page
    assert str(filed.margin_before) not in page


class TestThePageOfAnAppeal:
    @pytest.fixture
    def appealed(self, rated, now):
        return appeal(rated, now, "Every question was answered.")

    def page(self, client, appealed):
        return client.get(reverse("admin:assessments_appeal_change", args=[appealed.pk])).text

    def test_says_where_it_stands_by_when_and_who_can_go_on(self, appealed, staff_client, now):
        page = self.page(staff_client, appealed)
        assert "given 0, being rated 0, still to be taken 2" in page
        assert f"Appeal of work {appealed.work.short_number}" in page
        assert "Every question was answered." in page
        assert "0 people who rate English have not had this work." in page
        assert "Make somebody a rater" in page
        first, second = RaterFactory(), RaterFactory()
        take_next(by=first.user, now=now)
        page = self.page(staff_client, appealed)
        assert "given 0, being rated 1, still to be taken 1" in page
        assert "1 person who rates English has not had this work." in page
        assert "Make somebody a rater" not in page
        take_next(by=second.user, now=now)
        assert "Everybody who is needed is at it or done." in self.page(staff_client, appealed)

    def test_says_that_it_is_overdue_and_when_raters_were_reminded(self, appealed, staff_client):
        Appeal.objects.update(due_on=date(2026, 1, 5))
        Work.objects.update(reminded_at=datetime(2026, 1, 6, 12, tzinfo=UTC))
        page = self.page(staff_client, appealed)
        assert "5 January 2026, overdue" in page
        assert "The raters were last reminded on 6 January 2026." in page

    def test_says_what_came_of_it(self, appealed, staff_client, now):
        for level in (5, 4):
            rate(appealed.work, level, now + timedelta(days=3))
        page = self.page(staff_client, appealed)
        assert "The result was corrected" in page
        assert "placed the work at 3.00 (B1), the second ones at 4.50" in page
        work = Work.objects.get()
        for part, key in (("work", work.pk), ("measurement", work.measurement_id)):
            assert reverse(f"admin:assessments_{part}_change", args=[key]) in page

    def test_keeps_from_who_may_be_given_the_work_which_it_is_and_what_others_found(self, appealed, now):
        rater = RaterFactory(user=UserFactory(staff=True, totp=True))
        client, number = signed_in(rater.user), appealed.work.short_number
        queue = reverse("admin:assessments_rating_queue")
        page = self.page(client, appealed)
        assert "You may be given this work to rate." in page
        assert queue in page
        listed = client.get(reverse("admin:assessments_appeal_changelist")).text
        for text in (page, listed):
            assert [said for said in (number, "Every question", "B1", "3.00") if said in text] == []
        assert "waits for raters" in client.get(reverse("admin:assessments_work_changelist")).text
        for name, key in (("work", appealed.work_id), ("rating", appealed.work.ratings.first().pk)):
            answer = client.get(reverse(f"admin:assessments_{name}_change", args=[key]))
            assert answer.status_code == 302
        for level in (5, 4):
            rate(appealed.work, level, now)
        assert f"Appeal of work {number}" in self.page(client, appealed)

    def test_tells_who_may_be_given_the_work_nothing_by_another_way(self, appealed, staff_client):
        """Histories name the work; a filter, a search or an order would tell what a column keeps back."""
        rater = signed_in(RaterFactory(user=UserFactory(staff=True, totp=True)).user)
        works, appeals = (reverse(f"admin:assessments_{name}_changelist") for name in ("work", "appeal"))
        person = str(appealed.work.candidate.public_id)
        closed = [
            (reverse("admin:assessments_appeal_history", args=[appealed.pk]), 302),
            (reverse("admin:assessments_work_history", args=[appealed.work_id]), 302),
            (f"{works}?state__exact={appealed.work.state}", 400),
            (f"{works}?candidate__public_id={person}", 400),
            (f"{appeals}?level_before=3", 400),
            (f"{appeals}?reason__contains=Every", 400),
        ]
        assert [(url, rater.get(url).status_code) for url, _status in closed] == closed
        assert "?state__exact" not in rater.get(works).text
        assert rater.get(f"{appeals}?decided_at__isnull=True").status_code == 200
        assert rater.get(works, {"q": person}).context["cl"].result_count == 0
        assert staff_client.get(works, {"q": person}).context["cl"].result_count == 1
        assert staff_client.get(closed[2][0]).context["cl"].result_count == 1
        assert staff_client.get(closed[0][0]).status_code == 200


def test_a_higher_second_result_replaces_the_first_everywhere(rated, now):
    first = rated.measurement
    appeal(rated, now)
    rate(rated, 5, now + timedelta(days=3))
    rate(rated, 4, now + timedelta(days=4))
    rated.refresh_from_db()
    first.refresh_from_db()
    assert rated.appeal.outcome == AppealOutcome.CORRECTED
    assert first.revoked_at == now + timedelta(days=4)
    assert (rated.state, rated.value, rated.measurement.level) == (WorkState.RATED, 4.5, 5)
    assert rated.measurement.measured_on == first.measured_on
    assert [row.level for row in current_measurements(rated.candidate, TODAY)] == [5]
    entry = AuditEntry.objects.get(verb="measurement.revoked")
    assert entry.actor is None
    assert {one.round for one in counting_ratings(rated)} == {2}


@pytest.mark.parametrize("level", [1, 3])
def test_a_second_result_that_is_no_higher_changes_nothing(rated, now, level):
    appeal(rated, now)
    rate(rated, level, now)
    rate(rated, level, now)
    rated.refresh_from_db()
    assert (rated.state, rated.value, rated.appeal.outcome) == (WorkState.RATED, 3.0, AppealOutcome.STANDS)
    assert (rated.appeal.value_found, Measurement.objects.count()) == (float(level), 1)
    assert Measurement.objects.get().revoked_at is None
    assert {one.round for one in counting_ratings(rated)} == {1}
    assert OutboxMail.objects.filter(subject="Your appeal about English was decided").count() == 1


def test_one_appeal_a_result_within_thirty_days_with_a_reason(rated, now):
    with pytest.raises(NoReason):
        appeal(rated, now, "  ")
    with pytest.raises(UnableToAppeal):
        appeal(rated, now + timedelta(days=31))
    appeal(rated, now)
    rate(rated, 3, now)
    rate(rated, 3, now)
    with pytest.raises(UnableToAppeal):
        appeal(rated, now)


@pytest.mark.django_db(transaction=True)
def test_an_appeal_pressed_twice_at_once_is_one(now):
    work = handed_in(CandidateFactory(), now)
    rate(work, 3, now)
    rate(work, 3, now)
    results = at_once(*[lambda: appeal(work, now)] * 2)
    assert sorted(type(one).__name__ for one in results) == ["Appeal", "UnableToAppeal"]


def test_staff_are_reminded_of_what_is_overdue_once_a_day(rated, now):
    appeal(rated, now)
    late = now + timedelta(days=13)
    assert remind_of_overdue(now=now + timedelta(days=12)) == 0  # the last day is still in time
    assert remind_of_overdue(now=late) == 2  # the two raters of English
    assert remind_of_overdue(now=late + timedelta(hours=23)) == 0
    assert remind_of_overdue(now=late + timedelta(hours=24)) == 2
    mails = OutboxMail.objects.filter(subject="1 piece of work in English is overdue")
    assert mails.count() == 4
    assert str(rated.candidate.public_id) not in mails[0].text


def test_raters_of_a_language_hear_once_a_day_that_work_waits(db, now):
    rated_tasks()
    first, second = RaterFactory(), RaterFactory()
    RaterFactory(languages=["nl"])
    RaterFactory(active=False)
    work = handed_in(CandidateFactory(), now)
    handed_in(CandidateFactory(), now + timedelta(hours=1))
    told = Notification.objects.filter(kind="work_to_rate")
    assert {news.user for news in told} == {first.user, second.user}
    assert {(news.title, news.awaits_digest) for news in told} == {("There is work to rate in English", True)}
    assert all(str(work.candidate.public_id) not in news.text for news in told)
    handed_in(CandidateFactory(), now + timedelta(days=1))
    assert told.all().count() == 4


def test_where_nobody_rates_those_who_name_raters_are_reminded(db, now):
    rated_tasks()
    handed_in(CandidateFactory(), now)
    boss = UserFactory(staff=True)
    assert remind_of_overdue(now=now + timedelta(days=10)) == 1
    assert OutboxMail.objects.get().recipient == boss.email
