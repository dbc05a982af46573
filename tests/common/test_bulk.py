"""Acts on many rows: a page that says what each would become, then each by itself."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from accounts.models import OutboxMail, User
from common.bulk import MOST
from employers.actions.decision import accept_employer, reject_employer
from employers.enums import EmployerState
from employers.models import Employer, EmployerStatusLog
from tests.conftest import NOW, signed_in
from tests.factories.accounts import UserFactory
from tests.factories.employers import EmployerFactory, MembershipFactory
from tests.factories.vacancies import VacancyFactory, version_content
from vacancies.content import CountryRow
from vacancies.enums import VacancyState
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db

EMPLOYERS = "admin:employers_employer_changelist"
VACANCIES = "admin:vacancies_vacancy_changelist"


def chosen(rows, act, **more):
    return {"action": act, "_selected_action": [row.pk for row in rows], **more}


def confirmed(client, page, rows, act, **more):
    """Press, on the preview that was shown for these rows."""
    preview = client.post(reverse(page), chosen(rows, act))
    seen = {f"seen-{one.row.pk}": one.seen for one in preview.context["prospects"]}
    return client.post(reverse(page), chosen(rows, act, confirmed="1", **seen, **more))


def states(rows):
    return [type(row).objects.get(pk=row.pk).state for row in rows]


def words(answer):
    return [(one.done, one.words) for one in answer.context["outcomes"]]


@pytest.fixture
def employers():
    waiting = EmployerFactory(applied=True)
    MembershipFactory(employer=waiting)
    return [waiting, EmployerFactory()]


def test_the_preview_changes_nothing_and_says_what_cannot_be_done(staff_client, employers):
    page = staff_client.post(reverse(EMPLOYERS), chosen(employers, "accept_many"))
    found = {one.row: (one.would, one.problem) for one in page.context["prospects"]}
    assert found == {
        employers[0]: ("Would be accepted and may post vacancies; 1 owner is written to.", ""),
        employers[1]: (
            "Would be accepted and may post vacancies; 0 owners are written to.",
            "The company is “accepted” already.",
        ),
    }
    assert "1 of 2 would be changed. Nothing has been done yet." in page.content.decode()
    assert states(employers) == ["applied", "accepted"]


def test_each_row_is_done_by_itself_with_its_outcome(staff_client, employers):
    answer = confirmed(staff_client, EMPLOYERS, employers, "accept_many")
    assert states(employers) == ["accepted", "accepted"]
    assert words(answer) == [
        (True, "Accepted. The owners have been written to."),
        (False, "The company is “accepted” already."),
    ]
    assert "1 of 2 was changed." in answer.content.decode()
    assert OutboxMail.objects.count() == 1


def test_a_second_press_changes_nothing(staff_client, employers):
    sent = chosen(employers[:1], "accept_many", confirmed="1", **{f"seen-{employers[0].pk}": "applied"})
    for _ in range(2):
        answer = staff_client.post(reverse(EMPLOYERS) + "?state__exact=applied", sent)
    assert EmployerStatusLog.objects.filter(employer=employers[0], state="accepted").count() == 1
    assert OutboxMail.objects.count() == 1
    assert answer.status_code == 200


def test_two_recruiters_at_once_never_overrule_each_other_unawares(staff_client, employers):
    other, waiting = UserFactory(staff=True), employers[:1]
    preview = staff_client.post(reverse(EMPLOYERS), chosen(waiting, "accept_many"))
    seen = {f"seen-{waiting[0].pk}": preview.context["prospects"][0].seen}
    reject_employer(employer=waiting[0], by=other, now=NOW, reason="Unknown at the register.")
    sent = chosen(waiting, "accept_many", confirmed="1", **seen)
    answer = staff_client.post(reverse(EMPLOYERS), sent)
    assert words(answer) == [(False, "Nothing was changed: the company is “rejected” already.")]
    assert states(waiting) == [EmployerState.REJECTED]


def test_a_refusal_needs_its_reason(staff_client, employers):
    answer = confirmed(staff_client, EMPLOYERS, employers[:1], "refuse_many", reason="  ")
    assert "Give the reason; whoever is concerned reads it." in answer.content.decode()
    assert states(employers[:1]) == ["applied"]
    confirmed(staff_client, EMPLOYERS, employers[:1], "refuse_many", reason="No such company.")
    assert Employer.objects.get(pk=employers[0].pk).decision_reason == "No such company."


def test_nobody_changes_more_than_can_be_looked_through(staff_client):
    rows = EmployerFactory.create_batch(MOST + 1, applied=True)
    sent = chosen(rows[:1], "accept_many", select_across="1", confirmed="1")
    page = staff_client.post(reverse(EMPLOYERS), sent, follow=True)
    assert f"Choose at most {MOST} rows at once. Nothing was changed." in page.content.decode()
    assert not Employer.objects.exclude(state="applied").exists()


def staff_with(*names: str) -> User:
    user = UserFactory(is_staff=True, totp=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return user


def test_who_may_only_look_can_do_nothing(employers):
    client = signed_in(staff_with("view_employer", "view_vacancy"))
    assert "accept_many" not in client.get(reverse(EMPLOYERS)).content.decode()
    client.post(reverse(EMPLOYERS), chosen(employers, "accept_many", confirmed="1"))
    assert states(employers) == ["applied", "accepted"]


@pytest.fixture
def vacancies():
    """One that can be published, one that pays too little everywhere, one that is published."""
    low = version_content(pay_min="2.00", pay_max="2.50", countries=(CountryRow("NL"),))
    return [VacancyFactory(in_review=True), VacancyFactory(in_review=True, content=low), VacancyFactory()]


def test_publishing_says_first_where_pay_is_enough(staff_client, vacancies):
    page = staff_client.post(reverse(VACANCIES), chosen(vacancies, "publish_many"))
    found = {one.row.pk: one.problem or one.would for one in page.context["prospects"]}
    assert found == {
        vacancies[
            0
        ].pk: "Would be published, and people ranked: pay is above the floors in 2 of 2 countries.",
        vacancies[
            1
        ].pk: "The pay is below the wage floor, or the floor is not known, in every country you chose.",
        vacancies[2].pk: "It is “published”: there is nothing to review.",
    }
    answer = confirmed(staff_client, VACANCIES, vacancies, "publish_many")
    assert states(vacancies) == ["published", "in_review", "published"]
    assert sum(one.done for one in answer.context["outcomes"]) == 1


def test_sending_back_with_one_reason(staff_client, vacancies):
    confirmed(staff_client, VACANCIES, vacancies[:2], "send_back_many", reason="Say who the customers are.")
    assert states(vacancies[:2]) == ["draft", "draft"]
    logs = Vacancy.objects.get(pk=vacancies[0].pk).status_log
    assert logs.latest("pk").reason == "Say who the customers are."


def test_other_words_handed_in_meanwhile(staff_client, vacancies):
    preview = staff_client.post(reverse(VACANCIES), chosen(vacancies[:1], "publish_many"))
    seen = {f"seen-{vacancies[0].pk}": str(int(preview.context["prospects"][0].seen) - 1)}
    answer = staff_client.post(
        reverse(VACANCIES), chosen(vacancies[:1], "publish_many", confirmed="1", **seen)
    )
    assert words(answer) == [(False, "The employer handed in other words meanwhile. Nothing was decided.")]
    assert states(vacancies[:1]) == [VacancyState.IN_REVIEW]


@pytest.mark.parametrize(
    ("page", "act", "queries"), [(EMPLOYERS, "accept_many", 7), (VACANCIES, "publish_many", 16)]
)
@pytest.mark.parametrize("size", [1, 12])
def test_a_preview_takes_the_same_queries(page, act, queries, size, staff_client, django_assert_num_queries):
    make = {
        EMPLOYERS: lambda: EmployerFactory(applied=True),
        VACANCIES: lambda: VacancyFactory(in_review=True),
    }
    rows = [make[page]() for _ in range(size)]
    staff_client.post(reverse(page), chosen(rows, act))
    with django_assert_num_queries(queries):
        staff_client.post(reverse(page), chosen(rows, act))


def test_an_accepted_employer_stays_what_it_is(staff_client, employers):
    accept_employer(employer=employers[0], by=staff_client.user, now=NOW)
    preview = staff_client.post(reverse(EMPLOYERS), chosen(employers, "accept_many"))
    assert "None of these can be changed like this." in preview.content.decode()
