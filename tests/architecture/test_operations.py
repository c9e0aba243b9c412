"""docs/operations.md tells what an installation does by itself."""

import re

from django.conf import settings

from tests.architecture.source_files import ROOT


def test_operations_names_every_task_of_the_schedule_and_no_other():
    text = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    table = text.partition("## What beat does")[2].partition("\n## ")[0]
    named = re.findall(r"^\| `([\w.]+)` \|", table, re.MULTILINE)

    scheduled = [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]
    assert sorted(named) == sorted(scheduled)
