"""Each step of an employer with a person: a page that says what it does, and the button that does it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from common.posting import acts_by_post
from employers.access import EDITORS, MemberRequest, member_required
from placements.actions import applications as acts
from placements.actions.errors import UnableToApply, UnableToMoveApplication, UnableToNote, UnableToSetAside
from placements.actions.notes import write_note
from placements.actions.setting_aside import put_back as put_person_back
from placements.actions.setting_aside import set_aside as set_person_aside
from placements.enums import Side
from placements.forms.deciding import (
    AsideForm,
    MessageForm,
    NoForm,
    NoteForm,
    OfferForm,
    TalkForm,
    YesForm,
    without_contact,
)
from placements.models import Application
from placements.queries.person_of_vacancy import PersonOfVacancy, is_here, person_of_vacancy
from placements.queries.vacancies import with_current
from placements.rules import deciding as steps
from placements.words.deciding import WORDS
from vacancies.queries.vacancies import vacancies_of

UNPROCESSABLE = 422
PREVIEWED = (steps.DECLINE, steps.TAKE_BACK, steps.OFFER)
"""Steps whose words are shown as the person reads them before they leave."""
WITHOUT_CONTACT = (steps.DECLINE, steps.TAKE_BACK)
"""Steps whose words hold no way to reach anybody while the two do not know each other."""
Act = Callable[[PersonOfVacancy, dict[str, Any], User, datetime], Any]


class StepPage(NamedTuple):
    """The form of a step and what it does."""

    form: type[forms.Form]
    act: Act


def step_view(code: str, page: StepPage) -> Callable[..., HttpResponseBase]:
    """The page of one step with its act, for who may decide; `code` is its place in the words."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @member_required(*EDITORS, accepted=True)
    def view(request: MemberRequest, pk: int, person: UUID) -> HttpResponseBase:
        found = person_or_404(request, pk, person)
        form = page.form(request.POST if request.method == "POST" else None)
        if form.is_valid() and code in WITHOUT_CONTACT and not _names_shown(found):
            without_contact(form)
        if not form.is_valid() and code not in (*found.steps(timezone.now()), steps.NOTE):
            messages.info(request, _("This step is not possible now. You see here how you two stand."))
            return _to_person(found)
        if not form.is_valid() or "change" in request.POST:
            return _ask(request, code, found, form, UNPROCESSABLE if form.errors else 200)
        if code in PREVIEWED and "send" not in request.POST:
            return _ask(request, code, found, form, preview=True)
        return _act(request, code, found, page.act, form.cleaned_data)

    view.__name__ = code
    return view


def person_or_404(request: MemberRequest, pk: int, person: UUID) -> PersonOfVacancy:
    """Somebody whom the employer meets at one of its own vacancies."""
    vacancy = get_object_or_404(with_current(vacancies_of(request.employer)), pk=pk)
    found = person_of_vacancy(vacancy, person)
    if found is None or not found.profile_shown:
        raise Http404("not on this shortlist")
    return found


def _ask(
    request: MemberRequest,
    code: str,
    person: PersonOfVacancy,
    form: forms.Form,
    status: int = 200,
    preview: bool = False,
) -> HttpResponse:
    context = {"vacancy": person.vacancy, "person": person, "form": form, "words": WORDS[code]}
    context["previewed"] = code in PREVIEWED
    page = "placements/step_preview.html" if preview else "placements/step_page.html"
    return render(request, page, context, status=status)


def _act(
    request: MemberRequest, code: str, person: PersonOfVacancy, act: Act, values: dict[str, Any]
) -> HttpResponse:
    """Do it and say what happened. A second press of the same button only says that it was done."""
    try:
        act(person, values, request.user, timezone.now())
    except (UnableToApply, UnableToMoveApplication) as error:
        tell = messages.info if error.already else messages.error
        tell(request, str(error))
    except (UnableToNote, UnableToSetAside) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, str(WORDS[code].done))
    return _to_person(person)


def _names_shown(person: PersonOfVacancy) -> bool:
    return person.application is not None and person.application.names_shown


def _to_person(person: PersonOfVacancy) -> HttpResponseRedirect:
    """The person's page; that of the vacancy's people when they left at this very moment."""
    if not is_here(person.candidate):
        return redirect("placements:pipeline", pk=person.vacancy.pk)
    return redirect("placements:person", pk=person.vacancy.pk, person=person.candidate.public_id)


def _applied(person: PersonOfVacancy) -> Application:
    """The application that the step is about. Raises UnableToMoveApplication when there is none."""
    if person.application is None:
        raise UnableToMoveApplication(_("There is no application between you yet. Nothing was changed."))
    return person.application


def _invite(person: PersonOfVacancy, values: dict[str, Any], by: User, now: datetime) -> None:
    acts.invite_candidate(
        vacancy=person.vacancy, candidate=person.candidate, by=by, now=now, message=values["message"]
    )


def _accept(person: PersonOfVacancy, values: dict[str, Any], by: User, now: datetime) -> None:
    acts.accept_interest(application=_applied(person), by=by, now=now, message=values["message"])


def _decline(person: PersonOfVacancy, values: dict[str, Any], by: User, now: datetime) -> None:
    acts.decline(application=_applied(person), side=Side.EMPLOYER, by=by, now=now, **values)


def _take_back(person: PersonOfVacancy, values: dict[str, Any], by: User, now: datetime) -> None:
    acts.withdraw(application=_applied(person), side=Side.EMPLOYER, by=by, now=now, **values)


def _talk(person: PersonOfVacancy, values: dict[str, Any], by: User, now: datetime) -> None:
    application = _applied(person)
    zone = ZoneInfo(application.version.zone)
    acts.start_interview(
        application=application,
        by=by,
        now=now,
        talk_at=datetime.combine(values["day"], values["time"], zone),
        message=values["message"],
        note=values["note"],
    )


def _offer(person: PersonOfVacancy, values: dict[str, Any], by: User, now: datetime) -> None:
    acts.make_offer(application=_applied(person), by=by, now=now, **values)


def _set_aside(person: PersonOfVacancy, values: dict[str, Any], by: User, now: datetime) -> None:
    set_person_aside(vacancy=person.vacancy, candidate=person.candidate, by=by, now=now, **values)


def _note(person: PersonOfVacancy, values: dict[str, Any], by: User, now: datetime) -> None:
    write_note(vacancy=person.vacancy, candidate=person.candidate, by=by, now=now, **values)


@member_required(*EDITORS, accepted=True)
@acts_by_post("placements:person")
def put_back(request: MemberRequest, pk: int, person: UUID) -> HttpResponse:
    """Undo setting somebody aside."""
    found = person_or_404(request, pk, person)
    try:
        put_person_back(vacancy=found.vacancy, candidate=found.candidate, by=request.user, now=timezone.now())
    except UnableToSetAside as error:
        messages.error(request, str(error))
    else:
        messages.success(request, str(WORDS[steps.PUT_BACK].done))
    return _to_person(found)


invite_person = step_view(steps.INVITE, StepPage(MessageForm, _invite))
accept = step_view(steps.ACCEPT, StepPage(YesForm, _accept))
decline = step_view(steps.DECLINE, StepPage(NoForm, _decline))
take_back = step_view(steps.TAKE_BACK, StepPage(NoForm, _take_back))
talk = step_view(steps.TALK, StepPage(TalkForm, _talk))
offer = step_view(steps.OFFER, StepPage(OfferForm, _offer))
set_aside = step_view(steps.SET_ASIDE, StepPage(AsideForm, _set_aside))
note = step_view(steps.NOTE, StepPage(NoteForm, _note))
