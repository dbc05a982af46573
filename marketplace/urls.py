"""Every address of the product; each app lists its own."""

from django.contrib import admin
from django.urls import include, path

from marketplace import health, sitemaps

urlpatterns = [
    path("", include("marketplace.dashboards.urls")),
    path("", include("accounts.urls")),
    path("candidate/", include("candidates.urls")),
    path("tests/", include("assessments.urls")),
    path("employer/", include("employers.urls")),
    path("", include("vacancies.urls")),
    path("matching/", include("matching.urls")),
    path("", include("placements.urls")),
    path("", include("common.urls")),
    path("api/", include("marketplace.api.urls")),
    path("admin/", admin.site.urls),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.page, name="sitemap_page"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

handler400 = "marketplace.errors.bad_request"
handler403 = "marketplace.errors.permission_denied"
handler404 = "marketplace.errors.not_found"
handler500 = "marketplace.errors.server_error"
