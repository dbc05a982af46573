"""The pages of a bank in the administration: cut scores, what answers say, how often questions are given."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.actions.calibration import ask_for_calibration, work_out_calibration
from assessments.actions.sessions import start_session
from assessments.engine.overlap import overlap_rate
from assessments.models import Bank, CalibrationRun, CutScores, Item, Measurement
from assessments.queries.item_exposure import exposure_of
from assessments.queries.wright_map import LONGEST, wright_map
from marketplace.recruiters import keep_calibrators_group, keep_recruiters_group
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.answers import answered_bank
from tests.factories.assessments import BankFactory, finished_session
from tests.factories.candidates import CandidateFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def address(bank, page):
    return reverse(f"admin:assessments_bank_{page}", args=[bank.pk])


@pytest.fixture
def recruiter(db):
    user = UserFactory(is_staff=True, totp=True)
    user.groups.add(keep_recruiters_group())
    return signed_in(user)


def test_calibrators_set_cuts_and_ask_for_calibrations_and_see_no_person(db):
    user = UserFactory(is_staff=True, totp=True)
    user.groups.add(keep_calibrators_group())
    calibrator, bank = signed_in(user), BankFactory()
    for page in ("cuts", "calibration", "exposure"):
        assert calibrator.get(address(bank, page)).status_code == 200, page
    assert calibrator.post(address(bank, "cuts"), cuts()).status_code == 302
    assert CutScores.objects.get().set_by == user
    assert calibrator.post(address(bank, "calibration"), {"ask": "1"}).status_code == 302
    assert CalibrationRun.objects.get().asked_by == user
    for hidden in ("candidates_candidate", "assessments_measurement", "assessments_session", "accounts_user"):
        assert calibrator.get(reverse(f"admin:{hidden}_changelist")).status_code == 403, hidden


# Cut scores


def cuts(before="", **changes):
    sent = {f"cut_{number}": str(cut) for number, cut in enumerate([-3, -1.5, 0, 1.5, 3])}
    return {**sent, "method": "angoff", "note": "Eight teachers, kappa 0.71.", "before": before, **changes}


def test_cut_scores_are_set_with_method_and_note_and_sessions_keep_theirs(staff_client):
    bank, candidate = BankFactory(), CandidateFactory()
    before = start_session(candidate=candidate, bank=bank, seed=1, now=NOW)
    assert staff_client.post(address(bank, "cuts"), cuts()).status_code == 302
    row = CutScores.objects.get()
    assert (row.cuts, row.method, row.set_by) == ([-3, -1.5, 0, 1.5, 3], "angoff", staff_client.user)
    assert Bank.objects.get().cuts == row.cuts
    before.refresh_from_db()
    assert (before.cuts, before.cut_scores) == (bank.cuts, None)
    after = start_session(candidate=CandidateFactory(), bank=Bank.objects.get(), seed=1, now=NOW)
    assert (after.cuts, after.cut_scores) == (row.cuts, row)
    page = staff_client.get(address(bank, "cuts")).content.decode()
    assert "Eight teachers, kappa 0.71." in page


def test_cut_scores_are_read_and_written_with_the_comma_of_a_dutch_page(staff_client):
    bank = BankFactory(items=1)
    staff_client.user.language = "nl"
    staff_client.user.save(update_fields=["language"])
    page = staff_client.get(address(bank, "cuts"), headers={"accept-language": "nl"}).content.decode()
    assert 'value="-1,6"' in page
    sent = cuts(cut_1="-1,25")
    assert (
        staff_client.post(address(bank, "cuts"), sent, headers={"accept-language": "nl"}).status_code == 302
    )
    assert CutScores.objects.get().cuts == [-3, -1.25, 0, 1.5, 3]


def test_a_change_of_cuts_leaves_results_alone(staff_client):
    bank = BankFactory()
    finished_session(CandidateFactory(), bank, theta=0.2)
    level = Measurement.objects.get().level
    staff_client.post(address(bank, "cuts"), cuts(cut_2="0.5"))
    assert Measurement.objects.get().level == level


@pytest.mark.parametrize(
    "changes",
    [
        {"cut_0": "-1"},
        {"cut_0": ""},
        {"cut_4": "9"},
        {"cut_4": "nan"},
        {"cut_1": "-3"},
        {"note": " "},
        {"method": "guess"},
    ],
)
def test_wrong_cuts_are_refused_with_the_form_kept(staff_client, changes):
    page = staff_client.post(address(BankFactory(items=1), "cuts"), cuts(**changes))
    assert page.status_code == 200
    assert 'aria-invalid="true"' in page.content.decode()
    assert CutScores.objects.count() == 0


def test_of_two_people_who_set_cuts_the_second_hears_of_the_first(staff_client):
    bank = BankFactory(items=1)
    staff_client.post(address(bank, "cuts"), cuts())
    page = staff_client.post(address(bank, "cuts"), cuts(cut_0="-4"), follow=True).content.decode()
    assert "somebody else has set cut scores" in page
    assert CutScores.objects.count() == 1
    newest = str(CutScores.objects.get().pk)
    staff_client.post(address(bank, "cuts"), cuts(newest, cut_0="-4"))
    assert CutScores.objects.count() == 2


def test_recruiters_read_cut_scores_and_do_not_set_them(recruiter):
    bank = BankFactory(items=1)
    assert 'name="cut_0"' not in recruiter.get(address(bank, "cuts")).content.decode()
    assert recruiter.post(address(bank, "cuts"), cuts()).status_code == 403
    assert CutScores.objects.count() == 0


# What answers say


def worked_out(bank):
    run = ask_for_calibration(bank=bank, by=UserFactory(), now=NOW)
    return work_out_calibration(run_id=run.pk, now=NOW)


def test_staff_ask_look_and_accept_what_they_choose(staff_client):
    bank = answered_bank(sessions=260)
    page = address(bank, "calibration")
    assert "Nothing was worked out yet" in staff_client.get(page).content.decode()
    staff_client.post(page, {"ask": "1"})
    run = CalibrationRun.objects.get()
    assert run.asked_by == staff_client.user
    assert "Being worked out" in staff_client.get(page).content.decode()
    run = work_out_calibration(run_id=run.pk, now=NOW)
    text = staff_client.get(page).content.decode()
    assert "3,120 answers of 260 tests" in text
    assert "Wright map" in text
    codes = [row["code"] for row in run.found["items"] if row["after"]][:2]
    answer = staff_client.post(page, {"run": run.pk, "accept": [*codes, codes[0]]}, follow=True)
    assert "Accepted for 2 items" in answer.content.decode()
    assert Item.objects.filter(parameters_source__startswith="calibrated").count() == 2
    answer = staff_client.post(page, {"run": run.pk, "accept": [codes[0], "no-such-item"]}, follow=True)
    assert f"changed since: {codes[0]}, no-such-item" in answer.content.decode()
    assert "No item was chosen" in staff_client.post(page, {"run": run.pk}, follow=True).content.decode()
    assert "none shows more than chance would" in text or "of 24 comparison" in text


def test_too_few_answers_are_said_in_words(staff_client):
    bank = answered_bank(sessions=5, items=3)
    worked_out(bank)
    text = staff_client.get(address(bank, "calibration")).content.decode()
    assert "0 questions have enough, 10 are needed" in text
    assert ">195<" in text


def test_recruiters_ask_for_nothing_and_accept_nothing(recruiter):
    bank = BankFactory(items=1)
    page = address(bank, "calibration")
    run = worked_out(bank)
    assert recruiter.get(page).status_code == 200
    assert recruiter.post(page, {"ask": "1"}).status_code == 403
    assert recruiter.post(page, {"run": run.pk, "accept": ["x"]}).status_code == 403


@pytest.mark.parametrize("run", ["", "nine", "4711", "9" * 30])
def test_a_run_that_does_not_exist_is_not_found(staff_client, run):
    answer = staff_client.post(address(BankFactory(items=1), "calibration"), {"run": run, "accept": ["x"]})
    assert answer.status_code == 404


def test_the_wright_map_puts_people_and_items_where_they_belong():
    items = [
        {"code": "hard", "before": [1.0, 2.2, 0], "after": [1.0, 2.6, 0]},
        {"code": "far", "before": [1, 9, 0], "after": None},
    ]
    drawn = wright_map(
        [{"low": -0.5, "people": 4}, {"low": 0.0, "people": 8}], items, [-3.2, -1.6, 0.0, 1.6, 3.2]
    )
    by_low = {band.low: band for band in drawn.bands}
    assert by_low[2.5].codes == ["hard"]
    assert by_low[6.5].codes == ["far"]
    assert by_low[0.0].bar_width == 2 * by_low[-0.5].bar_width == LONGEST
    assert [cut.level for cut in drawn.cuts] == ["A2", "B1", "B2", "C1", "C2"]
    assert drawn.cuts[2].y == by_low[0.0].y + 15
    assert [cut.level for cut in wright_map([], [], [-1.0, 1.0]).cuts] == ["2", "3"]


# How often questions are given


def test_overlap_by_hand():
    """Three tests of two items: {1, 2}, {1, 3}, {1, 2}. Pairs share 1, 2 and 1 of 2 items: 4/6."""
    assert overlap_rate([3, 2, 1], 3) == pytest.approx(4 / 6)
    assert overlap_rate([2, 2], 2) == 1.0
    assert overlap_rate([1, 1, 1, 1], 2) == 0.0
    assert overlap_rate([1], 1) is None
    assert overlap_rate([0, 0], 5) is None


def test_exposure_counts_shares_what_was_never_given_and_who_is_through():
    bank = BankFactory(items=12, min_items=8, max_items=10)
    for number in range(4):
        start_session(candidate=CandidateFactory(), bank=bank, seed=number, now=NOW - timedelta(days=number))
    found = exposure_of(bank)
    assert found.sessions == 4
    assert sum(row.times for row in found.shares) == 4
    assert found.shares[0].share == found.shares[0].times / 4
    assert len(found.never) == sum(not row.times for row in found.shares)
    assert sum(bar.items for bar in found.bars) == 12
    assert [row.item for row in found.too_often] == [row.item for row in found.shares if row.share > 0.3]
    assert (found.tests, found.people, found.used_up) == (1, 4, 0)
    assert exposure_of(answered_bank(sessions=2, items=3)).used_up == 2
    empty = exposure_of(BankFactory(items=0))
    assert (empty.sessions, empty.overlap, empty.tests) == (0, None, 0)


@pytest.mark.parametrize("sessions", [1, 30])
def test_the_pages_ask_the_same_for_one_session_and_for_thirty(
    staff_client, django_assert_num_queries, sessions
):
    bank = answered_bank(sessions=sessions, items=12)
    worked_out(bank)
    for page, queries in (("exposure", 8), ("calibration", 6), ("cuts", 5)):
        staff_client.get(address(bank, page))
        with django_assert_num_queries(queries):
            staff_client.get(address(bank, page))


@pytest.mark.parametrize("page", ["cuts", "calibration", "exposure"])
def test_staff_without_permissions_and_banks_that_do_not_exist(staff_client, page):
    plain = signed_in(UserFactory(is_staff=True, totp=True))
    bank = BankFactory(items=1)
    assert plain.get(address(bank, page)).status_code == 403
    assert staff_client.get(reverse(f"admin:assessments_bank_{page}", args=[4711])).status_code == 404


def test_the_list_counts_items_and_sessions_apart(staff_client):
    """Joined beside each other they would be multiplied: a hundred items by a million sessions."""
    bank = BankFactory()
    for _person in range(2):
        finished_session(CandidateFactory(), bank)
    with CaptureQueriesContext(connection) as asked:
        shown = staff_client.get(reverse("admin:assessments_bank_changelist")).context["cl"].result_list
    live = bank.items.filter(state="live").count()
    assert [(row.live, row.taken) for row in shown if row.pk == bank.pk] == [(live, 2)]
    assert not [one for one in asked if 'JOIN "assessments_session"' in one["sql"]]


def test_a_bank_and_a_session_say_where_each_level_begins_with_its_name(staff_client):
    bank = BankFactory()
    session = finished_session(CandidateFactory(), bank)
    for page in ("bank", "session"):
        row = bank if page == "bank" else session
        text = staff_client.get(reverse(f"admin:assessments_{page}_change", args=[row.pk])).content.decode()
        assert "A2 -3.20 · B1 -1.60 · B2 0.00 · C1 1.60 · C2 3.20" in text, page
        assert "[-3.2" not in text, page
