"""Django's own `migrate`, in two thirds of the time."""

from typing import Any

from django.core.management.commands import migrate

from common.migrating import options_in_place


class Command(migrate.Command):
    """Applies migrations as Django does."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; what an index or a constraint belongs to is not drawn anew for it."""
        with options_in_place():
            super().handle(*args, **options)
