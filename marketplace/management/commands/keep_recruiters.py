"""The groups of recruiters and of raters."""

from typing import Any

from django.core.management.base import BaseCommand

from marketplace.recruiters import keep_raters_group, keep_recruiters_group


class Command(BaseCommand):
    """Safe to run at every start."""

    help = (
        "Make the groups “Recruiters” and “Raters” with the permissions that their work needs, and no others."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them, or set their permissions again."""
        for group in (keep_recruiters_group(), keep_raters_group()):
            self.stdout.write(f"{group.name}: {group.permissions.count()} permissions")
