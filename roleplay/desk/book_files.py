"""Lorebook files at the desk: each book goes out in every format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path

from characters.models import Lorebook
from roleplay.downloads import BOOK_FORMATS, book_download

if TYPE_CHECKING:
    LorebookModelAdmin = admin.ModelAdmin[Lorebook]
else:
    LorebookModelAdmin = admin.ModelAdmin


class WithBookFiles(LorebookModelAdmin):
    """The page of a lorebook's admin that writes its file."""

    change_form_template = "desk/lorebook_form.html"

    def get_urls(self) -> list[URLPattern]:
        export = self.admin_site.admin_view(self.export_book)
        return [
            path("<uuid:pk>/export/<slug:format>/", export, name="characters_lorebook_export"),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **options: Any) -> Any:
        options["extra_context"] = {**(options.get("extra_context") or {}), "formats": BOOK_FORMATS}
        return super().change_view(request, object_id, *args, **options)

    def export_book(self, request: HttpRequest, pk: object, format: str) -> HttpResponse:
        book = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, book):
            raise PermissionDenied
        return book_download(book, format)
