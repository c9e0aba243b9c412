"""Loading the standard's data file into the database, as often as one likes."""

from django.db import transaction

from assessments.models import Certification, Standard, StandardNode
from assessments.standard_file import FileNode, StandardFile
from cse_tracker.accounts.models import Organisation
from cse_tracker.accounts.services.events import record_event


@transaction.atomic
def load_standard(*, file: StandardFile) -> Standard:
    """Bring the database in line with the data file; nothing changes when it already is.

    Wording may change within an edition. Refs may not: assessments point at them, so a ref
    that the file lost raises ValueError.
    """
    standard, is_new = Standard.objects.select_for_update().get_or_create(
        key=file.key,
        edition=file.edition,
        defaults={"name": file.name, "content_sha256": file.sha256},
    )
    if not is_new and standard.content_sha256 == file.sha256:
        return standard
    before = standard.content_sha256
    _write_nodes(standard, file)
    standard.name = file.name
    standard.content_sha256 = file.sha256
    standard.revision += 0 if is_new else 1
    standard.save(update_fields=["name", "content_sha256", "revision"])
    _log_new_wording(standard, before)
    return standard


def _log_new_wording(standard: Standard, before: str) -> None:
    """Each organisation that goes by the standard is told: what its pages say has changed."""
    for organisation in Organisation.objects.filter(
        pk__in=Certification.objects.filter(standard=standard).values("organisation")
    ):
        record_event(
            by=None,
            verb="reworded",
            target=standard,
            organisation=organisation,
            changes={"content_sha256": (before, standard.content_sha256)},
        )


def _write_nodes(standard: Standard, file: StandardFile) -> None:
    existing = {node.ref: node for node in standard.nodes.filter(organisation=None)}
    lost = existing.keys() - {node.ref for node in file.nodes}
    if lost:
        raise ValueError(
            f"{file.key} {file.edition} no longer has {', '.join(sorted(lost))}"
        )
    for node in file.nodes:
        existing[node.ref] = _write_node(standard, node, existing)


def _write_node(
    standard: Standard, node: FileNode, existing: dict[str, StandardNode]
) -> StandardNode:
    row = existing.get(node.ref) or StandardNode(standard=standard, ref=node.ref)
    row.kind = node.kind.value
    row.parent = existing.get(node.parent_ref)
    row.title, row.statement, row.guidance = node.title, node.statement, node.guidance
    row.save()
    return row
