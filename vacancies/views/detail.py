"""One vacancy as its employer sees it."""

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from employers.access import EDITORS, MemberRequest, member_required
from vacancies.content import content_of
from vacancies.enums import ClosedBecause, ReviewTopic, VacancyState
from vacancies.models import Vacancy
from vacancies.queries.pay import offers_to_show
from vacancies.queries.vacancies import history_of, remarks_on, vacancies_of, with_version_rows
from vacancies.rules.publishing import missing_facts


@require_safe
@member_required()
def detail(request: MemberRequest, pk: int) -> HttpResponse:
    """State and next step, pay by country against its floor, what is asked, history.

    With changes beside a published version, `?version=published` shows what others see.
    """
    vacancy = get_object_or_404(with_version_rows(vacancies_of(request.employer)), pk=pk)
    shows_current = bool(vacancy.current) and (request.GET.get("version") == "published" or not vacancy.draft)
    version = vacancy.current if vacancy.current and shows_current else vacancy.shown
    content, today = content_of(version), timezone.localdate()
    described = bool(vacancy.employer.work_style)
    latest = content if version == vacancy.shown else content_of(vacancy.shown)
    history = history_of(vacancy)
    context = {
        "vacancy": vacancy,
        "version": version,
        "shows_current": shows_current,
        "offers": offers_to_show(content, today),
        "missing": missing_facts(latest, today, team_described=described),
        "history": history,
        "sent_back": history[0].why if vacancy.state == VacancyState.DRAFT and history else "",
        "paused_because": history[0].why if vacancy.state == VacancyState.PAUSED and history else "",
        "remarks": {ReviewTopic(topic).label: text for topic, text in _remarks(vacancy).items()},
        "reasons": ClosedBecause.choices,
        "copy_key": uuid4(),
        "may_edit": request.membership.role in EDITORS,
    }
    return render(request, "vacancies/vacancy_detail.html", context)


def _remarks(vacancy: Vacancy) -> dict[str, str]:
    return remarks_on(vacancy) if vacancy.state == VacancyState.DRAFT else {}
