"""Items in the admin: to read, to write as drafts, to try out as the candidate sees them, to move through their life."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.actions.items import (
    UnableToEdit,
    UnableToMoveItem,
    UnableToWrite,
    edit_draft,
    move_item,
    write_draft,
)
from assessments.admin.figures import shown
from assessments.forms import answer_form
from assessments.forms.drafts import DraftForm, MoveForm
from assessments.models import Item, ItemLog, ItemMedia
from assessments.queries.items import item_figures, writer_ids
from assessments.rules.credit import credit_of
from assessments.rules.interactions import question_of
from assessments.rules.item_life import is_editable, moves_open_to
from assessments.rules.key_words import key_text
from assessments.views.media import PLAYS_SOUND, media_response, shown_media
from common.reading import ReadOnlyAdmin, ReadOnlyInline

DRAFT_FIELDSETS: Any = [
    (
        gettext_lazy("What it is"),
        {"fields": ["bank", "code", "interaction", "level_code", "skill", "topic", "edition"]},
    ),
    (
        gettext_lazy("The question"),
        {"fields": ["text", "prompt", "options_text", "rows_text", "choose", "once", "case", "accents"]},
    ),
    (
        gettext_lazy("The answer"),
        {"fields": ["answer_text", "rationale", "why_text", "source", "scale", "can_do"]},
    ),
    (gettext_lazy("Parameters"), {"fields": ["a", "b", "credits_text", "steps_text"]}),
]


class ItemLogInline(ReadOnlyInline):
    """Who did what to the item, when and why."""

    model = ItemLog
    fields = ["at", "by", "act", "state", "edition", "reason"]
    ordering = ["-pk"]


@admin.register(Item)
class ItemAdmin(ReadOnlyAdmin):
    """Items with their parameters and exposure. Drafts are written here; the key is shown to staff only."""

    list_display = [
        "code",
        "interaction",
        "level_name",
        "skill",
        "topic",
        "discrimination",
        "difficulty",
        "parameters_source",
        "state",
        "times_given",
    ]
    list_filter = ["bank", "state", "interaction", "level", "skill", "topic", "parameters_source"]
    search_fields = ["code", "prompt", "text"]
    list_select_related = ["bank"]
    change_form_template = "admin/assessments/item/change_form.html"
    inlines = [ItemLogInline]
    fieldsets = [
        (gettext_lazy("As the candidate sees it"), {"fields": ["preview"]}),
        (gettext_lazy("For staff only"), {"fields": ["key_text", "rationale", "target"]}),
        (
            gettext_lazy("Parameters"),
            {
                "fields": [
                    "bank",
                    "code",
                    "interaction",
                    "level_name",
                    "skill",
                    "topic",
                    "discrimination",
                    "difficulty",
                    "steps",
                    "parameters_source",
                    "state",
                    "times_given",
                    "written_by",
                    "reviewed_by",
                ]
            },
        ),
    ]
    readonly_fields = ["preview", "key_text", "target", "level_name", "discrimination", "difficulty"]

    @admin.display(description=gettext_lazy("level"), ordering="level")
    def level_name(self, item: Item) -> str:
        """A1 to C2, or 1 to 3."""
        return item.level_name

    @admin.display(description=gettext_lazy("discrimination"), ordering="a")
    def discrimination(self, item: Item) -> str:
        """To two decimals."""
        return shown(item.a)

    @admin.display(description=gettext_lazy("difficulty"), ordering="b")
    def difficulty(self, item: Item) -> str:
        """To two decimals."""
        return shown(item.b)

    @admin.display(description=gettext_lazy("question"))
    def preview(self, item: Item) -> SafeString:
        """Text, question and options, in the order in which they were written."""
        return render_to_string(
            "admin/assessments/item/preview.html", {"item": item, "language": item.bank.written_in_id}
        )

    @admin.display(description=gettext_lazy("key"))
    def key_text(self, item: Item) -> str:
        """The right answer."""
        return key_text(item)

    @admin.display(description=gettext_lazy("target"))
    def target(self, item: Item) -> str:
        """Scale, level and what a person can do."""
        facts = item.descriptor
        return f"{facts.get('scale', '')} {facts.get('level', '')}: {facts.get('can_do', '')}"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Staff with the permission to add."""
        return admin.ModelAdmin.has_add_permission(self, request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Drafts, by staff with the permission; every other item is only moved on."""
        allowed = admin.ModelAdmin.has_change_permission(self, request, obj)
        return allowed and obj is not None and is_editable(obj.state)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The draft's form for a new item and for a draft; every column, to read, for the others."""
        if self._is_filled_in(request, obj):
            return DraftForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What the form asks, or what there is to read."""
        return DRAFT_FIELDSETS if self._is_filled_in(request, obj) else super().get_fieldsets(request, obj)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """The log, once there is an item."""
        return self.inlines if obj else []

    def _is_filled_in(self, request: HttpRequest, obj: Any) -> bool:
        return obj is None or self.has_change_permission(request, obj)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Edits that came too late change nothing."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except UnableToEdit:
            words = _("Nothing was saved: somebody else has changed this item since you opened it.")
        except UnableToWrite:
            words = _("Nothing was saved: an item with this code was written a moment ago.")
        messages.error(request, words)
        return redirect(request.path)

    def save_model(self, request: HttpRequest, obj: Item, form: Any, change: bool) -> None:
        """Through the actions, which check and log."""
        by: Any = request.user
        now = timezone.now()
        if change:
            edition = form.cleaned_data["edition"] or 0
            saved = edit_draft(item=obj, sheet=form.sheet, edition=edition, by=by, now=now)
        else:
            saved = write_draft(bank=form.cleaned_data["bank"], sheet=form.sheet, by=by, now=now)
        obj.__dict__.update(saved.__dict__)

    def get_urls(self) -> list[Any]:
        """The preview and the move beside the standard pages."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/move/", view(self.move), name="assessments_item_move"),
            path("<int:pk>/media/<str:name>/", view(self.media_file), name="assessments_item_media"),
            path("<int:pk>/preview/", view(self.try_out), name="assessments_item_preview"),
            *super().get_urls(),
        ]

    def try_out(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The item on the page that candidates see, and what an answer would earn."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        item = self.get_object(request, str(pk))
        if item is None:
            return redirect("admin:assessments_item_changelist")
        form = answer_form(item, request.POST if request.method == "POST" else None)
        earned = credit_of(question_of(item), form.given) if form.is_valid() else None
        context = {
            "item": item,
            "bank": item.bank,
            "form": form,
            "earned": earned,
            "key_text": key_text(item),
            "media": shown_media(item, lambda name: reverse("admin:assessments_item_media", args=[pk, name])),
        }
        response = TemplateResponse(request, "assessments/item_preview.html", context)
        response._csp_update = PLAYS_SOUND  # type: ignore[attr-defined]
        return response

    def media_file(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """An image or a sound of an item."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return media_response(get_object_or_404(ItemMedia, item=pk, name=name))

    def move(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Move an item on, with a reason."""
        if not admin.ModelAdmin.has_change_permission(self, request):
            raise PermissionDenied
        item = self.get_object(request, str(pk))
        if item is None:
            return redirect("admin:assessments_item_changelist")
        writers = writer_ids(item)
        moves = moves_open_to(state=item.state, person_id=request.user.pk or 0, writers=writers)
        sent = request.POST if request.method == "POST" else None
        form = MoveForm(sent, moves=moves, edition=item.edition)
        if form.is_valid():
            return self._moved(request, item, form.cleaned_data)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Move an item on"),
            "item": item,
            "form": form,
            "moves": moves,
            "is_writer": request.user.pk in writers,
            "figures": item_figures(item),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/assessments/item/move.html", context)

    def _moved(self, request: HttpRequest, item: Item, values: dict[str, Any]) -> HttpResponse:
        by: Any = request.user
        try:
            move_item(
                item=item,
                to=values["to"],
                edition=values["edition"],
                reason=values["reason"],
                by=by,
                now=timezone.now(),
            )
        except UnableToMoveItem:
            messages.error(request, _("Nothing was changed: the item has changed since you opened the page."))
        else:
            words = _("The item %(item)s is now: %(state)s.")
            messages.success(request, words % {"item": item.code, "state": item.get_state_display()})
        return redirect(reverse("admin:assessments_item_change", args=[item.pk]))
