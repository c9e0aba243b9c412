"""The Celery application. Tasks are doorbells: they carry an id and call a service."""

import os

from celery import Celery

from cse_tracker.core import embedded_broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cse_tracker.settings")

embedded_broker.register()
app = Celery("cse_tracker")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
