"""The administration's site: the desk of queues in front."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _


class MarketplaceAdminSite(admin.AdminSite):
    """What waits for this person first; every list of the administration below, and in no column beside each page."""

    enable_nav_sidebar = False
    index_title = _("What waits for you")
    index_template = "admin/desk.html"

    def get_urls(self) -> list[Any]:
        """The pages that mix rooms, before those of the rooms."""
        from marketplace.administration.import_pages import import_overview, import_sample, import_table
        from marketplace.administration.market_pages import market
        from marketplace.administration.wage_pages import wage_effects

        def own(view: Any) -> Any:
            return self.admin_view(lambda request, **kwargs: view(request, self, **kwargs))

        return [
            path("wage-effects/<int:pk>/", own(wage_effects), name="wage_effects"),
            path("market/", own(market), name="market"),
            path("import/", own(import_overview), name="import_overview"),
            path("import/<slug:name>/", own(import_table), name="import_table"),
            path("import/<slug:name>/sample.<slug:kind>", own(import_sample), name="import_sample"),
            *super().get_urls(),
        ]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Everything that can be administered, put together where a page shows it: most pages are given it and do not."""
        return SimpleLazyObject(partial(super().get_app_list, request, app_label))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The desk. Queues that somebody may not work on are not shown to them."""
        from marketplace.administration.imports import IMPORTERS
        from marketplace.administration.queues import countries_without_floor, queues_for

        now = timezone.now()
        context = {
            "queues": queues_for(request.user, now),
            "unknown_floors": request.user.has_perm("reference.change_wagefloor")
            and countries_without_floor(now.date()),
            "may_import": any(request.user.has_perm(one.permission) for one in IMPORTERS.values()),
        }
        return super().index(request, {**context, **(extra_context or {})})
