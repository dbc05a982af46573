"""Whether the facts that queries are compiled from are still the same: a short text that changes whenever they do."""

from datetime import date
from hashlib import sha256

from django.db.models import Count, Max, Q, Subquery, Sum

from matching.engine import ENGINE_VERSION, tz_version
from matching.models import WeightPolicy
from reference.models import ExchangeRate, FactsVersion, WageFloor


def facts_fingerprint(on: date) -> str:
    """The day, its floors, rates, data files and weight policies, and the engine that reads them; three queries."""
    floors = WageFloor.objects.aggregate(
        Count("pk"),
        Max("pk"),
        Count("valid_to"),
        Max("confirmed_at"),
        confirmed=Sum("pk", filter=Q(confirmed_at__isnull=False)),
        withdrawn=Sum("pk", filter=Q(withdrawn_at__isnull=False)),
    )
    rates = ExchangeRate.objects.aggregate(Count("pk"), Max("pk"))
    # Weight policies are only ever added, so the last one's key says whether there are new ones.
    last_policy = Subquery(WeightPolicy.objects.order_by("-pk").values("pk")[:1])
    loaded = FactsVersion.objects.annotate(policy=last_policy).aggregate(Max("pk"), Max("policy"))
    versions = (ENGINE_VERSION, tz_version())
    return _digest(on, *versions, *floors.values(), *rates.values(), *loaded.values())


def _digest(*values: object) -> str:
    return sha256("|".join(map(str, values)).encode()).hexdigest()
