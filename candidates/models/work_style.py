"""The questionnaire while it is being answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from candidates.models.candidate import Candidate


class WorkStyleDraft(models.Model):
    """Answers of somebody who stopped half-way: code of a statement → 1…5. Matching never reads them."""

    candidate = models.OneToOneField(Candidate, on_delete=models.CASCADE, related_name="work_style_draft")
    version = models.CharField(_("version of the statements"), max_length=8)
    answers = models.JSONField(_("answers so far"), default=dict)

    class Meta:
        verbose_name = _("unfinished work-style answers")
        verbose_name_plural = _("unfinished work-style answers")

    def __str__(self) -> str:
        return f"{self.candidate_id}: {len(self.answers)}"
