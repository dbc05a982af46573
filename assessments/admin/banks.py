"""Banks to read."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from assessments.admin.bank_pages import BankPages
from assessments.admin.figures import LevelsBegin
from assessments.admin.packages import PackagePages
from assessments.enums import ItemState
from assessments.models import Bank, Session


@admin.register(Bank)
class BankAdmin(LevelsBegin, BankPages, PackagePages):
    """Which banks there are, and how many items each has in every state."""

    list_display = [
        "name",
        "kind",
        "measures",
        "version",
        "live_items",
        "pilot_items",
        "draft_items",
        "retired_items",
        "sessions_taken",
    ]
    list_select_related = ["language", "skill"]
    change_form_template = "admin/assessments/bank/change_form.html"

    @admin.display(description=gettext_lazy("measures"))
    def measures(self, bank: Bank) -> str:
        """The language or skill."""
        return bank.measures

    def get_queryset(self, request: HttpRequest) -> QuerySet[Bank]:
        """With the counts of the list."""
        live = Count("items", filter=Q(items__state=ItemState.LIVE), distinct=True)
        retired = Count("items", filter=Q(items__state=ItemState.RETIRED), distinct=True)
        pilot = Count("items", filter=Q(items__state=ItemState.PILOT), distinct=True)
        drafts = Q(items__state__in=[ItemState.DRAFT, ItemState.REVIEWED])
        draft = Count("items", filter=drafts, distinct=True)
        # By itself: joined beside the items, every session would be counted once an item.
        of_bank = Session.objects.filter(bank=OuterRef("pk")).order_by().values("bank")
        taken = Coalesce(Subquery(of_bank.annotate(n=Count("pk")).values("n")), 0)
        return (
            super()
            .get_queryset(request)
            .annotate(live=live, retired=retired, pilot=pilot, draft=draft, taken=taken)
        )

    @admin.display(description=gettext_lazy("live items"), ordering="live")
    def live_items(self, bank: Any) -> int:
        """Items that are given to people."""
        return int(bank.live)

    @admin.display(description=gettext_lazy("being tried out"), ordering="pilot")
    def pilot_items(self, bank: Any) -> int:
        """Items that are given and do not count."""
        return int(bank.pilot)

    @admin.display(description=gettext_lazy("drafts"), ordering="draft")
    def draft_items(self, bank: Any) -> int:
        """Items being written, and reviewed ones that nobody was given yet."""
        return int(bank.draft)

    @admin.display(description=gettext_lazy("retired items"), ordering="retired")
    def retired_items(self, bank: Any) -> int:
        """Items that are no longer given."""
        return int(bank.retired)

    @admin.display(description=gettext_lazy("sessions"), ordering="taken")
    def sessions_taken(self, bank: Any) -> int:
        """How often the test was started."""
        return int(bank.taken)
