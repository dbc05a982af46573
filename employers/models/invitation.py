"""Who was asked to work for an employer and has not answered yet."""

from typing import Final

from django.conf import settings
from django.core.signing import Signer
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from employers.enums import MembershipRole
from employers.models.employer import Employer

SIGNER: Final = Signer(salt="employers.invitation")


class Invitation(models.Model):
    """An open invitation to one address. It is deleted when it is used or taken back; the audit log remembers."""

    employer = models.ForeignKey(
        Employer, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("employer")
    )
    email = models.EmailField(_("email address"), max_length=254)
    role = models.CharField(_("role"), max_length=16, choices=MembershipRole)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("invited by")
    )
    invited_at = models.DateTimeField(_("invited"))
    expires_at = models.DateTimeField(_("valid until"), db_index=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint("employer", Lower("email"), name="invitation_once_per_address"),
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("invited_at")), name="invitation_expires_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employer_id} {self.get_role_display()} {self.invited_at:%Y-%m-%d}"

    @property
    def token(self) -> str:
        """What the link in the mail carries: which invitation it is, signed."""
        return SIGNER.sign(str(self.pk))
