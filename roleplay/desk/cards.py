"""Card files at the desk: many come in at once, and each character goes out in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from characters.cards.exporting import ENDINGS, exported
from characters.models import Character
from roleplay.downloads import download
from roleplay.importing import as_json, few_files, imported_by, wants_json

if TYPE_CHECKING:
    CharacterAdmin = admin.ModelAdmin[Character]
else:
    CharacterAdmin = admin.ModelAdmin

FORMATS = {
    "v3-png": gettext_lazy("PNG card"),
    "v2-png": gettext_lazy("PNG card for older programs"),
    "json": gettext_lazy("JSON"),
    "charx": gettext_lazy("CHARX archive"),
}
TYPES = {"png": "image/png", "json": "application/json", "charx": "application/zip"}


class WithCards(CharacterAdmin):
    """The pages of a character's admin that read and write card files."""

    change_list_template = "desk/character_list.html"
    change_form_template = "desk/character_form.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("import/", few_files(view(self.import_cards)), name="characters_character_import"),
            path(
                "<int:pk>/export/<slug:format>/", view(self.export_card), name="characters_character_export"
            ),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **options: Any) -> Any:
        options["extra_context"] = {**(options.get("extra_context") or {}), "formats": FORMATS}
        return super().change_view(request, object_id, *args, **options)

    def import_cards(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form, results = imported_by(request, address=_desk_address)
        if wants_json(request):
            return as_json(form, results)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import cards"),
            "opts": self.opts,
            "form": form,
            "results": results,
        }
        return render(request, "desk/import_cards.html", context)

    def export_card(self, request: HttpRequest, pk: int, format: str) -> HttpResponse:
        character = get_object_or_404(self.get_queryset(request), pk=pk)
        if format not in ENDINGS:
            raise Http404
        if not self.has_view_permission(request, character):
            raise PermissionDenied
        ending = ENDINGS[format]
        return download(exported(character, format), f"{character.slug}.{ending}", TYPES[ending])


def _desk_address(character: Character) -> str:
    return reverse("admin:characters_character_change", args=[character.pk])
