"""The group of recruiters."""

from typing import Any

from django.core.management.base import BaseCommand

from marketplace.recruiters import keep_recruiters_group


class Command(BaseCommand):
    """Safe to run at every start."""

    help = "Make the group “Recruiters” with the permissions that its work needs, and no others."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, or set its permissions again."""
        group = keep_recruiters_group()
        self.stdout.write(f"{group.name}: {group.permissions.count()} permissions")
