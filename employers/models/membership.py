"""Who works for an employer, and in which role."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from employers.enums import MembershipRole
from employers.models.employer import Employer


class Membership(models.Model):
    """A user's role with one employer. A user belongs to one employer at most."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="membership", verbose_name=_("user")
    )
    employer = models.ForeignKey(
        Employer, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("employer")
    )
    role = models.CharField(_("role"), max_length=16, choices=MembershipRole)
    since = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")

    def __str__(self) -> str:
        return f"{self.user_id} {self.get_role_display()}"
