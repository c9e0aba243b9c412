"""Reading what an organisation adopted, for the pages about wording."""

from assessments.models import Standard, Wording
from cse_tracker.accounts.models import Organisation


def wording_of(organisation: Organisation, standard: Standard) -> dict[int, Wording]:
    """All wording in the organisation's language, also what was put away, by node id."""
    rows = Wording.objects.of(organisation, standard)
    return {row.node_id: row for row in rows.select_related("node", "adopted_from")}
