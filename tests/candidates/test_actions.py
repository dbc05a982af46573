"""Writing profiles."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import AuditEntry, Consent, Identity
from candidates.actions.about import save_about, save_residence
from candidates.actions.background import save_background
from candidates.actions.errors import UnableToList, UnableToSave, UnableToStart
from candidates.actions.hours import save_hours
from candidates.actions.languages import save_languages
from candidates.actions.listing import agree_to_be_listed, withdraw_listing
from candidates.actions.skills import save_skills
from candidates.actions.start import become_candidate
from candidates.actions.work import save_work
from candidates.actions.work_style import save_work_style
from candidates.content import (
    Background,
    ExperienceRow,
    Hours,
    LanguageRow,
    PlaceRow,
    Residence,
    SkillRow,
    Work,
)
from candidates.enums import Step
from candidates.models import Candidate
from candidates.queries import progress
from candidates.rules.week import QUICK_PICKS, mask_of
from common.week import EMPTY_WEEK
from tests.candidates.filled_forms import stored
from tests.conftest import NOW
from tests.factories.accounts import UserFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import MembershipFactory

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)
OFFICE = mask_of(QUICK_PICKS["weekdays"])
BOGOTA = Residence(country="CO", zone="America/Bogota", work_right="unrestricted")
WORK = Work(accepts_employment=True, accepts_freelance=False, pay_currency="EUR", just_looking=True)
HOURS = Hours(availability=OFFICE, preferred=EMPTY_WEEK, hours_min=16, hours_max=24)
SAVES: dict[str, tuple[Any, dict[str, Any]]] = {
    "residence": (save_residence, {"residence": BOGOTA}),
    "about": (save_about, {"display_name": "Mar", "residence": BOGOTA}),
    "languages": (save_languages, {"rows": [LanguageRow("de", 4, True), LanguageRow("en", 3)]}),
    "background": (save_background, {"background": Background(7, "06", (PlaceRow("NL", "", "studied", 2),), ("NL", "BE"))}),
    "skills": (save_skills, {"rows": [SkillRow("crm", 3)]}),
    "hours": (save_hours, {"hours": HOURS}),
    "work": (save_work, {"work": WORK}),
    "work_style": (save_work_style, {"answers": [1, 5] * 12, "version": "1"}),
}  # fmt: skip


@pytest.fixture
def candidate() -> Candidate:
    return CandidateFactory(created_at=NOW, changed_at=NOW)


def told(callbacks: list[Any]) -> list[tuple[str, dict[str, Any]]]:
    """Tasks that were enqueued."""
    return [callback.args for callback in callbacks]


@pytest.mark.parametrize("name", SAVES)
def test_saving_moves_the_change_and_tells_matching_once(name, candidate, django_capture_on_commit_callbacks):
    save, content = SAVES[name]
    with django_capture_on_commit_callbacks() as callbacks:
        save(candidate=candidate, by=candidate.user, now=LATER, **content)
    assert told(callbacks) == [("matching.refresh_candidate", {"candidate_id": candidate.pk})]
    candidate.refresh_from_db()
    assert candidate.changed_at == LATER


@pytest.mark.parametrize("name", SAVES)
def test_saving_the_same_again_changes_nothing(name, candidate, django_capture_on_commit_callbacks):
    save, content = SAVES[name]
    save(candidate=candidate, by=candidate.user, now=LATER, **content)
    before = stored(candidate)
    with django_capture_on_commit_callbacks() as callbacks:
        save(candidate=candidate, by=candidate.user, now=LATER + timedelta(hours=1), **content)
    assert told(callbacks) == []
    assert stored(candidate) == before


@pytest.mark.parametrize("name", SAVES)
def test_nobody_saves_somebody_elses_profile(name, candidate):
    save, content = SAVES[name]
    before = stored(candidate)
    with pytest.raises(UnableToSave, match="Only the person themselves"):
        save(candidate=candidate, by=UserFactory(), now=LATER, **content)
    assert stored(candidate) == before


@pytest.mark.parametrize("act", [agree_to_be_listed, withdraw_listing])
def test_nobody_lists_somebody_else(act, candidate):
    before = stored(candidate)
    with pytest.raises(UnableToSave):
        act(candidate=candidate, by=UserFactory(), now=LATER)
    assert stored(candidate) == before


def test_the_change_never_moves_backwards(candidate):
    save_residence(candidate=candidate, residence=BOGOTA, by=candidate.user, now=NOW - timedelta(days=1))
    candidate.refresh_from_db()
    assert candidate.changed_at == NOW + timedelta(microseconds=1)


class TestStart:
    def test_makes_an_empty_profile(self):
        user = UserFactory()
        candidate = become_candidate(by=user, now=NOW)
        assert (candidate.user, candidate.created_at, candidate.listed) == (user, NOW, False)
        assert progress(candidate)[:3] == (0, 8, Step.ABOUT)
        assert AuditEntry.objects.filter(verb="candidate.started", actor=user).count() == 1

    def test_twice_is_once(self):
        user = UserFactory()
        assert become_candidate(by=user, now=NOW) == become_candidate(by=user, now=LATER)
        assert AuditEntry.objects.filter(verb="candidate.started").count() == 1

    def test_staff_cannot(self):
        with pytest.raises(UnableToStart):
            become_candidate(by=UserFactory(staff=True), now=NOW)
        assert Candidate.objects.count() == 0

    def test_members_of_an_employer_cannot(self):
        with pytest.raises(UnableToStart):
            become_candidate(by=MembershipFactory().user, now=NOW)
        assert Candidate.objects.count() == 0


class TestAbout:
    def test_name_goes_to_identity_and_zone_to_a_new_persons_clock(self):
        candidate = CandidateFactory(empty=True)
        assert candidate.user.time_zone == "UTC"
        save_about(candidate=candidate, display_name="Mar", residence=BOGOTA, by=candidate.user, now=LATER)
        candidate.user.refresh_from_db()
        assert candidate.user.time_zone == "America/Bogota"
        assert Identity.objects.get(user=candidate.user).display_name == "Mar"

    def test_a_clock_chosen_before_stays(self):
        candidate = CandidateFactory(user__time_zone="Europe/Madrid")
        save_about(candidate=candidate, display_name="Mar", residence=BOGOTA, by=candidate.user, now=LATER)
        candidate.user.refresh_from_db()
        assert candidate.user.time_zone == "Europe/Madrid"

    def test_end_of_a_permit_goes_with_the_permit(self, candidate):
        permit = replace(BOGOTA, work_right="permit", permit_until=date(2028, 1, 31))
        save_residence(candidate=candidate, residence=permit, by=candidate.user, now=LATER)
        assert Candidate.objects.get().permit_until == date(2028, 1, 31)
        free = replace(permit, work_right="unrestricted")
        save_residence(candidate=candidate, residence=free, by=candidate.user, now=LATER)
        assert Candidate.objects.get().permit_until is None

    @pytest.mark.parametrize(
        ("changes", "field", "message"),
        [
            ({"zone": "Mars/Base"}, "zone", "Mars/Base is not a time zone."),
            ({"region": "CA-ON"}, "region", "This region lies in another country."),
            ({"work_right": "permit"}, "permit_until", "Say until when the permit is valid."),
        ],
    )
    def test_facts_that_do_not_fit_together(self, candidate, changes, field, message):
        before = stored(candidate)
        with pytest.raises(UnableToSave, match=message) as caught:
            save_residence(
                candidate=candidate, residence=replace(BOGOTA, **changes), by=candidate.user, now=LATER
            )
        assert caught.value.field == field
        assert stored(candidate) == before


def test_languages_are_replaced_as_a_whole(candidate):
    save_languages(
        candidate=candidate,
        rows=[LanguageRow("nl", 6, True), LanguageRow("en", 4)],
        by=candidate.user,
        now=LATER,
    )
    assert set(candidate.languages.values_list("language_id", "claimed_level", "mother_tongue")) == {
        ("nl", 6, True),
        ("en", 4, False),
    }


def test_the_last_language_cannot_be_taken_away(candidate):
    before = stored(candidate)
    with pytest.raises(UnableToSave, match="at least one language"):
        save_languages(candidate=candidate, rows=[], by=candidate.user, now=LATER)
    assert stored(candidate) == before


def test_background_is_replaced_as_a_whole(candidate):
    background = Background(
        3, "", (PlaceRow("IT", "Rome", "lived", 4),), ("IT", "NL"), (ExperienceRow("museums", "phone", 30),)
    )
    save_background(candidate=candidate, background=background, by=candidate.user, now=LATER)
    candidate.refresh_from_db()
    assert (candidate.education_level, candidate.education_field) == (3, "")
    assert list(candidate.places.values_list("country_id", "city", "tie", "years")) == [
        ("IT", "Rome", "lived", 4)
    ]
    assert set(candidate.markets.values_list("country_id", flat=True)) == {"IT", "NL"}
    assert list(candidate.experience.values_list("sector_id", "channel_id", "months")) == [
        ("museums", "phone", 30)
    ]


def test_background_may_be_emptied(candidate):
    save_background(candidate=candidate, background=Background(3), by=candidate.user, now=LATER)
    held = (candidate.places, candidate.markets, candidate.experience)
    assert [rows.count() for rows in held] == [0, 0, 0]


def test_skills_may_be_emptied(candidate):
    save_skills(candidate=candidate, rows=[], by=candidate.user, now=LATER)
    assert candidate.skills.count() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"availability": EMPTY_WEEK}, "availability"),
        ({"preferred": mask_of(QUICK_PICKS["nights"])}, "bands"),
        ({"hours_min": 0}, "hours_max"),
        ({"hours_min": 30}, "hours_max"),
        ({"hours_max": 61}, "hours_max"),
    ],
)
def test_hours_that_cannot_be(candidate, changes, field):
    before = stored(candidate)
    with pytest.raises(UnableToSave) as caught:
        save_hours(candidate=candidate, hours=replace(HOURS, **changes), by=candidate.user, now=LATER)
    assert caught.value.field == field
    assert stored(candidate) == before


class TestWork:
    def test_pay_and_start(self, candidate):
        work = Work(
            accepts_employment=True,
            accepts_freelance=False,
            contract_months=6,
            minimum_pay=Decimal("1500.00"),
            wished_pay=Decimal("1800.00"),
            pay_currency="EUR",
            pay_period="month",
            earliest_start=date(2027, 1, 4),
        )
        save_work(candidate=candidate, work=work, by=candidate.user, now=LATER)
        held = Candidate.objects.get()
        assert (held.minimum_pay, held.wished_pay, held.pay_period) == (Decimal(1500), Decimal(1800), "month")
        assert (held.contract_months, held.earliest_start, held.just_looking) == (6, date(2027, 1, 4), False)

    def test_freelance_is_a_recorded_consent(self, candidate):
        save_work(
            candidate=candidate, work=replace(WORK, accepts_freelance=True), by=candidate.user, now=LATER
        )
        consent = Consent.objects.get(user=candidate.user, kind="freelance")
        assert (consent.text_version, consent.given_at, consent.withdrawn_at) == ("1", LATER, None)
        save_work(candidate=candidate, work=WORK, by=candidate.user, now=LATER + timedelta(days=1))
        consent.refresh_from_db()
        assert consent.withdrawn_at == LATER + timedelta(days=1)
        assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
            "consent.given",
            "consent.withdrawn",
        ]

    @pytest.mark.parametrize(
        ("changes", "field"),
        [({"accepts_employment": False}, "accepts_employment"), ({"just_looking": False}, "earliest_start")],
    )
    def test_incomplete(self, candidate, changes, field):
        before = stored(candidate)
        with pytest.raises(UnableToSave) as caught:
            save_work(candidate=candidate, work=replace(WORK, **changes), by=candidate.user, now=LATER)
        assert caught.value.field == field
        assert stored(candidate) == before


@pytest.mark.parametrize("answers", [[3] * 23, [3] * 25, [0] + [3] * 23, [6] + [3] * 23])
def test_work_style_takes_24_answers_from_1_to_5(candidate, answers):
    before = stored(candidate)
    with pytest.raises(UnableToSave, match="from 1 to 5"):
        save_work_style(candidate=candidate, answers=answers, version="1", by=candidate.user, now=LATER)
    assert stored(candidate) == before


class TestListing:
    def test_agreeing_is_recorded(self, candidate, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks() as callbacks:
            agree_to_be_listed(candidate=candidate, by=candidate.user, now=LATER)
        candidate.refresh_from_db()
        assert (candidate.listed, candidate.changed_at) == (True, LATER)
        assert told(callbacks) == [("matching.refresh_candidate", {"candidate_id": candidate.pk})]
        consent = Consent.objects.get(user=candidate.user)
        assert (consent.kind, consent.text_version, consent.given_at) == ("listed", "2", LATER)
        assert set(AuditEntry.objects.values_list("verb", "actor")) == {
            ("consent.given", candidate.user.pk),
            ("candidate.listed", candidate.user.pk),
        }
        assert list(Candidate.objects.listed()) == [candidate]

    @pytest.mark.parametrize("act", [agree_to_be_listed, withdraw_listing])
    def test_a_doubled_click_changes_nothing(self, candidate, act, django_capture_on_commit_callbacks):
        agree_to_be_listed(candidate=candidate, by=candidate.user, now=LATER)
        act(candidate=candidate, by=candidate.user, now=LATER)
        before = stored(candidate)
        with django_capture_on_commit_callbacks() as callbacks:
            act(candidate=candidate, by=candidate.user, now=LATER + timedelta(minutes=1))
        assert told(callbacks) == []
        assert stored(candidate) == before

    def test_withdrawing(self, candidate, django_capture_on_commit_callbacks):
        agree_to_be_listed(candidate=candidate, by=candidate.user, now=LATER)
        gone = LATER + timedelta(days=1)
        with django_capture_on_commit_callbacks() as callbacks:
            withdraw_listing(candidate=candidate, by=candidate.user, now=gone)
        assert told(callbacks) == [
            ("placements.settle_candidate", {"candidate_id": candidate.pk}),
            ("matching.refresh_candidate", {"candidate_id": candidate.pk}),
        ]
        assert list(Candidate.objects.listed()) == []
        assert Consent.objects.get(user=candidate.user).withdrawn_at == gone

    def test_agreeing_again_is_a_new_consent(self, candidate):
        for act, at in ((agree_to_be_listed, 1), (withdraw_listing, 2), (agree_to_be_listed, 3)):
            act(candidate=candidate, by=candidate.user, now=NOW + timedelta(hours=at))
        given = Consent.objects.filter(user=candidate.user).order_by("given_at")
        assert [consent.withdrawn_at for consent in given] == [NOW + timedelta(hours=2), None]

    @pytest.mark.parametrize(
        ("gap", "missing"),
        [
            ({"empty": True}, (Step.ABOUT, Step.LANGUAGES, Step.HOURS)),
            ({"zone": ""}, (Step.ABOUT,)),
            ({"country_id": None}, (Step.ABOUT,)),
            ({"work_right": ""}, (Step.ABOUT,)),
            ({"languages": {}}, (Step.LANGUAGES,)),
            ({"availability": EMPTY_WEEK}, (Step.HOURS,)),
            ({"hours_max": None}, (Step.HOURS,)),
        ],
    )
    def test_missing_facts_are_named(self, gap, missing):
        candidate = CandidateFactory(**gap)
        before = stored(candidate)
        with pytest.raises(UnableToList) as caught:
            agree_to_be_listed(candidate=candidate, by=candidate.user, now=LATER)
        assert caught.value.missing == missing
        assert stored(candidate) == before

    def test_background_skills_pay_and_style_are_not_needed(self):
        candidate = CandidateFactory(
            education_level=None,
            skills={},
            work_style=None,
            earliest_start=None,
            minimum_pay=None,
            wished_pay=None,
        )
        assert agree_to_be_listed(candidate=candidate, by=candidate.user, now=LATER).listed


def test_progress_is_one_query(candidate, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert progress(candidate)[:3] == (7, 8, Step.LISTING)
