"""Applications for an employer's own systems: the same acts and checks as on the pages."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from common.api.bodies import Strict, parameters_of, sent_as
from common.api.cursors import next_address, page_after
from common.api.etags import etag_of, require_match
from common.api.problems import Problem, wrong_fields
from employers.api.schema import IF_MATCH, described
from employers.api.views import EmployerView, once
from employers.enums import ApiScope
from placements.actions import applications as acts
from placements.actions.errors import UnableToApply, UnableToMoveApplication
from placements.actions.locking import lock_application
from placements.api.application_shapes import (
    ApplicationListQuery,
    ApplicationPage,
    ApplicationSteps,
    ApplicationWhole,
    InterviewInput,
    MessageInput,
    NoInput,
    OfferInput,
    application_step,
    application_whole,
)
from placements.enums import Side
from placements.forms.deciding import MessageForm, NoForm, leave_out
from placements.models import Application
from placements.queries.applications import application_between, applications_for
from placements.queries.listed import listed_person
from placements.queries.vacancies import with_current
from placements.rules.contact import contact_in
from vacancies.queries.vacancies import vacancies_of

READ, WRITE = ApiScope.APPLICATIONS_READ, ApiScope.APPLICATIONS_WRITE
TAG = "Applications"
FILTERS = {"vacancy": "vacancy", "state": "state", "owed_by": "owed_by", "changed_since": "changed_at__gte"}


class ApplicationView(EmployerView):
    """One of the employer's applications."""

    def one(self, public_id: UUID) -> Application:
        """With the person and the vacancy; 404 where it is not this employer's."""
        return get_object_or_404(applications_for(self.employer), public_id=public_id)

    def answer(self, application: Application, status: int = 200, **headers: str) -> Response:
        """The application as it is now, with its tag."""
        data = application_whole(self.one(application.public_id))
        return Response(data, status, headers={"ETag": etag_of(data), **headers})


class Applications(ApplicationView):
    """The employer's applications."""

    scopes = {"GET": READ}

    @described(
        "List applications", ApplicationPage, id="list_applications", tag=TAG, scope=READ, query=ApplicationListQuery,
        text="The newest first. `owed_by=employer` are those who wait for your answer.",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """A page."""
        asked = parameters_of(request.query_params, ApplicationListQuery)
        wanted = {field: asked[name] for name, field in FILTERS.items() if name in asked}
        rows, cursor = page_after(applications_for(self.employer).filter(**wanted), asked)
        items = [application_whole(one) for one in rows]
        return Response({"items": items, "next": next_address(request, cursor)})


class OneApplication(ApplicationView):
    """One application."""

    scopes = {"GET": READ}

    @described(
        "Read an application", ApplicationWhole, id="read_application", tag=TAG, scope=READ, problems=("not-found",),
    )  # fmt: skip
    def get(self, request: Request, public_id: UUID) -> Response:
        """As it is now."""
        return Response(application_whole(self.one(public_id)))


class LogOfApplication(ApplicationView):
    """How it came to that."""

    scopes = {"GET": READ}

    @described(
        "Read the log of an application", ApplicationSteps, id="read_application_log", tag=TAG, scope=READ,
        problems=("not-found",),
    )  # fmt: skip
    def get(self, request: Request, public_id: UUID) -> Response:
        """Every step."""
        entries = self.one(public_id).log.order_by("at", "pk")
        return Response({"items": [application_step(entry) for entry in entries]})


class Invite(ApplicationView):
    """Beginning an application."""

    scopes = {"POST": WRITE}

    @described(
        "Invite somebody", ApplicationWhole, id="invite_person", tag=TAG, scope=WRITE, status=201, body=MessageInput,
        changes=True, problems=("not-found", "conflict"),
        text="Invite a person of the shortlist. Who has shown interest already is accepted by it: both are interested then. "
        "The person's name is theirs to give until then, so leave contact data out of the message.",
    )  # fmt: skip
    @once
    @transaction.atomic
    def post(self, request: Request, pk: int, person: UUID) -> Response:
        """Only people who are shown on the list now. Who is invited already stays so."""
        vacancy = get_object_or_404(with_current(vacancies_of(self.employer)), pk=pk)
        candidate = listed_person(vacancy, person)
        if candidate is None:
            raise Http404
        message = judged(sent_as(request, MessageInput), MessageForm)
        by, now = self.token.membership.user, timezone.now()
        try:
            made = acts.invite_candidate(vacancy=vacancy, candidate=candidate, by=by, now=now, **message)
        except UnableToApply as error:
            held = application_between(candidate, vacancy) if error.already else None
            if held is None:
                raise Problem("conflict", str(error)) from error
            return self.answer(held)
        address = reverse("api:application", args=[made.public_id], request=request)
        return self.answer(made, 201, Location=address)


class ApplicationMove(ApplicationView):
    """A step of an application, taken by the employer."""

    scopes = {"POST": WRITE}
    takes: type[Strict]
    judges: type[forms.Form] | None = None

    @once
    @transaction.atomic
    def post(self, request: Request, public_id: UUID) -> Response:
        """Take it; a step that was taken before changes nothing."""
        application = self.one(public_id)
        lock_application(application)
        application = self.one(public_id)
        require_match(request, application_whole(application))
        words = sent_as(request, self.takes)
        words = judged(words, self.judges) if self.judges else words
        if self.judges and not application.names_shown and (found := contact_in(words["message"])):
            raise wrong_fields({"message": [leave_out(found)]})
        try:
            self.act(application=application, by=self.token.membership.user, now=timezone.now(), **words)
        except UnableToMoveApplication as error:
            if not error.already:
                raise Problem("conflict", str(error)) from error
        return self.answer(application)

    def act(self, **step: Any) -> Application:
        """The step itself."""
        raise NotImplementedError


def judged(words: dict[str, Any], form: type[forms.Form]) -> dict[str, Any]:
    """What the form of the page makes of the words. Raises a Problem with its sentences."""
    bound = form(words)
    if not bound.is_valid():
        raise wrong_fields({name: [str(one) for one in says] for name, says in bound.errors.items()})
    return dict(bound.cleaned_data)


def move_described(summary: str, text: str, name: str, body: type[Strict]) -> Callable[[Any], Any]:
    """How a step is described."""
    return extend_schema_view(
        post=described(
            summary, ApplicationWhole, id=name, tag=TAG, scope=WRITE, text=text, body=body, changes=True,
            problems=("not-found", "conflict", "changed"), extra=(IF_MATCH,),
        )
    )  # fmt: skip


@move_described(
    "Accept interest",
    "You are interested, too: you see the name from now on.",
    "accept_interest",
    MessageInput,
)
class Accept(ApplicationMove):
    """A yes to somebody who showed interest."""

    takes = MessageInput

    def act(self, **step: Any) -> Application:
        """Both are interested."""
        return acts.accept_interest(**step)


@move_described(
    "Decline", "Say no to what waits for your answer. The person reads the reason and the message.", "decline_application",
    NoInput,
)  # fmt: skip
class Decline(ApplicationMove):
    """A no."""

    takes, judges = NoInput, NoForm

    def act(self, **step: Any) -> Application:
        """With a reason."""
        return acts.decline(side=Side.EMPLOYER, **step)


@move_described(
    "Take back",
    "Take back an invitation or an offer that was not answered yet.",
    "withdraw_application",
    NoInput,
)
class Withdraw(ApplicationMove):
    """Taking back what was said."""

    takes, judges = NoInput, NoForm

    def act(self, **step: Any) -> Application:
        """With a reason."""
        return acts.withdraw(side=Side.EMPLOYER, **step)


@move_described("Note the interview", "You talk, or talked, at that time.", "start_interview", InterviewInput)
class Interview(ApplicationMove):
    """A conversation."""

    takes = InterviewInput

    def act(self, **step: Any) -> Application:
        """In interview."""
        return acts.start_interview(**step)


@move_described("Make an offer", "There are never more offers than openings.", "make_offer", OfferInput)
class Offer(ApplicationMove):
    """An offer."""

    takes = OfferInput

    def act(self, **step: Any) -> Application:
        """The person answers here."""
        return acts.make_offer(**step)
