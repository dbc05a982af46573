"""Pages of one bank: cut scores, what answers say of its items, and how often these are given."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.actions.calibration import UnableToAccept, accept_parameters, ask_for_calibration
from assessments.actions.cut_scores import UnableToSetCuts, set_cut_scores
from assessments.engine.calibration import FIT_RANGE
from assessments.forms.cut_scores import CutScoresForm
from assessments.models import Bank, CalibrationRun, CutScores
from assessments.queries.calibration_page import page_of_run
from assessments.queries.item_exposure import TOO_OFTEN, exposure_of
from common.reading import ReadOnlyAdmin

SET_CUTS = "assessments.add_cutscores"
READ_CUTS = "assessments.view_cutscores"
ASK = "assessments.add_calibrationrun"
READ_RUNS = "assessments.view_calibrationrun"
ACCEPT = "assessments.change_calibrationrun"


class BankPages(ReadOnlyAdmin):
    """The standard pages of a bank, and three of its own."""

    def get_urls(self) -> list[Any]:
        """The pages beside the standard ones."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/cuts/", view(self.cut_scores), name="assessments_bank_cuts"),
            path("<int:pk>/calibration/", view(self.calibration), name="assessments_bank_calibration"),
            path("<int:pk>/exposure/", view(self.exposure), name="assessments_bank_exposure"),
            *super().get_urls(),
        ]

    def cut_scores(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The cut scores of a bank with their history; who may, sets others."""
        bank = self._readable_bank(request, pk, READ_CUTS)
        history = list(CutScores.objects.filter(bank=bank).select_related("set_by"))
        may_set = request.user.has_perm(SET_CUTS)
        if request.method == "POST" and not may_set:
            raise PermissionDenied
        sent = request.POST if request.method == "POST" else None
        form = CutScoresForm(sent, bank=bank, newest=history[0] if history else None)
        if form.is_valid():
            self._set_cuts(request, bank, form)
            return redirect(reverse("admin:assessments_bank_cuts", args=[pk]))
        context = {"history": history, "form": form if may_set else None}
        return self._bank_page(request, bank, "admin/assessments/bank/cuts.html", _("Cut scores"), context)

    def _set_cuts(self, request: HttpRequest, bank: Bank, form: CutScoresForm) -> None:
        by: Any = request.user
        values = form.cleaned_data
        try:
            set_cut_scores(
                bank=bank,
                cuts=form.cuts,
                method=values["method"],
                note=values["note"],
                before=values["before"],
                by=by,
                now=timezone.now(),
            )
        except UnableToSetCuts:
            messages.error(
                request, _("Nothing was changed: somebody else has set cut scores since you opened the page.")
            )
        else:
            messages.success(request, _("Set. They hold for tests that start from now on."))

    def calibration(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The newest calibration; ask for another, and accept what it found."""
        bank = self._readable_bank(request, pk, READ_RUNS)
        if request.method == "POST":
            self._act(request, bank)
            return redirect(reverse("admin:assessments_bank_calibration", args=[pk]))
        runs = list(CalibrationRun.objects.filter(bank=bank).select_related("asked_by")[:10])
        chosen = request.GET.get("run", "")
        run = next((one for one in runs if str(one.pk) == chosen), runs[0] if runs else None)
        context = {
            "runs": runs,
            "run": run,
            "may_ask": request.user.has_perm(ASK),
            "may_accept": request.user.has_perm(ACCEPT),
            "fit_range": FIT_RANGE,
            **(page_of_run(run, bank) if run else {}),
        }
        return self._bank_page(
            request,
            bank,
            "admin/assessments/bank/calibration.html",
            _("What the answers say of the questions"),
            context,
        )

    def _act(self, request: HttpRequest, bank: Bank) -> None:
        by: Any = request.user
        if "ask" in request.POST:
            if not request.user.has_perm(ASK):
                raise PermissionDenied
            ask_for_calibration(bank=bank, by=by, now=timezone.now())
            messages.success(request, _("Asked for. It takes a few minutes; look again."))
            return
        if not request.user.has_perm(ACCEPT):
            raise PermissionDenied
        asked = request.POST.get("run", "")
        run = (
            CalibrationRun.objects.filter(bank=bank, pk=int(asked)).first()
            if asked.isdecimal() and len(asked) < 19
            else None
        )
        if run is None:
            raise Http404
        self._accept(request, run, request.POST.getlist("accept"))

    def _accept(self, request: HttpRequest, run: CalibrationRun, codes: list[str]) -> None:
        by: Any = request.user
        accepted, refused = 0, []
        for code in dict.fromkeys(codes):
            try:
                accept_parameters(run=run, code=code, by=by, now=timezone.now())
            except UnableToAccept:
                refused.append(code)
            else:
                accepted += 1
        if accepted:
            words = ngettext(
                "Accepted for %(n)s item, from the next test on.",
                "Accepted for %(n)s items, from the next test on.",
                accepted,
            )
            messages.success(request, words % {"n": accepted})
        if refused:
            words = _("Left as they are, because they have changed since: %(codes)s.")
            messages.error(request, words % {"codes": ", ".join(refused)})
        if not codes:
            messages.info(request, _("No item was chosen."))

    def exposure(self, request: HttpRequest, pk: int) -> HttpResponse:
        """How often each item is given."""
        bank = self._readable_bank(request, pk, "assessments.view_item")
        context = {"exposure": exposure_of(bank), "too_often": TOO_OFTEN}
        return self._bank_page(
            request,
            bank,
            "admin/assessments/bank/exposure.html",
            _("How often each question is given"),
            context,
        )

    def _readable_bank(self, request: HttpRequest, pk: int, permission: str) -> Bank:
        if not (self.has_view_permission(request) and request.user.has_perm(permission)):
            raise PermissionDenied
        bank = Bank.objects.select_related("language", "skill").filter(pk=pk).first()
        if bank is None:
            raise Http404
        return bank

    def _bank_page(
        self, request: HttpRequest, bank: Bank, template: str, title: str, context: dict[str, Any]
    ) -> HttpResponse:
        shared = {**self.admin_site.each_context(request), "title": title, "bank": bank, "opts": self.opts}
        return TemplateResponse(request, template, {**shared, **context})
