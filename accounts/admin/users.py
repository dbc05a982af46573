"""Users in the administration. Sign-in addresses and second factors are shown here, and nowhere editable."""

from datetime import datetime
from typing import Any, ClassVar

import allauth.account.admin
import allauth.mfa.admin  # noqa: F401  (both register first, so that what follows replaces them)
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from accounts.actions.audit import record
from accounts.actions.second_factor import UnableToRemove, remove_second_factors
from accounts.models import Consent, Identity, User
from common.long_lists import LongListAdmin
from common.reading import ReadOnlyInline

admin.site.unregister(EmailAddress)
admin.site.unregister(Authenticator)

POWERS = ("is_staff", "is_superuser", "groups", "user_permissions")


class NewUserForm(AdminUserCreationForm):
    """An address and a password; whoever adds the user vouches for the address."""

    class Meta:
        model = User
        fields = ("email",)

    def clean_email(self) -> str:
        """Lower case, and no one else's in any case."""
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("There is a user with this email address already."))
        return email


class IdentityInline(admin.StackedInline):
    """The name, editable."""

    model = Identity
    can_delete = False
    max_num = 1


class EmailAddressInline(ReadOnlyInline):
    """Addresses and whether they are verified."""

    model = EmailAddress
    fields = ("email", "verified", "primary")


class AuthenticatorInline(ReadOnlyInline):
    """Kinds of second factor; never what is inside."""

    model = Authenticator
    fields = readonly_fields = ("kind", "made", "used")
    KINDS: ClassVar = {"totp": _("Authenticator app"), "recovery_codes": _("Recovery codes")}

    @admin.display(description=_("kind"))
    def kind(self, factor: Authenticator) -> str:
        """In words of these pages, where they have some."""
        return str(self.KINDS.get(factor.type) or factor.get_type_display())

    @admin.display(description=_("made"))
    def made(self, factor: Authenticator) -> datetime:
        """When it was set up."""
        return factor.created_at

    @admin.display(description=_("last used"))
    def used(self, factor: Authenticator) -> datetime | None:
        """None: never yet."""
        return factor.last_used_at


class ConsentInline(ReadOnlyInline):
    """What the person agreed to."""

    model = Consent
    fields = ("kind", "text_version", "given_at", "withdrawn_at")


@admin.register(User)
class PersonAdmin(LongListAdmin, UserAdmin):
    """Find a person, close or reopen an account, give powers (only who has all may), remove a lost second factor."""

    add_form = NewUserForm
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("email", "usable_password", "password1", "password2")}),
    )
    fieldsets = (
        (None, {"fields": ("email", "is_active", "language", "time_zone")}),
        (_("Dates"), {"fields": ("date_joined", "last_login", "is_demo")}),
        (_("Powers"), {"fields": POWERS, "classes": ("collapse",)}),
    )
    readonly_fields = ("email", "date_joined", "last_login", "is_demo")
    inlines = (IdentityInline, EmailAddressInline, AuthenticatorInline, ConsentInline)
    list_display = ("email", "name", "is_active", "is_staff", "language", "date_joined", "last_login")
    list_filter = ("is_staff", "is_active")
    list_select_related = ("identity",)
    list_per_page = 50
    search_ways = (("email", "text"), ("identity__display_name", "text"))
    ordering = ("-pk",)
    actions = ("remove_lost_second_factor",)

    @admin.display(description=_("name"), ordering="identity__display_name")
    def name(self, user: User) -> str:
        """What the person is called."""
        return user.identity.display_name if hasattr(user, "identity") else ""

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Only who has every power can hand out powers; the address can be typed only while adding."""
        shown = tuple(self.readonly_fields) if obj else ("date_joined", "last_login", "is_demo")
        return shown if request.user.is_superuser else (*shown, *POWERS)

    def get_inlines(self, request: HttpRequest, obj: User | None) -> tuple[Any, ...]:
        """Nothing below the form of a new user."""
        return self.inlines if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Staff without every power cannot change other staff, nor their password or second factor."""
        beyond = obj is not None and obj.is_staff and obj != request.user
        return super().has_change_permission(request, obj) and (request.user.is_superuser or not beyond)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Accounts are closed; the audit log keeps pointing at them."""
        return False

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        """Save and log which fields changed; a new user's address counts as verified."""
        super().save_model(request, obj, form, change)
        if not change:
            EmailAddress.objects.create(user=obj, email=obj.email, primary=True, verified=True)
        verb = "user.changed" if change else "user.added"
        by: Any = request.user
        record(verb=verb, target=obj, by=by, now=timezone.now(), fields=form.changed_data)

    @method_decorator(sensitive_post_parameters())
    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002
        """Set somebody's password, which is an act like any other: it stands in the audit log."""
        response: HttpResponse = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            by: Any = request.user
            record(verb="user.password_set", target=User.objects.get(pk=id), by=by, now=timezone.now())
        return response

    @admin.action(description=_("Remove a lost second factor"), permissions=["change"])
    def remove_lost_second_factor(self, request: HttpRequest, queryset: models.QuerySet[User]) -> None:
        """For people who lost their phone and their recovery codes. They get a mail."""
        by: Any = request.user
        for user in queryset:
            try:
                if not self.has_change_permission(request, user):
                    raise UnableToRemove
                remove_second_factors(user=user, by=by, now=timezone.now())
            except UnableToRemove:
                text = _("Nothing was removed from %(user)s.") % {"user": user}
                self.message_user(request, text, messages.WARNING)
            else:
                text = _("%(user)s signs in with the password alone now, and got a mail about it.") % {
                    "user": user
                }
                self.message_user(request, text, messages.SUCCESS)
