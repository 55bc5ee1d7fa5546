"""The versions of a character at the desk: looked at, compared, and made the character again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from characters.models import Character, CharacterVersion
from characters.restoring import restored
from characters.versions import definition_of
from roleplay.desk.diff import changes
from roleplay.desk.site import at_desk

if TYPE_CHECKING:
    CharacterAdmin = admin.ModelAdmin[Character]
else:
    CharacterAdmin = admin.ModelAdmin

A_PAGE = 50  # versions


class WithVersions(CharacterAdmin):
    """The pages of a character's admin that show what it was."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/versions/", view(self.versions), name="characters_character_versions"),
            path("<int:pk>/versions/<int:number>/", view(self.version), name="characters_character_version"),
            path(
                "<int:pk>/versions/<int:number>/restore/",
                view(self.restore),
                name="characters_character_restore",
            ),
            *super().get_urls(),
        ]

    def versions(self, request: HttpRequest, pk: int) -> HttpResponse:
        character = self._found(request, pk)
        newest_first = character.versions.select_related("author").defer("definition").order_by("-number")
        page = Paginator(newest_first, A_PAGE).get_page(request.GET.get("page"))
        return self._page(request, character, "desk/versions.html", _("Versions"), {"page": page})

    def version(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """What changed in it, beside the version that `with` names: the one before, unless another is asked for; `now`
        is what stands in the form.
        """
        character = self._found(request, pk)
        version = get_object_or_404(character.versions.select_related("author"), number=number)
        beside = request.GET.get("with", "")
        old, new, other = version.definition, definition_of(character), None
        if beside != "now":
            other = _beside(character, version, beside)
            old, new = other.definition if other else None, version.definition
        context = {
            "version": version,
            "other": other,
            "now": beside == "now",
            "changes": changes(old, new) if old else [],
            "numbers": _numbers(character, version, other),
        }
        title = _("Version %(number)d") % {"number": number}
        return self._page(request, character, "desk/version.html", title, context)

    def restore(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Asks first: readers get it at once."""
        character = self._found(request, pk)
        if not self.has_change_permission(request, character):
            raise PermissionDenied
        version = get_object_or_404(character.versions, number=number)
        if request.method != "POST":
            title = _("Restore version %(number)d") % {"number": number}
            return self._page(request, character, "desk/restore.html", title, {"version": version})
        made = restored(character, version, at_desk(request))
        said = _("The character is as it was in version %(number)d; that is version %(new)d now.")
        messages.success(request, said % {"number": number, "new": made.number})
        return redirect("admin:characters_character_change", pk)

    def _found(self, request: HttpRequest, pk: int) -> Character:
        character = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, character):
            raise PermissionDenied
        return character

    def _page(
        self, request: HttpRequest, character: Character, template: str, title: str, context: dict[str, Any]
    ) -> HttpResponse:
        each = self.admin_site.each_context(request)
        return render(
            request, template, {**each, **context, "title": title, "opts": self.opts, "character": character}
        )


def _beside(character: Character, version: CharacterVersion, number: str) -> CharacterVersion | None:
    """The version with this number; the one before where it is none."""
    if number.isascii() and number.isdigit() and len(number) < 10:
        return get_object_or_404(character.versions, number=int(number))
    return character.versions.filter(number__lt=version.number).order_by("-number").first()


def _numbers(character: Character, version: CharacterVersion, other: CharacterVersion | None) -> list[int]:
    """Of versions to compare with: the newest, and the one that is compared."""
    newest = character.versions.exclude(pk=version.pk).order_by("-number").values_list("number", flat=True)
    return sorted({*newest[:A_PAGE], *([other.number] if other else [])}, reverse=True)
