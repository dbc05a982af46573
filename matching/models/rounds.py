"""How far the rounds have come that look which rankings a change touches."""

from django.db import models


class RankingRound(models.Model):
    """The only row: what every ranking state written by a transaction below `states_below` was looked at with.

    Facts: `on`, `fingerprint`, `basis`. People: every change that the moment (`seen`, `snapshot`, `database`; see
    `matching.queries.changes.Moment`) could see. So a round over a hundred thousand vacancies that a change does not
    touch writes one row. `asked` counts those who asked for a round; `awaited`: a message asks for the next one because a
    ranking was stored that this one did not see.
    """

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    on = models.DateField()
    fingerprint = models.CharField(max_length=64)
    basis = models.CharField(max_length=64)
    seen = models.BigIntegerField()
    snapshot = models.TextField(blank=True)
    database = models.CharField(max_length=100)
    states_below = models.BigIntegerField()
    asked = models.BigIntegerField(default=0)
    awaited = models.BooleanField(default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="ranking_round_only_one")]

    def __str__(self) -> str:
        return f"{self.on} {self.seen}"
