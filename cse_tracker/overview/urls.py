"""Addresses of the app, below ``/o/<organisation>/``."""

from django.urls import path

from cse_tracker.overview.views import (
    change_log,
    checks,
    element,
    grid,
    grid_saving,
    home,
    next_year,
)

app_name = "overview"

urlpatterns = [
    path("", home.home, name="home"),
    path("change-log/", change_log.change_log, name="change_log"),
    path("change-log/export/", change_log.export, name="change_log_export"),
    path("assessments/<slug:assessment>/", grid.grid, name="grid"),
    path(
        "assessments/<slug:assessment>/ratings/",
        grid_saving.rate_rows,
        name="rate_rows",
    ),
    path("assessments/<slug:assessment>/checks/", checks.checks, name="checks"),
    path(
        "assessments/<slug:assessment>/checks/<slug:check>/accept/",
        checks.accept,
        name="check_accept",
    ),
    path(
        "assessments/<slug:assessment>/checks/accepted/<int:acceptance>/withdraw/",
        checks.withdraw,
        name="check_withdraw",
    ),
    path(
        "assessments/<slug:assessment>/next/", next_year.start_next, name="start_next"
    ),
    path("assessments/<slug:assessment>/<ref:ref>/", element.element, name="element"),
]
