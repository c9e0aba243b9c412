"""The least that a page can cost: its rows by a bare query, then bytes that were ready before.

Served as its own process beside the product, by the same server, without middleware.
"""

import gc
import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

PAGE_BYTES = "CSE_BENCH_PAGE_BYTES"
CERTIFICATION = "CSE_BENCH_CERTIFICATION"
ROWS = """
    SELECT r.assessment_id, r.node_id, r.rating, r.sampled, r.basis, r.applicable,
           a.year, c.rating
    FROM assessments_result r
    JOIN assessments_assessment o ON o.id = r.assessment_id
    LEFT JOIN assessments_result c ON c.id = r.carried_from_id
    LEFT JOIN assessments_assessment a ON a.id = c.assessment_id
    WHERE o.certification_id = %s
"""


def floor(request: HttpRequest) -> HttpResponse:
    """Read the rows of the progression, and send as many bytes as its page has."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [os.environ[CERTIFICATION]])
        cursor.fetchall()
    return HttpResponse(READY)


READY = b"x" * int(os.environ.get(PAGE_BYTES, "1"))
urlpatterns = [path("", floor)]

if PAGE_BYTES in os.environ:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cse_tracker.settings")
    settings.INSTALLED_APPS = []
    settings.MIDDLEWARE = []
    settings.ROOT_URLCONF = __name__
    django.setup()
    application = get_wsgi_application()
    # As the product's own wsgi.py does.
    gc.collect()
    gc.freeze()
