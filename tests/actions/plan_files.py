"""Plans brought in and downloaded through the services, as a person would."""

from datetime import UTC, datetime
from typing import Any

from django.core.files.base import ContentFile

from actions.exporting import plan_table, progress_table
from actions.importing.matching import ADD, Choices
from actions.importing.rows import plain
from actions.models import Action
from actions.plan_import_readings import staged_plan
from actions.readings import with_findings
from actions.services.plan_import import commit_plan
from actions.services.plan_staging import pasted_plan, plan_file, stage_plan
from cse_tracker.accounts.models import ImportRun, Organisation, User
from cse_tracker.core.tables.writing import Table, write_csv, write_xlsx

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)


def stage(text: str, *, organisation: Organisation, by: User) -> ImportRun:
    """A pasted plan; its lines have the cells apart by bars, which stand for tabs."""
    source = pasted_plan(text.replace("|", "\t"))
    return stage_plan(organisation=organisation, source=source, now=NOW, by=by)


def stage_data(
    data: bytes, name: str, *, organisation: Organisation, by: User
) -> ImportRun:
    source = plan_file(ContentFile(data, name=name))
    return stage_plan(organisation=organisation, source=source, now=NOW, by=by)


def bring_in(
    run: ImportRun, *, by: User, seen: str | None = None, **choices: Any
) -> ImportRun:
    """Commit what the preview shows, with these choices."""
    return commit_plan(
        run=run,
        choices=Choices(**choices),
        seen=seen or staged_plan(run).fingerprint,
        now=NOW,
        by=by,
    )


def bring_all_in(run: ImportRun, *, by: User) -> ImportRun:
    """Commit with each service that is not there added."""
    unknown = staged_plan(run).plan.unknown_services
    return bring_in(run, by=by, services={plain(name): ADD for name in unknown})


def tables_of(organisation: Organisation) -> list[Table]:
    """What downloads of the whole plan hold."""
    actions = with_findings(Action.objects.of(organisation).with_people())
    shown = list(actions.order_by("number"))
    refs = {
        action.pk: [each.node.ref for each in action.findings.all()] for action in shown
    }
    return [
        plan_table((action, refs[action.pk]) for action in shown),
        progress_table(shown),
    ]


def written(tables: list[Table], name: str) -> bytes:
    return write_csv(tables[0]) if name.endswith("csv") else write_xlsx(tables)
