"""Who a person is: name and contact. Matching is forbidden to import this module."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _


class Identity(models.Model):
    """Name and contact of a user, kept apart from everything that is matched."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True)
    display_name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("telephone"), max_length=32, blank=True)

    class Meta:
        verbose_name = _("identity")
        verbose_name_plural = _("identities")
        indexes = [
            GinIndex(OpClass(Upper("display_name"), name="gin_trgm_ops"), name="identity_name_trigrams")
        ]

    def __str__(self) -> str:
        return self.display_name
