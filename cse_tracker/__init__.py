"""CSE Tracker: wiring of the project. Importing it makes the Celery app the current one."""

from cse_tracker.celery import app as celery_app

__all__ = ["celery_app"]
