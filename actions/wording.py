"""How the fields and the statuses of an action are called and marked on pages. Pure."""

from cse_tracker.accounts.verbs import BROUGHT_IN, RESTORED_VERSION

LABELS = {
    "title": "What will be done",
    "done_looks_like": "What done looks like",
    "owner": "Owner",
    "service": "Service",
    "priority": "Priority",
    "origin": "Comes from",
    "starts_on": "Start date",
    "due_on": "Due date",
    "status": "Status",
    "resource_note": "What it needs",
}
# The history has more to say.
HISTORY_LABELS = LABELS | {"answers": "Answers too", "note": "Words"}
# Where an action comes from that answers a finding.
FROM_ASSESSOR = "An assessor's comment"
# What people write, as against what they choose: it has earlier versions to restore.
TEXTS = ["title", "done_looks_like", "resource_note"]
# Of these, two people's words can both be kept.
LONG_TEXTS = ["done_looks_like", "resource_note"]
# Colours of the tags; the word is always there too.
STATUS_COLOURS = {
    "not_started": "grey",
    "on_track": "blue",
    "at_risk": "orange",
    "done": "teal",
    "closed": "green",
    "declined": "purple",
}
# What the log's verbs say after a name.
VERBS = {
    "planned": "planned this action",
    BROUGHT_IN: "brought it in from a file",
    "edited": "changed it",
    "answered": "used it for one more comment",
    "withdrew": "withdrew it",
    "restored": "restored it",
    RESTORED_VERSION: "restored an earlier version",
    "reported progress on": "reported progress",
    "commented on": "commented",
    "said to be done": "said that it is done",
    "closed": "closed it",
    "declined": "declined it",
    "reopened": "reopened it",
    "sent back": "sent it back",
}
# Of these, each raised the action's version by one.
SAVING_VERBS = {
    *("edited", RESTORED_VERSION, "withdrew", "restored"),
    *("said to be done", "closed", "declined", "reopened", "sent back"),
}
