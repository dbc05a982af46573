"""Inviting everybody who only lacks one test."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from employers.access import EDITORS, MemberRequest, member_required
from matching.queries.known import known_facts
from matching.queries.matches import content_now
from matching.queries.shortlist import current_ranking
from matching.words.figures import skill_names
from placements.actions.invitations import Invited, UnableToInvite, invite_to_test
from placements.queries.fact_tests import Fact, FactTest, pages_by_fact, tests_by_fact
from placements.queries.near_misses import near_misses_of
from placements.queries.vacancies import with_current
from vacancies.models import Vacancy
from vacancies.queries.vacancies import vacancies_of


@require_POST
@member_required(*EDITORS, accepted=True)
def invite(request: MemberRequest, pk: int, kind: str, code: str) -> HttpResponse:
    """Invite the near misses of this vacancy who lack that measurement to its test; then back to the shortlist."""
    vacancy = get_object_or_404(with_current(vacancies_of(request.employer)), pk=pk)
    test, lacking = _test_of((kind, code)), _who_lack(vacancy, (kind, code))
    try:
        done = invite_to_test(
            vacancy=vacancy, test=test, candidates=lacking, by=request.user, now=timezone.now()
        )
    except UnableToInvite as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _told(done))
    return redirect("placements:shortlist", pk=vacancy.pk)


def _test_of(fact: Fact) -> FactTest:
    """The test of it; 404 where there is none."""
    tests = tests_by_fact()
    test = FactTest(fact, tests.get(fact), pages_by_fact(tests).get(fact))
    if not test:
        raise Http404
    return test


def _who_lack(vacancy: Vacancy, fact: Fact) -> tuple[int, ...]:
    """Candidate ids of the near misses by the current ranking who are not measured in it."""
    ranking, on = current_ranking(vacancy), timezone.now().date()
    if ranking is None:
        return ()
    content = content_now(vacancy, known_facts(on))
    groups = near_misses_of(ranking.result, content, on, skill_names()).groups
    return next((group.ids for group in groups if group.test.fact == fact), ())


def _told(done: Invited) -> str:
    """What happened, in a sentence or two."""
    if not done.new and not done.already:
        return _(
            "Nobody here can be invited any more: they were measured, or are not open to this vacancy now."
        )
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
