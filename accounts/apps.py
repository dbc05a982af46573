from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the administration sign in through the same door as everybody."""
        from allauth.account.decorators import secure_admin_login
        from django.contrib import admin

        # Before the admin discovers its modules and builds its addresses: both read the attribute later.
        admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
