"""What each address asks for. An address that is missing here fails the build.

Inside an organisation: the permission to read (GET) and to write (POST); None where the
method is not answered. Outside: who may come at all.
"""

from cse_tracker.accounts.permissions import Permission

Asked = tuple[Permission | None, Permission | None]


def page(permission: Permission) -> Asked:
    """A page without a form."""
    return permission, None


def form(permission: Permission) -> Asked:
    """A page with a form, for the same people."""
    return permission, permission


def restoring(permission: Permission) -> Asked:
    """Earlier versions: whoever sees the work may read them, not all may restore one."""
    return Permission.READ, permission


def button(permission: Permission) -> Asked:
    """A POST alone."""
    return None, permission


INSIDE: dict[str, Asked] = {
    "accounts:members": page(Permission.MANAGE_MEMBERS),
    "accounts:add_member": form(Permission.MANAGE_MEMBERS),
    "accounts:edit_member": form(Permission.MANAGE_MEMBERS),
    "accounts:remove_member": form(Permission.MANAGE_MEMBERS),
    "accounts:invite_again": button(Permission.MANAGE_MEMBERS),
    "accounts:notifications": page(Permission.READ),
    "accounts:read_notifications": button(Permission.READ),
    "accounts:mail_topics": form(Permission.READ),
    "accounts:settings": form(Permission.SET_UP),
    "accounts:bank_holidays": form(Permission.SET_UP),
    "accounts:add_service": form(Permission.SET_UP),
    "accounts:rename_service": form(Permission.SET_UP),
    "accounts:withdraw_service": form(Permission.SET_UP),
    "assessments:certification": form(Permission.SET_UP),
    "assessments:scope_earlier": form(Permission.SET_UP),
    "assessments:certificate": page(Permission.READ_ISSUED),
    "assessments:certificate_add": form(Permission.SET_UP),
    "assessments:certificate_edit": form(Permission.SET_UP),
    "assessments:certificate_record": form(Permission.SET_UP),
    "assessments:certificate_take_back": button(Permission.SET_UP),
    "assessments:certificate_remove": form(Permission.SET_UP),
    "assessments:wording": page(Permission.SET_UP),
    "assessments:wording_edit": form(Permission.SET_UP),
    "assessments:wording_switch": button(Permission.SET_UP),
    "assessments:wording_switch_all": button(Permission.SET_UP),
    "assessments:progression": page(Permission.READ_ISSUED),
    "assessments:comparison": page(Permission.READ_ISSUED),
    "assessments:progression_export": page(Permission.READ_ISSUED),
    "assessments:imports": form(Permission.IMPORT),
    "assessments:import_preview": form(Permission.IMPORT),
    "assessments:import_wording": form(Permission.IMPORT),
    "assessments:import_undo": form(Permission.IMPORT),
    "assessments:import_discard": button(Permission.IMPORT),
    "assessments:findings_imports": form(Permission.IMPORT),
    "assessments:findings_preview": form(Permission.IMPORT),
    "assessments:findings_edit": button(Permission.IMPORT),
    "assessments:findings_row": form(Permission.IMPORT),
    "assessments:findings_undo": form(Permission.IMPORT),
    "assessments:findings_discard": button(Permission.IMPORT),
    "assessments:list": page(Permission.READ_ISSUED),
    "assessments:start": form(Permission.PREPARE),
    "assessments:details": form(Permission.PREPARE),
    "assessments:about": page(Permission.READ_FINDINGS),
    "assessments:narrative": form(Permission.RATE),
    "assessments:details_earlier": restoring(Permission.PREPARE),
    "assessments:narrative_earlier": restoring(Permission.RATE),
    "assessments:step_earlier": restoring(Permission.PREPARE),
    "assessments:finding_earlier": restoring(Permission.RATE),
    "assessments:response_earlier": restoring(Permission.RESPOND),
    "assessments:rating_earlier": restoring(Permission.RATE),
    "assessments:statement_earlier": restoring(Permission.PREPARE),
    "assessments:report_attach": form(Permission.PREPARE),
    "assessments:report_download": page(Permission.READ_FINDINGS),
    "assessments:report_withdraw": button(Permission.PREPARE),
    "assessments:step_usual": button(Permission.PREPARE),
    "assessments:step_add": form(Permission.PREPARE),
    "assessments:step_edit": form(Permission.PREPARE),
    "assessments:step_tick": button(Permission.PREPARE),
    "assessments:step_remove": button(Permission.PREPARE),
    "assessments:sampling": (Permission.READ, Permission.PREPARE),
    "assessments:sampling_print": page(Permission.READ),
    "assessments:hand_over": button(Permission.PREPARE),
    "assessments:confirm": form(Permission.APPROVE),
    "assessments:unlock": form(Permission.APPROVE),
    "assessments:assessors": page(Permission.READ),
    "assessments:looks": page(Permission.READ),
    "assessments:assessor_invite": form(Permission.MANAGE_MEMBERS),
    "assessments:assessor_change": form(Permission.MANAGE_MEMBERS),
    "assessments:assessor_end": form(Permission.MANAGE_MEMBERS),
    "assessments:assessor_mail_again": button(Permission.MANAGE_MEMBERS),
    "assessments:general_findings": page(Permission.READ_FINDINGS),
    "assessments:general_finding_create": form(Permission.RATE),
    "assessments:finding_create": form(Permission.RATE),
    "assessments:finding_edit": form(Permission.RATE),
    "assessments:finding_move": button(Permission.RATE),
    "assessments:finding_withdraw": form(Permission.RATE),
    "assessments:finding_restore": button(Permission.RATE),
    "assessments:response_create": form(Permission.RESPOND),
    "assessments:response_use": button(Permission.RESPOND),
    "assessments:response_edit": form(Permission.RESPOND),
    "assessments:response_agree": button(Permission.RESPOND),
    "assessments:responses_agree": form(Permission.RESPOND),
    "assessments:response_withdraw": form(Permission.RESPOND),
    "assessments:response_restore": button(Permission.RESPOND),
    "assessments:standard": page(Permission.READ_ISSUED),
    "assessments:standard_element": page(Permission.READ_ISSUED),
    "assessments:sub_element_rename": form(Permission.PREPARE),
    "assessments:sub_element_create": form(Permission.PREPARE),
    "assessments:sub_element_track": button(Permission.PREPARE),
    "assessments:sub_element_drop": form(Permission.PREPARE),
    "assessments:applicability": form(Permission.PREPARE),
    "evidence:list": page(Permission.READ),
    "evidence:create": form(Permission.ADD_EVIDENCE),
    "evidence:item": page(Permission.READ_FINDINGS),
    "evidence:edit": form(Permission.ADD_EVIDENCE),
    "evidence:earlier": restoring(Permission.ADD_EVIDENCE),
    "evidence:new_version": form(Permission.ADD_EVIDENCE),
    "evidence:withdraw": button(Permission.ADD_EVIDENCE),
    "evidence:restore": button(Permission.ADD_EVIDENCE),
    "evidence:link_more": form(Permission.ADD_EVIDENCE),
    "evidence:change_link": form(Permission.ADD_EVIDENCE),
    "evidence:remove_link": button(Permission.ADD_EVIDENCE),
    "evidence:download": page(Permission.READ_FINDINGS),
    "actions:list": page(Permission.READ),
    "actions:board": page(Permission.READ),
    "actions:move": button(Permission.DISCUSS_ACTION),
    "actions:bulk": form(Permission.UPDATE_ACTION),
    "actions:export": page(Permission.READ),
    "actions:summary": page(Permission.READ),
    "actions:create": form(Permission.RESPOND),
    "actions:imports": form(Permission.IMPORT),
    "actions:import_preview": form(Permission.IMPORT),
    "actions:import_undo": form(Permission.IMPORT),
    "actions:import_discard": button(Permission.IMPORT),
    "actions:calendar": form(Permission.READ),
    "actions:revoke_calendar": button(Permission.READ),
    "actions:action": page(Permission.READ),
    "actions:update": form(Permission.UPDATE_ACTION),
    "actions:earlier": restoring(Permission.UPDATE_ACTION),
    "actions:withdraw": form(Permission.UPDATE_ACTION),
    "actions:progress": form(Permission.UPDATE_ACTION),
    "actions:comment": form(Permission.DISCUSS_ACTION),
    "actions:claim": form(Permission.UPDATE_ACTION),
    "actions:close": form(Permission.FINISH_ACTION),
    "actions:decline": form(Permission.UPDATE_ACTION),
    "actions:reopen": form(Permission.FINISH_ACTION),
    "actions:restore": button(Permission.UPDATE_ACTION),
    "actions:decide": form(Permission.RESPOND),
    "reports:list": page(Permission.READ_ISSUED),
    "reports:choose": page(Permission.BUILD_PAPER),
    "reports:order": form(Permission.BUILD_PAPER),
    "reports:paper": page(Permission.READ_ISSUED),
    "reports:progress": page(Permission.READ),
    "reports:again": button(Permission.BUILD_PAPER),
    "reports:review": button(Permission.BUILD_PAPER),
    "reports:issue": form(Permission.APPROVE),
    "reports:withdraw": form(Permission.APPROVE),
    "reports:discard": form(Permission.BUILD_PAPER),
    "reports:read": page(Permission.READ_ISSUED),
    "reports:download": page(Permission.READ_ISSUED),
    "overview:change_log": page(Permission.READ),
    "overview:change_log_export": page(Permission.READ),
    "overview:home": page(Permission.ENTER),
    "overview:grid": (Permission.READ_RATINGS, Permission.RATE),
    "overview:start_next": form(Permission.PREPARE),
    "overview:rate_rows": button(Permission.RATE),
    "overview:checks": page(Permission.READ),
    "overview:check_accept": form(Permission.ACCEPT_FLAG),
    "overview:check_withdraw": button(Permission.ACCEPT_FLAG),
    "overview:element": (Permission.READ_RATINGS, Permission.RATE),
}

# What an assessor may open, in the assessment they are invited to; every other address inside
# refuses them. Writing takes the right to rate and comment.
FOR_ASSESSORS = {
    "overview:home",
    "overview:grid",
    "overview:rate_rows",
    "overview:element",
    "assessments:about",
    "assessments:narrative",
    "assessments:report_download",
    "assessments:general_findings",
    "assessments:general_finding_create",
    "assessments:finding_create",
    "assessments:finding_edit",
    "assessments:finding_move",
    "assessments:finding_withdraw",
    "assessments:finding_restore",
    "evidence:item",
    "evidence:download",
}

# What it takes to see an address outside any organisation.
EVERYBODY = "everybody"
SIGNED_IN = "signed in"
PLATFORM = "platform administrator"

OUTSIDE: dict[str, str] = {
    "healthz": EVERYBODY,
    "readyz": EVERYBODY,
    "site:start": SIGNED_IN,
    "site:accessibility": EVERYBODY,
    "text:paste": SIGNED_IN,
    "text:preview": SIGNED_IN,
    "unsubscribe": EVERYBODY,
    "calendar_feed": EVERYBODY,
    "account_profile": SIGNED_IN,
    "account_login": EVERYBODY,
    "account_logout": SIGNED_IN,
    "account_inactive": EVERYBODY,
    "account_change_password": SIGNED_IN,
    "account_reset_password": EVERYBODY,
    "account_reset_password_done": EVERYBODY,
    "account_reset_password_from_key": EVERYBODY,
    "account_reset_password_from_key_done": EVERYBODY,
    "admin:*": PLATFORM,
}
