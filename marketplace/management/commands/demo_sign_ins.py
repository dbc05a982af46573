"""`manage.py demo_sign_ins`: prints one demo sign-in for each role."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from marketplace.demo.sign_ins import sign_ins


class Command(BaseCommand):
    """Only with DEMO=1: nobody else's password is ever printed."""

    help = "Print one demo sign-in for each role."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a role."""
        if not settings.DEMO:
            raise CommandError("Demo sign-ins exist only with DEMO=1.")
        for each in sign_ins():
            self.stdout.write(f"  {each.role:<10} {each.email:<24} {each.password}")
