"""How addresses of the API are described, once for the schema and the page made of it."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, OpenApiWebhook, extend_schema
from rest_framework import serializers

from common.api.problems import KINDS, MEDIA_TYPE
from employers.api.access import TokenAuthentication
from employers.enums import TEST_EVENT, WebhookEvent

ALWAYS: Final = ("token", "forbidden", "not-acceptable", "too-many")
OF_BODIES: Final = ("malformed", "too-long", "media-type", "invalid")
OF_KEYS: Final = ("malformed", "key-reused")


class TokenScheme(OpenApiAuthenticationExtension):
    """The token as OpenAPI knows it."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """A bearer token."""
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token that an owner of the company made.",
        }


class ProblemPlace(serializers.Serializer[Any]):
    """One thing that is wrong: in the body at a JSON Pointer, or in a parameter."""

    pointer = serializers.CharField(required=False)
    parameter = serializers.CharField(required=False)
    detail = serializers.CharField()


class ProblemDetails(serializers.Serializer[Any]):
    """An error (RFC 9457)."""

    type = serializers.CharField(
        help_text="Address that explains this kind of problem; tell kinds apart by it."
    )
    title = serializers.CharField(help_text="The kind in a few words, in the language of the request.")
    status = serializers.IntegerField(help_text="The HTTP status.")
    detail = serializers.CharField(
        help_text="What is wrong with this very request, in a sentence for people."
    )
    errors = ProblemPlace(many=True, required=False)  # type: ignore[assignment]


EVENT_MESSAGE: Final = {
    "type": "object",
    "description": "What happened, by ids and states, never a person. Read the rest with the API.",
    "required": ["type", "timestamp", "data"],
    "properties": {
        "type": {"type": "string", "enum": [*WebhookEvent.values, TEST_EVENT]},
        "timestamp": {"type": "string", "format": "date-time", "description": "When it happened."},
        "data": {"type": "object"},
    },
}
MESSAGE: Final = OpenApiWebhook(
    name="event",
    decorator=extend_schema(
        operation_id="receive_event", summary="An event", tags=["Webhooks"], request={"application/json": EVENT_MESSAGE},
        description="Sent to the addresses that owners added, signed as Standard Webhooks describes.",
        responses={"2XX": OpenApiResponse(description="Taken. Anything else is tried again.")},
    ),
)  # fmt: skip

IDEMPOTENCY_KEY: Final = OpenApiParameter(
    "Idempotency-Key", str, OpenApiParameter.HEADER,
    description="1 to 200 printable characters. The same request with the same key has its effect once; the answer is "
    "kept for 24 hours.",
)  # fmt: skip
IF_NONE_MATCH: Final = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="An ETag that you hold: 304 when nothing changed.",
)
IF_MATCH: Final = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER,
    description="The ETag that you read: 412 when somebody changed it since.",
)  # fmt: skip
IF_MATCH_NEEDED: Final = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True,
    description="The ETag that you read, or * to overwrite whatever stands there. Without it: 428.",
)  # fmt: skip


def described(
    summary: str,
    answer: Any,
    *,
    id: str,  # noqa: A002 - OpenAPI's own word
    tag: str,
    scope: str,
    text: str = "",
    status: int = 200,
    body: Any = None,
    query: Any = None,
    changes: bool = False,
    problems: Sequence[str] = (),
    extra: Sequence[OpenApiParameter] = (),
    examples: Sequence[Any] = (),
) -> Callable[[Any], Any]:
    """Describe a method: what it takes, its answer, and every problem that it may answer with.

    `changes` is for what has an effect and takes an Idempotency-Key; `problems` are kinds beside those that always may be.
    """
    kinds = [*ALWAYS, *problems]
    parameters: list[Any] = [*extra]
    if query is not None:
        parameters.append(query)
        kinds.append("invalid")
    if body is not None:
        kinds += OF_BODIES
    if changes:
        parameters.append(IDEMPOTENCY_KEY)
        kinds += OF_KEYS
    responses: dict[Any, Any] = {status: answer, **_problems(kinds)}
    if not changes and body is None:
        parameters.append(IF_NONE_MATCH)
        responses[304] = OpenApiResponse(description="You hold it already.")
    return extend_schema(
        operation_id=id, summary=summary, description=f"{text}\n\nScope: `{scope}`".strip(), tags=[tag],
        parameters=parameters, request=body, responses=responses, examples=list(examples),
    )  # fmt: skip


def _problems(kinds: Sequence[str]) -> dict[tuple[int, str], OpenApiResponse]:
    by_status: dict[int, list[str]] = {}
    for kind in dict.fromkeys(kinds):
        by_status.setdefault(KINDS[kind].status, []).append(f"`{kind}`: {KINDS[kind].title}")
    return {
        (status, MEDIA_TYPE): OpenApiResponse(ProblemDetails, description=" ".join(words))
        for status, words in sorted(by_status.items())
    }
