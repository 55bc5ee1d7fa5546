"""The gallery, a character's page, and pictures."""

from __future__ import annotations

import re

from django.contrib.auth.models import AnonymousUser, User
from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from characters.models import Character, Language, Picture
from characters.personas import default_persona
from characters.published import as_published
from characters.rights import writes
from characters.search import found as having
from characters.versions import shown_definition
from roleplay.prompt.macros import expand, outside
from roleplay.turns.service import start_conversation
from roleplay.web.rows import conversation_rows

A_PAGE = 24  # characters
LONGEST_QUERY = 100  # code points
ON_A_CARD = (
    "slug",
    "name",
    "tagline",
    "tags",
    "language",
    "hue",
    "visibility",
    "unpublished",
    "published",
    "picture__sha256",
)
RECENT = 3  # conversations shown on a character's page


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Newest first. One more than a page holds is read, to know whether there are more; nobody counts them."""
    asked = request.GET
    writer = writes(request.user)
    mine = writer and asked.get("mine") == "1"
    language = asked["language"] if asked.get("language") in Language.values and not mine else ""
    query = asked.get("q", "").strip()[:LONGEST_QUERY]
    before = _key(asked.get("before", ""))
    characters: QuerySet[Character] = Character.objects.listed()
    if mine:
        characters = Character.objects.filter(owner=request.user.pk)
    if language:
        characters = characters.filter(language=language)
    if query:
        characters = having(characters, query)
    if before:
        characters = characters.filter(pk__lt=before)
    read = list(characters.order_by("-pk").select_related("picture").only(*ON_A_CARD)[: A_PAGE + 1])
    shown = read[:A_PAGE]
    if not mine:
        as_published(shown)
    return render(
        request,
        "gallery.html",
        {
            "characters": shown,
            "older": shown[-1].pk if len(read) > A_PAGE else None,
            "later": before is not None,
            "language": language,
            "query": query,
            "longest_query": LONGEST_QUERY,
            "writer": writer,
            "mine": mine,
        },
    )


@require_safe
def character(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Character.objects.visible_to(request.user).with_picture_names(), slug=slug)
    as_published([found])
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


def _key(written: str) -> int | None:
    """A character's key as an address has it; None: it has none, or nothing that could be one."""
    return int(written) if re.fullmatch("[1-9][0-9]{0,17}", written) else None


def _name_of(user: User | AnonymousUser, character: Character) -> str:
    """How a character's own text names who reads it; a visitor is "you" in the language of the character."""
    if isinstance(user, User):
        return default_persona(user).name
    with override("zh-hans" if character.language == Language.CHINESE else "en"):
        return _("you")
