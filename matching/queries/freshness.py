"""Whether the facts that queries are compiled from are still the same: a short text that changes whenever they do."""

from datetime import date
from hashlib import sha256

from django.db.models import Count, Func, IntegerField, Max, Q, Subquery, Sum

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
    # Weight policies are only ever added, so how many there are says whether there are new ones. The last one's key
    # alone does not: the key is given before the row is committed, and an earlier one may come after a later one.
    policies = (
        WeightPolicy.objects.order_by()
        .annotate(n=Func("pk", function="count", output_field=IntegerField()))
        .values("n")
    )
    loaded = FactsVersion.objects.annotate(policies=Subquery(policies)).aggregate(
        Count("pk"), Max("pk"), Max("policies")
    )
    versions = (ENGINE_VERSION, tz_version())
    return _digest(on, *versions, *floors.values(), *rates.values(), *loaded.values())


def _digest(*values: object) -> str:
    return sha256("|".join(map(str, values)).encode()).hexdigest()
