"""A vacancy: its state and which version of its text holds."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vacancies.enums import ClosedBecause, PausedBecause, VacancyState

if TYPE_CHECKING:
    from vacancies.models.version import VacancyVersion

REVIEW_FIRST = models.Case(
    models.When(state=VacancyState.IN_REVIEW, then=models.Value(0)),
    default=models.Value(1),
    output_field=models.IntegerField(),
)
"""The order of the desk's list: what waits for review on top. An index holds it, so it is asked for in these words."""


class Vacancy(models.Model):
    """What an employer looks for. The words and figures stand in its versions.

    `current` is the version that holds for everyone; `draft` is the one being edited, if any. `form_key` is that of
    the page that made it, so that a form sent twice makes one vacancy.
    """

    employer = models.ForeignKey(
        "employers.Employer", on_delete=models.CASCADE, related_name="vacancies", verbose_name=_("employer")
    )
    state = models.CharField(_("state"), max_length=16, choices=VacancyState, default=VacancyState.DRAFT)
    current = models.ForeignKey(
        "vacancies.VacancyVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    draft = models.ForeignKey(
        "vacancies.VacancyVersion", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    created_at = models.DateTimeField(_("made"))
    changed_at = models.DateTimeField(_("changed"), db_index=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_because = models.CharField(_("closed because"), max_length=16, choices=ClosedBecause, blank=True)
    form_key = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("vacancy")
        verbose_name_plural = _("vacancies")
        indexes = [
            models.Index(fields=["employer", "state"], name="vacancy_by_employer"),
            models.Index(
                fields=["-published_at", "-id"],
                condition=models.Q(state="published"),
                name="vacancy_published_newest",
            ),
            models.Index(REVIEW_FIRST, "changed_at", "id", name="vacancy_review_first"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["employer", "form_key"], name="vacancy_form_sent_once"),
            models.CheckConstraint(
                condition=~models.Q(state__in=["draft", "in_review"]) | models.Q(current=None),
                name="vacancy_unpublished_has_no_current",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="in_review") | models.Q(draft__isnull=False),
                name="vacancy_in_review_has_draft",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["published", "paused"])
                | models.Q(current__isnull=False, published_at__isnull=False),
                name="vacancy_published_has_version",
            ),
            models.CheckConstraint(
                condition=models.Q(state="closed", closed_at__isnull=False) & ~models.Q(closed_because="")
                | ~models.Q(state="closed") & models.Q(closed_at=None, closed_because=""),
                name="vacancy_closed_has_reason",
            ),
        ]

    def __str__(self) -> str:
        version = self.current or self.draft
        return version.title if version else f"{self.pk}"

    @property
    def shown(self) -> "VacancyVersion":
        """What its employer works on: the draft, else the version that holds. One of the two always stands there."""
        version = self.draft or self.current
        assert version is not None
        return version


class VacancyStatusLog(models.Model):
    """Every move of a vacancy's state; append-only."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="status_log")
    state = models.CharField(_("state"), max_length=16, choices=VacancyState)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    reason = models.TextField(_("reason"), blank=True)
    remarks = models.JSONField(_("remarks"), default=dict, blank=True)
    """Of a vacancy that was sent back: texts by `ReviewTopic`."""

    class Meta:
        verbose_name = _("step of a vacancy")
        verbose_name_plural = _("steps of a vacancy")

    def __str__(self) -> str:
        return f"{self.vacancy_id} {self.get_state_display()} {self.at:%Y-%m-%d}"

    @property
    def words(self) -> str:
        """The reason in words: what somebody wrote, or why it was closed or paused."""
        if self.state == VacancyState.CLOSED and self.reason in ClosedBecause.values:
            return str(ClosedBecause(self.reason).label)
        if self.state == VacancyState.PAUSED and self.reason in PausedBecause.values:
            return str(PausedBecause(self.reason).label)
        return self.reason
