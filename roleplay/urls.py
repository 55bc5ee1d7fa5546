"""All addresses. No language stands in a path."""

from __future__ import annotations

from allauth.account import views as accounts
from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from roleplay.desk.proposals import proposals

# Of allauth's pages those that need no mail.
account_patterns = [
    path("login/", accounts.login, name="account_login"),
    path("logout/", accounts.logout, name="account_logout"),
    path("signup/", accounts.signup, name="account_signup"),
    path("password/change/", accounts.password_change, name="account_change_password"),
    path("reauthenticate/", accounts.reauthenticate, name="account_reauthenticate"),
    path("inactive/", accounts.account_inactive, name="account_inactive"),
]

urlpatterns = [
    path("", include("roleplay.web.urls")),
    path("accounts/", include(account_patterns)),
    path("language/", set_language, name="set_language"),
    path("admin/draft/", proposals, name="draft"),
    path("admin/", admin.site.urls),
]
