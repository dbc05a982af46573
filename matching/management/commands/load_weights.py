"""`manage.py load_weights`: the usual weights and bounds that the product ships, for each kind of work."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from matching.actions.weights import load_shipped_policies


class Command(BaseCommand):
    """Adds what is missing; a second run does nothing."""

    help = "Load the shipped weight policies. Those that staff set later keep superseding them."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how many were new."""
        added = load_shipped_policies(now=timezone.now())
        self.stdout.write(f"{added} weight policies added")
