"""Keeping away from sectors and employers: by the person alone, without a reason, and reversible."""

from datetime import timedelta

import pytest

from candidates.actions.errors import UnableToSave
from candidates.actions.reservations import release_employer, reserve_employer, save_reserved_sectors
from candidates.models import Candidate, CandidateChange, Reservation
from candidates.rules.reservations import MOST_EMPLOYERS
from employers.models import Employer
from tests.conftest import NOW, signed_in
from tests.factories.accounts import UserFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.employers import EmployerFactory

pytestmark = pytest.mark.django_db
PAGE = "/candidate/reservations/"


def held(candidate: Candidate) -> list[tuple[str | None, int | None]]:
    rows = Reservation.objects.filter(candidate=candidate).order_by("sector_id", "employer_id")
    return list(rows.values_list("sector_id", "employer_id"))


def changed_at(candidate: Candidate):
    return Candidate.objects.get(pk=candidate.pk).changed_at


def later(candidate: Candidate):
    return candidate.changed_at + timedelta(minutes=1)


def test_sectors_are_exactly_those_chosen_last():
    person = CandidateFactory(not_sectors=("travel", "banking"))
    facts = {"candidate": person, "by": person.user, "now": later(person)}
    assert save_reserved_sectors(sectors=["banking", "health", "health"], **facts) is True
    assert held(person) == [("banking", None), ("health", None)]
    assert changed_at(person) == later(person)
    assert save_reserved_sectors(sectors=["health", "banking"], **facts) is False
    assert changed_at(person) == later(person)
    assert save_reserved_sectors(sectors=[], **facts) is True
    assert held(person) == []


def test_an_employer_is_kept_away_once_and_taken_back_once():
    person, employer = CandidateFactory(not_sectors=("travel",)), EmployerFactory()
    facts = {"candidate": person, "employer_id": employer.pk, "by": person.user, "now": later(person)}
    assert [reserve_employer(**facts), reserve_employer(**facts)] == [True, False]
    assert held(person) == [("travel", None), (None, employer.pk)]
    assert changed_at(person) == later(person)
    assert [release_employer(**facts), release_employer(**facts)] == [True, False]
    assert held(person) == [("travel", None)]


def test_each_change_stands_in_the_log_that_matching_reads():
    person, employer = CandidateFactory(), EmployerFactory()
    CandidateChange.objects.all().delete()
    reserve_employer(candidate=person, employer_id=employer.pk, by=person.user, now=later(person))
    assert CandidateChange.objects.filter(candidate_id=person.pk).exists()


@pytest.mark.parametrize("trait", ["applied", "rejected", "gone"])
def test_only_accepted_employers(trait):
    employer = EmployerFactory(**{} if trait == "gone" else {trait: True})
    number = employer.pk
    if trait == "gone":
        Employer.objects.filter(pk=number).delete()
    person = CandidateFactory()
    with pytest.raises(UnableToSave, match="This employer is not here any more"):
        reserve_employer(candidate=person, employer_id=number, by=person.user, now=NOW)
    assert held(person) == []


def test_no_more_employers_than_matching_has_columns_for():
    employers = EmployerFactory.create_batch(MOST_EMPLOYERS + 1)
    person = CandidateFactory(not_employers=tuple(employers[:-1]))
    with pytest.raises(UnableToSave, match="You keep away from 20 employers already"):
        reserve_employer(candidate=person, employer_id=employers[-1].pk, by=person.user, now=NOW)
    assert len(held(person)) == MOST_EMPLOYERS


def test_nobody_else_and_no_unknown_sector():
    person, other = CandidateFactory(), UserFactory()
    with pytest.raises(UnableToSave, match="Only the person themselves"):
        save_reserved_sectors(candidate=person, sectors=["travel"], by=other, now=NOW)
    with pytest.raises(UnableToSave, match="Choose sectors from the list"):
        save_reserved_sectors(candidate=person, sectors=["travel", "piracy"], by=person.user, now=NOW)
    assert held(person) == []


class TestPage:
    def test_a_whole_round(self):
        person = CandidateFactory()
        EmployerFactory(name="Aurora Shoes")
        EmployerFactory(name="Aurora Tea", applied=True)
        mine = EmployerFactory(name="Aurora Lamps")
        client = signed_in(person.user)
        assert "nowhere" in client.get("/candidate/profile/").content.decode()
        client.post(PAGE, {"press": "sectors", "sectors": ["travel"]})
        text = client.get(PAGE, {"q": "aurora"}).content.decode()
        assert "Aurora Shoes" in text
        assert "Aurora Tea" not in text
        answer = client.post(PAGE, {"press": f"reserve-{mine.pk}", "q": "aurora"})
        assert answer.url == f"{PAGE}?q=aurora#employers"
        said = client.get("/candidate/profile/").content.decode()
        assert "You asked not to be shown to the sector" in said
        assert "You asked not to be shown to Aurora Lamps." in said
        assert "does not see you" in client.get(PAGE, {"q": "aurora"}).content.decode()
        client.post(PAGE, {"press": f"release-{mine.pk}"})
        client.post(PAGE, {"press": "sectors"})
        assert held(person) == []

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ("", None),
            ("a", "Type at least two letters of the name."),
            ("no such firm", "No company here has “no such firm” in its name."),
            ("<script>", "No company here has “&lt;script&gt;” in its name."),
            ("x" * 500, None),
        ],
    )
    def test_what_a_search_says(self, words, said):
        text = signed_in(CandidateFactory().user).get(PAGE, {"q": words}).content.decode()
        assert said in text if said else "No company here" not in text

    def test_many_of_that_name_ask_for_more_letters(self):
        for number in range(11):
            EmployerFactory(name=f"Aurora {number:02d}")
        text = signed_in(CandidateFactory().user).get(PAGE, {"q": "aurora"}).content.decode()
        assert "Aurora 09" in text
        assert "Aurora 10" not in text
        assert "More companies have this in their name." in text

    @pytest.mark.parametrize(
        "press", ["", "reserve-", "reserve-0", "release--1", "reserve-9" + "9" * 30, "reserve-²"]
    )
    def test_a_press_that_no_page_has(self, press):
        assert signed_in(CandidateFactory().user).post(PAGE, {"press": press}).status_code == 400

    def test_a_sector_that_no_page_has(self):
        person = CandidateFactory()
        page = signed_in(person.user).post(PAGE, {"press": "sectors", "sectors": ["piracy"]})
        assert page.status_code == 422
        assert "Choose sectors from the list." in page.content.decode()
        assert held(person) == []

    @pytest.mark.parametrize("rows", [1, 20])
    def test_queries(self, rows, django_assert_num_queries):
        employers = [EmployerFactory(name=f"Aurora {number:02d}") for number in range(rows)]
        client = signed_in(CandidateFactory(not_employers=tuple(employers)).user)
        client.get(PAGE)
        with django_assert_num_queries(5):
            client.get(PAGE, {"q": "aurora"})
