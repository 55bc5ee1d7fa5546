"""The gallery, a character's page, and pictures."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser, User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from characters.models import Character, Language, Picture
from characters.personas import default_persona
from characters.versions import shown_definition
from roleplay.prompt.macros import expand, outside
from roleplay.turns.service import start_conversation
from roleplay.web.rows import conversation_rows

RECENT = 3  # conversations shown on a character's page


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    characters = Character.objects.listed().with_picture_names()
    language = request.GET.get("language", "")
    if language in Language.values:
        characters = characters.filter(language=language)
    return render(request, "gallery.html", {"characters": characters, "language": language})


@require_safe
def character(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Character.objects.visible_to(request.user).with_picture_names(), slug=slug)
    shown = shown_definition(found)
    macros = outside(found.char, _name_of(request.user, found), language=found.language, now=timezone.now())
    return render(
        request,
        "character.html",
        {
            "character": found,
            "greeting": expand(shown["greetings"][0], macros) if shown["greetings"] else "",
            "quotes": [expand(text, macros) for text in shown["quotes"] if shown["open_definition"]],
            "mine": Character.objects.written_by(request.user).filter(pk=found.pk).exists(),
            "recent": conversation_rows(request.user, most=RECENT, character=found),
        },
    )


@require_POST
def start_chat(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Character.objects.visible_to(request.user), slug=slug)
    if not isinstance(request.user, User):
        return redirect_to_login(found.get_absolute_url())
    return redirect(start_conversation(request.user, found))


@require_safe
def picture(request: HttpRequest, sha256: str) -> HttpResponse:
    """A picture never changes under its name."""
    found = get_object_or_404(Picture, pk=sha256)
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return HttpResponse(bytes(found.data), content_type="image/webp", headers=headers)


def _name_of(user: User | AnonymousUser, character: Character) -> str:
    """How a character's own text names who reads it; a visitor is "you" in the language of the character."""
    if isinstance(user, User):
        return default_persona(user).name
    with override("zh-hans" if character.language == Language.CHINESE else "en"):
        return _("you")
