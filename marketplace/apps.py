"""The composition root as a Django app: checks, dashboards and commands that span the floors."""

from django.apps import AppConfig


class MarketplaceConfig(AppConfig):
    name = "marketplace"
    verbose_name = "Marketplace"

    def ready(self) -> None:
        """Load the Celery app, so that tasks published from a web process use it, the checks and the heartbeat."""
        from marketplace import celery, checks, heartbeat  # noqa: F401
