"""Sending a page's own form as a browser without JavaScript would."""

from html.parser import HTMLParser
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.test import Client

from accounts.models import AuditEntry, Consent, Identity
from candidates.models import Candidate


class _StepForm(HTMLParser):
    """Collects what `<form id="step">` would send, without any button."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.select: str | None = None
        self.data: dict[str, list[str]] = {}
        self.offers: dict[str, set[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "form":
            self.inside = held.get("id") == "step"
        if not self.inside:
            return
        name, value = held.get("name"), held.get("value") or ""
        if tag == "select":
            self.select = name
            self.offers[name or ""] = set()
        elif tag == "option" and self.select:
            self.offers[self.select].add(value)
            self.data.setdefault(self.select, [value])
            if "selected" in held:
                self.data[self.select] = [value]
        elif tag == "input" and name and name != "csrfmiddlewaretoken":
            if held.get("type") not in ("checkbox", "radio"):
                self.data[name] = [value]
                return
            value = value if "value" in held else "on"
            self.offers.setdefault(name, set()).add(value)
            if "checked" in held:
                self.data.setdefault(name, []).append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        if tag == "select":
            self.select = None


def shown(response: HttpResponse) -> dict[str, list[str]]:
    """Names and values that the step's form holds on the page."""
    form = _StepForm()
    form.feed(response.content.decode())
    return form.data


def lost(response: HttpResponse, changes: dict[str, str | list[str] | None]) -> list[str]:
    """Fields of which the page does not hold any more what was typed; a list can only keep what it offers."""
    form = _StepForm()
    form.feed(response.content.decode())
    missing = []
    for name, value in changes.items():
        typed = [value] if isinstance(value, str) else value or []
        if form.data.get(name, []) != typed and set(typed) <= form.offers.get(name, set(typed)):
            missing.append(name)
    return missing


def send(client: Client, step: str, press: str | None = "save", **changes: Any) -> HttpResponse:
    """Open a step, change fields (None unticks or leaves out), press a button."""
    return _post(client, step, {**shown(client.get(_address(step))), **changes}, press)


def send_first(client: Client, step: str, press: str | None = "save", **changes: Any) -> HttpResponse:
    """The same as the first thing that somebody does who stands for all tests: their step is opened only once."""
    opened = (client.user.pk, step)  # type: ignore[attr-defined]
    if opened not in _OPENED:
        _OPENED[opened] = shown(client.get(_address(step)))
    return _post(client, step, {**_OPENED[opened], **changes}, press)


_OPENED: dict[tuple[int, str], dict[str, list[str]]] = {}
"""What forms hold, by person and step."""


def _post(client: Client, step: str, data: dict[str, Any], press: str | None) -> HttpResponse:
    if press is not None:
        data["press"] = press
    return client.post(_address(step), {name: value for name, value in data.items() if value is not None})


def _address(step: str) -> str:
    return f"/candidate/profile/{step}/"


def stored(candidate: Candidate) -> dict[str, Any]:
    """Everything that is on record about a candidate, for comparing before and after."""
    candidate = Candidate.objects.get(pk=candidate.pk)
    fields = {
        field.attname: bytes(value)
        if isinstance(value := getattr(candidate, field.attname), memoryview)
        else value
        for field in Candidate._meta.concrete_fields
    }
    sets = {
        name: _rows(getattr(candidate, name).all())
        for name in ("languages", "skills", "places", "markets", "experience")
    }
    return {
        **fields,
        **sets,
        "identity": _rows(Identity.objects.filter(user=candidate.user)),
        "consents": _rows(Consent.objects.filter(user=candidate.user)),
        "audit": AuditEntry.objects.count(),
    }


def errors(response: HttpResponse) -> dict[str, list[str]]:
    """Messages by field over all forms of the page; "" holds those of no field, a row's fields carry its number."""
    found: dict[str, list[str]] = {}
    for name in ("form", "rows", "places", "markets", "experience"):
        form = response.context.get(name)
        if form is None:
            continue
        if hasattr(form, "forms"):
            if form.non_form_errors():
                found.setdefault("", []).extend(form.non_form_errors())
            for row in form.forms:
                found |= {row.add_prefix(field): list(words) for field, words in row.errors.items()}
        else:
            found |= {
                "" if field == "__all__" else field: list(words) for field, words in form.errors.items()
            }
    return found


def _rows(rows: Any) -> list[dict[str, Any]]:
    ordered: list[Model] = sorted(rows, key=lambda row: str(row.pk))
    return [
        {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields} for row in ordered
    ]
