"""The map of a conversation: its checkpoints, and where its branches part; and the way to any place on it."""

from __future__ import annotations

from uuid import UUID

from asgiref.sync import async_to_sync
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from roleplay.conversations import tree_map as maps
from roleplay.conversations.models import Conversation, Message
from roleplay.conversations.publish import publish
from roleplay.turns import changes, service
from roleplay.turns.done import CommandRefused
from roleplay.web.characters import character_of
from roleplay.web.sentences import sentence

A_PAGE = 20  # checkpoints


@login_required
@require_safe
@never_cache
def tree_map(request: HttpRequest, conversation: UUID) -> HttpResponse:
    found = get_object_or_404(Conversation.objects.visible_to(request.user), pk=conversation)
    branch = request.GET.get("of", "")
    named = Paginator(maps.checkpoints(found), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "map.html",
        {
            "conversation": found,
            "character": character_of(request.user, found),
            "map": _map(found, branch, _number(request.GET.get("above", ""))),
            "page": named,
            "checkpoints": [] if branch else maps.places(named),
        },
    )


@login_required
@require_POST
def go(request: HttpRequest, conversation: UUID) -> HttpResponse:
    """Goes to the branch of a message (`message`), or brings it back (`restore`); and shows it."""
    assert isinstance(request.user, User)
    message = _uuid(request.POST.get("restore") or request.POST.get("message", ""))
    acts = (changes.restore, service.select) if "restore" in request.POST else (service.select,)
    try:
        frames = [frame for act in acts for frame in act(request.user, conversation, message_id=message).all]
    except Conversation.DoesNotExist:
        raise Http404 from None
    except CommandRefused as refused:
        messages.warning(request, sentence(refused.code, request.user.is_staff))
        return redirect("map", conversation)
    for frame in frames:
        async_to_sync(publish)(conversation, frame)
    return redirect(f"{reverse('conversation', args=[conversation])}?at={message}#{message}")


def _map(conversation: Conversation, branch: str, above: int | None) -> maps.TreeMap:
    if not branch:
        return maps.tree_map(conversation, above)
    try:
        return maps.branch_map(conversation, _uuid(branch), above)
    except Message.DoesNotExist:
        raise Http404 from None


def _uuid(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        raise Http404 from None


def _number(written: str) -> int | None:
    return int(written) if written.isdecimal() and len(written) < 10 else None
