"""Appeals of rated results: where each stands, by when it is due, what comes next, and what came of it."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from assessments.admin.blind import BlindAdmin, blind, unseen
from assessments.models import Appeal
from assessments.queries.appeals import is_overdue, standing_of
from assessments.queries.rating_queue import rater_of


@admin.register(Appeal)
class AppealAdmin(BlindAdmin):
    """Appeals, what is due first on top. Nobody decides one here: other raters rate the work anew, not knowing of it.

    Who may still be given the work therefore reads neither which it is, nor why it was appealed, nor its result.
    """

    list_display = [
        "filed_at",
        "number",
        "language",
        "due_on",
        "outcome_words",
        "level_words",
        "before",
        "found",
        "decided_at",
    ]
    list_filter = ["outcome"]
    list_select_related = ["work__language"]
    fields: ClassVar[Any] = [
        "number", "language", "filed_at", "due_on", "reason", "level_words", "before", "margin",
    ]  # fmt: skip
    shown_blind = ("language", "filed_at", "due_on")
    asked_blind = ("outcome", "decided_at")
    readonly_fields = ["number", "language", "level_words", "before", "margin"]
    change_form_template = "admin/assessments/appeal/change_form.html"

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With where it stands and who does what next."""
        appeal: Appeal = context["original"]
        assert isinstance(request.user, User)
        about = {
            "title": _("Appeal") if blind(appeal) else _("Appeal of work %(number)s") % {"number": appeal.work},
            "subtitle": None,
            "appeal": appeal,
            "standing": standing_of(appeal, timezone.now().date()),
            "rater": rater_of(request.user),
            "blind": blind(appeal),
        }  # fmt: skip
        return super().render_change_form(request, {**context, **about}, *args, **kwargs)

    @admin.display(description=gettext_lazy("work"))
    @unseen()
    def number(self, appeal: Appeal) -> str:
        """As staff call it."""
        return appeal.work.short_number

    @admin.display(description=gettext_lazy("language"))
    def language(self, appeal: Appeal) -> str:
        """Of the work, with what was done in it."""
        return f"{appeal.work.language}, {appeal.work.get_activity_display()}"

    @admin.display(description=gettext_lazy("level before"))
    @unseen()
    def level_words(self, appeal: Appeal) -> str:
        """What the first raters found."""
        return appeal.get_level_before_display()

    @admin.display(description=gettext_lazy("value before"))
    @unseen()
    def before(self, appeal: Appeal) -> str:
        """In bands."""
        return f"{appeal.value_before:.2f}"

    @admin.display(description=gettext_lazy("value found"), ordering="value_found")
    def found(self, appeal: Appeal) -> str:
        """Likewise, by the second raters."""
        return "–" if appeal.value_found is None else f"{appeal.value_found:.2f}"

    @admin.display(description=gettext_lazy("margin before"))
    @unseen()
    def margin(self, appeal: Appeal) -> str:
        """As much of it as says something."""
        return f"{appeal.margin_before:.2f}"

    @admin.display(description=gettext_lazy("outcome"), ordering="outcome")
    def outcome_words(self, appeal: Appeal) -> str:
        """In words, also while it is open."""
        return _("overdue") if is_overdue(appeal, timezone.now().date()) else appeal.get_outcome_display()
