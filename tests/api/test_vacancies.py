"""Vacancies through the API: what is read, written and refused, and that nothing happens twice or unseen."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from accounts.models import AuditEntry
from employers.actions.api_calls import KEPT, begin_call, forget_old_calls
from employers.models import ApiCall
from tests.accounts.at_once import at_once
from tests.api.calling import Caller, is_problem
from tests.factories.vacancies import VacancyFactory, version_content
from vacancies.models import Vacancy

pytestmark = pytest.mark.django_db

LIST_QUERIES = 2
ONE_QUERIES = 7


@pytest.fixture
def caller() -> Caller:
    return Caller()


def whole_content() -> dict[str, Any]:
    return {
        "title": "Night shift", "description": "Answering guests.", "occupation": "4222", "sector": "ecommerce",
        "channels": ["chat"], "customer_countries": ["NL"], "culture_wanted": False, "locality_wanted": False,
        "locality_for": "", "zone": "Europe/Amsterdam", "hours_week": 32,
        "start_date": (timezone.localdate() + timedelta(days=70)).isoformat(), "months": 6, "openings": 2,
        "contract_form": "employment", "legal_employer": "client", "legal_employer_name": "", "pay_min": "16.00",
        "pay_max": "18.00", "pay_currency": "EUR", "pay_period": "hour", "countries": ["GB", "PT"],
        "weights": {"language": 4},
        "languages": [{"language": "en", "level": "B2", "required": True, "weight": 1}],
        "skills": [{"skill": "crm", "minimum": 2, "required": True, "weight": 1}],
        "shifts": [{"weekdays": [0, 1, 2, 3], "start": "22:00", "end": "06:00", "must": False}],
        "own_pay": [{"country": "GB", "pay_min": "14.00", "pay_max": "16.00", "currency": "GBP"}],
    }  # fmt: skip


class TestReading:
    def test_pages_show_every_vacancy_once_while_others_come_and_change(self, caller: Caller) -> None:
        made = VacancyFactory.create_batch(5, draft=True, employer=caller.employer)
        first = caller.get("vacancies/?limit=2").json()
        VacancyFactory(draft=True, employer=caller.employer)
        Vacancy.objects.filter(pk=made[0].pk).update(changed_at=timezone.now())
        made[2].delete()
        found, address = [one["id"] for one in first["items"]], first["next"]
        while address:
            page = caller.get(address.removeprefix("http://testserver")).json()
            found += [one["id"] for one in page["items"]]
            address = page["next"]
        assert found == [made[at].pk for at in (4, 3, 1, 0)]

    def test_filters(self, caller: Caller, now: Any) -> None:
        draft = VacancyFactory(draft=True, employer=caller.employer)
        new = VacancyFactory(employer=caller.employer, changed_at=now + timedelta(days=3))
        assert [one["id"] for one in caller.get("vacancies/?state=draft").json()["items"]] == [draft.pk]
        since = (now + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
        assert [one["id"] for one in caller.get(f"vacancies/?changed_since={since}").json()["items"]] == [
            new.pk
        ]

    @pytest.mark.parametrize("vacancies", [1, 12])
    def test_the_list_takes_the_same_queries(
        self, caller: Caller, vacancies: int, django_assert_num_queries: Any
    ) -> None:
        VacancyFactory.create_batch(vacancies, employer=caller.employer)
        caller.get("vacancies/")
        with django_assert_num_queries(LIST_QUERIES):
            caller.get("vacancies/")

    def test_one_vacancy(self, caller: Caller, django_assert_num_queries: Any) -> None:
        vacancy = VacancyFactory(employer=caller.employer, content=version_content(title="Days"))
        caller.get("vacancies/")
        with django_assert_num_queries(ONE_QUERIES):
            found = caller.get(f"vacancies/{vacancy.pk}/").json()
        assert (found["title"], found["state"], found["draft"], found["version"]) == (
            "Days",
            "published",
            None,
            1,
        )
        assert found["published"]["title"] == "Days"

    def test_what_belongs_to_another_employer_is_not_there(self, caller: Caller) -> None:
        foreign = VacancyFactory()
        for method, path in (("GET", ""), ("PATCH", ""), *(("POST", step) for step in ("submit/", "close/"))):
            response = caller(method, f"vacancies/{foreign.pk}/{path}", {"because": "filled"}, If_Match="*")
            is_problem(response, 404, "not-found")
        foreign.refresh_from_db()
        assert foreign.state == "published"

    def test_what_is_held_already_is_not_sent_again(self, caller: Caller) -> None:
        vacancy = VacancyFactory(employer=caller.employer)
        first = caller.get(f"vacancies/{vacancy.pk}/")
        again = caller.get(f"vacancies/{vacancy.pk}/", If_None_Match=first.headers["ETag"])
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
        Vacancy.objects.filter(pk=vacancy.pk).update(state="paused")
        assert caller.get(f"vacancies/{vacancy.pk}/", If_None_Match=first.headers["ETag"]).status_code == 200


class TestWriting:
    def test_a_draft_from_the_first_word_to_the_review(self, caller: Caller) -> None:
        made = caller.post("vacancies/", {"title": "Night shift"})
        assert made.status_code == 201
        address = made.headers["Location"].removeprefix("http://testserver")
        refused = is_problem(caller.post(f"{address}submit/"), 422, "invalid")
        assert {"/languages", "/pay_min"} <= {one["pointer"] for one in refused["errors"]}
        changed = caller.patch(address, whole_content(), If_Match=made.headers["ETag"])
        assert (changed.status_code, changed.json()["draft"]) == (200, whole_content())
        handed_in = caller.post(f"{address}submit/", If_Match=changed.headers["ETag"])
        assert (handed_in.status_code, handed_in.json()["state"]) == (200, "in_review")
        assert caller.post(f"{address}submit/").json() == handed_in.json()
        is_problem(caller.patch(address, {"title": "Days"}, If_Match="*"), 409, "conflict")
        verbs = AuditEntry.objects.filter(object_type="vacancies.vacancy").values_list("verb", "actor")
        assert set(verbs) == {
            (verb, caller.token.membership.user_id)
            for verb in ("vacancy.created", "vacancy.draft_saved", "vacancy.in_review")
        }

    def test_words_that_are_wrong_are_found_in_the_draft_and_stop_it(self, caller: Caller) -> None:
        words = {"title": "Women only", "description": "You join a young team."}
        made = caller.post("vacancies/", {**whole_content(), **words})
        found = [
            {"field": "title", "words": "Women only", "ground": "gender", "stops": True},
            {"field": "description", "words": "young team", "ground": "age_hint", "stops": False},
        ]
        assert (made.status_code, made.json()["draft_wording"]) == (201, found)
        address = made.headers["Location"].removeprefix("http://testserver")
        dutch = caller.get(address, Accept_Language="nl")
        assert dutch.headers["ETag"] == made.headers["ETag"]
        refused = is_problem(caller.post(f"{address}submit/"), 422, "invalid")
        assert [one["pointer"] for one in refused["errors"]] == ["/title"]
        changed = caller.patch(address, {"title": "Customer care"}, If_Match=made.headers["ETag"])
        assert changed.json()["draft_wording"] == found[1:]

    def test_sending_back_what_was_read_changes_nothing(self, caller: Caller) -> None:
        vacancy = VacancyFactory(employer=caller.employer)
        read = caller.get(f"vacancies/{vacancy.pk}/")
        sent = caller.patch(
            f"vacancies/{vacancy.pk}/", read.json()["published"], If_Match=read.headers["ETag"]
        )
        assert (sent.status_code, sent.json()) == (200, read.json())

    def test_fields_left_out_stay(self, caller: Caller) -> None:
        made = caller.post("vacancies/", whole_content())
        changed = caller.patch(f"vacancies/{made.json()['id']}/", {"months": 12}, If_Match="*")
        assert changed.json()["draft"] == {**whole_content(), "months": 12}

    def test_nobody_overwrites_what_they_have_not_seen(self, caller: Caller) -> None:
        made = caller.post("vacancies/", {"title": "Nights"})
        address, seen = f"vacancies/{made.json()['id']}/", made.headers["ETag"]
        assert caller.patch(address, {"title": "Days"}, If_Match=seen).status_code == 200
        is_problem(caller.patch(address, {"title": "Weekends"}, If_Match=seen), 412, "changed")
        is_problem(caller.patch(address, {"title": "Weekends"}), 428, "if-match")
        is_problem(caller.post(f"{address}close/", {"because": "withdrawn"}, If_Match=seen), 412, "changed")
        assert caller.get(address).json()["draft"]["title"] == "Days"

    def test_pause_resume_close(self, caller: Caller) -> None:
        address = f"vacancies/{VacancyFactory(employer=caller.employer).pk}/"
        assert caller.post(f"{address}pause/").json()["state"] == "paused"
        assert caller.post(f"{address}pause/").json()["state"] == "paused"
        assert caller.post(f"{address}resume/").json()["state"] == "published"
        says = is_problem(caller.post(f"{address}close/"), 422, "invalid")
        assert says["errors"] == [{"pointer": "/because", "detail": "This field is required."}]
        closed = caller.post(f"{address}close/", {"because": "filled"}).json()
        assert (closed["state"], closed["closed_because"]) == ("closed", "filled")
        is_problem(caller.post(f"{address}pause/"), 409, "conflict")

    @pytest.mark.parametrize(
        ("change", "pointer"),
        [
            ({"title": None}, "/title"),
            ({"titel": "x"}, "/titel"),
            ({"pay_max": "1.00"}, "/pay_max"),
            ({"weights": {"language": 3}}, "/weights/language"),
            ({"languages": [{"language": "en", "level": "B2"}, {"language": "xx", "level": "B2"}]}, "/languages/1/language"),
            ({"languages": [{"language": "en"}]}, "/languages/0/level"),
            ({"shifts": [{"weekdays": [1], "start": "25:00", "end": "06:00"}]}, "/shifts/0/start"),
            ({"locality_wanted": True}, "/locality_for"),
            ({"description": "a\u0000b"}, "/description"),
        ],
    )  # fmt: skip
    def test_errors_stand_at_their_places_and_nothing_is_written(
        self, caller: Caller, change: dict[str, Any], pointer: str
    ) -> None:
        says = is_problem(caller.post("vacancies/", {**whole_content(), **change}), 422, "invalid")
        assert pointer in {one["pointer"] for one in says["errors"]}
        assert not Vacancy.objects.exists()

    @pytest.mark.parametrize("body", ["[]", '"x"', "3", "null"])
    def test_a_body_that_is_no_object(self, caller: Caller, body: str) -> None:
        is_problem(caller.post("vacancies/", body), 422, "invalid")


class TestSentTwice:
    def test_the_same_request_has_its_effect_once(self, caller: Caller) -> None:
        first = caller.post("vacancies/", {"title": "Nights"}, Idempotency_Key="one")
        again = caller.post("vacancies/", {"title": "Nights"}, Idempotency_Key="one")
        assert (again.status_code, again.json()) == (201, first.json())
        assert again.headers["Location"] == first.headers["Location"]
        assert again.headers["Idempotency-Replayed"] == "true"
        assert "Idempotency-Replayed" not in first.headers
        assert Vacancy.objects.count() == 1

    def test_a_key_stands_for_one_request(self, caller: Caller) -> None:
        caller.post("vacancies/", {"title": "Nights"}, Idempotency_Key="one")
        is_problem(caller.post("vacancies/", {"title": "Days"}, Idempotency_Key="one"), 422, "key-reused")
        assert Vacancy.objects.count() == 1
        other = Caller()
        assert other.post("vacancies/", {"title": "Days"}, Idempotency_Key="one").status_code == 201

    def test_what_was_refused_does_not_use_the_key_up(self, caller: Caller) -> None:
        is_problem(caller.post("vacancies/", {}, Idempotency_Key="one"), 422, "invalid")
        assert not ApiCall.objects.exists()
        assert caller.post("vacancies/", {"title": "Nights"}, Idempotency_Key="one").status_code == 201

    def test_after_a_day_the_key_is_free(self, caller: Caller) -> None:
        caller.post("vacancies/", {"title": "Nights"}, Idempotency_Key="one")
        ApiCall.objects.update(at=timezone.now() - KEPT)
        assert caller.post("vacancies/", {"title": "Days"}, Idempotency_Key="one").status_code == 201
        assert forget_old_calls(now=timezone.now() + KEPT) == 1

    @pytest.mark.parametrize("key", ["", "x" * 201, "\u00e9"])
    def test_a_key_that_is_none(self, caller: Caller, key: str) -> None:
        is_problem(caller.post("vacancies/", {"title": "x"}, Idempotency_Key=key), 400, "malformed")


class TestAtOnce:
    """Real connections; each request is a transaction of its own."""

    @pytest.mark.django_db(transaction=True)
    def test_sent_twice_at_the_same_moment_it_happens_once(self) -> None:
        caller = Caller()
        answers = at_once(
            *[lambda: caller.post("vacancies/", {"title": "Nights"}, Idempotency_Key="one")] * 2
        )
        assert [one.status_code for one in answers] == [201, 201]
        assert answers[0].json() == answers[1].json()
        assert (Vacancy.objects.count(), ApiCall.objects.count()) == (1, 1)

    @pytest.mark.django_db(transaction=True)
    def test_who_is_killed_in_between_leaves_nothing_and_the_next_one_does_it(self) -> None:
        caller, pause = Caller(), threading.Event()
        token = caller.token

        def killed() -> None:
            """As `once` begins and acts, and then its connection is cut off before the end."""
            with transaction.atomic():
                begin_call(token=token, key="one", request_digest="x", now=timezone.now())
                VacancyFactory(draft=True, employer=caller.employer)
                pause.set()
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

        results = at_once(killed, lambda: pause.wait(10))
        assert isinstance(results[0], OperationalError)
        assert (Vacancy.objects.count(), ApiCall.objects.count()) == (0, 0)
        assert caller.post("vacancies/", {"title": "Nights"}, Idempotency_Key="one").status_code == 201
        assert (Vacancy.objects.count(), ApiCall.objects.count()) == (1, 1)
