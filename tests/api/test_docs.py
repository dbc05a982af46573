"""The page and the schema: everybody reads them, nothing is missing, nothing else is loaded."""

import gzip
import json
import re

import pytest
from django.test import Client

from common.api.problems import KINDS
from employers.enums import ApiScope, WebhookEvent
from marketplace.api.schema import description

pytestmark = pytest.mark.django_db

MOST_BYTES = 40_000


def test_the_schema_is_openapi_3_1_and_is_not_sent_twice(client: Client) -> None:
    first = client.get("/api/v1/schema/")
    assert (first.headers["Content-Type"], first.json()["openapi"]) == ("application/json", "3.1.0")
    again = client.get("/api/v1/schema/", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_every_operation_says_what_can_go_wrong() -> None:
    for path, methods in description()["paths"].items():
        for method, facts in methods.items():
            assert {"401", "403", "406", "429"} <= set(facts["responses"]), (path, method)
            assert ("404" in facts["responses"]) == ("{" in path), (path, method)
            if "requestBody" in facts:
                assert {"400", "413", "415", "422"} <= set(facts["responses"]), (path, method)


def test_the_page_names_everything(client: Client) -> None:
    page = client.get("/api/docs/").content.decode()
    for methods in description()["paths"].values():
        assert all(f'id="{facts["operationId"]}"' in page for facts in methods.values())
    for shape in description()["components"]["schemas"]:
        assert f'id="shape-{shape}"' in page
    assert all(f'id="problem-{kind}"' in page for kind in KINDS)
    assert all(f"<code>{one}</code>" in page for one in (*ApiScope.values, *WebhookEvent.values))


def test_its_links_lead_somewhere_and_nothing_foreign_is_loaded(client: Client) -> None:
    response = client.get("/api/docs/")
    page = response.content.decode()
    ids = set(re.findall(r'id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids
    assert not re.findall(r'(?:src|srcset)="(?:https?:)?//', page)
    assert not re.findall(r'<link[^>]+href="(?:https?:)?//', page)
    assert len(gzip.compress(response.content)) < MOST_BYTES


def test_descriptions_and_what_stands_between_them_name_their_language(client: Client) -> None:
    page = client.get("/api/docs/", headers={"Accept-Language": "nl"}).content.decode()
    assert '<section class="stack" aria-labelledby="tag-applications" lang="en">' in page
    assert re.search(r'<summary>.*?<span lang="nl">', page)


def test_every_reference_leads_to_a_shape() -> None:
    schema = description()
    named = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(schema)))
    assert named <= set(schema["components"]["schemas"])
    assert schema["webhooks"]["event"]["post"]["requestBody"]["content"]["application/json"]["schema"][
        "required"
    ]
