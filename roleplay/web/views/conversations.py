"""One's conversations, and the chat."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from roleplay.conversations import pages
from roleplay.conversations.models import Conversation, Message
from roleplay.providers import endpoints
from roleplay.turns.casting import newer_version, notes_since, take_newer_version, take_version_before
from roleplay.web.characters import character_of
from roleplay.web.rows import conversation_rows, conversations_of, rows_of
from roleplay.web.sentences import message_told, open_told

A_PAGE = 30  # conversations
BESIDE = 20  # conversations beside a chat


@login_required
@require_safe
@never_cache
def conversations(request: HttpRequest) -> HttpResponse:
    page = Paginator(conversations_of(request.user), A_PAGE).get_page(request.GET.get("page"))
    rows = rows_of(page)
    return render(request, "conversations.html", {"page": page, "rows": rows})


@login_required
@require_safe
@never_cache
def conversation(request: HttpRequest, conversation: UUID) -> HttpResponse:
    found = get_object_or_404(Conversation.objects.visible_to(request.user), pk=conversation)
    reader = found.participants.select_related("persona", "user").get(user_id=request.user.pk or 0)
    at = _at(request, found, reader.pk)
    page = at or pages.newest(found, reader.pk)
    operator = request.user.is_staff
    newer = newer_version(reader.user, found)
    return render(
        request,
        "conversation.html",
        {
            "conversation": found,
            "character": character_of(request.user, found),
            "reader": reader,
            "persona": reader.persona.name if reader.persona else request.user.get_username(),
            "messages": [message_told(message, operator) for message in page.messages],
            "revision": page.revision,
            "open": open_told(page.open),
            "earlier": page.earlier,
            "later": page.later,
            "window_start": _window_start(found),
            "elsewhere": "at" in request.GET and at is None,
            "continues": endpoints.configured().dialect.continues,
            "newer": newer,
            "notes": notes_since(found, newer) if newer else [],
            "rows": conversation_rows(request.user, most=BESIDE),
        },
    )


@login_required
@require_POST
def take_version(request: HttpRequest, conversation: UUID) -> HttpResponse:
    """The newer one, or with `before` the one that was left for it."""
    found = get_object_or_404(Conversation.objects.visible_to(request.user), pk=conversation)
    reader = found.participants.select_related("user").get(user_id=request.user.pk or 0)
    if "before" in request.POST:
        take_version_before(found)
    else:
        take_newer_version(reader.user, found)
    return redirect(found)


@login_required
@require_safe
@never_cache
def earlier(request: HttpRequest, conversation: UUID, message: UUID) -> JsonResponse:
    found = get_object_or_404(Conversation.objects.visible_to(request.user), pk=conversation)
    try:
        return _part(request, found, pages.before(found, message))
    except Message.DoesNotExist:
        raise Http404 from None


@login_required
@require_safe
@never_cache
def later(request: HttpRequest, conversation: UUID, message: UUID | None = None) -> JsonResponse:
    found = get_object_or_404(Conversation.objects.visible_to(request.user), pk=conversation)
    reader = found.participants.get(user_id=request.user.pk or 0)
    try:
        return _part(request, found, pages.after(found, message, reader.pk))
    except Message.DoesNotExist:
        raise Http404 from None


@login_required
@require_safe
@never_cache
def texts(request: HttpRequest, conversation: UUID, message: UUID) -> JsonResponse:
    """What a message said before it was edited, the newest first."""
    found = get_object_or_404(Conversation.objects.visible_to(request.user), pk=conversation)
    said = get_object_or_404(found.messages, pk=message)
    edits = said.edits.order_by("-created_at", "-pk").values("text", "created_at")
    return JsonResponse({"texts": list(edits)})


def _at(request: HttpRequest, conversation: Conversation, reader: UUID) -> pages.Page | None:
    """The part of the path around the message that the address names; None where it is not on the path."""
    try:
        return pages.around(conversation, UUID(request.GET.get("at", "")), reader)
    except (ValueError, Message.DoesNotExist):
        return None


def _window_start(conversation: Conversation) -> int:
    """The depth at which the model's view of the whole path begins: a part of it does not tell."""
    return conversation.head.window_start if conversation.head else 0


def _part(request: HttpRequest, conversation: Conversation, page: pages.Page) -> JsonResponse:
    """A part of the path, as the socket tells it."""
    messages = [message_told(each, request.user.is_staff) for each in page.messages]
    part = {"revision": page.revision, "head": page.head, "open": open_told(page.open)}
    part["window_start"] = _window_start(conversation)
    return JsonResponse({**part, "messages": messages, "earlier": page.earlier, "later": page.later})
