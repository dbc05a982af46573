"""What a request may carry: JSON of a bounded length, and nothing that is not known."""

import json
from collections.abc import Mapping
from typing import IO, Any, Final

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request

from common.api.problems import Problem, wrong_fields, wrong_parameters

MOST_BYTES: Final = 64_000
NAME_LENGTH: Final = 64
MOST_NAMED: Final = 20


def too_long() -> Problem:
    """The problem of a body that is longer than anything that could be meant."""
    return Problem("too-long", _("A body has at most %(bytes)s bytes.") % {"bytes": MOST_BYTES})


class BoundedJSONParser(JSONParser):
    """JSON of a bounded length, without NaN, infinity and zero bytes, nested no deeper than Python can follow."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The value. Raises ParseError, or a Problem when it is too long."""
        body = stream.read(MOST_BYTES + 1)
        if len(body) > MOST_BYTES:
            raise too_long()
        try:
            return json.loads(body, parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise ParseError(f"This is no JSON that can be read: {error}") from error


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")


class Strict(serializers.Serializer[Any]):
    """Nothing unknown passes, so that a misspelt name never looks as if it had been counted."""

    def to_internal_value(self, data: Any) -> Any:
        """Refuse names that are not fields, then as usual."""
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, Mapping) else []
        if unknown:
            sentence = _("This is not part of what is counted. Leave it out, or look at its spelling.")
            names = [str(name)[:NAME_LENGTH] for name in unknown[:MOST_NAMED]]
            raise serializers.ValidationError({name: [sentence] for name in names})
        return super().to_internal_value(data)


def parameters_of(query: QueryDict, kind: type[Strict]) -> dict[str, Any]:
    """The validated query string. A parameter that is unknown, or stands there twice, is a problem."""
    twice = [name for name, values in query.lists() if len(values) > 1]
    if twice:
        raise wrong_parameters({name[:NAME_LENGTH]: [_("Send this once.")] for name in twice[:MOST_NAMED]})
    sent = kind(data={name: query[name] for name in query})
    if not sent.is_valid():
        raise wrong_parameters(sent.errors)
    return dict(sent.validated_data)


def sent_as(request: Request, kind: type[Strict]) -> dict[str, Any]:
    """The validated body. Raises a Problem with every error at its place."""
    judged = kind(data=request.data)
    if not judged.is_valid():
        raise wrong_fields(judged.errors)
    return dict(judged.validated_data)
