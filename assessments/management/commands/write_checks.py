"""manage.py write_checks: write the catalogue of checks to docs/checks.md."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from assessments.checks.document import checks_page


class Command(BaseCommand):
    help = "Write docs/checks.md from the catalogue of checks."

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "checks.md"
        path.write_text(checks_page(), encoding="utf-8")
        self.stdout.write(f"Wrote {path.relative_to(settings.BASE_DIR)}")
