"""What people reported, for editors: to be read, and settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from characters.models import Report
from roleplay.desk.site import is_of_filters

if TYPE_CHECKING:
    ReportModelAdmin = admin.ModelAdmin[Report]
else:
    ReportModelAdmin = admin.ModelAdmin


class Settled(admin.SimpleListFilter):
    """Open ones, unless others are asked for."""

    title = _("settled")
    parameter_name = "settled"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("settled")), ("all", _("all"))]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        yield {**first, "display": _("open")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Report]) -> QuerySet[Report]:
        if self.value() == "all":
            return queryset
        return queryset.filter(settled_at__isnull=self.value() != "yes")


class ReportAdmin(ReportModelAdmin):
    list_display = ("created_at", "about", "reason", "reporter", "settled_at", "down")
    list_display_links = None
    list_filter = (Settled,)
    list_select_related = ("character", "reporter")
    search_fields = ("character__name", "reason")
    readonly_fields = ("character", "reporter", "reason")
    actions = ("settle",)

    @admin.display(description=_("character"), ordering="character__name")
    def about(self, report: Report) -> SafeString:
        address = reverse("admin:characters_character_change", args=[report.character_id])
        return format_html('<a href="{}">{}</a>', address, report.character)

    @admin.display(description="")
    def down(self, report: Report) -> SafeString:
        """To the place where it is taken down."""
        address = reverse("admin:characters_character_change", args=[report.character_id])
        return format_html('<a href="{}#id_taken_down">{}</a>', address, _("Take it down"))

    @admin.action(description=_("Settle: nothing more is to be done"), permissions=["change"])
    def settle(self, request: HttpRequest, reports: QuerySet[Report]) -> None:
        number = reports.filter(settled_at=None).update(settled_at=timezone.now())
        said = ngettext("%(number)d report is settled.", "%(number)d reports are settled.", number)
        messages.success(request, said % {"number": number})

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return is_of_filters(self, lookup)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        return False
