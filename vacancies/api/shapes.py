"""What the API says about a vacancy, and what it may be asked."""

from typing import Any

from rest_framework import serializers

from common.api.bodies import Strict
from common.api.cursors import PageQuery
from reference.enums import WordingGround
from vacancies.api.content import VacancyContent, as_content
from vacancies.content import VersionContent, content_of
from vacancies.enums import ClosedBecause, VacancyState
from vacancies.models import Vacancy
from vacancies.rules.wording import READ_FIELDS, findings_in


class VacancyListQuery(PageQuery):
    """Which vacancies: in which state, changed since when."""

    state = serializers.ChoiceField(choices=VacancyState.values, required=False)
    changed_since = serializers.DateTimeField(required=False)


class ClosingInput(Strict):
    """Why a vacancy is closed."""

    because = serializers.ChoiceField(choices=ClosedBecause.values)


class NothingInput(Strict):
    """A step that needs no more words: an empty object, or no body."""


class VacancyChange(VacancyContent):
    """Any fields of a vacancy."""

    def get_fields(self) -> dict[str, Any]:
        """All of them, none needed."""
        fields = super().get_fields()
        for field in fields.values():
            field.required = False
        return fields


class VacancyLine(serializers.Serializer[Any]):
    """A vacancy in a list."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=VacancyState.values)
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()
    published_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    closed_because = serializers.ChoiceField(choices=ClosedBecause.values, allow_null=True)
    version = serializers.IntegerField(allow_null=True, help_text="Number of the version that people see.")
    draft_version = serializers.IntegerField(
        allow_null=True, help_text="Number of the version being written."
    )


class VacancyPage(serializers.Serializer[Any]):
    """A page of vacancies, the newest first."""

    items = VacancyLine(many=True)
    next = serializers.URLField(allow_null=True, help_text="Address of the next page; null on the last.")


class WordingFinding(serializers.Serializer[Any]):
    """Words in a draft that are wrong, and why in a code. What `stops` has to go before it is handed in; that says more."""

    field = serializers.ChoiceField(choices=READ_FIELDS)
    words = serializers.CharField()
    ground = serializers.ChoiceField(choices=WordingGround.values)
    stops = serializers.BooleanField()


def wording_findings(draft: VersionContent | None) -> list[dict[str, Any]]:
    """In the shape of `WordingFinding`: the same in every language, since entity tags are made of it."""
    return [
        {
            "field": name,
            "words": one.words,
            "ground": one.ground,
            "stops": one.stops,
        }
        for name, findings in (findings_in(draft) if draft else {}).items()
        for one in findings
    ]


class VacancyWhole(VacancyLine):
    """A vacancy with what people see (`published`) and what is being written (`draft`)."""

    published = VacancyContent(allow_null=True)
    draft = VacancyContent(allow_null=True)
    draft_wording = WordingFinding(many=True)


def vacancy_line(vacancy: Vacancy) -> dict[str, Any]:
    """In the shape of `VacancyLine`."""
    return {
        "id": vacancy.pk,
        "title": vacancy.shown.title,
        "state": vacancy.state,
        "created_at": vacancy.created_at,
        "changed_at": vacancy.changed_at,
        "published_at": vacancy.published_at,
        "closed_at": vacancy.closed_at,
        "closed_because": vacancy.closed_because or None,
        "version": vacancy.current.number if vacancy.current else None,
        "draft_version": vacancy.draft.number if vacancy.draft else None,
    }


def vacancy_whole(vacancy: Vacancy) -> dict[str, Any]:
    """In the shape of `VacancyWhole`."""
    current = vacancy.current
    draft = content_of(vacancy.draft) if vacancy.draft else None
    return {
        **vacancy_line(vacancy),
        "published": as_content(content_of(current)) if current else None,
        "draft": as_content(draft) if draft else None,
        "draft_wording": wording_findings(draft),
    }
