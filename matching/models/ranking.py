"""One run of the engine for one version of a vacancy, kept as it was."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from common.naming import moment_in_words
from matching.engine import PartWeights, RankingResult, VacancyQuery, unpack
from matching.models.pool import PoolVersion
from matching.rules.stored_query import query_of, weights_of


class Ranking(models.Model):
    """An immutable run, guarded by a trigger: what went in (versions, pool, query, weights, day) and what came out.

    `packed` holds the whole result: the best people with fits and contributions, the waterfall and the near misses.
    It can be computed again from `pool`, `query` (canonical text), `candidate_weights` and `top` alone.
    """

    vacancy = models.ForeignKey(
        "vacancies.Vacancy", on_delete=models.CASCADE, related_name="rankings", verbose_name=_("vacancy")
    )
    version = models.ForeignKey(
        "vacancies.VacancyVersion",
        on_delete=models.RESTRICT,
        related_name="rankings",
        verbose_name=_("version"),
    )
    made_at = models.DateTimeField(_("made"))
    on = models.DateField(_("facts of"))
    engine_version = models.CharField(_("engine"), max_length=16)
    tz_version = models.CharField(_("time zone data"), max_length=16)
    input_digest = models.CharField(_("digest"), max_length=64)
    pool = models.ForeignKey(
        PoolVersion,
        on_delete=models.RESTRICT,
        null=True,  # a ranking made before states of the pool were kept
        related_name="rankings",
        verbose_name=_("state of the pool"),
    )
    query = models.TextField(_("compiled query"))
    weights = models.JSONField(_("weights of the employer"))
    candidate_weights = models.JSONField(_("weights of the candidates"))
    top = models.PositiveIntegerField(_("people kept at most"))
    people = models.PositiveIntegerField(_("people looked at"))
    eligible = models.PositiveIntegerField(_("people eligible"))
    packed = models.BinaryField()

    class Meta:
        verbose_name = _("ranking")
        verbose_name_plural = _("rankings")
        indexes = [
            models.Index(fields=["vacancy", "-made_at", "-id"], name="ranking_newest_first"),
            models.Index(fields=["made_at", "id"], name="ranking_oldest_first"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(eligible__lte=models.F("people")), name="ranking_eligible_among_people"
            )
        ]

    def __str__(self) -> str:
        return f"{self.vacancy}, {moment_in_words(self.made_at)}"

    @cached_property
    def result(self) -> RankingResult:
        """The run, unpacked. Raises CorruptSnapshot when the stored bytes were altered."""
        return unpack(bytes(self.packed))

    def stored_query(self) -> VacancyQuery:
        """The query that was ranked. Raises UnreadableQuery when the text was altered."""
        return query_of(self.query)

    def stored_candidate_weights(self) -> PartWeights:
        """The candidates' weights that counted. Raises UnreadableQuery when they were altered."""
        return weights_of(self.candidate_weights)


class RankingState(models.Model):
    """Which ranking of a vacancy holds now, and what it was last looked at with.

    `version` and `team_as_of` (the employer's `facts_changed_at`) say what was ranked, `query_digest` the whole query.
    `on` (the facts' day), `fingerprint` (facts), `basis` (what turns profiles into the pool's figures) and `people_seen`
    (every change by an earlier transaction was seen, and what `snapshot` could see) say what it was looked at with, when
    transaction `written_in` wrote this row; later rounds vouch for it without writing here, see RankingRound.
    `waiting`: it has to be ranked again.

    `listed` are the people in the ranking, `last_score` and `last_candidate` its last place when it is full;
    `near_missed` the near misses kept, `near_limits` for each reason the id below which another would be kept.
    `problem` says why this version cannot be ranked; then `current` is the last ranking of an earlier one, if any.
    """

    vacancy = models.OneToOneField(
        "vacancies.Vacancy", on_delete=models.CASCADE, primary_key=True, related_name="ranking_state"
    )
    version = models.ForeignKey("vacancies.VacancyVersion", on_delete=models.RESTRICT, related_name="+")
    current = models.ForeignKey(
        Ranking, on_delete=models.RESTRICT, null=True, related_name="+", verbose_name=_("current ranking")
    )
    read_at = models.DateTimeField()
    team_as_of = models.DateTimeField()
    on = models.DateField(null=True)
    fingerprint = models.CharField(max_length=64)
    basis = models.CharField(max_length=64, blank=True)
    query_digest = models.CharField(max_length=64, blank=True)
    people_seen = models.BigIntegerField(default=0)
    snapshot = models.TextField(blank=True)
    written_in = models.BigIntegerField(default=0)
    waiting = models.BooleanField(_("waits to be ranked again"), default=False)
    problem = models.CharField(_("why it cannot be ranked"), max_length=300, blank=True)
    listed = ArrayField(models.BigIntegerField(), default=list)
    last_score = models.PositiveIntegerField(null=True)
    last_candidate = models.BigIntegerField(null=True)
    near_missed = ArrayField(models.BigIntegerField(), default=list)
    near_limits = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        indexes = [
            GinIndex(fields=["listed"], name="ranking_state_listed"),
            GinIndex(fields=["near_missed"], name="ranking_state_near_missed"),
            models.Index(fields=["written_in"], name="ranking_state_written_in"),
            models.Index(fields=["read_at"], condition=models.Q(waiting=True), name="ranking_state_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(current__isnull=False) | ~models.Q(problem=""),
                name="ranking_state_has_ranking_or_problem",
            ),
            models.CheckConstraint(
                condition=models.Q(last_score=None, last_candidate=None)
                | models.Q(last_score__isnull=False, last_candidate__isnull=False),
                name="ranking_state_last_place_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vacancy_id} {self.read_at:%Y-%m-%d %H:%M}"
