"""A program that calls the API with a token."""

import json
from typing import Any

from django.test import Client

from tests.factories.employers import ApiTokenFactory


class Caller:
    """Calls in the name of a token, in JSON."""

    def __init__(self, token: Any = None, **token_facts: Any) -> None:
        self.token = token or ApiTokenFactory(**token_facts)
        self.client = Client()

    @property
    def employer(self) -> Any:
        return self.token.membership.employer

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        sent = body if isinstance(body, str | bytes) or body is None else json.dumps(body)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(
            method, path if path.startswith("/") else f"/api/v1/{path}", sent or b"",
            content_type="application/json", headers={"Authorization": f"Bearer {self.token.secret}", **named},
        )  # fmt: skip

    def get(self, path: str, **headers: str) -> Any:
        return self("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self("POST", path, {} if body is None else body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        return self("PATCH", path, body, **headers)


def is_problem(response: Any, status: int, kind: str) -> dict[str, Any]:
    """The problem, which is one of that kind."""
    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/problem+json")
    found: dict[str, Any] = response.json()
    assert found["status"] == status
    assert found["type"] == f"http://localhost:8000/api/docs/#problem-{kind}"
    assert set(found) <= {"type", "title", "status", "detail", "errors"}
    return found
