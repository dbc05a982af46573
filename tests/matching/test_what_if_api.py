"""The bench as an API: counts in fives, errors at their fields in the caller's words, nothing stored, nothing unbounded."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from common.api.bodies import MOST_BYTES
from common.crowds import CROWD
from matching.api.limits import PreviewThrottle
from reference.enums import CEFRLevel
from tests.api.calling import Caller, is_problem
from tests.conftest import signed_in
from tests.factories.employers import EmployerFactory, MembershipFactory
from tests.factories.matching import measured_person

pytestmark = pytest.mark.django_db

URL = "/api/v1/what-if/"


def question(**changes: Any) -> dict[str, Any]:
    """Office hours in Amsterdam, English at B2, hiring in Portugal at €16 to €18."""
    asked: dict[str, Any] = {
        "zone": "Europe/Amsterdam",
        "hours_week": 32,
        "start_date": (timezone.localdate() + timedelta(days=70)).isoformat(),
        "months": 6,
        "pay_min": "16.00",
        "pay_max": 18,
        "countries": ["PT"],
        "languages": [{"language": "en", "level": "B2"}],
        "shifts": [{"weekdays": [0, 1, 2, 3, 4], "start": "09:00", "end": "17:00"}],
    }
    return asked | changes


def ask(caller: Caller, what: Any = None, **changes: Any) -> Any:
    body = (
        what if isinstance(what, str | bytes) else json.dumps(question(**changes) if what is None else what)
    )
    return caller("POST", URL, body)


@pytest.fixture
def caller(db: None) -> Caller:
    return Caller()


@pytest.fixture
def people() -> None:
    for level in (CEFRLevel.C1, CEFRLevel.B2, CEFRLevel.B1):
        for _person in range(CROWD):
            measured_person(level)
    for _person in range(CROWD + 1):
        measured_person(country_id="ES", zone="Europe/Madrid")


@pytest.fixture(autouse=True)
def nothing_stored(db: None) -> Iterator[None]:
    """Whatever is asked, no row of matching or vacancies comes or goes."""
    before = rows()
    yield
    assert rows() == before


def rows() -> dict[str, int]:
    models = [model for room in ("matching", "vacancies") for model in apps.get_app_config(room).get_models()]
    return {model.__name__: model._default_manager.count() for model in models}


@pytest.mark.usefixtures("people")
class TestAnswers:
    def test_a_whole_vacancy(self, caller: Caller) -> None:
        response = ask(caller)
        assert response.status_code == 200
        found = response.json()
        assert (found["everyone"], found["eligible"], found["not_counted"], found["needed"]) == (
            20,
            10,
            [],
            {},
        )
        assert found["rounded_to"] == 5
        assert [(one["gate"], one["lost"]) for one in found["waterfall"] if one["lost"]] == [
            ("country", 5), ("language", 5),
        ]  # fmt: skip
        assert sum(found["scores"]["people"]) == 10
        assert found["scores"]["edges"][:3] == [0, 0.05, 0.1]
        assert len(found["scores"]["edges"]) == 21
        changes = {one["kind"]: one for one in found["changes"]}
        assert changes["language_easier"] == {
            "kind": "language_easier", "gate": "language", "words": "English at B1 instead of B2",
            "details": {"code": "en", "level": 4, "to": 3}, "more": 5, "eligible": 15,
        }  # fmt: skip
        assert changes["country"]["details"] == {"country": "ES"}
        assert changes["country"]["more"] == 5
        assert changes["pay"]["details"] == {
            "amount": "0.50", "currency": "EUR", "period": "hour", "eur_hour": 0.5,
        }  # fmt: skip

    def test_nothing_is_said_yet(self, caller: Caller) -> None:
        found = ask(caller, {}).json()
        assert (found["eligible"], found["scores"]) == (20, None)
        assert found["not_counted"] == ["country", "pay", "hours"]
        assert found["needed"]["countries"] == "Choose the countries in which you can hire."
        assert ask(caller, dict.fromkeys(["zone", "hours_week", "pay_min", "start_date"])).status_code == 200

    def test_no_body_says_nothing_yet(self, caller: Caller) -> None:
        assert ask(caller, b"").json() == ask(caller, {}).json()

    def test_every_field(self, caller: Caller) -> None:
        response = ask(
            caller,
            occupation="4222", sector="ecommerce", channels=["chat"], customer_countries=["NL"], culture_wanted=False,
            locality_wanted=True, contract_form="employment", pay_currency="EUR", pay_period="hour",
            weights={"language": 4, "time": 0}, countries=["PT", "GB"],
            languages=[
                {"language": "en", "level": "B2", "required": True, "weight": 3},
                {"language": "nl", "level": "C2", "required": False},
            ],
            skills=[{"skill": "crm", "minimum": 3, "required": True}, {"skill": "email_handling", "weight": 2}],
            own_pay=[{"country": "GB", "pay_min": 14, "pay_max": 16, "currency": "GBP"}],
            shifts=[{"weekdays": [6], "start": "22:00", "end": "06:00", "must": True},
                    {"weekdays": [0, 1, 2, 3], "start": "09:00", "end": "17:00", "must": False}],
        )  # fmt: skip
        assert (response.status_code, response.json().get("eligible")) == (200, 0)
        kinds = {one["kind"] for one in response.json()["changes"]}
        assert {"skill_easier", "skill_dropped", "must_dropped", "language_dropped"} <= kinds

    def test_what_may_be_asked(self, caller: Caller) -> None:
        fields = caller.get(URL).json()["fields"]
        assert set(question()) <= set(fields)
        assert fields["hours_week"]["max_value"] == 60
        assert set(fields["languages"]["child"]["children"]) == {"language", "level", "required", "weight"}


class TestWrongQuestions:
    @pytest.mark.parametrize(
        ("change", "field", "sentence"),
        [
            ({"hours_week": 61}, "hours_week", "Ensure this value is less than or equal to 60."),
            ({"hours_week": "many"}, "hours_week", "A valid integer is required."),
            ({"hours_week": 1e400}, "", None),
            ({"pay_min": "NaN"}, "pay_min", "A valid number is required."),
            ({"pay_min": "Infinity"}, "pay_min", "A valid number is required."),
            ({"pay_min": 1e300}, "pay_min", None),
            ({"pay_min": 0}, "pay_min", "Pay has to be more than zero."),
            ({"pay_min": 19}, "pay_max", "The upper end of the pay is below the lower end."),
            ({"pay_max": 900}, "pay_max", None),
            ({"zone": "Mars/Olympus"}, "zone", "This is not in the list. Choose again."),
            ({"countries": ["XX"]}, "countries", None),
            ({"countries": ["PT"] * 301}, "countries", "Ensure this field has no more than 300 elements."),
            ({"countries": "PT"}, "countries", None),
            ({"countries": {"PT": 1}}, "countries", None),
            ({"start_date": "2001-01-01"}, "start_date", "This date has passed. Choose a date from today on."),
            ({"start_date": "soon"}, "start_date", None),
            ({"months": 0}, "months", None),
            ({"contract_form": "slavery"}, "contract_form", '"slavery" is not a valid choice.'),
            ({"weights": {"pay": 4}}, "weights", "“pay” is no part that you can give a weight."),
            ({"weights": {"language": 3}}, "weights", None),
            ({"languages": [{"language": "en"}]}, "languages", None),
            ({"languages": [{"language": "en", "level": "B7"}]}, "languages", None),
            ({"languages": [{"language": "en", "level": "B2"}] * 2}, "languages", "This language stands here twice."),
            ({"languages": [{"language": "en", "level": "B2"}] * 13}, "languages", None),
            ({"languages": [{"language": "x\x00", "level": "B2"}]}, "languages", None),
            ({"skills": [{"skill": "crm", "minimum": 4}]}, "skills", None),
            ({"shifts": [{"weekdays": [7], "start": "09:00", "end": "17:00"}]}, "shifts", None),
            ({"shifts": [{"weekdays": [0], "start": "09:07", "end": "17:00"}]}, "shifts", None),
            ({"shifts": [{"weekdays": [0], "start": "99:99", "end": "17:00"}]}, "shifts", None),
            ({"shifts": [{"weekdays": [0], "start": "09:00", "end": "17:00"}] * 2}, "shifts", None),
            ({"own_pay": [{"country": "GB", "pay_min": 14, "pay_max": 16}]}, "own_pay", None),
            ({"candidate": 7}, "candidate", None),
        ],
        ids=lambda value: str(value)[:40],
    )  # fmt: skip
    def test_the_field_is_named(
        self, caller: Caller, change: dict[str, Any], field: str, sentence: str | None
    ) -> None:
        response = ask(caller, **change)
        if not field:
            is_problem(response, 400, "malformed")
            return
        errors = is_problem(response, 422, "invalid")["errors"]
        assert {one["pointer"].split("/")[1] for one in errors} == {field}
        if sentence:
            assert [one["detail"] for one in errors] == [sentence]

    @pytest.mark.parametrize(
        "body",
        [
            b"{", b"nothing", b"[]", b"7", b'"x"', b"null", b'{"pay_min": NaN}', b'{"pay_min": -Infinity}', b"\xff\xfe",
            b"[" * 60_000, b'{"zone": ' * 6_000, b'{"hours_week": ' + b"9" * 5_000 + b"}",
        ],
        ids=lambda body: repr(body[:20]),
    )  # fmt: skip
    def test_what_is_no_question(self, caller: Caller, body: bytes) -> None:
        response = ask(caller, body)
        is_json = body in (b"[]", b"7", b'"x"', b"null")
        is_problem(response, *((422, "invalid") if is_json else (400, "malformed")))

    def test_too_long(self, caller: Caller) -> None:
        assert ask(caller, b" " * (MOST_BYTES + 1)).status_code == 413
        assert ask(caller, json.dumps(question()).encode().ljust(MOST_BYTES)).status_code == 200

    def test_only_json(self, caller: Caller) -> None:
        bearer = {"Authorization": f"Bearer {caller.token.secret}"}
        assert caller.client.post(URL, {"zone": "Europe/Amsterdam"}, headers=bearer).status_code == 415


class TestWhoMayAsk:
    def test_members_of_accepted_employers_only(self, client: Client) -> None:
        assert client.post(URL, "{}", content_type="application/json").status_code == 401
        for state in ("applied", "rejected"):
            employer = EmployerFactory(**{state: True})
            assert ask(Caller(membership=MembershipFactory(employer=employer))).status_code == 403

    def test_a_member_who_only_reads_is_refused_as_in_the_editor(self, caller: Caller) -> None:
        viewer = Caller(membership=MembershipFactory(viewer=True, employer=caller.employer))
        assert [ask(viewer).status_code, viewer.get(URL).status_code] == [403, 403]
        recruiter = Caller(membership=MembershipFactory(recruiter=True, employer=caller.employer))
        assert [ask(recruiter).status_code, recruiter.get(URL).status_code] == [200, 200]

    def test_a_session_asks_nothing_here(self) -> None:
        member = signed_in(MembershipFactory().user)
        assert member.post(URL, "{}", content_type="application/json").status_code == 401

    def test_too_often(self, caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(PreviewThrottle, "rate", "2/min")
        assert [ask(caller).status_code for _time in range(3)] == [200, 200, 429]
        refused = ask(caller)
        assert 0 < int(refused["Retry-After"]) <= 60
