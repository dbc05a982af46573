"""What must not reach production; `manage.py check --deploy` fails with it."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def no_demonstration(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """Demo people, demo sign-ins and relaxed MFA are for a laptop."""
    if not settings.DEMO:
        return []
    return [
        Error(
            "DEMO is on: anyone may sign in as a demo person, and staff need no second factor.",
            hint="Leave the environment variable DEMO unset.",
            id="marketplace.E001",
        )
    ]


@register(Tags.security, deploy=True)
def served_over_https(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """Session cookies and the redirect to HTTPS follow the scheme of SITE_ORIGIN."""
    if settings.HTTPS:
        return []
    return [
        Error(
            "SITE_ORIGIN is not an https:// address, so cookies travel in the clear.",
            hint="Set SITE_ORIGIN to the address that people type, as in https://work.example.org",
            id="marketplace.E002",
        )
    ]


@register(Tags.security, deploy=True)
def no_webhooks_to_itself(app_configs: Sequence[AppConfig] | None, **_: object) -> list[CheckMessage]:
    """Whoever names an address for webhooks must not reach what listens on this machine alone."""
    if not settings.WEBHOOKS_TO_LOOPBACK:
        return []
    return [
        Error(
            "WEBHOOKS_TO_LOOPBACK is on: employers can make this machine send requests to itself.",
            hint="Leave the environment variable WEBHOOKS_TO_LOOPBACK unset.",
            id="marketplace.E003",
        )
    ]
