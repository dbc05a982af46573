"""The description of the API (OpenAPI 3.1), for programs."""

from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.views.decorators.http import condition, require_safe
from drf_spectacular.generators import SchemaGenerator

from common.api.etags import etag_of
from employers.api.schema import TokenScheme

LANGUAGE = "en"
"""Names and words of the schema; answers speak the language of their request."""


@cache
def description() -> dict[str, Any]:
    """The schema, made once for every process: it only changes with the code."""
    with translation.override(LANGUAGE):
        generator = SchemaGenerator(api_version="v1")
        found: dict[str, Any] = generator.get_schema(request=None, public=True)
    assert TokenScheme.name in found["components"]["securitySchemes"]
    return found


@login_not_required
@require_safe
@condition(etag_func=lambda _request: etag_of(description()))
def schema(request: HttpRequest) -> HttpResponse:
    """The schema as JSON."""
    return JsonResponse(description())
