"""The app of the desk, where authors work, and the admin as the desk has it."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "roleplay.desk"
    label = "desk"
    verbose_name = _("Desk")


class DeskAdminConfig(AdminConfig):
    default_site = "roleplay.desk.site.DeskSite"
