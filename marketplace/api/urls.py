"""Addresses of the API. Each room lists its own; version 1 is their sum."""

from django.urls import include, path

from marketplace.api.docs import docs
from marketplace.api.schema import schema

app_name = "api"
urlpatterns = [
    path("docs/", docs, name="docs"),
    path("v1/schema/", schema, name="schema"),
    path("v1/", include("vacancies.api.urls")),
    path("v1/", include("matching.api.urls")),
    path("v1/", include("placements.api.urls")),
]
