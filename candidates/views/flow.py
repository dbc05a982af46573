"""What the steps have in common: which button was pressed, showing the page, going on after saving."""

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render

from accounts.typed import shown_again
from candidates.access import CandidateRequest
from candidates.enums import Step
from candidates.forms.kept import KeptForm, RowSet
from candidates.forms.stored import Stored, mark_of
from candidates.rules.progress import step_after, step_before
from candidates.words import UNLOCKS
from common.formsets import with_more_rows, with_row_removed


class Press(NamedTuple):
    """The button that sent a form: `what` (save, close, add, remove, pick, check, refresh), for which part and row."""

    what: str
    part: str = ""
    row: int = -1

    @property
    def saves(self) -> bool:
        """Whether the person wants it saved; a form sent without a button, by Enter, does."""
        return self.what in ("save", "close")

    @property
    def drafts(self) -> bool:
        """Whether the page is only to be shown again, unjudged."""
        return self.what in ("add", "remove", "refresh")


MOST_SENT = 999
"""Rows of a set by its own word; how many of them are good is the set's to say."""

OTHER_TAB = Press("refresh", "other-tab")
"""The page is shown again because another tab saved this step since it was opened."""


def pressed(request: CandidateRequest) -> Press | None:
    """The button, or None when the page is only looked at."""
    if shown_again(request):
        return Press("refresh")
    if request.method != "POST":
        return None
    what, _dash, rest = request.POST.get("press", "save").partition("-")
    part, _dash, row = rest.partition("-")
    return Press(what or "save", part, int(row) if row.isdecimal() and len(row) < 4 else -1)


def sent_rows(request: CandidateRequest, press: Press | None) -> QueryDict | None:
    """The sent data after a row was added or taken away; None when the page is only looked at."""
    if press is None:
        return None
    if press.what == "add":
        return with_more_rows(request.POST, press.part, MOST_SENT, more=1)
    if press.what == "remove":
        return with_row_removed(request.POST, press.part, press.row)
    return request.POST


Rows = TypeVar("Rows", bound=RowSet)


def row_set(
    kind: type[Rows], prefix: str, press: Press | None, data: QueryDict | None, stored: list[dict[str, Any]]
) -> Rows:
    """A set of rows as stored, or as sent; the cursor goes to a row just added."""
    if press is None or data is None:
        return kind(prefix=prefix, initial=stored)
    rows = kind(data, prefix=prefix, draft=press.drafts)
    if press.what == "add" and press.part == prefix:
        rows.focus_last()
    return rows


def show_step(
    request: CandidateRequest,
    step: Step,
    template: str,
    press: Press | None,
    *,
    stored: Stored,
    forms: Sequence[KeptForm | RowSet] = (),
    **context: Any,
) -> HttpResponse:
    """The page of a step; 422 when it was to be saved and something in `forms` was refused.

    `stored` is what was on record when the page was made. Its mark comes back with the form; while a page is shown
    again it keeps the first one, unless the person is being told what another tab saved meanwhile.
    """
    refused = press is not None and press.saves and not all(form.is_valid() for form in forms)
    steps = list(Step)
    context |= {
        "step": step,
        "number": steps.index(step) + 1,
        "total": len(steps),
        "previous": step_before(step),
        "following": step_after(step),
        "unlocks": UNLOCKS[step],
        "candidate": request.candidate,
        "conflict": press == OTHER_TAB,
        "seen": mark_of(stored) if press in (None, OTHER_TAB) else request.POST.get("seen", ""),
    }
    return render(request, f"candidates/{template}.html", context, status=422 if refused else 200)


class KeptForLater(HttpResponseRedirect):
    """Away from a step that was left half-way: what was typed is kept, and counts for nothing yet."""


def go_on(step: Step, press: Press) -> HttpResponse:
    """To the next step, or to the overview when that was pressed."""
    following = step_after(step)
    if press.what == "close" or following is None:
        return redirect("candidates:profile")
    return redirect("candidates:step", step=following.value)
