"""Addresses below ``/account/``: signing in, the password, a person's own account.

Only the pages of django-allauth that are used here, under its names, which its own code looks
up. Left out on purpose: sign-up (an administrator adds people), changing email addresses
(the platform administrator does), confirming the password again (nothing here asks for it).
"""

from allauth.account import views as allauth
from django.urls import path, re_path

from cse_tracker.accounts.views.notifications import unsubscribe
from cse_tracker.accounts.views.passwords import choose_password
from cse_tracker.accounts.views.profile import profile

urlpatterns = [
    path("", profile, name="account_profile"),
    path("unsubscribe/<str:token>/", unsubscribe, name="unsubscribe"),
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("password/reset/", allauth.password_reset, name="account_reset_password"),
    path(
        "password/reset/done/",
        allauth.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        choose_password,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
