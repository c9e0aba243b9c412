"""The WSGI application that gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cse_tracker.settings")

application = get_wsgi_application()

# Resolving any name loads every view, now rather than in the first request.
reverse("healthz")

# What was loaded so far stays for good: the garbage collector need not walk it in each request.
gc.collect()
gc.freeze()
