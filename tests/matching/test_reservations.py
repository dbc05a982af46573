"""A reservation, from the person's page to every list: at once, exactly, and without a word to the employer."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.actions.reservations import release_employer, reserve_employer, save_reserved_sectors
from candidates.models import Candidate
from matching.actions.errors import UnableToCurate
from matching.actions.shortlist import add, pin
from matching.engine import Code, Gate
from matching.queries.known import known
from matching.queries.matches import explained, matches_of
from matching.queries.outside import near_miss_groups
from matching.queries.pool import read_pool
from matching.queries.shortlist import shortlist_of
from tests.api.calling import Caller
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.factories.employers import ApiTokenFactory, EmployerFactory, MembershipFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.vacancies import VacancyFactory, version_content
from tests.matching.plain_reading import plain_pool
from vacancies.content import LanguageRow
from vacancies.models import Vacancy
from vacancies.queries.vacancies import with_version_rows

pytestmark = pytest.mark.django_db
TODAY = timezone.now().date()


def keep_away(person: Candidate, vacancy: Vacancy) -> None:
    reserve_employer(candidate=person, employer_id=vacancy.employer_id, by=person.user, now=timezone.now())


def shown(vacancy: Vacancy) -> list[int]:
    found = shortlist_of(vacancy)
    assert found is not None
    return list(found.order)


def stored(vacancy: Vacancy) -> Vacancy:
    return with_version_rows(Vacancy.objects.all()).prefetch_related("employer__staff").get(pk=vacancy.pk)


def test_the_pool_reads_every_reservation():
    employers = EmployerFactory.create_batch(3)
    one = measured_person(5, not_sectors=("travel", "health"), not_employers=(employers[2], employers[0]))
    two = measured_person(5, not_sectors=("travel",), not_employers=(employers[1],))
    measured_person(5)
    measured_person(5, not_sectors=("banking",), country_id=None, zone="", listed=False)
    pool = read_pool(TODAY)
    who = {code: pool.candidate_id[column.rows].tolist() for code, column in pool.reserved_sectors.items()}
    assert who == {"health": [one.pk], "travel": [one.pk, two.pk]}
    first, second = pool.reserved_employers["1"], pool.reserved_employers["2"]
    assert first.employer.tolist() == [employers[0].pk, employers[1].pk]
    assert (pool.candidate_id[second.rows].tolist(), second.employer.tolist()) == (
        [one.pk],
        [employers[2].pk],
    )
    assert pool.digest == plain_pool(TODAY).digest
    assert read_pool(TODAY, [one.pk]).reserved_employers["2"].employer.tolist() == [employers[2].pk]


def test_a_pool_in_hand_follows_when_somebody_keeps_away_and_comes_back():
    person, employer = measured_person(5), EmployerFactory()
    assert known(TODAY).pool.reserved_employers == {}
    facts = {"candidate": person, "employer_id": employer.pk, "by": person.user}
    reserve_employer(**facts, now=timezone.now())
    assert known(TODAY).pool.reserved_employers["1"].employer.tolist() == [employer.pk]
    release_employer(**facts, now=timezone.now())
    assert known(TODAY).pool.reserved_employers == {}


def test_other_vacancies_are_ranked_as_before_and_this_one_without_the_person():
    best, other = measured_person(6), measured_person(5)
    here, elsewhere = VacancyFactory(), VacancyFactory()
    keep_away(best, here)
    result = ranked(here).result
    assert result.candidate_ids.tolist() == [other.pk]
    assert result.waterfall.by_code() == {Code.RESERVED: 1}
    assert ranked(elsewhere).result.candidate_ids.tolist() == [best.pk, other.pk]


def test_a_list_loses_the_person_at_once_whoever_put_them_there():
    """Before any new ranking, also when a recruiter pinned them."""
    best, other = measured_person(6), measured_person(5)
    vacancy = VacancyFactory()
    ranked(vacancy)
    pin(vacancy=vacancy, candidate=best, reason="Best.", by=UserFactory(staff=True), now=timezone.now())
    assert shown(vacancy) == [best.pk, other.pk]
    sector = stored(vacancy).current.sector_id
    save_reserved_sectors(candidate=other, sectors=[sector], by=other.user, now=timezone.now())
    assert shown(vacancy) == [best.pk]
    keep_away(best, vacancy)
    assert shown(vacancy) == []
    assert ranked(vacancy).result.waterfall.by_code() == {Code.RESERVED: 2}
    save_reserved_sectors(
        candidate=other, sectors=[], by=other.user, now=timezone.now() + timedelta(minutes=1)
    )
    ranked(vacancy)
    assert shown(vacancy) == [other.pk]


def test_nobody_can_put_the_person_on_the_list_by_hand():
    person = measured_person(6)
    vacancy = VacancyFactory()
    keep_away(person, vacancy)
    ranked(vacancy)
    with pytest.raises(UnableToCurate, match=r"^This person is not open to this vacancy\.$"):
        add(vacancy=vacancy, candidate=person, reason="Fits.", by=UserFactory(staff=True), now=timezone.now())


def test_near_misses_to_invite_leave_the_person_out():
    person, other = (
        measured_person(5, languages={"en": 5, "fr": 5}),
        measured_person(5, languages={"en": 5, "fr": 5}),
    )
    vacancy = VacancyFactory(content=version_content(languages=(LanguageRow("fr", 4),)))
    ranking = ranked(vacancy)
    keep_away(person, vacancy)
    (group,) = near_miss_groups(vacancy, ranking, set())
    assert group.people == (other,)


def test_the_person_sees_why_and_the_way_back():
    person, vacancy = measured_person(5), VacancyFactory()
    keep_away(person, vacancy)
    assert matches_of(person, TODAY).lost == {Gate.LISTED: 1}
    told = explained(stored(vacancy), [person], TODAY)[person.pk].explanation
    assert told.gates[0].facts["reserved_employer"] is True
    text = signed_in(person.user).get(reverse("placements:match", args=[vacancy.pk])).content.decode()
    assert "You asked not to be shown to this employer, so you are not." in text
    assert 'href="/candidate/reservations/"' in text


def test_the_employer_reads_one_number_for_all_reasons_of_the_first_gate():
    """Not agreed, starts later and reserved are told apart nowhere on an employer's page, nor in its API."""
    person, _late = measured_person(6), measured_person(5, earliest_start=TODAY + timedelta(days=600))
    measured_person(5)
    vacancy = VacancyFactory()
    keep_away(person, vacancy)
    result = ranked(vacancy).result
    assert result.waterfall.by_gate()[Gate.LISTED] == 2
    page = signed_in(MembershipFactory(employer=vacancy.employer).user).get(
        reverse("placements:shortlist", args=[vacancy.pk])
    )
    token = ApiTokenFactory(membership__employer=vacancy.employer)
    listed = Caller(token).get(f"vacancies/{vacancy.pk}/shortlist/")
    counts = Caller(token).post("what-if/", {"countries": ["PT"]})
    for answer in (page, listed, counts):
        assert answer.status_code == 200
        text = answer.content.decode()
        assert "reserv" not in text
        assert "not to be shown" not in text
        assert str(person.public_id) not in text
