"""A row that is kept says what a fresh one would, and is let go with anything that it rests on."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from candidates.actions.change import note_change
from candidates.models import Candidate
from matching.engine import Explanation, explain
from matching.engine.kept import Kept
from matching.queries import few, matches
from matching.queries.known import known_facts
from matching.queries.shortlist import shortlist_of
from placements.queries.vacancies import with_current
from placements.views import drawn_rows
from placements.views.drawn_rows import Suiting
from tests.factories.assessments import MeasurementFactory
from tests.factories.matching import measured_person, ranked
from tests.factories.vacancies import VacancyFactory
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def vacancy() -> Vacancy:
    return VacancyFactory()


@pytest.fixture
def people(vacancy: Vacancy) -> list[Candidate]:
    found = [measured_person(level) for level in (4, 5, 6)]
    ranked(vacancy)
    return found


def drawn(vacancy: Vacancy, on: date | None = None) -> dict[int, Suiting | None]:
    """The rows of a vacancy by person."""
    read = with_current(Vacancy.objects.all()).get(pk=vacancy.pk)
    found = shortlist_of(read)
    assert found is not None
    rows = drawn_rows.drawn_rows(read, found, found.order, known_facts(on or timezone.now().date()))
    return {row.candidate.pk: suiting for row, suiting in rows}


def drawn_afresh(vacancy: Vacancy, monkeypatch: pytest.MonkeyPatch, on: date | None = None) -> object:
    with monkeypatch.context() as patch:
        patch.setattr(drawn_rows, "_drawn", Kept[Suiting](100))
        patch.setattr(matches, "_explanations", Kept(100))
        return drawn(vacancy, on)


def test_a_kept_row_is_the_same_to_the_byte(
    vacancy: Vacancy, people: list[Candidate], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = drawn(vacancy)
    assert len(first) == len(people)
    assert all(suiting and suiting.eligible and "<svg" in suiting.html for suiting in first.values())
    assert drawn(vacancy) == first == drawn_afresh(vacancy, monkeypatch)


def test_only_who_is_new_on_the_page_is_read(
    vacancy: Vacancy, people: list[Candidate], django_assert_num_queries: Callable
) -> None:
    drawn(vacancy)
    with django_assert_num_queries(LIST_AND_FACTS):
        drawn(vacancy)


LIST_AND_FACTS = 5


def wish_more(person: Candidate) -> None:
    Candidate.objects.filter(pk=person.pk).update(
        wished_pay=Decimal("31.00"), pay_currency="EUR", pay_period="hour"
    )
    note_change(candidate=person, now=timezone.now())


def sleep_longer(person: Candidate) -> None:
    week = bytearray(bytes(Candidate.objects.get(pk=person.pk).availability))
    week[4:6] = b"\x00\x00"
    Candidate.objects.filter(pk=person.pk).update(availability=bytes(week))
    note_change(candidate=person, now=timezone.now())


def be_measured(person: Candidate) -> None:
    MeasurementFactory(candidate=person, language_id="en", level=3, measured_on=timezone.now().date())
    note_change(candidate=person, now=timezone.now())


def leave_the_list(person: Candidate) -> None:
    Candidate.objects.filter(pk=person.pk).update(earliest_start=date(2099, 1, 1))
    note_change(candidate=person, now=timezone.now())


@pytest.mark.parametrize("act", [wish_more, sleep_longer, be_measured, leave_the_list])
def test_who_changed_is_drawn_anew_and_nobody_else(
    act: Callable[[Candidate], None],
    vacancy: Vacancy,
    people: list[Candidate],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = drawn(vacancy)
    act(people[0])
    after = drawn(vacancy)
    assert {one for one in before if before[one] != after[one]} == {people[0].pk}
    assert after == drawn_afresh(vacancy, monkeypatch)


def test_who_was_on_a_list_is_read_again_only_after_a_change(
    vacancy: Vacancy, people: list[Candidate], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(few, "_pools", OrderedDict())
    monkeypatch.setattr(few, "_of_one", {})
    monkeypatch.setattr(few, "KEPT", 2)
    facts = known_facts(timezone.now().date())
    query = facts.query_of(with_current(Vacancy.objects.all()).get(pk=vacancy.pk))

    def alone(person: Candidate) -> tuple[int, Explanation]:
        with CaptureQueriesContext(connection) as asked:
            pool = few.pool_of_few([person.pk], facts, {person.pk: person.changed_at})
        assert pool.candidate_id.tolist() == [person.pk]
        return len(asked), explain(pool, query, person.pk)

    fresh = [alone(one)[1] for one in people]
    assert fresh[0] != fresh[1]
    few.pool_of_few([one.pk for one in people], facts)
    assert [alone(one) for one in people] == [(0, told) for told in fresh]
    wish_more(people[0])
    people[0].refresh_from_db()
    asked, told = alone(people[0])
    assert asked > 0
    assert told != fresh[0]
    for _ in range(2):
        wish_more(people[1])
        people[1].refresh_from_db()
        alone(people[1])
    assert len(few._pools) == 2
    assert len(few._of_one) == 2


def test_whoever_reads_dutch_gets_rows_of_their_own(
    vacancy: Vacancy, people: list[Candidate], monkeypatch: pytest.MonkeyPatch
) -> None:
    english = drawn(vacancy)
    with translation.override("nl"):
        dutch = drawn(vacancy)
        assert dutch == drawn_afresh(vacancy, monkeypatch)
    assert all(english[one] != dutch[one] for one in english)
    assert drawn(vacancy) == english


def test_another_day_is_drawn_by_its_own_facts(
    vacancy: Vacancy, people: list[Candidate], monkeypatch: pytest.MonkeyPatch
) -> None:
    tomorrow = timezone.now().date() + timedelta(days=1)
    drawn(vacancy)
    assert drawn(vacancy, tomorrow) == drawn_afresh(vacancy, monkeypatch, tomorrow)


def test_a_new_ranking_shows_its_own_figures(
    vacancy: Vacancy, people: list[Candidate], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(vacancy)
    be_measured(people[0])
    ranked(vacancy)
    assert drawn(vacancy) == drawn_afresh(vacancy, monkeypatch)


def test_no_row_that_is_kept_has_a_name(vacancy: Vacancy, people: list[Candidate]) -> None:
    names = [person.user.identity.display_name for person in people]
    told = "".join(suiting.html for suiting in drawn(vacancy).values() if suiting)
    assert all(name and name not in told for name in names)
