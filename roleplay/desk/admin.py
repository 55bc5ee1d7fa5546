"""The desk: Django's admin for characters, lorebooks, reports, accounts and usage. What belongs to people is not in it."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group, User

from characters.models import Character, Lorebook, Report
from roleplay.conversations.models import Usage
from roleplay.desk.accounts import AccountAdmin
from roleplay.desk.characters import CharacterAdmin
from roleplay.desk.lorebooks import LorebookAdmin
from roleplay.desk.reports import ReportAdmin
from roleplay.desk.usage import UsageAdmin

# Accounts have no mail, and their groups are made by migration: nobody needs their tables.
admin.site.unregister([EmailAddress, Group, User])
admin.site.register(Character, CharacterAdmin)
admin.site.register(Lorebook, LorebookAdmin)
admin.site.register(Report, ReportAdmin)
admin.site.register(User, AccountAdmin)
admin.site.register(Usage, UsageAdmin)
