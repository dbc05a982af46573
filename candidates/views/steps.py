"""The steps of a profile, each shown and saved on its own."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.typed import keeps_typed
from candidates.access import CandidateRequest, candidate_required
from candidates.actions.about import save_about
from candidates.actions.background import save_background
from candidates.actions.errors import UnableToSave
from candidates.actions.hours import save_hours
from candidates.actions.languages import save_languages
from candidates.actions.skills import save_skills
from candidates.actions.work import save_work
from candidates.actions.work_style import keep_work_style_draft, save_work_style
from candidates.content import Background
from candidates.enums import Step
from candidates.forms.about import AboutForm
from candidates.forms.background import (
    EducationForm,
    ExperienceRows,
    MarketRows,
    PlaceRows,
)
from candidates.forms.first_answers import with_country, with_hours, with_languages
from candidates.forms.hours import HoursForm
from candidates.forms.kept import KeptForm, RowSet
from candidates.forms.languages import LEVEL_WORDS, LanguageRows
from candidates.forms.skills import SkillsForm
from candidates.forms.stored import STORED, Stored, mark_of
from candidates.forms.week import with_quick_pick
from candidates.forms.work import WorkForm
from candidates.forms.work_style import PersonWorkStyleForm
from candidates.models import Candidate
from candidates.queries import facts_of, own_date
from candidates.queries.pay import legal_minimum_of
from candidates.rules.progress import missing_for_listing
from candidates.views.flow import (
    OTHER_TAB,
    KeptForLater,
    Press,
    go_on,
    pressed,
    row_set,
    sent_rows,
    show_step,
)

FOUND, CONFLICT = 302, 409


def about(
    request: CandidateRequest, candidate: Candidate, press: Press | None, stored: Stored
) -> HttpResponse:
    """Name, residence and right to work."""
    now = timezone.now()
    form = AboutForm(
        request.POST if press else None,
        initial=with_country(request, stored),
        now=now,
        today=own_date(candidate, now),
        draft=bool(press and press.drafts),
    )
    if press and press.saves and form.is_valid():
        save_about(
            candidate=candidate,
            display_name=form.cleaned_data["display_name"],
            residence=form.residence(),
            by=request.user,
            now=now,
        )
        return go_on(Step.ABOUT, press)
    return show_step(request, Step.ABOUT, "profile_step_about", press, stored=stored, forms=[form], form=form)


def languages(
    request: CandidateRequest, candidate: Candidate, press: Press | None, stored: Stored
) -> HttpResponse:
    """Languages with their claimed level."""
    data = sent_rows(request, press)
    rows = row_set(
        LanguageRows, "languages", press, data, [] if press else with_languages(request, stored["rows"])
    )
    if press and press.saves and rows.is_valid():
        save_languages(candidate=candidate, rows=rows.rows(), by=request.user, now=timezone.now())
        return go_on(Step.LANGUAGES, press)
    levels = [(level.label, words) for level, words in LEVEL_WORDS.items()]
    return show_step(
        request,
        Step.LANGUAGES,
        "profile_step_languages",
        press,
        stored=stored,
        forms=[rows],
        rows=rows,
        levels=levels,
    )


def background(
    request: CandidateRequest, candidate: Candidate, press: Press | None, stored: Stored
) -> HttpResponse:
    """Education, places, markets and experience."""
    data, looking = sent_rows(request, press), press is None
    form = EducationForm(data, initial=stored["education"], draft=bool(press and press.drafts))
    places = row_set(PlaceRows, "places", press, data, stored["places"] if looking else [])
    markets = row_set(MarketRows, "markets", press, data, stored["markets"] if looking else [])
    experience = row_set(ExperienceRows, "experience", press, data, stored["experience"] if looking else [])
    forms: list[KeptForm | RowSet] = [form, places, markets, experience]
    if press and press.saves and all(each.is_valid() for each in forms):
        filled = Background(
            education_level=form.cleaned_data["education_level"],
            education_field=form.cleaned_data["education_field"],
            places=places.rows(),
            markets=markets.rows(),
            experience=experience.rows(),
        )
        save_background(candidate=candidate, background=filled, by=request.user, now=timezone.now())
        return go_on(Step.BACKGROUND, press)
    return show_step(
        request, Step.BACKGROUND, "profile_step_background", press, stored=stored,
        forms=forms, form=form, places=places, markets=markets, experience=experience,
    )  # fmt: skip


def skills(
    request: CandidateRequest, candidate: Candidate, press: Press | None, stored: Stored
) -> HttpResponse:
    """One statement a skill."""
    form = SkillsForm(request.POST if press else None, initial=stored, draft=bool(press and press.drafts))
    if press and press.saves and form.is_valid():
        save_skills(candidate=candidate, rows=form.rows(), by=request.user, now=timezone.now())
        return go_on(Step.SKILLS, press)
    return show_step(
        request, Step.SKILLS, "profile_step_skills", press, stored=stored, forms=[form], form=form
    )


def hours(
    request: CandidateRequest, candidate: Candidate, press: Press | None, stored: Stored
) -> HttpResponse:
    """The week, what suits best in it, and hours a week."""
    initial, mask = with_hours(request, stored["initial"]), stored["mask"]
    form = HoursForm(
        request.POST if press else None, mask=mask, initial=initial, draft=bool(press and press.drafts)
    )
    if press and press.what == "pick":
        form.full_clean()
        if press.part == "clear" or not form.unreadable:
            data, mask = with_quick_pick(request.POST, press.part, form.spans)
            form = HoursForm(data, initial=initial, draft=True)
            form.shown_mask = mask
    elif press and press.saves and form.is_valid():
        save_hours(candidate=candidate, hours=form.hours(), by=request.user, now=timezone.now())
        return go_on(Step.HOURS, press)
    return show_step(request, Step.HOURS, "profile_step_hours", press, stored=stored, forms=[form], form=form)


def work(
    request: CandidateRequest, candidate: Candidate, press: Press | None, stored: Stored
) -> HttpResponse:
    """Contract, pay and start."""
    now = timezone.now()
    today = own_date(candidate, now)
    form = WorkForm(
        request.POST if press else None,
        initial=stored,
        today=today,
        draft=bool(press and press.drafts),
    )
    if press and press.saves and form.is_valid():
        save_work(candidate=candidate, work=form.work(), by=request.user, now=now)
        return go_on(Step.WORK, press)
    floor = legal_minimum_of(candidate, today)
    return show_step(
        request, Step.WORK, "profile_step_work", press, stored=stored, forms=[form], form=form, floor=floor
    )


def work_style(
    request: CandidateRequest, candidate: Candidate, press: Press | None, stored: Stored
) -> HttpResponse:
    """24 statements."""
    form = PersonWorkStyleForm(
        request.POST if press else None,
        candidate=candidate,
        begun=stored["begun"],
        draft=bool(press and press.drafts),
    )
    if press and press.what == "close" and form.unfinished:
        return _keep_work_style(request, candidate, form)
    if press and press.saves and form.is_valid():
        save_work_style(
            candidate=candidate,
            answers=form.answers(),
            version=form.version,
            by=request.user,
            now=timezone.now(),
        )
        return go_on(Step.WORK_STYLE, press)
    return show_step(
        request, Step.WORK_STYLE, "profile_step_work_style", press, stored=stored, forms=[form], form=form
    )


def _keep_work_style(
    request: CandidateRequest, candidate: Candidate, form: PersonWorkStyleForm
) -> HttpResponse:
    answers = form.cleaned_data
    if answers:
        keep_work_style_draft(candidate=candidate, answers=answers, version=form.version, by=request.user)
        words = _("Your %(done)d answers of %(all)d are kept. They count once all are there.")
        messages.info(request, words % {"done": len(answers), "all": len(form.fields)})
    return KeptForLater(reverse("candidates:profile"))


def listing_page(
    request: CandidateRequest, candidate: Candidate, press: Press | None, stored: Stored
) -> HttpResponse:
    """What being listed means; the buttons post to `candidates:listing`."""
    missing = missing_for_listing(facts_of(candidate))
    return show_step(request, Step.LISTING, "profile_step_listing", press, stored=stored, missing=missing)


PAGES: Mapping[str, Callable[[CandidateRequest, Candidate, Press | None, Stored], HttpResponse]] = {
    Step.ABOUT: about,
    Step.LANGUAGES: languages,
    Step.BACKGROUND: background,
    Step.SKILLS: skills,
    Step.HOURS: hours,
    Step.WORK: work,
    Step.WORK_STYLE: work_style,
    Step.LISTING: listing_page,
}


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_typed
@candidate_required
def step(request: CandidateRequest, step: str) -> HttpResponse:
    """One step of the signed-in person's own profile."""
    if step not in PAGES:
        raise Http404
    press = pressed(request)
    try:
        if press and press.saves:
            return _save(request, Step(step), press)
        candidate = request.candidate
        return PAGES[step](request, candidate, press, STORED[step](candidate))
    except UnableToSave as error:
        messages.error(request, error.message)
        return redirect("candidates:step", step=step)


class _ChangedInAnotherTab(Exception):
    """Undoes the saving of something else than what stands there since."""


def _save(request: CandidateRequest, step: Step, press: Press) -> HttpResponse:
    """Save, unless another tab saved something else since the page was opened: then show both, and save nothing."""
    candidate = request.candidate
    try:
        with transaction.atomic():
            candidate = _locked(candidate)
            stored = STORED[step](candidate)
            response = PAGES[step](request, candidate, press, stored)
            stale = request.POST.get("seen", mark_of(stored)) != mark_of(stored)
            saved = response.status_code == FOUND
            if saved and stale and mark_of(STORED[step](_locked(candidate))) != mark_of(stored):
                raise _ChangedInAnotherTab
    except _ChangedInAnotherTab:
        page = PAGES[step](request, candidate, OTHER_TAB, stored)
        page.status_code = CONFLICT
        return page
    if response.status_code == FOUND and not isinstance(response, KeptForLater):
        messages.success(request, _("“%(step)s” is saved.") % {"step": step.label})
    return response


def _locked(candidate: Candidate) -> Candidate:
    rows = Candidate.objects.select_for_update(of=("self",), no_key=True).select_related("country", "region")
    found = rows.get(pk=candidate.pk)
    found.user = candidate.user
    return found
