"""Django's own `migrate`, which first looks whether it can."""

from typing import Any

from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db import connections

from common.migrating import stopped_between


class Command(migrate.Command):
    """Applies migrations as Django does."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it. Raises CommandError, with nothing touched, where migrations stopped before others replaced them."""
        if stopped := stopped_between(connections[options["database"]]):
            missing, replaced_by = stopped
            raise CommandError(
                f"The migration {missing}, which {replaced_by} has replaced since, is not applied in this database: "
                "run `manage.py migrate` of the last version that has its file, then this one again "
                "(docs/migrations.md says how)."
            )
        super().handle(*args, **options)
