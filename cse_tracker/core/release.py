"""Which state of code, templates and styles this process runs."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

PACKAGES = ["cse_tracker", "assessments", "evidence", "actions", "reports"]
KEPT_PATTERNS = ["templates/**/*.html", "static/**/*.css", "static/**/*.js"]


@cache
def release_version() -> str:
    """A short hash of all sources: equal in all processes of one release, new in the next.

    Contents, not times, so that several hosts agree. Read once per process.
    """
    root = Path(settings.BASE_DIR)
    patterns = [*KEPT_PATTERNS, *(f"{package}/**/*.py" for package in PACKAGES)]
    digest = hashlib.sha256()
    for path in sorted({path for each in patterns for path in root.glob(each)}):
        digest.update(f"{path.relative_to(root)}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
