"""Accounts at the desk: who may write, and what goes with one that is deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from characters.models import Report, SearchTerm
from characters.rights import AUTHORS, EDITORS
from roleplay.conversations.models import Usage
from roleplay.turns.casting import forget_unused_versions

if TYPE_CHECKING:
    Accounts = UserAdmin[User]
    GroupsField = forms.ModelMultipleChoiceField[Group]
else:
    Accounts, GroupsField = UserAdmin, forms.ModelMultipleChoiceField

ROLES = {
    AUTHORS: _("Author: writes characters, and sees those of nobody else"),
    EDITORS: _("Editor: changes all characters, settles reports and takes characters down"),
}


class RolesField(GroupsField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group: Group) -> str:
        return str(ROLES.get(group.name, group.name))


class AccountAdmin(Accounts):
    """Accounts. What belongs to one is counted when it is deleted, and never shown."""

    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (
            _("What this account may do"),
            {
                "description": _(
                    "Everybody reads and talks. Whoever is to write characters is made an author."
                ),
                "fields": ("groups", "is_superuser", "is_active"),
            },
        ),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    readonly_fields = ("last_login", "date_joined")
    list_display = ("username", "is_superuser", "is_active", "date_joined")
    list_filter = ("groups", "is_superuser", "is_active")
    search_fields = ("username",)
    filter_horizontal = ()

    def formfield_for_manytomany(self, db_field: Any, request: Any, **options: Any) -> Any:
        if db_field.name == "groups":
            return RolesField(Group.objects.order_by("pk"), required=False, label=_("Roles"))
        return super().formfield_for_manytomany(db_field, request, **options)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Operators are those whom Django calls staff, and nobody else."""
        obj.is_staff = obj.is_superuser
        super().save_model(request, obj, form, change)

    def get_deleted_objects(self, objs: Any, request: Any) -> Any:
        _shown, counts, missing, protected = super().get_deleted_objects(objs, request)
        for model in (Usage, Report):  # nobody deletes one alone; they go with their user and his characters
            missing.discard(model._meta.verbose_name)
        counts.pop(str(SearchTerm._meta.verbose_name_plural), None)
        return [str(user) for user in objs], counts, missing, protected

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        super().delete_model(request, obj)
        forget_unused_versions()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        super().delete_queryset(request, queryset)
        forget_unused_versions()
