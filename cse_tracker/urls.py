"""All addresses of the product."""

from django.urls import include, path

from actions.views.calendar import feed
from cse_tracker.accounts.platform import platform_site
from cse_tracker.core.health import healthz, readyz

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
    path("account/", include("cse_tracker.accounts.site_urls")),
    path("platform/", platform_site.urls),
    path("calendar/<str:token>.ics", feed, name="calendar_feed"),
    path("text/", include("cse_tracker.core.text_urls")),
    path("o/<slug:organisation>/", include(organisation_patterns)),
]
