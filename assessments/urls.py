"""Addresses of the app, below ``/o/<organisation>/``."""

from django.urls import path

import assessments.converters  # noqa: F401  (registers "ref")
from assessments.views import assessments as views
from assessments.views import certification, grid

app_name = "assessments"

urlpatterns = [
    path("settings/certification/", certification.certification, name="certification"),
    path("assessments/", views.assessment_list, name="list"),
    path("assessments/new/", views.start, name="start"),
    path("assessments/<slug:assessment>/", grid.grid, name="grid"),
    path("assessments/<slug:assessment>/details/", views.details, name="details"),
    path("assessments/<slug:assessment>/hand-over/", views.hand_over, name="hand_over"),
    path("assessments/<slug:assessment>/confirm/", views.confirm, name="confirm"),
    path("assessments/<slug:assessment>/unlock/", views.unlock, name="unlock"),
]
