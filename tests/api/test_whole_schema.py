"""Every operation of the schema, asked with what it allows and with what it does not: no error of the server, no answer
that the schema does not know, and never a word of another employer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from marketplace.api.schema import description
from marketplace.wsgi import application as wsgi
from matching.api.limits import PreviewThrottle
from placements.models import Application
from tests.api.calling import Caller
from tests.factories.matching import measured_person, ranked
from tests.factories.placements import application
from tests.factories.vacancies import VacancyFactory, version_content
from vacancies.content import CountryRow

pytestmark = pytest.mark.django_db

EXAMPLES = 5
CHECKS: list[Callable[..., Any]] = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance,
]  # fmt: skip
BOUNDED = settings(
    max_examples=EXAMPLES, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
FOREIGN_TITLE = "Somebody else's night shift"


class Market:
    """Two employers, each with a vacancy, a shortlist and an application; the same people do not meet."""

    def __init__(self) -> None:
        self.caller, self.other = Caller(), Caller()
        own = VacancyFactory(employer=self.caller.employer)
        foreign = VacancyFactory(
            employer=self.other.employer,
            content=version_content(title=FOREIGN_TITLE, countries=own_country()),
        )
        person, stranger = measured_person(), measured_person(country_id="ES", zone="Europe/Madrid")
        ranked(own)
        ranked(foreign)
        self.own = self.ids(application("interested", vacancy=own, candidate=person))
        self.foreign = self.ids(application("both_interested", vacancy=foreign, candidate=stranger))
        identity = stranger.user
        self.secrets = [FOREIGN_TITLE, self.foreign["public_id"], self.foreign["person"], identity.email]

    def ids(self, held: Application) -> dict[str, Any]:
        assert held.candidate is not None
        return {
            "id": held.vacancy_id,
            "public_id": str(held.public_id),
            "person": str(held.candidate.public_id),
        }


def own_country() -> Any:
    return (CountryRow("ES"),)


@pytest.fixture
def one_connection() -> Iterator[None]:
    """As Django's own client does: the test's transaction outlives its requests."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens in here has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("one_connection")
def test_no_operation_surprises_anybody(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.API_RATES = dict.fromkeys(settings.API_RATES, 10**6)
    monkeypatch.setattr(PreviewThrottle, "rate", "1000000/min")
    market = Market()
    schema = schemathesis.openapi.from_dict(description())
    asked: dict[str, set[int]] = {}
    for found in schema.get_all_operations():
        operation = found.ok()
        names = [name for name in ("id", "public_id", "person") if f"{{{name}}}" in operation.path]
        asked[operation.label] = ask(market, operation, names)
    assert len(asked) == sum(len(methods) for methods in description()["paths"].values())
    # Not everything was refused: what is there is read. What is written rightly, the other tests say.
    unread = [label for label, statuses in asked.items() if label.startswith("GET") and 200 not in statuses]
    assert unread == []


def ask(market: Market, operation: Any, names: list[str]) -> set[int]:
    """The statuses that came back; what is allowed is asked of the own ids and of another employer's."""
    statuses: set[int] = set()
    header = {"Authorization": f"Bearer {market.caller.token.secret}", "Accept-Encoding": "identity"}
    more = {"headers": {"If-Match": "*"}} if operation.method.lower() != "get" else {}
    own, foreign = ({name: whose[name] for name in names} for whose in (market.own, market.foreign))

    def answered(case: Any) -> int:
        with undone():
            response = case.call(base_url="http://testserver", app=wsgi, headers=header)
        statuses.add(response.status_code)
        case.validate_response(response, checks=CHECKS)
        text = response.content.decode()
        assert not [one for one in market.secrets if one in text]
        return int(response.status_code)

    def allowed(case: Any) -> None:
        answered(case)
        if names:
            case.path_parameters = dict(foreign)
            assert answered(case) >= 400

    def forbidden(case: Any) -> None:
        answered(case)

    for mode, judge in ((GenerationMode.POSITIVE, allowed), (GenerationMode.NEGATIVE, forbidden)):
        ids = {"path_parameters": own} if names else {}
        strategy = operation.as_strategy(generation_mode=mode, **ids, **more)
        BOUNDED(given(case=strategy)(judge))()
    return statuses
