"""Django's own words about passwords, named so that our catalogue has them: Django's Dutch keeps people at a distance."""

from django.utils.translation import gettext_lazy, ngettext_lazy

PASSWORDS = (
    gettext_lazy("Your old password was entered incorrectly. Please enter it again."),
    gettext_lazy("Your password can’t be too similar to your other personal information."),
    gettext_lazy("Your password can’t be a commonly used password."),
    gettext_lazy("Your password can’t be entirely numeric."),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        "min_length",
    ),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        8,
    ),
)
