"""Inviting everybody who only lacks one test."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from assessments.queries import live_banks
from employers.access import EDITORS, member_required
from matching.queries.known import known_facts
from matching.queries.matches import content_now
from matching.queries.shortlist import current_ranking
from matching.words.figures import skill_names
from placements.actions.invitations import Invited, UnableToInvite, invite_to_test
from placements.queries.near_misses import fact_of, near_misses_of
from placements.queries.vacancies import with_current
from vacancies.queries.vacancies import vacancies_of


@require_POST
@member_required(*EDITORS, accepted=True)
def invite(request: HttpRequest, pk: int, bank: str) -> HttpResponse:
    """Invite the near misses of this vacancy who lack what that test measures; then back to the shortlist."""
    vacancy = get_object_or_404(with_current(vacancies_of(request.employer)), pk=pk)  # type: ignore[attr-defined]
    test, now, ranking = get_object_or_404(live_banks(), code=bank), timezone.now(), current_ranking(vacancy)
    lacking: tuple[int, ...] = ()
    if ranking is not None:
        missing = near_misses_of(
            ranking.result, content_now(vacancy, known_facts(now.date())), now.date(), skill_names()
        )
        wanted = fact_of(test)
        lacking = next((group.ids for group in missing.groups if (group.kind, group.code) == wanted), ())
    try:
        done = invite_to_test(vacancy=vacancy, bank=test, candidates=lacking, by=request.user, now=now)  # type: ignore[arg-type]
    except UnableToInvite as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _told(done))
    return redirect("placements:shortlist", pk=vacancy.pk)


def _told(done: Invited) -> str:
    """What happened, in a sentence or two."""
    if not done.new:
        return _(
            "Everybody here was invited to this test less than thirty days ago; nobody was written to again."
        )
    said = ngettext(
        "%(n)s person is invited to the test.", "%(n)s people are invited to the test.", done.new
    ) % {"n": done.new}
    quiet = done.new - done.mailed
    if quiet:
        said += " " + ngettext(
            "%(n)s of them had a mail about it lately and sees it on their own pages.",
            "%(n)s of them had a mail about it lately and see it on their own pages.",
            quiet,
        ) % {"n": quiet}
    return said
