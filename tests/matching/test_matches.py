"""One person against every open vacancy, and one pair in full."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from candidates.models import Candidate
from matching.actions.shortlist import hide
from matching.engine import Gate
from matching.engine.kept import Kept
from matching.queries import matches
from matching.queries.matches import Found, Match, Matches, explained, matches_of, shown_matches
from tests.factories.accounts import UserFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.matching import measured_person, ranked, ranked_together
from tests.factories.vacancies import VacancyFactory, version_content
from vacancies.content import CountryRow, LanguageRow
from vacancies.models import Vacancy
from vacancies.queries.vacancies import with_version_rows

pytestmark = pytest.mark.django_db
TODAY = timezone.now().date()


def shown(person: Candidate, chosen: tuple[Found, ...] | None = None) -> list[Match]:
    """Matches as they are shown: some, or all that the person is eligible for."""
    found = matches_of(person, TODAY)
    return shown_matches(person, found, found.eligible if chosen is None else chosen)


def stored(vacancy: Vacancy) -> Vacancy:
    return with_version_rows(Vacancy.objects.all()).prefetch_related("employer__staff").get(pk=vacancy.pk)


def test_eligible_first_by_score_then_near_misses_then_the_rest():
    person = measured_person(5, languages={"en": 5, "fr": 5})
    good = VacancyFactory()
    poor = VacancyFactory(
        content=version_content(pay_min=Decimal("9.00"), pay_max=Decimal("9.00"), hours_week=40)
    )
    open_question = VacancyFactory(content=version_content(languages=(LanguageRow("fr", 4),)))
    elsewhere = VacancyFactory(content=version_content(countries=(CountryRow("NL"),)))
    VacancyFactory(paused=True)
    found = matches_of(person, TODAY)
    assert [match.vacancy for match in shown(person, found.eligible)] == [good, poor]
    assert [match.vacancy for match in shown(person, found.near)] == [open_question]
    assert found.eligible[0].score > found.eligible[1].score > 0
    assert [[(fact.kind, fact.code) for fact in one.open_facts] for one in found.near] == [
        [("language", "fr")]
    ]
    assert found.lost == {Gate.COUNTRY: 1}
    assert found.total == 4
    assert elsewhere.pk not in {one.vacancy_id for one in (*found.eligible, *found.near)}
    assert [match.rank for match in shown(person, found.eligible)] == [None] * 2


def test_who_stands_in_the_ranking_sees_the_place_and_score_that_the_employer_sees():
    measured_person(6)
    person = measured_person(5)
    vacancy = VacancyFactory()
    result = ranked(vacancy).result
    (match,) = shown(person)
    assert (match.rank, match.score) == (2, int(result.scores[1]))


def test_a_shown_score_is_that_of_the_ranking_until_it_is_made_again():
    person = measured_person(5)
    vacancy = VacancyFactory()
    before = int(ranked(vacancy).result.scores[0])
    type(person).objects.filter(pk=person.pk).update(wished_pay=Decimal("40.00"), changed_at=timezone.now())
    (match,) = shown(person)
    assert match.score == before
    after = int(ranked(vacancy).result.scores[0])
    assert after < before
    assert shown(person)[0].score == after


def test_being_hidden_by_a_recruiter_leaves_the_match_as_it_is():
    person = measured_person()
    vacancy = VacancyFactory()
    ranked(vacancy)
    hide(
        vacancy=vacancy,
        candidate=person,
        reason="Found work.",
        by=UserFactory(staff=True),
        now=timezone.now(),
    )
    assert shown(person)[0].rank == 1


def test_somebody_without_a_place_has_no_matches():
    VacancyFactory()
    assert matches_of(CandidateFactory(empty=True), TODAY) == Matches()
    assert shown(CandidateFactory(empty=True)) == []


def test_a_vacancy_that_cannot_be_compiled_is_left_out():
    person = measured_person()
    VacancyFactory().current.shifts.all().delete()
    fine = VacancyFactory()
    assert [match.vacancy for match in shown(person)] == [fine]


@pytest.mark.parametrize("vacancies", [1, 30])
def test_the_matches_take_the_same_queries_for_one_and_for_thirty(vacancies, django_assert_num_queries):
    person = measured_person()
    ranked_together([VacancyFactory() for _ in range(vacancies)])
    shown(person)
    with django_assert_num_queries(5):
        assert len(shown(person)) == vacancies


def test_a_new_vacancy_a_closed_one_and_a_changed_team_show_at_once():
    person, first = measured_person(), VacancyFactory()
    assert [match.vacancy for match in shown(person)] == [first]
    second = VacancyFactory()
    assert {match.vacancy for match in shown(person)} == {first, second}
    before = shown(person)
    Vacancy.objects.filter(pk=first.pk).update(state="paused")
    assert [match.vacancy for match in shown(person)] == [second]
    assert [match.score for match in shown(person)] == [one.score for one in before if one.vacancy == second]


def test_what_closed_since_it_was_found_is_not_shown():
    person, first, second = measured_person(), VacancyFactory(), VacancyFactory()
    found = matches_of(person, TODAY)
    Vacancy.objects.filter(pk=first.pk).update(state="paused")
    assert [match.vacancy for match in shown_matches(person, found, found.eligible)] == [second]


@pytest.mark.parametrize("people", [1, 30])
def test_explanations_take_the_same_queries_for_one_and_for_thirty(people, django_assert_num_queries):
    crowd = [measured_person() for _ in range(people)]
    vacancy = stored(VacancyFactory())
    explained(vacancy, crowd, TODAY)
    with django_assert_num_queries(1):
        assert explained(vacancy, crowd, TODAY).keys() == {one.pk for one in crowd}


def test_an_explanation_has_the_figures_of_the_ranking():
    person = measured_person()
    vacancy = VacancyFactory()
    result = ranked(vacancy).result
    found = explained(stored(vacancy), [person], TODAY)[person.pk]
    assert found.explanation.score == int(result.scores[0])
    assert [part.contribution for part in found.explanation.parts] == result.contributions[0].tolist()
    assert found.offers["PT"].whole.low == Decimal("16.00")


def test_an_edited_version_is_explained_by_its_own_words():
    """What was compiled for one version is never used for the next."""
    person = measured_person()
    vacancy = VacancyFactory()
    first = explained(stored(vacancy), [person], TODAY)[person.pk]
    other = VacancyFactory(content=version_content(hours_week=36), employer=vacancy.employer)
    second = explained(stored(other), [person], TODAY)[person.pk]
    assert (first.query.hours_week, second.query.hours_week) == (32 * 60, 36 * 60)
    later = explained(stored(vacancy), [person], TODAY + timedelta(days=1))[person.pk]
    assert later.query == first.query


def test_a_person_who_changed_is_read_again():
    """What was held of a person is let go once their `changed_at` moves, as every act on a profile makes it."""
    person, vacancy = measured_person(), stored(VacancyFactory())
    assert explained(vacancy, [person], TODAY)[person.pk].explanation.eligible
    Candidate.objects.filter(pk=person.pk).update(listed=False, changed_at=timezone.now())
    person.refresh_from_db()
    assert not explained(vacancy, [person], TODAY)[person.pk].explanation.eligible


def test_a_kept_explanation_says_what_a_fresh_one_would(django_assert_num_queries, monkeypatch):
    person, vacancy = measured_person(), stored(VacancyFactory())
    ranking = ranked(vacancy)
    first = explained(vacancy, [person], TODAY, ranking)[person.pk].explanation
    assert first.changes
    with django_assert_num_queries(1):
        kept = explained(vacancy, [person], TODAY, ranking)[person.pk].explanation
    assert kept is first
    monkeypatch.setattr(matches, "_explanations", Kept(1))
    fresh = explained(vacancy, [person], TODAY, ranking)[person.pk].explanation
    assert fresh is not first
    assert fresh == first


def test_an_explanation_is_kept_for_its_own_ranking():
    """Who else stands in it decides where a change would lead."""
    person, vacancy = measured_person(4), stored(VacancyFactory())
    alone = explained(vacancy, [person], TODAY, ranked(vacancy))[person.pk].explanation
    for _ in range(3):
        measured_person(6)
    among_four = explained(vacancy, [person], TODAY, ranked(vacancy))[person.pk].explanation
    assert alone.changes != among_four.changes
