"""Signing up: name, email address and password; everything else comes later, in its place."""

from typing import Any

from allauth.account.forms import SignupForm
from allauth.account.utils import get_next_redirect_url
from django import forms
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from accounts.actions.settings import name_person, remember_page
from accounts.models import Identity, User


class SignUpForm(SignupForm):
    """allauth's form, with the name that people will read."""

    display_name = forms.CharField(
        label=_("Your name"),
        max_length=Identity._meta.get_field("display_name").max_length,
        help_text=_(
            "As you want to be addressed. Candidates and employers see each other's names only once both are interested."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["display_name", "email", "password1"]

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        """Keep the name apart from the account, and with it what the person came for: the code may come another day."""
        name_person(user=user, display_name=self.cleaned_data["display_name"])
        remember_page(user=user, path=get_next_redirect_url(request) or "")

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponseBase | None]:
        """As allauth does; of two sign-ups with one address at once, the second hears what a later one would.

        A taken address takes as long as a free one: keeping a password is by far the slowest part of making an account.
        """
        result: tuple[Any, Any]
        if getattr(self, "account_already_exists", False):
            make_password(self.cleaned_data["password1"])
        try:
            with transaction.atomic():
                result = super().try_save(request)
        except IntegrityError:
            if not User.objects.filter(email__iexact=self.cleaned_data["email"]).exists():
                raise
            self.account_already_exists = True
            result = super().try_save(request)
        return result
