"""Acts on many rows of an admin list: first a page that says what each row would become and which cannot and why,
then each row by itself, all or nothing, through the room's own action, with what came of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST = 200
"""Rows that one press may change; more are not looked through by anybody."""
REASON_LENGTH = 2000


class Refused(Exception):
    """This row was not changed; the message says why, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """What an act would do to one row. `seen` is what the act checks again when it is done; `problem` says why it cannot.

    `more` is the address of a page that says more about it.
    """

    row: Any
    would: str
    seen: str = ""
    problem: str = ""
    notes: Sequence[str] = ()
    more: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one row."""

    label: str
    done: bool
    words: str


class BulkAct:
    """One act on many rows of one list. `reason_help` says who reads the reason; without it none is asked for."""

    name: ClassVar[str]
    title: ClassVar[Any]
    button: ClassVar[Any]
    permission: ClassVar[str]
    reason_help: ClassVar[Any] = ""
    reason_needed: ClassVar[bool] = False

    def prospects(self, rows: QuerySet[Any]) -> list[Prospect]:
        """What would become of each; the same number of queries however many there are."""
        raise NotImplementedError

    def carry_out(self, row: Any, *, by: Any, reason: str, seen: str) -> str:
        """Do it to one row and return what was done in words. Raises Refused, and then nothing was changed."""
        raise NotImplementedError


class ReasonForm(forms.Form):
    """The one reason for all rows."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=REASON_LENGTH,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, act: BulkAct, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        field.help_text = act.reason_help
        field.required = act.reason_needed
        field.error_messages["required"] = _("Give the reason; whoever is concerned reads it.")


class BulkAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A list with acts on many rows."""

    bulk_acts: ClassVar[tuple[BulkAct, ...]] = ()

    def get_actions(self, request: HttpRequest) -> Any:
        """With the acts that this person may do."""
        found: dict[str, Any] = super().get_actions(request)
        for act in self.bulk_acts:
            if request.user.has_perm(act.permission):
                found[act.name] = (_page_of(act), act.name, act.title)
        return found


def _page_of(act: BulkAct) -> Callable[..., HttpResponse | None]:
    def page(room: Any, request: HttpRequest, chosen: QuerySet[Any]) -> HttpResponse | None:
        return _answer(act, room, request, chosen)

    return page


def _answer(act: BulkAct, room: Any, request: HttpRequest, chosen: QuerySet[Any]) -> HttpResponse | None:
    rows = room.get_queryset(request).filter(pk__in=chosen.order_by().values("pk")[: MOST + 1])
    prospects = act.prospects(rows)
    if len(prospects) > MOST:
        words = _("Choose at most %(most)s rows at once. Nothing was changed.")
        messages.error(request, words % {"most": MOST})
        return None
    sent = "confirmed" in request.POST
    form = ReasonForm(act, request.POST if sent else None) if act.reason_help else None
    if sent and (form is None or form.is_valid()):
        reason = form.cleaned_data["reason"] if form else ""
        return _shown(room, request, act, {"outcomes": _carried_out(act, request, prospects, reason)})
    return _shown(room, request, act, {"prospects": prospects, "form": form, "name": ACTION_CHECKBOX_NAME})


def _carried_out(
    act: BulkAct, request: HttpRequest, prospects: Iterable[Prospect], reason: str
) -> list[Outcome]:
    """Each row by itself; one that cannot be changed keeps no other from it."""
    outcomes = []
    for prospect in prospects:
        seen = request.POST.get(f"seen-{prospect.row.pk}", "")
        try:
            if prospect.problem:
                raise Refused(prospect.problem)
            words = act.carry_out(prospect.row, by=request.user, reason=reason, seen=seen)
        except Refused as refused:
            outcomes.append(Outcome(str(prospect.row), False, str(refused)))
        else:
            outcomes.append(Outcome(str(prospect.row), True, words))
    return outcomes


def _shown(room: Any, request: HttpRequest, act: BulkAct, found: dict[str, Any]) -> HttpResponse:
    # The form leaves the filters: a row that a first press moved on is found again, and says so.
    filters = request.POST.get("filters", request.GET.urlencode())
    prospects, outcomes = found.get("prospects", []), found.get("outcomes", [])
    context = {
        **room.admin_site.each_context(request),
        "title": act.title,
        "act": act,
        "opts": room.opts,
        "can": sum(not one.problem for one in prospects),
        "done": sum(one.done for one in outcomes),
        "filters": filters,
        "back": f"{request.path}?{filters}" if filters else request.path,
        **found,
    }
    return TemplateResponse(request, "admin/bulk.html", context)
