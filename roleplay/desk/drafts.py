"""What is being written, before it is saved: its prompt, what is amiss in it, and a chat to try it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse

from characters.books import book_values
from characters.models import Character, Lorebook
from characters.versions import Definition, definition_of, written
from roleplay.desk.diff import label_of
from roleplay.desk.drafting import KEYS
from roleplay.desk.lint import findings
from roleplay.desk.preview import counted, first_prompt
from roleplay.desk.site import at_desk
from roleplay.turns.trials import start_trial
from roleplay.words import FIELDS

if TYPE_CHECKING:
    CharacterAdmin = admin.ModelAdmin[Character]
else:
    CharacterAdmin = admin.ModelAdmin


class WithDrafts(CharacterAdmin):
    """The pages of a character's admin that show what is in its form, saved or not."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("preview/", view(self.preview), name="characters_character_preview_new"),
            path("<int:pk>/preview/", view(self.preview), name="characters_character_preview"),
            path("try/", view(self.try_out), name="characters_character_try_new"),
            path("<int:pk>/try/", view(self.try_out), name="characters_character_try"),
            *super().get_urls(),
        ]

    def render_change_form(
        self,
        request: HttpRequest,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Character | None = None,
    ) -> Any:
        of = [obj.pk] if obj else []
        suffix = "" if obj else "_new"
        context |= _panel(definition_of(obj)) if obj else {}
        context |= {
            "preview_url": reverse(f"admin:characters_character_preview{suffix}", args=of),
            "try_url": reverse(f"admin:characters_character_try{suffix}", args=of),
            "drafted_keys": json.dumps({name: key.kind for name, key in KEYS.items()}),
            "wrong": _wrong(context),
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def preview(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        return render(request, "desk/panel.html", _panel(self._draft(request, pk)))

    def try_out(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        return redirect(start_trial(at_desk(request), self._draft(request, pk)))

    def _draft(self, request: HttpRequest, pk: int | None) -> Definition:
        """What the form holds; of a field that cannot be saved so, what was saved."""
        character = get_object_or_404(self.get_queryset(request), pk=pk) if pk else None
        may = (
            self.has_change_permission(request, character) if character else self.has_add_permission(request)
        )
        if not may:
            raise PermissionDenied
        form = self.get_form(request, character, change=bool(character))(
            request.POST, instance=character or Character()
        )
        form.is_valid()
        parts = {
            made.get_default_prefix(): made(request.POST, instance=character or Character()).written()
            for made, _inline in self.get_formsets_with_inlines(request, character)
        }
        return written(
            form.instance,
            quotes=[quote.text for quote in parts["quotes"]],
            situations=[[each.when, each.then] for each in parts["situations"]],
            greetings=[greeting.text for greeting in parts["greetings"]],
            lorebooks=book_values(form.cleaned_data.get("lorebooks", Lorebook.objects.none())),
        )


def _panel(definition: Definition) -> dict[str, Any]:
    prompt = first_prompt(definition)
    return {
        "prompt": prompt,
        "budget": settings.PROMPT_TOKENS,
        "fields": [(FIELDS[field], tokens) for field, tokens in prompt.fields],
        "said": prompt.tokens - sum(tokens for _field, tokens in prompt.fields),
        "cuts": [(FIELDS[cut.what], cut.tokens) for cut in prompt.cuts],
        "counts": counted(definition),
        "findings": [
            (finding, label_of(finding.field), _anchor(finding.field))
            for finding in findings(definition, prompt, budget=settings.PROMPT_TOKENS)
        ],
    }


def _wrong(context: Any) -> list[tuple[str, Any]]:
    """The fields that cannot be saved so, with the ways to them."""
    form = context["adminform"].form
    fields = [(f"id_{name}", form[name].label) for name in form.errors if name in form.fields]
    inlines = [each for each in context["inline_admin_formsets"] if each.formset.total_error_count()]
    return [*fields, *((f"{each.formset.prefix}-group", label_of(each.formset.prefix)) for each in inlines)]


def _anchor(field: str) -> str:
    """The element of the form that has the field."""
    return f"{field}-group" if field in ("quotes", "situations", "greetings") else f"id_{field}"
