"""People, organisations and what they did."""

from cse_tracker.accounts.models.data_version import DataVersion
from cse_tracker.accounts.models.draft import Draft
from cse_tracker.accounts.models.event import Event
from cse_tracker.accounts.models.import_run import ImportRun
from cse_tracker.accounts.models.invitation_mail import InvitationMail
from cse_tracker.accounts.models.membership import Membership, MembershipRole
from cse_tracker.accounts.models.notification import (
    Notification,
    Topic,
    UnwantedMail,
)
from cse_tracker.accounts.models.organisation import Organisation, Service
from cse_tracker.accounts.models.tenant import TenantModel
from cse_tracker.accounts.models.user import User

__all__ = [
    "DataVersion",
    "Draft",
    "Event",
    "ImportRun",
    "InvitationMail",
    "Membership",
    "MembershipRole",
    "Notification",
    "Organisation",
    "Service",
    "TenantModel",
    "Topic",
    "UnwantedMail",
    "User",
]
