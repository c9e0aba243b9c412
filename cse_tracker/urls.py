"""All addresses of the product."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from cse_tracker.core.health import healthz, readyz

# The platform administrator signs in like everybody, with the same limits on guessing.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = "CSE Tracker platform"

# The element page has the most general address below an assessment, so overview comes last.
organisation_patterns = [
    path("", include("cse_tracker.accounts.urls")),
    path("", include("assessments.urls")),
    path("", include("evidence.urls")),
    path("", include("actions.urls")),
    path("", include("reports.urls")),
    path("", include("cse_tracker.overview.urls")),
]

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("", include("cse_tracker.overview.site_urls")),
    path("account/", include("allauth.account.urls")),
    path("platform/", admin.site.urls),
    path("o/<slug:organisation>/", include(organisation_patterns)),
]
