"""An employer's vacancies, as its own systems read and write them: the same acts and checks as on the pages."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from common.api.bodies import parameters_of, sent_as
from common.api.cursors import next_address, page_after
from common.api.etags import etag_of, require_match
from common.api.problems import Problem, wrong_fields
from employers.api.schema import IF_MATCH, IF_MATCH_NEEDED, described
from employers.api.views import EmployerView, once
from employers.enums import ApiScope
from vacancies.actions import editing, lifecycle
from vacancies.actions.checks import lock_vacancy
from vacancies.actions.errors import ChangedMeanwhile, UnableToEdit, UnableToMoveVacancy, UnableToPublish
from vacancies.api.content import VacancyContent
from vacancies.api.shapes import (
    ClosingInput,
    NothingInput,
    VacancyChange,
    VacancyListQuery,
    VacancyPage,
    VacancyWhole,
    vacancy_line,
    vacancy_whole,
)
from vacancies.api.writing import content_from
from vacancies.content import content_of
from vacancies.enums import VacancyState
from vacancies.models import Vacancy
from vacancies.queries.vacancies import vacancies_of, with_version_rows

READ, WRITE = ApiScope.VACANCIES_READ, ApiScope.VACANCIES_WRITE
TAG = "Vacancies"


class VacancyView(EmployerView):
    """One of the employer's vacancies."""

    def whole(self, pk: int) -> Vacancy:
        """With all its rows; 404 where it is not this employer's."""
        return get_object_or_404(with_version_rows(vacancies_of(self.employer)), pk=pk)

    def locked(self, pk: int) -> Vacancy:
        """The same, and nobody changes it before this transaction ends."""
        lock_vacancy(get_object_or_404(vacancies_of(self.employer), pk=pk))
        return self.whole(pk)

    def answer(self, pk: int, status: int = 200, **headers: str) -> Response:
        """The vacancy as it is now, with its tag."""
        data = vacancy_whole(self.whole(pk))
        return Response(data, status, headers={"ETag": etag_of(data), **headers})

    def acted(self, act: Callable[..., Vacancy], vacancy: Vacancy, **arguments: Any) -> Vacancy:
        """Do it as the token's member; what refuses it is a problem. What was done before is done."""
        try:
            return act(vacancy=vacancy, by=self.request.user, now=timezone.now(), **arguments)
        except UnableToPublish as error:
            raise wrong_fields({name: [says] for name, says in error.problems.items()}) from error
        except ChangedMeanwhile as error:
            raise Problem("changed") from error
        except UnableToEdit as error:
            raise Problem("conflict", str(error)) from error
        except UnableToMoveVacancy as error:
            if error.already:
                return vacancy
            raise Problem("conflict", str(error)) from error


class Vacancies(VacancyView):
    """The employer's vacancies."""

    scopes = {"GET": READ, "POST": WRITE}

    @described(
        "List vacancies", VacancyPage, id="list_vacancies", tag=TAG, scope=READ, query=VacancyListQuery,
        text="The newest first, whatever their state. A row that is there when you begin comes exactly once.",
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """The newest first, whatever their state."""
        asked = parameters_of(request.query_params, VacancyListQuery)
        found = vacancies_of(self.employer)
        if "state" in asked:
            found = found.filter(state=asked["state"])
        if "changed_since" in asked:
            found = found.filter(changed_at__gte=asked["changed_since"])
        rows, cursor = page_after(found, asked)
        return Response({"items": [vacancy_line(one) for one in rows], "next": next_address(request, cursor)})

    @described(
        "Write a draft", VacancyWhole, id="create_vacancy", tag=TAG, scope=WRITE, status=201, body=VacancyContent,
        changes=True, text="Nobody outside your company sees it before it is handed in and a recruiter has read it.",
    )  # fmt: skip
    @once
    def post(self, request: Request) -> Response:
        """Write a draft. Nobody else sees it before it is handed in and a recruiter has read it."""
        content = content_from(request.data, timezone.localdate())
        made = editing.create_vacancy(
            employer=self.employer, content=content, by=self.token.membership.user, now=timezone.now()
        )
        return self.answer(made.pk, 201, Location=reverse("api:vacancy", args=[made.pk], request=request))


class OneVacancy(VacancyView):
    """One vacancy."""

    scopes = {"GET": READ, "PATCH": WRITE}

    @described(
        "Read a vacancy", VacancyWhole, id="read_vacancy", tag=TAG, scope=READ, problems=("not-found",),
        text="What people see of it (`published`), and what is being written (`draft`).",
    )  # fmt: skip
    def get(self, request: Request, pk: int) -> Response:
        """What people see of it, and what is being written."""
        return Response(vacancy_whole(self.whole(pk)))

    @described(
        "Change the draft", VacancyWhole, id="change_vacancy", tag=TAG, scope=WRITE, body=VacancyChange, changes=True,
        problems=("not-found", "conflict", "changed", "if-match"), extra=(IF_MATCH_NEEDED,),
        text="Fields left out stay as they are; lists are replaced as a whole. A vacancy that was published gets a "
        "draft beside what people see.",
    )  # fmt: skip
    @once
    @transaction.atomic
    def patch(self, request: Request, pk: int) -> Response:
        """Change the draft; a vacancy that was published gets one beside what people see. Fields left out stay."""
        vacancy = self.locked(pk)
        require_match(request, vacancy_whole(vacancy), needed=True)
        content = content_from(request.data, timezone.localdate(), over=content_of(vacancy.shown))
        self.acted(editing.save_draft, vacancy, content=content)
        return self.answer(pk)


class VacancyStep(VacancyView):
    """A step in the life of a vacancy. If-Match is heeded where it is sent."""

    scopes = {"POST": WRITE}

    @once
    @transaction.atomic
    def post(self, request: Request, pk: int) -> Response:
        """Take the step; a step that was taken before changes nothing."""
        vacancy = self.locked(pk)
        require_match(request, vacancy_whole(vacancy))
        self.step(request, vacancy)
        return self.answer(pk)

    def step(self, request: Request, vacancy: Vacancy) -> None:
        """The step itself."""
        raise NotImplementedError


def step_described(summary: str, text: str, name: str, body: Any = NothingInput) -> Any:
    """How a step is described."""
    return extend_schema_view(
        post=described(
            summary, VacancyWhole, id=name, tag=TAG, scope=WRITE, text=text, body=body, changes=True,
            problems=("not-found", "conflict", "changed"), extra=(IF_MATCH,),
        )
    )  # fmt: skip


@step_described(
    "Hand in, or publish changes",
    "A draft goes to a recruiter, who publishes it or sends it back with a reason. Changes to a published vacancy are "
    "published at once. Facts and pay are checked against every country's floor on this day.",
    "submit_vacancy",
)
class Submit(VacancyStep):
    """Handing in a draft, or publishing changes."""

    def step(self, request: Request, vacancy: Vacancy) -> None:
        """A draft goes to the recruiters; changes to what is published are published."""
        published = vacancy.state in {VacancyState.PUBLISHED, VacancyState.PAUSED}
        act = lifecycle.publish_changes if published else lifecycle.submit_vacancy
        sent_as(request, NothingInput)
        self.acted(act, vacancy, today=timezone.localdate())


@step_described("Pause", "Nobody new sees it until it is resumed.", "pause_vacancy")
class Pause(VacancyStep):
    """Not showing it for a while."""

    def step(self, request: Request, vacancy: Vacancy) -> None:
        """Nobody new sees it."""
        sent_as(request, NothingInput)
        self.acted(lifecycle.pause_vacancy, vacancy)


@step_described("Resume", "Show a paused vacancy again; it is ranked anew.", "resume_vacancy")
class Resume(VacancyStep):
    """Showing it again."""

    def step(self, request: Request, vacancy: Vacancy) -> None:
        """It is ranked anew."""
        sent_as(request, NothingInput)
        self.acted(lifecycle.resume_vacancy, vacancy)


@step_described("Close", "End it, with a reason.", "close_vacancy", ClosingInput)
class Close(VacancyStep):
    """Ending it."""

    def step(self, request: Request, vacancy: Vacancy) -> None:
        """With the reason that people on it are told."""
        self.acted(lifecycle.close_vacancy, vacancy, because=sent_as(request, ClosingInput)["because"])
