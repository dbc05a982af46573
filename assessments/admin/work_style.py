"""How well the work-style scales hold together."""

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from assessments.queries.work_style_report import ENOUGH_PEOPLE, work_style_report


def work_style_page(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Cronbach's alpha with its interval for each scale, and each statement's part in it. Nobody's answers are shown."""
    if not request.user.has_perm("candidates.view_candidate"):
        raise PermissionDenied
    context = {
        **site.each_context(request),
        "title": _("Work style: how well the statements hold together"),
        "report": work_style_report(),
        "enough": ENOUGH_PEOPLE,
    }
    return TemplateResponse(request, "admin/assessments/work_style.html", context)
