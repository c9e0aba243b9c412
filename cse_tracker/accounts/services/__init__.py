"""Writes about people and organisations. The change log has its own module, ``events``."""

from cse_tracker.accounts.services.assessors import (
    admit_assessor,
    set_assessors_last_day,
)
from cse_tracker.accounts.services.invitations import (
    Occasion,
    resend_invitation,
    write_invitation,
)
from cse_tracker.accounts.services.members import (
    NewMember,
    add_member,
    change_member,
    end_membership,
    name_administrator,
)
from cse_tracker.accounts.services.organisations import (
    add_service,
    choose_nation,
    create_organisation,
    rename_organisation,
    rename_service,
    withdraw_service,
)
from cse_tracker.accounts.services.people import (
    change_email,
    close_account,
    open_account,
    rename_person,
)

__all__ = [
    "NewMember",
    "Occasion",
    "add_member",
    "add_service",
    "admit_assessor",
    "change_email",
    "change_member",
    "choose_nation",
    "close_account",
    "create_organisation",
    "end_membership",
    "name_administrator",
    "open_account",
    "rename_organisation",
    "rename_person",
    "rename_service",
    "resend_invitation",
    "set_assessors_last_day",
    "withdraw_service",
    "write_invitation",
]
