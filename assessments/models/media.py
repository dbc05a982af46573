"""Images and sounds of items, and packages that staff sent."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.bank import Bank, Item


class ItemMedia(models.Model):
    """An image or a sound that an item shows before its question. `alt` says the same in words."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="media", verbose_name=_("item"))
    place = models.PositiveSmallIntegerField(_("place"))
    name = models.CharField(_("name"), max_length=80)
    media_type = models.CharField(_("kind of file"), max_length=16)
    alt = models.CharField(_("the same in words"), max_length=500, blank=True)
    content = models.BinaryField(_("content"))

    class Meta:
        verbose_name = _("media of an item")
        verbose_name_plural = _("media of items")
        ordering = ["item", "place"]
        constraints = [models.UniqueConstraint("item", "name", name="item_media_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        """Whether it is looked at, not listened to."""
        return self.media_type.startswith("image/")


class ItemPackage(models.Model):
    """A QTI package that somebody sent for a bank: looked through first, imported after that, or not.

    `content` goes when it has been imported or has waited for too long; the row stays.
    """

    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="packages", verbose_name=_("bank"))
    name = models.CharField(_("file"), max_length=200)
    level = models.CharField(_("level where none is given"), max_length=2)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    content = models.BinaryField(_("content"), null=True)
    sent_at = models.DateTimeField(_("sent"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("sent by")
    )
    imported_at = models.DateTimeField(_("imported"), null=True, blank=True)
    imported_items = models.PositiveSmallIntegerField(_("new items"), null=True, blank=True)

    class Meta:
        verbose_name = _("package of items")
        verbose_name_plural = _("packages of items")
        ordering = ["-sent_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(imported_at=None, imported_items=None)
                | models.Q(imported_at__isnull=False, imported_items__isnull=False, content=None),
                name="item_package_imported_once",
            )
        ]

    def __str__(self) -> str:
        return self.name
