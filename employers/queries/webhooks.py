"""Reads about webhooks."""

from django.db.models import Count, Q, QuerySet

from employers.enums import DeliveryState
from employers.models import Employer, WebhookDelivery, WebhookEndpoint


def endpoints_of(employer: Employer) -> QuerySet[WebhookEndpoint]:
    """The employer's addresses, the oldest first, with its row."""
    return employer.webhooks.filter(removed_at=None).select_related("employer").order_by("made_at", "pk")


def with_waiting(endpoints: QuerySet[WebhookEndpoint]) -> QuerySet[WebhookEndpoint]:
    """With `waiting`: how many messages wait for each."""
    waiting = Q(deliveries__state__in=[DeliveryState.WAITING, DeliveryState.SENDING])
    return endpoints.annotate(waiting=Count("deliveries", filter=waiting))


def deliveries_to(endpoint: WebhookEndpoint) -> QuerySet[WebhookDelivery]:
    """What was sent there, and what waits, the newest first."""
    return endpoint.deliveries.order_by("-created_at", "-id")
