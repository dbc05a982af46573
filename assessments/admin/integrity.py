"""The queue of flags, and confirmation tests."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.actions.confirmations import UnableToAsk, ask_for_confirmation, withdraw_confirmation
from assessments.actions.integrity import UnableToDecide, decide_flag
from assessments.enums import FlagState
from assessments.forms import AskForm, DecideForm
from assessments.models import ConfirmationTest, IntegrityFlag, Measurement
from assessments.queries.integrity import measured_by, noted_in
from assessments.rules.integrity_words import words_of_flag, words_of_noted
from candidates.models import Candidate
from common.reading import ReadOnlyAdmin
from common.states import UnableToMove


@admin.register(IntegrityFlag)
class IntegrityFlagAdmin(ReadOnlyAdmin):
    """What asks a person to look: the undecided first, those that wait longest on top."""

    list_display = ["raised", "candidate", "bank", "words", "answered_at", "state", "decision"]
    list_display_links = None
    list_filter = ["state", "reason", "decision"]
    list_select_related = ["session__candidate", "session__bank"]
    search_fields = ["session__candidate__public_id"]
    ordering = ["-state", "raised_at"]
    fields = [
        "words", "candidate", "bank", "result", "noted", "session", "raised_at", "answer", "answered_at",
        "state", "decision", "decision_reason", "decided_by", "decided_at",
    ]  # fmt: skip
    readonly_fields = ["words", "candidate", "bank", "result", "noted"]
    change_form_template = "admin/assessments/integrityflag/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[IntegrityFlag]:
        """Without the frozen parameters."""
        return super().get_queryset(request).defer("session__parameters", "session__areas")

    @admin.display(description=gettext_lazy("raised"), ordering="raised_at")
    def raised(self, flag: IntegrityFlag) -> str:
        """When; what waits leads straight to its decision."""
        page = "decide" if flag.state == FlagState.OPEN else "change"
        address = reverse(f"admin:assessments_integrityflag_{page}", args=[flag.pk])
        return format_html(
            '<a href="{}">{}</a>', address, date_format(localtime(flag.raised_at), "DATETIME_FORMAT")
        )

    @admin.display(description=gettext_lazy("what stood out"))
    def words(self, flag: IntegrityFlag) -> str:
        """With its figures."""
        return words_of_flag(flag.reason, flag.facts)

    @admin.display(description=gettext_lazy("candidate"))
    def candidate(self, flag: IntegrityFlag) -> str:
        """Six signs, no name."""
        return flag.session.candidate.short_name

    @admin.display(description=gettext_lazy("test"))
    def bank(self, flag: IntegrityFlag) -> str:
        """The bank."""
        return flag.session.bank.name

    @admin.display(description=gettext_lazy("result"))
    def result(self, flag: IntegrityFlag) -> str:
        """What the session measured; it counts as before."""
        measurement = measured_by(flag.session)
        return measurement.level_name if measurement else "-"

    @admin.display(description=gettext_lazy("noted by the page"))
    def noted(self, flag: IntegrityFlag) -> str:
        """Copying, pasting, leaving."""
        return words_of_noted(noted_in(list(flag.session.responses.all())))

    def get_urls(self) -> list[Any]:
        """The decision beside the standard pages."""
        view = self.admin_site.admin_view(self.decide)
        return [path("<int:pk>/decide/", view, name="assessments_integrityflag_decide"), *super().get_urls()]

    def decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Decide once, with a reason."""
        if not admin.ModelAdmin.has_change_permission(self, request):
            raise PermissionDenied
        flag = get_object_or_404(self.get_queryset(request), pk=pk)
        form = DecideForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                decide_flag(flag=flag, by=request.user, now=timezone.now(), **form.cleaned_data)  # type: ignore[arg-type]
            except UnableToDecide as error:
                messages.error(request, _("Nothing was decided: %(why)s.") % {"why": error})
            else:
                messages.success(request, _("Decided. The person has been told."))
            return redirect("admin:assessments_integrityflag_change", pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Decide about a flag"),
            "flag": flag,
            "words": words_of_flag(flag.reason, flag.facts),
            "noted": self.noted(flag),
            "result": self.result(flag),
            "form": form,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/assessments/integrityflag/decide.html", context)


@admin.register(ConfirmationTest)
class ConfirmationTestAdmin(ReadOnlyAdmin):
    """Confirmation tests that were asked for, and what they said."""

    list_display = [
        "asked_at",
        "candidate",
        "measurement",
        "asked_by",
        "state",
        "outcome",
        "difference",
        "allowed",
    ]
    list_filter = ["state", "outcome"]
    list_select_related = [
        "measurement__candidate",
        "measurement__language",
        "measurement__skill",
        "asked_by",
    ]
    search_fields = ["measurement__candidate__public_id"]
    change_form_template = "admin/assessments/confirmationtest/change_form.html"

    @admin.display(description=gettext_lazy("candidate"))
    def candidate(self, test: ConfirmationTest) -> str:
        """Six signs, no name."""
        return test.measurement.candidate.short_name

    def get_urls(self) -> list[Any]:
        """Asking and withdrawing beside the standard pages."""
        view = self.admin_site.admin_view
        return [
            path("ask/<int:measurement>/", view(self.ask), name="assessments_confirmationtest_ask"),
            path("<int:pk>/withdraw/", view(self.withdraw), name="assessments_confirmationtest_withdraw"),
            *super().get_urls(),
        ]

    def ask(self, request: HttpRequest, measurement: int) -> HttpResponse:
        """Ask for the confirmation of a measurement; from the queue before an offer with that reason, and back to it."""
        if not admin.ModelAdmin.has_add_permission(self, request):
            raise PermissionDenied
        found = get_object_or_404(
            Measurement.objects.select_related("candidate__user", "session__bank"), pk=measurement
        )
        before_offer = request.GET.get("for") == "offer"
        form = AskForm(
            request.POST or None, initial={"reason": _("Before an offer")} if before_offer else None
        )
        if request.method == "POST" and form.is_valid():
            try:
                ask_for_confirmation(
                    measurement=found,
                    reason=form.cleaned_data["reason"],
                    by=request.user,  # type: ignore[arg-type]
                    now=timezone.now(),
                )
            except UnableToAsk as error:
                messages.error(request, _("Nothing was asked: %(why)s.") % {"why": error})
            else:
                messages.success(request, _("The person has been asked by mail."))
            if before_offer:
                return redirect("admin:placements_before_offer")
            return redirect(reverse("admin:assessments_measurement_change", args=[found.pk]))
        return self._page(request, form, _("Ask for a confirmation test"), _("Ask"), str(found))

    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask no more for it."""
        if not admin.ModelAdmin.has_change_permission(self, request):
            raise PermissionDenied
        found = get_object_or_404(ConfirmationTest.objects.select_related("session"), pk=pk)
        form = AskForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                withdraw_confirmation(
                    confirmation=found,
                    reason=form.cleaned_data["reason"],
                    by=request.user,  # type: ignore[arg-type]
                    now=timezone.now(),
                )
            except (UnableToMove, Candidate.DoesNotExist):  # or the person has left
                messages.error(request, _("Nothing was changed: it is done or withdrawn already."))
            else:
                messages.success(request, _("It is no longer asked for."))
            return redirect(reverse("admin:assessments_confirmationtest_change", args=[pk]))
        return self._page(
            request, form, _("Withdraw a confirmation test"), _("Withdraw"), str(found.measurement)
        )

    def _page(self, request: HttpRequest, form: AskForm, title: str, label: str, what: str) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "label": label,
            "what": what,
            "form": form,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/assessments/confirmationtest/ask.html", context)
