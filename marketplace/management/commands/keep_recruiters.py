"""The groups of recruiters, raters and calibrators."""

from typing import Any

from django.core.management.base import BaseCommand

from marketplace.recruiters import keep_calibrators_group, keep_raters_group, keep_recruiters_group


class Command(BaseCommand):
    """Safe to run at every start."""

    help = "Make the groups “Recruiters”, “Raters” and “Calibrators” with the permissions that their work needs, and no others."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them, or set their permissions again."""
        for group in (keep_recruiters_group(), keep_raters_group(), keep_calibrators_group()):
            self.stdout.write(f"{group.name}: {group.permissions.count()} permissions")
