"""The account that a person signs in with."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models, transaction
from django.db.models.functions import Lower, Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import InterfaceLanguage
from accounts.rules.time_zones import validate_time_zone


class UserManager(BaseUserManager["User"]):
    """Creates users by email address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Save a user with a lower-case address; `password=None` makes the password unusable."""
        if not email:
            raise ValueError("an email address is required")
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    @transaction.atomic
    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Save a staff member with every permission; whoever types the command vouches for the address."""
        user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        from allauth.account.models import EmailAddress

        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        """Look an address up without regard to case."""
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """Signs in by email. Who the person is stands in `Identity`; what they are comes from their profiles."""

    email = models.EmailField(_("email address"), max_length=254)
    is_staff = models.BooleanField(
        _("platform staff"), default=False, help_text=_("May enter the administration.")
    )
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Take this away to close an account instead of deleting it.")
    )
    is_demo = models.BooleanField(_("made by the demo"), default=False, editable=False)
    language = models.CharField(
        _("language"), max_length=8, choices=InterfaceLanguage, default=InterfaceLanguage.ENGLISH
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_time_zone]
    )
    came_for = models.CharField(
        _("page asked for before signing up"),
        max_length=300,
        blank=True,
        default="",
        db_default="",
        editable=False,
    )
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        indexes = [
            GinIndex(OpClass(Upper("email"), name="gin_trgm_ops"), name="user_email_trigrams"),
            models.Index(fields=["-id"], condition=models.Q(is_staff=True), name="user_staff"),
            models.Index(fields=["-id"], condition=models.Q(is_active=False), name="user_closed"),
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_any_case",
                violation_error_message=_("There is a user with this email address already."),
            )
        ]

    def __str__(self) -> str:
        return self.email
