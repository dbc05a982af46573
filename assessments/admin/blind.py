"""What stands about work that people rate, for everybody but its raters: it is judged unseen."""

from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import BooleanField, Exists, OuterRef, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.queries.rating_queue import held_works, rater_of, works_to_come
from common.reading import ReadOnlyAdmin


class BlindAdmin(ReadOnlyAdmin):
    """Rows about works. Who rates one now does not see them; who may be given it sees them `blind` and opens no page."""

    work_field: ClassVar = "work"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Without what this person holds; `blind` says what they may still be given."""
        assert isinstance(request.user, User)
        rater, rows = rater_of(request.user), super().get_queryset(request)
        if rater is None:
            return rows.annotate(blind=Value(False, output_field=BooleanField()))
        held, to_come = held_works(request.user).values("pk"), works_to_come(rater)
        rows = rows.exclude(**{f"{self.work_field}__in": held})
        return rows.annotate(blind=Exists(to_come.filter(pk=OuterRef(self.work_field))))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Not for whoever may be given it."""
        row = self.get_object(request, object_id)
        if row is None or not blind(row):
            return super().change_view(request, object_id, form_url, extra_context)
        messages.info(
            request, _("You may be given this work to rate, so until then you read nothing about it.")
        )
        return redirect("admin:assessments_rating_queue")


def blind(row: Any) -> bool:
    """Whether whoever asked for the row may still be given its work."""
    found: bool = row.blind
    return found
