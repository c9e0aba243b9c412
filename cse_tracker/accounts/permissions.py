"""Who may do what: one table from roles to permissions. Code asks for the permission."""

from django.db.models import TextChoices


class Permission(TextChoices):
    """One right. The label completes "You may …"."""

    ENTER = "enter", "open the organisation's first page"
    READ_ISSUED = "read_issued", "read issued papers and confirmed years"
    READ_RATINGS = "read_ratings", "see the ratings of an assessment"
    READ_FINDINGS = "read_findings", "see the comments and evidence of an assessment"
    READ = "read", "see the work in progress"
    RATE = "rate", "enter ratings and comments"
    PREPARE = "prepare", "start assessments and keep what stands around the elements"
    IMPORT = "import", "bring past years, reports and plans in from a file"
    RESPOND = "respond", "answer comments and plan actions"
    UPDATE_ACTION = "update_action", "update actions"
    FINISH_ACTION = "finish_action", "close and reopen actions"
    DISCUSS_ACTION = "discuss_action", "comment on actions"
    ADD_EVIDENCE = "add_evidence", "add evidence"
    BUILD_PAPER = "build_paper", "build committee papers"
    ACCEPT_FLAG = "accept_flag", "accept what a check flags, with a reason"
    APPROVE = "approve", "confirm assessments and issue papers"
    SET_UP = "set_up", "change the organisation's settings"
    MANAGE_MEMBERS = "manage_members", "manage members and roles"


class Role(TextChoices):
    """What a person does in an organisation. A person may hold several."""

    OFFICER = "officer", "Officer"
    MANAGER = "manager", "Manager"
    GOVERNING_BODY = "governing_body", "Governing body member"
    APPROVER = "approver", "Approver"
    ADMINISTRATOR = "administrator", "Administrator"
    ASSESSOR = "assessor", "Assessor"

    def describe(self) -> str:
        """What the role is for, in words for the page where roles are given."""
        return ROLE_DESCRIPTIONS[self]


ROLE_DESCRIPTIONS: dict[Role, str] = {
    Role.OFFICER: "Enters ratings and comments, keeps evidence and builds papers",
    Role.MANAGER: "Answers comments and gets actions done",
    Role.GOVERNING_BODY: "Reads issued papers and confirmed years, nothing else",
    Role.APPROVER: "Confirms assessments, closes actions and issues papers",
    Role.ADMINISTRATOR: "Adds people, gives roles and keeps the settings",
    Role.ASSESSOR: "Sees the assessments they are invited to, until a date",
}

# What an administrator may give; an assessor is invited to one assessment instead.
ROLES_TO_GIVE = [role for role in Role if role is not Role.ASSESSOR]

READ_CONFIRMED = frozenset(
    {Permission.ENTER, Permission.READ_ISSUED, Permission.READ_RATINGS}
)
LOOK = READ_CONFIRMED | {
    Permission.READ_FINDINGS,
    Permission.READ,
    Permission.DISCUSS_ACTION,
}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.GOVERNING_BODY: READ_CONFIRMED,
    Role.MANAGER: LOOK
    | {
        Permission.RESPOND,
        Permission.UPDATE_ACTION,
        Permission.FINISH_ACTION,
        Permission.ADD_EVIDENCE,
    },
    Role.OFFICER: LOOK
    | {
        Permission.RATE,
        Permission.PREPARE,
        Permission.IMPORT,
        Permission.RESPOND,
        Permission.UPDATE_ACTION,
        Permission.FINISH_ACTION,
        Permission.ADD_EVIDENCE,
        Permission.BUILD_PAPER,
        Permission.ACCEPT_FLAG,
        Permission.SET_UP,
    },
    Role.APPROVER: LOOK
    | {Permission.APPROVE, Permission.FINISH_ACTION, Permission.ACCEPT_FLAG},
    Role.ADMINISTRATOR: LOOK | {Permission.SET_UP, Permission.MANAGE_MEMBERS},
    Role.ASSESSOR: frozenset({Permission.ENTER}),
}

# What an invitation adds, in the assessment it names and nowhere else.
INVITED_TO_READ = frozenset({Permission.READ_RATINGS, Permission.READ_FINDINGS})
INVITED_TO_RATE = INVITED_TO_READ | {Permission.RATE}


def answers_for_a_service(roles: frozenset[Role]) -> bool:
    """Whether somebody is told what their whole service owes, beside what they own themselves.

    Managers are, who get actions done. An officer may update actions too, but keeps the list
    of them all and reads it there.
    """
    return Role.MANAGER in roles


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """All that these roles together allow."""
    return frozenset().union(*(ROLE_PERMISSIONS[role] for role in roles))
