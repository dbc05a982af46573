"""One run of the engine for one version of a vacancy, kept as it was."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from matching.engine import RankingResult, unpack


class Ranking(models.Model):
    """An immutable run: what went in (versions, digest, weights, day) and what came out.

    `packed` holds the whole result: the best people with fits and contributions, the waterfall and the near misses.
    """

    vacancy = models.ForeignKey("vacancies.Vacancy", on_delete=models.CASCADE, related_name="rankings")
    version = models.ForeignKey(
        "vacancies.VacancyVersion", on_delete=models.RESTRICT, related_name="rankings"
    )
    made_at = models.DateTimeField(_("made"))
    on = models.DateField(_("facts of"))
    engine_version = models.CharField(_("engine"), max_length=16)
    tz_version = models.CharField(_("time zone data"), max_length=16)
    input_digest = models.CharField(max_length=64)
    weights = models.JSONField(_("weights of the employer"))
    people = models.PositiveIntegerField(_("people looked at"))
    eligible = models.PositiveIntegerField(_("people eligible"))
    packed = models.BinaryField()

    class Meta:
        verbose_name = _("ranking")
        verbose_name_plural = _("rankings")
        indexes = [models.Index(fields=["vacancy", "-made_at", "-id"], name="ranking_newest_first")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(eligible__lte=models.F("people")), name="ranking_eligible_among_people"
            )
        ]

    def __str__(self) -> str:
        return f"{self.vacancy_id} {self.made_at:%Y-%m-%d %H:%M}"

    @cached_property
    def result(self) -> RankingResult:
        """The run, unpacked. Raises CorruptSnapshot when the stored bytes were altered."""
        return unpack(bytes(self.packed))


class RankingState(models.Model):
    """Which ranking of a vacancy holds now, and what it was last looked at with.

    `version`, `team_as_of` (the employer's `facts_changed_at`) and `fingerprint` (people and facts) say what was
    read; a sweep compares them with what stands there now. `read_at` lies before that reading. `problem` says why
    this version cannot be ranked; then `current` is the last ranking of an earlier one, if any.
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
    fingerprint = models.CharField(max_length=64)
    problem = models.CharField(_("why it cannot be ranked"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(current__isnull=False) | ~models.Q(problem=""),
                name="ranking_state_has_ranking_or_problem",
            )
        ]

    def __str__(self) -> str:
        return f"{self.vacancy_id} {self.read_at:%Y-%m-%d %H:%M}"
