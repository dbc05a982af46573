"""A ranking that several workers make together: the job, and what each has found so far."""

from django.db import models

from matching.models.pool import PoolVersion


class RankingJob(models.Model):
    """One vacancy's query against one state of the pool, cut into `of` shards. Gone when its ranking is stored.

    The query travels in the row and not in each worker's own reading of the facts, so that all shards rank the same.
    `read_at` and what follows go into the state of the vacancy (see RankingState); `asked_at`: messages were sent.
    """

    vacancy = models.OneToOneField("vacancies.Vacancy", on_delete=models.CASCADE, related_name="ranking_job")
    version = models.ForeignKey("vacancies.VacancyVersion", on_delete=models.CASCADE, related_name="+")
    pool = models.ForeignKey(PoolVersion, on_delete=models.RESTRICT, related_name="+")
    query = models.TextField()
    query_digest = models.CharField(max_length=64)
    candidate_weights = models.JSONField()
    top = models.PositiveIntegerField()
    of = models.PositiveSmallIntegerField()
    read_at = models.DateTimeField()
    team_as_of = models.DateTimeField()
    on = models.DateField()
    fingerprint = models.CharField(max_length=64)
    basis = models.CharField(max_length=64)
    people_seen = models.BigIntegerField()
    snapshot = models.TextField(blank=True)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(of__gte=1), name="ranking_job_has_shards"),
        ]

    def __str__(self) -> str:
        return f"{self.vacancy_id} {self.query_digest[:12]}"


class RankingShard(models.Model):
    """What one shard of a job came to. `number` counts from 0; `packed` as in Ranking."""

    job = models.ForeignKey(RankingJob, on_delete=models.CASCADE, related_name="shards")
    number = models.PositiveSmallIntegerField()
    packed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="ranking_shard_once")]

    def __str__(self) -> str:
        return f"{self.job_id} {self.number}"
