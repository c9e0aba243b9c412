"""manage.py load_standard: bring the standards' data files into the database."""

from typing import Any

from django.core.management.base import BaseCommand

from assessments.services.standards import load_standard
from assessments.standard_file import STANDARDS_DIR, read_standard


class Command(BaseCommand):
    help = "Load every standard shipped with the product. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        for path in sorted(STANDARDS_DIR.glob("*.yaml")):
            standard = load_standard(file=read_standard(path))
            self.stdout.write(f"{standard}: revision {standard.revision}")
