"""The shortlist, the person, the matches and the match: who may see them, and that both sides read the same figures."""

import re
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Identity
from candidates.models import Candidate
from matching.actions.ranking import refresh_ranking
from matching.actions.shortlist import hide, move, pin
from placements.models import TestInvitation
from reference.enums import CEFRLevel
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.assessments import MeasurementFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import MembershipFactory
from tests.factories.vacancies import VacancyFactory, version_content
from vacancies.addresses import job_path
from vacancies.content import CountryRow, LanguageRow
from vacancies.enums import VacancyState
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


def person(level: int = CEFRLevel.C1, **facts: Any) -> Candidate:
    """Somebody in Portugal, listed, with English measured."""
    candidate = CandidateFactory(in_portugal=True, listed=True, **facts)
    MeasurementFactory(candidate=candidate, language_id="en", level=level)
    return candidate


@pytest.fixture
def vacancy(db: None) -> Vacancy:
    return VacancyFactory(published=True)


@pytest.fixture
def member(vacancy: Vacancy) -> Client:
    return member_of(vacancy)


def member_of(vacancy: Vacancy) -> Client:
    """Signed in as an owner of the vacancy's employer."""
    return signed_in(MembershipFactory(employer=vacancy.employer).user)


def ranked(vacancy: Vacancy, now: datetime | None = None) -> None:
    now = now or timezone.now()
    assert refresh_ranking(vacancy_id=vacancy.pk, today=now.date(), now=now) is not None


def shortlist_url(vacancy: Vacancy) -> str:
    return reverse("placements:shortlist", args=[vacancy.pk])


def person_url(vacancy: Vacancy, candidate: Candidate) -> str:
    return reverse("placements:person", args=[vacancy.pk, candidate.public_id])


def short(candidate: Candidate) -> str:
    return candidate.public_id.hex[:6].upper()


def order_shown(page: str) -> list[str]:
    return re.findall(r"\d+\. Candidate ([0-9A-F]{6})", page)


def test_before_the_first_ranking_the_list_says_that_it_is_being_made(
    vacancy: Vacancy, member: Client
) -> None:
    page = member.get(shortlist_url(vacancy))
    assert page.status_code == 200
    assert "The list is being made" in page.content.decode()


def test_nobody_waits_for_a_list_of_a_vacancy_that_is_not_published(vacancy: Vacancy, member: Client) -> None:
    Vacancy.objects.filter(pk=vacancy.pk).update(state=VacancyState.PAUSED)
    page = member.get(shortlist_url(vacancy)).content.decode()
    assert "There is no list" in page
    assert "hx-trigger" not in page


def test_people_stand_in_the_order_of_the_ranking_without_their_names(
    vacancy: Vacancy, member: Client
) -> None:
    better, worse = person(CEFRLevel.C2), person(CEFRLevel.B2)
    for one in (better, worse):
        Identity.objects.update_or_create(user=one.user, defaults={"display_name": "Secretname Hidden"})
    ranked(vacancy)
    page = member.get(shortlist_url(vacancy)).content.decode()
    assert order_shown(page) == [short(better), short(worse)]
    assert "Secretname" not in page
    assert better.user.email not in page


def test_curation_lies_over_the_ranking_and_shows_its_reason(vacancy: Vacancy, member: Client) -> None:
    people = [person(CEFRLevel.C2), person(CEFRLevel.C1), person(CEFRLevel.B2), person(CEFRLevel.B2)]
    ranked(vacancy)
    now, by = timezone.now(), UserFactory(staff=True)
    pin(vacancy=vacancy, candidate=people[2], reason="Knows the shop", by=by, now=now)
    hide(vacancy=vacancy, candidate=people[0], reason="Asked to wait", by=by, now=now)
    move(vacancy=vacancy, candidate=people[3], position=2, reason="Better than it looks", by=by, now=now)
    page = member.get(shortlist_url(vacancy)).content.decode()
    assert order_shown(page) == [short(people[2]), short(people[3]), short(people[1])]
    assert "Knows the shop" in page
    assert "pinned by a recruiter" in page


def test_somebody_who_took_back_their_agreement_is_gone_at_once(vacancy: Vacancy, member: Client) -> None:
    staying, leaving = person(), person()
    ranked(vacancy)
    Candidate.objects.filter(pk=leaving.pk).update(listed=False)
    page = member.get(shortlist_url(vacancy)).content.decode()
    assert order_shown(page) == [short(staying)]
    assert member.get(person_url(vacancy, leaving)).status_code == 404


def test_a_country_in_the_address_narrows_the_list_and_keeps_the_places(
    vacancy: Vacancy, member: Client
) -> None:
    best, dutch, worst = person(CEFRLevel.C2), CandidateFactory(in_netherlands=True, listed=True), person(4)
    MeasurementFactory(candidate=dutch, language_id="en", level=CEFRLevel.C1)
    ranked(vacancy)
    everybody = member.get(shortlist_url(vacancy))
    order = order_shown(everybody.content.decode())
    assert sorted(order) == sorted(map(short, (best, dutch, worst)))
    assert everybody.context["choices"].countries == (("PT", "Portugal", 2), ("NL", "Netherlands", 1))
    page = member.get(shortlist_url(vacancy), {"country": "NL"}).content.decode()
    assert f"{order.index(short(dutch)) + 1}. Candidate {short(dutch)}" in page
    assert order_shown(page) == [short(dutch)]
    for unknown in ("DE", "<b>", "x" * 5000):
        assert order_shown(member.get(shortlist_url(vacancy), {"country": unknown}).content.decode()) == order


def test_an_impossible_page_number_shows_a_page(vacancy: Vacancy, member: Client) -> None:
    person()
    ranked(vacancy)
    for number in ("0", "-1", "x", "999"):
        page = member.get(shortlist_url(vacancy), {"page": number})
        assert len(order_shown(page.content.decode())) == 1, number


def test_twenty_people_stand_on_a_page(vacancy: Vacancy, member: Client) -> None:
    for _ in range(21):
        person()
    ranked(vacancy)
    first, second = (member.get(shortlist_url(vacancy), {"page": page}).content.decode() for page in (1, 2))
    assert len(order_shown(first)) == 20
    assert re.findall(r"(\d+)\. Candidate", second) == ["21"]


def test_a_row_says_levels_with_their_source_hours_in_both_clocks_and_pay(
    vacancy: Vacancy, member: Client
) -> None:
    person(CEFRLevel.C1)
    ranked(vacancy)
    page = member.get(shortlist_url(vacancy)).content.decode()
    for words in (
        "English C1", "certificate", "40 h a week within the shift", "Mon–Fri 09:00–17:00 Amsterdam",
        "08:00–16:00 Lisbon", "€16.00 – €18.00", "€9.00",
    ):  # fmt: skip
        assert words in page, words


def test_near_misses_say_whether_the_language_can_be_measured_here(vacancy: Vacancy, member: Client) -> None:
    from tests.factories.assessments import BankFactory

    CandidateFactory(in_portugal=True, listed=True)
    ranked(vacancy)
    page = member.get(shortlist_url(vacancy)).content.decode()
    assert "English, not measured yet" in page
    assert "Not measurable by a test here yet" in page
    BankFactory(code="english")
    page = member.get(shortlist_url(vacancy)).content.decode()
    assert "Invite them to the English test" in page
    assert "Nobody passes every condition yet" in page
    assert "Change the vacancy" in page
    viewer = signed_in(MembershipFactory(employer=vacancy.employer, viewer=True).user)
    assert "Change the vacancy" not in viewer.get(shortlist_url(vacancy)).content.decode()


def test_a_language_without_a_bank_is_proven_by_writing(vacancy: Vacancy, member: Client) -> None:
    from tests.factories.rated import rated_tasks

    rated_tasks()
    candidate = CandidateFactory(in_portugal=True, listed=True)
    ranked(vacancy)
    assert "Invite them to the English test" in member.get(shortlist_url(vacancy)).text
    own = signed_in(candidate.user)
    written = reverse("assessments:writing_start", args=["en"])
    assert written in own.get(reverse("placements:matches")).text
    page = own.get(reverse("placements:match", args=[vacancy.pk])).text
    assert written in page
    assert "There is no test of English here yet" not in page
    assert written in own.get(reverse("assessments:overview")).text


def test_every_figure_of_the_pay_says_where_it_comes_from(vacancy: Vacancy, member: Client) -> None:
    candidate = person()
    ranked(vacancy)
    page = member.get(person_url(vacancy, candidate)).content.decode()
    assert "source not stated" not in page
    assert "22 August 2026, reliability A" in page


def test_both_sides_read_the_same_figures(vacancy: Vacancy, member: Client) -> None:
    candidate = person()
    ranked(vacancy)
    for_employer = member.get(person_url(vacancy, candidate)).context["pairing"]
    own = signed_in(candidate.user).get(reverse("placements:match", args=[vacancy.pk])).context["pairing"]
    assert for_employer.score == own.score
    assert for_employer.parts == own.parts
    assert [gate.words for gate in for_employer.gates] == [gate.words for gate in own.gates]
    assert sum(part["contribution"] for part in own.parts) == own.score


def test_the_person_page_names_nobody(vacancy: Vacancy, member: Client) -> None:
    candidate = person()
    Identity.objects.update_or_create(user=candidate.user, defaults={"display_name": "Secretname Hidden"})
    ranked(vacancy)
    page = member.get(person_url(vacancy, candidate)).content.decode()
    assert f"Candidate {short(candidate)}" in page
    assert "Secretname" not in page
    assert candidate.user.email not in page


def test_somebody_outside_the_shortlist_has_no_page(vacancy: Vacancy, member: Client) -> None:
    outside = CandidateFactory(in_portugal=True, listed=True)
    person()
    ranked(vacancy)
    assert member.get(person_url(vacancy, outside)).status_code == 404


def test_another_employer_finds_nothing(vacancy: Vacancy) -> None:
    candidate = person()
    ranked(vacancy)
    stranger = member_of(VacancyFactory(published=True))
    assert stranger.get(shortlist_url(vacancy)).status_code == 404
    assert stranger.get(person_url(vacancy, candidate)).status_code == 404


def test_a_draft_has_no_shortlist(member: Client, vacancy: Vacancy) -> None:
    draft = VacancyFactory(draft=True, employer=vacancy.employer)
    assert member.get(shortlist_url(draft)).status_code == 404


def test_a_candidate_who_opens_a_vacancy_that_is_not_open_is_led_to_what_everybody_sees(
    vacancy: Vacancy,
) -> None:
    own = signed_in(person().user)
    for state in ("paused", "closed"):
        shut = VacancyFactory(**{state: True})
        answer = own.get(reverse("placements:match", args=[shut.pk]))
        assert (answer.status_code, answer.headers["Location"]) == (302, job_path(shut))
    draft = VacancyFactory(draft=True)
    assert own.get(reverse("placements:match", args=[draft.pk])).status_code == 404


def test_matches_are_sorted_by_score_and_say_what_is_missing(vacancy: Vacancy) -> None:
    candidate = person(CEFRLevel.C1)
    dutch = VacancyFactory(
        published=True, content=version_content(title="In Dutch", languages=(LanguageRow("nl", 4),))
    )
    french = VacancyFactory(
        published=True, content=version_content(title="In French", languages=(LanguageRow("fr", 4),))
    )
    candidate.languages.update_or_create(language_id="nl", defaults={"claimed_level": CEFRLevel.C1})
    candidate.languages.filter(language_id="fr").delete()
    page = signed_in(candidate.user).get(reverse("placements:matches"))
    assert [match.vacancy.pk for match in page.context["shown"]] == [vacancy.pk]
    (group,) = page.context["groups"]
    assert [(match.vacancy.pk, levels) for match, levels in group.matches] == [(dutch.pk, "Dutch B2")]
    assert f"In Dutch · {dutch.employer.name}" in page.content.decode()
    assert page.context["lost"] == [("Languages", 1)]
    assert french.current.title not in page.content.decode()


def test_somebody_without_a_profile_reads_nothing_about_what_was_not_worked_out(vacancy: Vacancy) -> None:
    page = signed_in(CandidateFactory(empty=True).user).get(reverse("placements:matches"))
    text = page.content.decode()
    assert page.context["total"] == 0
    assert "No match yet" in text
    assert "Below you see" not in text
    assert "against 0" not in text


def test_an_untested_language_without_a_bank_offers_no_invitation(vacancy: Vacancy) -> None:
    candidate = person()
    candidate.languages.update_or_create(language_id="nl", defaults={"claimed_level": CEFRLevel.C1})
    dutch = VacancyFactory(published=True, content=version_content(languages=(LanguageRow("nl", 4),)))
    page = signed_in(candidate.user).get(reverse("placements:match", args=[dutch.pk])).content.decode()
    assert "Dutch is not measurable here yet" in page
    assert "Take the Dutch test" not in page


def test_an_untested_language_with_a_bank_leads_to_its_test(vacancy: Vacancy) -> None:
    from tests.factories.assessments import BankFactory

    BankFactory(code="english")
    candidate = CandidateFactory(in_portugal=True, listed=True)
    page = signed_in(candidate.user).get(reverse("placements:match", args=[vacancy.pk])).content.decode()
    assert "Take the English test" in page
    assert reverse("assessments:start", args=["english"]) in page


def test_with_a_complete_profile_the_test_is_the_next_step(vacancy: Vacancy) -> None:
    from tests.factories.assessments import BankFactory

    bank = BankFactory(code="english", name="English, reading and use")
    candidate = CandidateFactory(in_portugal=True, listed=True)
    Identity.objects.update_or_create(user=candidate.user, defaults={"display_name": "Ines"})
    page = signed_in(candidate.user).get(reverse("placements:matches"))
    assert page.context["next_step"] == ("Start: English test", f"/tests/{bank.code}/")
    assert "Complete your profile" not in page.content.decode()
    Candidate.objects.filter(pk=candidate.pk).update(education_level=None)
    page = signed_in(candidate.user).get(reverse("placements:matches"))
    assert page.context["next_step"].label == "Complete your profile"


def test_without_a_country_there_is_nothing_to_compare(vacancy: Vacancy) -> None:
    candidate = CandidateFactory()
    Candidate.objects.filter(pk=candidate.pk).update(country=None, region=None, listed=False)
    own = signed_in(candidate.user)
    page = own.get(reverse("placements:match", args=[vacancy.pk])).content.decode()
    assert "Say where you live first" in page
    assert "No match yet" in own.get(reverse("placements:matches")).content.decode()


@pytest.mark.parametrize("people", [1, 12])
def test_the_shortlist_takes_the_same_queries_for_one_and_for_many(
    vacancy: Vacancy, member: Client, people: int, django_assert_num_queries: Any
) -> None:
    by, now = UserFactory(), timezone.now()
    for _ in range(people):
        TestInvitation.objects.create(
            candidate=person(), vacancy=vacancy, language_id="en", by=by, at=now, mailed=True
        )
    ranked(vacancy)
    member.get(shortlist_url(vacancy))
    with django_assert_num_queries(SHORTLIST_QUERIES):
        member.get(shortlist_url(vacancy))


@pytest.mark.parametrize("open_vacancies", [1, 12])
def test_the_matches_take_the_same_queries_for_one_and_for_many(
    vacancy: Vacancy, open_vacancies: int, django_assert_num_queries: Any
) -> None:
    for _ in range(open_vacancies - 1):
        VacancyFactory(published=True)
    own = signed_in(person().user)
    own.get(reverse("placements:matches"))
    with django_assert_num_queries(MATCHES_QUERIES):
        own.get(reverse("placements:matches"))


SHORTLIST_QUERIES = 13
MATCHES_QUERIES = 11


def test_a_person_reads_the_pay_of_their_own_country(vacancy: Vacancy) -> None:
    content = version_content(
        countries=(CountryRow("NL"), CountryRow("PT", Decimal("9.00"), Decimal("11.00"), "EUR"))
    )
    ranged = VacancyFactory(published=True, content=content)
    own = signed_in(person().user)
    one = own.get(reverse("placements:match", args=[ranged.pk])).content.decode()
    every = own.get(reverse("placements:matches")).content.decode()
    assert "€9.00" in one
    assert "€9.00" in every
    assert "€16.00 – €18.00" not in re.sub(r"<[^>]+>", "", one)
