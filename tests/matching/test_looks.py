"""Which lists want a recruiter's look, and what a look changes."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from matching.actions.allocation import refresh_allocation
from matching.actions.errors import UnableToCurate
from matching.actions.looks import note_look, refresh_looks
from matching.enums import Look
from matching.models import CurationLook, VacancyAllocation
from matching.queries.looks import look_of, next_look
from matching.rules.looks import LastLook, ListNow, changed_much, reasons_to_look
from tests.conftest import NOW, signed_in
from tests.factories.accounts import UserFactory
from tests.factories.matching import measured_person, ranked, ranked_together
from tests.factories.vacancies import VacancyFactory, version_content
from tests.standing import standing
from vacancies.actions.lifecycle import pause_vacancy
from vacancies.models import Vacancy

PLENTY = ListNow(openings=1, eligible=3, shown=(1, 2, 3, 4), everywhere=2)


@pytest.mark.parametrize(
    ("one", "last", "expected"),
    [
        (PLENTY, None, ["new"]),
        (PLENTY, LastLook(frozenset({1, 2, 3, 4}), frozenset()), []),
        (PLENTY, LastLook(frozenset({1, 2, 3, 9}), frozenset()), []),
        (PLENTY, LastLook(frozenset({1, 2, 8, 9}), frozenset()), ["changed"]),
        (ListNow(1, 2, (1, 2), 0), None, ["new", "few"]),
        (ListNow(1, 2, (1, 2), 0), LastLook(frozenset({1, 2}), frozenset({"few"})), []),
        (ListNow(1, 2, (1, 2), 0), LastLook(frozenset({1, 2}), frozenset()), ["few"]),
        (ListNow(1, 2, (1, 2), 2), LastLook(frozenset({1, 2}), frozenset({"few"})), ["same"]),
        (ListNow(1, 2, (1, 2), 1), LastLook(frozenset({8, 9}), frozenset({"few"})), ["changed", "few"]),
        (ListNow(2, 0, (), 0), LastLook(frozenset(), frozenset({"few"})), []),
    ],
)
def test_what_wants_a_look(one: ListNow, last: LastLook | None, expected: list[str]) -> None:
    assert reasons_to_look(one, last) == expected


def test_much_is_half() -> None:
    assert not changed_much([], [])
    assert changed_much([1], [])
    assert changed_much([], [1])
    assert changed_much([1, 2], [2, 3])
    assert not changed_much([1, 2, 3], [2, 3])


def beginning() -> list[Vacancy]:
    """Two lists of the same four people."""
    for _ in range(4):
        measured_person()
    found = [VacancyFactory(content=version_content(openings=1)) for _ in range(2)]
    ranked_together(found)
    refresh_allocation(now=NOW)
    refresh_looks(now=NOW)
    return found


once = standing(beginning, "class")


@pytest.fixture
def vacancies(once: list[Vacancy], db: None) -> list[Vacancy]:
    return deepcopy(once)


def reasons(vacancy: Vacancy) -> list[str]:
    return CurationLook.objects.get(pk=vacancy.pk).reasons


class TestTwoLists:
    def test_a_new_list_waits_until_somebody_looked_and_comes_back_when_it_changes(
        self, vacancies, staff_client
    ):
        first, second = vacancies
        assert [reasons(one) for one in vacancies] == [["new"], ["new"]]
        note_look(vacancy=first, by=staff_client.user, now=NOW)
        assert refresh_looks(now=NOW) == 0
        assert (reasons(first), reasons(second)) == ([], ["new"])
        VacancyAllocation.objects.filter(vacancy=first).update(shown=[])
        later = NOW + timedelta(hours=1)
        assert refresh_looks(now=later) == 1
        look = CurationLook.objects.get(pk=first.pk)
        assert (look.reasons, look.since, look.looked_by) == (["changed"], later, staff_client.user)
        assert refresh_looks(now=later) == 0

    def test_the_same_people_everywhere(self, vacancies, settings):
        settings.SHORTLISTS_PER_PERSON = 2
        refresh_looks(now=NOW)
        assert reasons(vacancies[0]) == ["new", "same"]

    def test_what_is_not_open_leaves_the_queue(self, vacancies, staff_client):
        pause_vacancy(vacancy=vacancies[0], by=staff_client.user, now=NOW)
        refresh_looks(now=NOW)
        assert list(CurationLook.objects.values_list("pk", flat=True)) == [vacancies[1].pk]

    def test_a_look_stands_in_the_log_once(self, vacancies, staff_client):
        url = reverse("admin:matching_looked", args=[vacancies[0].pk])
        answers = [staff_client.post(url) for _ in range(2)]
        assert [one.url for one in answers] == [reverse("admin:matching_curate", args=[vacancies[1].pk])] * 2
        entry = AuditEntry.objects.get(verb="shortlist.looked_at")
        assert (entry.actor, entry.object_id, entry.data) == (
            staff_client.user,
            str(vacancies[0].pk),
            {"reasons": ["new"]},
        )

    def test_the_last_of_the_queue_leads_back_to_it(self, vacancies, staff_client):
        for one in vacancies:
            answer = staff_client.post(reverse("admin:matching_looked", args=[one.pk]), follow=True)
        assert answer.redirect_chain[-1][0] == reverse("admin:matching_curationlook_changelist")
        assert "It comes back when it changes." in answer.content.decode()

    def test_who_only_looks_at_the_address_changes_nothing(self, vacancies, staff_client):
        url = reverse("admin:matching_looked", args=[vacancies[0].pk])
        assert staff_client.get(url).url == reverse("admin:matching_curate", args=[vacancies[0].pk])
        assert signed_in(UserFactory(is_staff=True, totp=True)).post(url).status_code == 403
        assert CurationLook.objects.filter(since=None).count() == 0

    def test_the_next_is_the_one_behind_and_then_the_first(self, vacancies):
        first, second = vacancies
        assert [next_look(one, look_of(one)).pk for one in vacancies] == [second.pk, first.pk]

    def test_the_screen_says_why_it_wants_a_look_and_where_to_go_next(self, vacancies, staff_client):
        text = staff_client.get(reverse("admin:matching_curate", args=[vacancies[0].pk])).content.decode()
        assert "not looked at yet" in text
        assert f"Next in the queue: {vacancies[1].current.title}" in text
        staff_client.post(reverse("admin:matching_looked", args=[vacancies[0].pk]))
        text = staff_client.get(reverse("admin:matching_curate", args=[vacancies[0].pk])).content.decode()
        assert f"{staff_client.user} looked at it" in text


@pytest.mark.django_db
def test_without_a_ranking_there_is_nothing_to_look_at(staff_client):
    vacancy = VacancyFactory()
    assert refresh_looks(now=NOW) == 0
    with pytest.raises(UnableToCurate):
        note_look(vacancy=vacancy, by=staff_client.user, now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 12])
def test_the_queue_takes_the_same_queries(size, staff_client, django_assert_num_queries):
    measured_person()
    made = [VacancyFactory() for _ in range(size)]
    ranked_together(made)
    refresh_looks(now=NOW)
    url = reverse("admin:matching_curationlook_changelist")
    staff_client.get(url)
    with django_assert_num_queries(4):
        text = staff_client.get(url).content.decode()
    assert text.count("not looked at yet; few people suit") == size
    assert (
        staff_client.get(url, {"why": Look.SAME}).content.decode().count("few people suit") == 1
    )  # the filter


@pytest.mark.django_db
def test_a_ranking_alone_makes_it_wait(staff_client):
    vacancy = VacancyFactory()
    ranked(vacancy)
    refresh_looks(now=NOW)
    assert reasons(vacancy) == ["new", "few"]
    page = staff_client.get(reverse("admin:matching_curationlook_change", args=[vacancy.pk])).content.decode()
    assert "not looked at yet; few people suit" in page
    assert "new, few" not in page
