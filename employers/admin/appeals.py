"""Appeals of companies in the administration: what waits, by its promised date, and the judgement of somebody else."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.naming import day_in_words
from common.reading import ReadOnlyAdmin
from employers.actions.appeals import judge_appeal
from employers.actions.errors import UnableToJudge
from employers.enums import AppealState
from employers.models import CompanyAppeal


class JudgementForm(forms.Form):
    """Grant it or not; either way the employer reads why."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            ("grant", gettext_lazy("grant it: the company is accepted")),
            ("dismiss", gettext_lazy("dismiss it: the refusal stays")),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The employer reads this."),
        error_messages={"required": gettext_lazy("Say why; the employer has a right to know.")},
    )


@admin.register(CompanyAppeal)
class CompanyAppealAdmin(ReadOnlyAdmin):
    """A queue first: open ones, the first promised on top."""

    list_display = ["company", "state", "made_at", "promised", "refused_by"]
    list_display_links = None
    list_filter = ["state"]
    list_select_related = ["employer", "refused_by"]
    search_fields = ["employer__name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[CompanyAppeal]:
        """Open ones first."""
        waiting = Case(
            When(state=AppealState.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField()
        )
        return super().get_queryset(request).order_by(waiting, "answer_by", "pk")

    @admin.display(description=gettext_lazy("employer"))
    def company(self, appeal: CompanyAppeal) -> str:
        """Leads to the judgement."""
        url = reverse("admin:employers_companyappeal_judge", args=[appeal.pk])
        return format_html('<a href="{}">{}</a>', url, appeal.employer)

    @admin.display(description=gettext_lazy("answer promised by"), ordering="answer_by")
    def promised(self, appeal: CompanyAppeal) -> str:
        """The promised date, and that it is over."""
        day = day_in_words(appeal.answer_by)
        late = appeal.state == AppealState.OPEN and appeal.answer_by < timezone.localdate()
        return _("%(day)s, overdue") % {"day": day} if late else day

    def get_urls(self) -> list[Any]:
        """The judgement beside the standard pages."""
        view = self.admin_site.admin_view(self.judge)
        return [path("<int:pk>/judge/", view, name="employers_companyappeal_judge"), *super().get_urls()]

    def judge(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What was refused and why, what the employer says, and the decision; who refused only reads."""
        if not request.user.has_perm("employers.change_companyappeal"):
            raise PermissionDenied
        appeal = (
            self.get_queryset(request).select_related("employer__country", "refusal").filter(pk=pk).first()
        )
        if appeal is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))  # type: ignore[attr-defined]
        form = JudgementForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            self._act(request, appeal, **form.cleaned_data)
            return redirect("admin:employers_companyappeal_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": appeal.employer.name,
            "appeal": appeal,
            "employer": appeal.employer,
            "may_judge": appeal.state == AppealState.OPEN and appeal.refused_by_id != request.user.pk,
            "form": form,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/employers/companyappeal/judge.html", context)

    def _act(self, request: HttpRequest, appeal: CompanyAppeal, *, decision: str, answer: str) -> None:
        try:
            judge_appeal(
                appeal=appeal,
                grant=decision == "grant",
                answer=answer,
                by=request.user,  # type: ignore[arg-type]
                now=timezone.now(),
            )
        except UnableToJudge as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Judged. The owners of the company have been written to."))
