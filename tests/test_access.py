"""Every URL of the product × every role has an expected answer; a URL without a line in `tests/access.py` fails.

The administration, with hundreds of addresses made by rule, is held to one rule: platform staff only.
"""

from collections.abc import Iterator
from copy import copy
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.urls.converters import UUIDConverter

from marketplace.recruiters import CALIBRATORS, RATERS, keep_calibrators_group, keep_raters_group
from tests.access import RULES, Expected
from tests.conftest import signed_in
from tests.factories.accounts import UserFactory
from tests.world import World

pytestmark = pytest.mark.django_db

ADMIN_DOORS = {"admin:login", "admin:logout"}  # lead to the one door, tested with the accounts
NOBODYS_KEY = "00000000-0000-4000-8000-000000000000"
WELCOME = (200, 302, 503)
# Pages that somebody who is sent away from them at first may post to; each has tests of its own.
OWN_DOOR = {"account_logout", "candidates:start"}


def all_urls(
    patterns: list[URLPattern | URLResolver] | None = None, route: str = "", spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, URLPattern, str]]:
    """(name with namespaces, pattern, whole route) of every address."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        whole = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from all_urls(entry.url_patterns, whole, inner)
        else:
            yield ":".join((*spaces, entry.name or "")), entry, whole


URLS = [(name, pattern, route) for name, pattern, route in all_urls() if not name.startswith("admin:")]
ADMIN_URLS = [(name, pattern, route) for name, pattern, route in all_urls() if name.startswith("admin:")]


@pytest.fixture(scope="module")
def shared_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once, in a transaction around those of the tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World().complete()
        transaction.set_rollback(True)


@pytest.fixture
def world(shared_world: World, db: None) -> World:
    """Somebody of each role, and what belongs to the candidate and to the employer; whatever a test adds, or does to
    them, is gone with the test."""
    return copy(shared_world)


def test_every_url_has_a_line_and_every_line_a_url() -> None:
    named = {name: route for name, _pattern, route in URLS}
    missing = [f'    "{name}": get(…),  # {named[name]}' for name in sorted(named.keys() - RULES.keys())]
    stale = sorted(RULES.keys() - named.keys())
    assert not missing, "add to tests/access.py who gets what at:\n" + "\n".join(missing)
    assert not stale, f"these lines of tests/access.py name no URL: {stale}"


def test_every_url_has_a_name() -> None:
    assert [route for name, _pattern, route in URLS if name.split(":")[-1] == ""] == []


@pytest.mark.parametrize("name", sorted({name for name, _pattern, _route in URLS} & RULES.keys()))
def test_each_role_gets_what_the_line_says(name: str, world: World) -> None:
    rule = RULES[name]
    url = reverse(name, kwargs=world.fill(rule.kwargs)) + rule.query
    wrong = {}
    # Who is refused comes first: what the owner does must not change what the others find.
    for role, expected in sorted(rule.expected.items(), key=lambda item: item[1] in WELCOME):
        got = answer(ask(world.client(role), rule.method, url, rule.sent), expected)
        if got != expected:
            wrong[f"{rule.method} as {role}"] = f"expected {expected}, got {got}"
        if rule.method == "POST":
            looks = expected if expected in (403, "employers:apply", "account_login") else rule.leads_to
            got = answer(ask(world.client(role), "GET", url, {}), looks)
            if got not in (looks, 405 if rule.leads_to == 405 else looks):
                wrong[f"GET as {role}"] = f"expected {looks}, got {got}"
        if rule.method == "POST" or expected in WELCOME or name in OWN_DOOR:
            continue
        got = answer(ask(world.client(role), "POST", url, {}), expected)
        if got not in (expected, 405):
            wrong[f"POST as {role}"] = f"expected {expected} or 405, got {got}"
    assert not wrong, url


@pytest.mark.parametrize("role", ["anonymous", "candidate", "employer"])
def test_the_administration_is_closed(role: str, world: World) -> None:
    client = world.client(role)
    doors = (reverse("account_login"), reverse("admin:login"))
    open_to = {}
    for name, url in admin_addresses():
        for method in ("GET", "POST"):
            response = ask(client, method, url, {})
            if response.status_code != 302 or not response.headers["Location"].startswith(doors):
                open_to[f"{method} {name}"] = response.status_code
    assert not open_to


def test_the_administration_works_for_staff(world: World) -> None:
    client = world.client("staff")
    broken = {}
    for name, url in admin_addresses():
        expected = (
            {200} if name == "admin:index" or name.endswith("_changelist") else {200, 302, 403, 404, 405}
        )
        status = ask(client, "GET", url, {}).status_code
        if status not in expected:
            broken[name] = status
    assert not broken


def test_the_administration_opens_to_recruiters_what_their_work_needs(world: World) -> None:
    """Every list of every room, but not the mail, the groups or the pages that give powers."""
    client = world.client("recruiter")
    assert ask(client, "GET", reverse("admin:index"), {}).status_code == 200
    closed = {"admin:auth_group_changelist", "admin:accounts_outboxmail_changelist"}
    wrong = {}
    for name, url in admin_addresses():
        status = ask(client, "GET", url, {}).status_code
        if name.endswith("_changelist") and status != (403 if name in closed else 200):
            wrong[name] = status
        if status >= 500 or (status == 200 and ("admin:auth_" in name or "outboxmail" in name)):
            wrong[name] = status
    assert not wrong


OPEN_TO_ALL_STAFF = {"admin:index", "admin:jsi18n", "admin:password_change", "admin:password_change_done"}
RATING = {"admin:assessments_rating_queue"}
CALIBRATING = {
    f"admin:assessments_{model}_{page}"
    for model in ("bank", "item", "itemlog", "cutscores", "calibrationrun")
    for page in ("changelist", "change", "history", "preview")
} | {f"admin:assessments_bank_{page}" for page in ("calibration", "cuts", "export", "exposure", "packages")}


@pytest.mark.parametrize(
    ("groups", "more"),
    [((), set()), ((RATERS, CALIBRATORS), RATING | CALIBRATING)],
    ids=["none", "rate and calibrate"],
)
def test_staff_of_other_groups_read_and_do_nothing_beyond_theirs(
    groups: tuple[str, ...], more: set[str], world: World
) -> None:
    """Every page of the administration asks for its own permission, those beside the standard ones, too."""
    keep_raters_group()
    keep_calibrators_group()
    somebody: Any = UserFactory(is_staff=True, totp=True)
    somebody.groups.set(Group.objects.filter(name__in=groups))
    client = signed_in(somebody)
    found = {}
    for name, url in admin_addresses():
        for method in ("GET", "POST"):
            answer = ask(client, method, url, {})
            # What is not there leads to the first page, an old address of a row to the row, which asks for itself.
            led_away = answer.status_code == 302 and answer.headers["Location"].endswith(
                ("/admin/", "/change/")
            )
            if not led_away and answer.status_code not in (403, 404, 405):
                found[name] = answer.status_code
    assert {name: status for name, status in found.items() if name not in OPEN_TO_ALL_STAFF | more} == {}


def admin_addresses() -> Iterator[tuple[str, str]]:
    """(name, address) of the administration; object pages get a row where there is one."""
    for name, pattern, route in ADMIN_URLS:
        if name in ADMIN_DOORS:
            continue
        kwargs: dict[str, Any] = {
            part: NOBODYS_KEY if isinstance(converter, UUIDConverter) else first_key(name)
            for part, converter in pattern.pattern.converters.items()
        }
        if "app_label" in pattern.pattern.regex.groupindex:
            kwargs["app_label"] = "accounts"
        if name == "admin:view_on_site":
            kwargs = {"content_type_id": 1, "object_id": 1}
        if not name.removeprefix("admin:"):
            yield f"admin:{route}", "/" + route.removesuffix("(?P<url>.*)$") + "nothing/here/"
        else:
            yield name, reverse(name, kwargs=kwargs)


def first_key(name: str) -> str:
    """Key of some row of the model that the page `admin:<app>_<model>_<page>` shows."""
    for model in apps.get_models():
        label = f"admin:{model._meta.app_label}_{model._meta.model_name}_"
        if name.startswith(label):
            row: models.Model | None = model._default_manager.first()
            return str(row.pk) if row else "1"
    return "1"


def ask(client: Client, method: str, url: str, sent: dict[str, Any]) -> HttpResponse:
    """Ask without raising: an error of the server is an answer too, and never an expected one."""
    client.raise_request_exception = False
    return client.post(url, sent) if method == "POST" else client.get(url)


def answer(response: HttpResponse, expected: Expected) -> Expected:
    """The status, or where a redirect leads when a name is expected."""
    if response.status_code == 302 and isinstance(expected, str):
        return resolve(response.headers["Location"].split("?")[0]).view_name
    return response.status_code
