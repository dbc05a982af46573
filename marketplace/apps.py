"""The composition root as a Django app: checks, dashboards and commands that span the floors."""

from django.apps import AppConfig


class MarketplaceConfig(AppConfig):
    name = "marketplace"
    verbose_name = "Marketplace"

    def ready(self) -> None:
        """Load the Celery app, so that tasks published from a web process use it, and the deploy checks."""
        from marketplace import celery  # noqa: F401

        try:
            from marketplace import checks  # noqa: F401
        except ImportError:
            pass
