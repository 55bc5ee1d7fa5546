"""What everybody used, to be looked at: it is counted, not written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _

from roleplay.conversations.models import Usage
from roleplay.providers.money import money

if TYPE_CHECKING:
    UsageModelAdmin = admin.ModelAdmin[Usage]
else:
    UsageModelAdmin = admin.ModelAdmin


def _named(month: date) -> str:
    return date_format(month, "YEAR_MONTH_FORMAT")


class MonthFilter(admin.SimpleListFilter):
    title = _("month")
    parameter_name = "month"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        months = Usage.objects.order_by("-month").values_list("month", flat=True).distinct()
        return [(month.isoformat(), _named(month)) for month in months]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Usage]) -> QuerySet[Usage]:
        chosen = [month for month, _name in self.lookup_choices if month == self.value()]
        return queryset.filter(month__in=chosen) if chosen else queryset


def _number(name: str, description: Any) -> Callable[[Any, Usage], str]:
    """The column of a number, grouped so that a long one can be read."""

    @admin.display(description=description, ordering=name)
    def shown(self: Any, usage: Usage) -> str:
        return number_format(getattr(usage, name), force_grouping=True)

    return shown


class UsageAdmin(UsageModelAdmin):
    list_display = ("user", "of_month", "replies", "told_in_all", "cached_in_all", "said_in_all", "money")
    list_display_links = None
    list_filter = (MonthFilter,)
    list_select_related = ("user",)
    search_fields = ("user__username",)

    replies = _number("turns", _("replies"))
    told_in_all = _number("told", _("told"))
    cached_in_all = _number("cached", _("from the cache"))
    said_in_all = _number("said", _("said"))

    @admin.display(description=_("month"), ordering="month")
    def of_month(self, usage: Usage) -> str:
        return _named(usage.month)

    @admin.display(description=_("cost"), ordering="cost")
    def money(self, usage: Usage) -> str:
        return money(usage.cost) or "–"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Usage | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Usage | None = None) -> bool:
        return False
