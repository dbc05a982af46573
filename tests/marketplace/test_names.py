"""What the administration calls things."""

from collections.abc import Iterator

from django.contrib import admin
from django.db import models
from django.utils.functional import Promise

OTHERS = ("auth", "account", "mfa")


def shown_models() -> Iterator[type[models.Model]]:
    """Models of this product with a list of their own or rows below another's page."""
    for model, room in admin.site._registry.items():
        yield from (model, *(inline.model for inline in room.inlines))


def test_every_kind_of_row_has_a_name_in_the_readers_language() -> None:
    bare = {
        model._meta.label
        for model in shown_models()
        if model._meta.app_label not in OTHERS
        for name in (model._meta.verbose_name, model._meta.verbose_name_plural)
        if not isinstance(name, Promise)
    }
    assert bare == set()
