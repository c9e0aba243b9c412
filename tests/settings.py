"""Settings of the tests: the product's own, made quick and harmless.

A module, not overrides in fixtures, because the real Celery worker that some tests start reads
the same settings in a process of its own.
"""

from cse_tracker.settings import *  # noqa: F403, TID251
from cse_tracker.settings import CELERY_BEAT_SCHEDULE, REDIS_URL  # noqa: TID251

# Argon2 is slow by intention.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Static files straight from their folders: no collectstatic before the tests.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
# Nobody waits ten seconds for the sweeper, nor fifteen for it to act.
CELERY_BEAT_SCHEDULE["sweep-papers"]["schedule"] = 1.0
JOB_LEASE_SECONDS = 6.0
JOB_HEARTBEAT_SECONDS = 2.0
JOB_PUBLISH_AGAIN_SECONDS = 2.0

if REDIS_URL:
    # The next number: emptying the cache between tests must not empty the broker.
    _address, _, _number = REDIS_URL.rpartition("/")
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": f"{_address}/{int(_number) + 1}",
        }
    }
else:
    # The database cache would need the database in every test.
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
