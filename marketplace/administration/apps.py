"""Django's administration, with our own front page."""

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    default_site = "marketplace.administration.site.MarketplaceAdminSite"
