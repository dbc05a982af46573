"""Who changed in which transaction: a log that the database itself keeps."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

EVERYBODY = 0
"""`candidate_id` of the rows that say: nothing is known about earlier transactions (the log was cut, or begins here)."""


class CandidateChange(models.Model):
    """A candidate whose row was written by a transaction. Triggers on the candidates' table write it; nothing else does.

    `xid` is PostgreSQL's 64-bit transaction id, so that readers go by what their snapshot could see and never by a
    clock. No foreign key: a deleted person is a change too. See `matching.queries.changes` for how it is read.
    """

    pk = models.CompositePrimaryKey("xid", "candidate_id")
    xid = models.BigIntegerField()
    candidate_id = models.BigIntegerField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("change of a candidate")
        verbose_name_plural = _("changes of candidates")
        db_table = "candidates_change"
        indexes = [
            models.Index(
                fields=["xid"], condition=models.Q(candidate_id=EVERYBODY), name="candidates_change_everybody"
            )
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} in {self.xid}"
