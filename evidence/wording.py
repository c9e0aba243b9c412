"""How the fields and the changes of evidence are called on pages. Pure."""

from cse_tracker.accounts.verbs import RESTORED_VERSION

LABELS = {
    "title": "Title",
    "description": "What it shows",
    "service": "Service",
    "owner": "Kept by",
}
# What people write, as against what they choose: it has earlier versions to restore.
TEXTS = ["title", "description"]
# Of these, two people's words can both be kept.
LONG_TEXTS = ["description"]
LINK_LABELS = {
    "locator": "Where to look",
    "is_strongest": "Among the strongest",
}
VERSION_LABELS = {
    "version_number": "Version",
    "source": "File or address",
    "as_at": "As at",
    "expires_on": "Expires",
}
# What the log's verbs say after a name.
VERBS = {
    "added": "added this evidence",
    "added_version": "added a version",
    "edited": "changed it",
    "withdrew": "withdrew it",
    "restored": "restored it",
    RESTORED_VERSION: "restored an earlier version",
    "linked": "linked it to",
    "edited_link": "changed its link to",
    "unlinked": "removed its link to",
}
# Of these, each raised the item's version by one.
SAVING_VERBS = {"edited", RESTORED_VERSION, "withdrew", "restored"}
