"""Addresses of the app, below ``/o/<organisation>/``."""

from django.urls import path

from cse_tracker.accounts.views import members, notifications, settings

app_name = "accounts"

urlpatterns = [
    path("members/", members.member_list, name="members"),
    path("members/add/", members.add_member, name="add_member"),
    path("members/<int:membership_id>/", members.edit_member, name="edit_member"),
    path(
        "members/<int:membership_id>/remove/",
        members.remove_member,
        name="remove_member",
    ),
    path(
        "members/<int:membership_id>/invite/", members.invite_again, name="invite_again"
    ),
    path("notifications/", notifications.notification_list, name="notifications"),
    path("notifications/read/", notifications.read_all, name="read_notifications"),
    path("notifications/mail/", notifications.mail_topics, name="mail_topics"),
    path("settings/", settings.settings, name="settings"),
    path("settings/bank-holidays/", settings.bank_holidays, name="bank_holidays"),
    path("settings/services/add/", settings.add_service, name="add_service"),
    path(
        "settings/services/<int:service_id>/",
        settings.rename_service,
        name="rename_service",
    ),
    path(
        "settings/services/<int:service_id>/withdraw/",
        settings.withdraw_service,
        name="withdraw_service",
    ),
]
