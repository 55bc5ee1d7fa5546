"""Draft with the model: what an author asks for from the form, and how it comes to him, line by line."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from functools import partial
from itertools import islice
from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.auth.models import User
from django.core.cache import cache
from django.http import (
    HttpRequest,
    HttpResponseBase,
    HttpResponseNotAllowed,
    JsonResponse,
    StreamingHttpResponse,
)
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from characters.rights import writes
from roleplay.desk.drafter import WITHIN, Drafter
from roleplay.desk.drafting import KEYS, LANGUAGES, NoDraft, Value, asked
from roleplay.prompt.text import clean
from roleplay.providers import endpoints, errors
from roleplay.turns.usage import count_beside

LONGEST_PREMISE = 4000  # code points
LONGEST_TOLD = 2000  # code points of a field
MOST_TOLD = 15  # texts of a list
WAITS, PAUSE = 20, 0.1  # seconds between two looks
MOST_BYTES = 1024 * 1024  # of a request


async def proposals(request: HttpRequest) -> HttpResponseBase:
    """Takes `{premise, keys, language, written}` as JSON. Answers with JSON, one object a line: `{"length": n}` while the
    model writes, at the end `{"draft": {field: value}}` or `{"problem": sentence}`.
    """
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    user = await request.auser()
    if not isinstance(user, User) or not await sync_to_async(writes)(user):
        return JsonResponse({"problem": _("Only authors can draft a character.")}, status=403)
    try:
        wish = _wish(json.loads(request.body))
    except (ValueError, TypeError, KeyError, RecursionError):
        return JsonResponse({"problem": _("This page is older than the server. Load it anew.")}, status=400)
    if len(request.body) > MOST_BYTES or len(wish["premise"]) > LONGEST_PREMISE:
        return JsonResponse({"problem": _("The premise is longer than 4,000 characters.")}, status=400)
    lines = _lines(user, wish, get_language() or "en")
    return StreamingHttpResponse(
        lines, content_type="application/x-ndjson", headers={"Cache-Control": "no-store"}
    )


def _wish(body: Any) -> dict[str, Any]:
    """Raises ValueError, TypeError or KeyError for what the form would not ask."""
    keys = [key for key in KEYS if key in body["keys"]]
    told = dict(body["written"])
    written = {key: _brief(told[key]) for key in KEYS if told.get(key)}
    if not keys or body["language"] not in LANGUAGES:
        raise ValueError
    return {
        "premise": clean(str(body["premise"])),
        "keys": keys,
        "language": body["language"],
        "written": written,
    }


def _brief(value: Any) -> Value:
    """What the model is told of a field that is written already."""
    if isinstance(value, list):
        texts = (" → ".join(map(str, each)) if isinstance(each, list) else str(each) for each in value)
        return [clean(text)[:LONGEST_TOLD] for text in islice(texts, MOST_TOLD)]
    return value if isinstance(value, int) else clean(str(value))[:LONGEST_TOLD]


async def _lines(user: User, wish: dict[str, Any], language: str) -> AsyncIterator[bytes]:
    """One draft at a time for each author: who asks anew waits until the one before has ended."""
    place = f"draft.{user.pk}"
    for _again in range(WAITS):
        if free := await cache.aadd(place, True, timeout=WITHIN):
            break
        await asyncio.sleep(PAUSE)
    if not free:
        with override(language):
            yield _line("problem", _("A draft is being written for you already. Wait for its end."))
        return
    try:
        async for line in _drafted(user, wish, language):
            yield line
    finally:
        await cache.adelete(place)


async def _drafted(user: User, wish: dict[str, Any], language: str) -> AsyncIterator[bytes]:
    with_text = partial(
        asked, wish["premise"], wish["keys"], language=wish["language"], written=wish["written"]
    )
    endpoint = endpoints.configured()
    model = await endpoints.opened(endpoint)
    drafter = Drafter(
        model, lambda text: with_text(text=text), wish["keys"], user=endpoints.anonymous(user.pk)
    )
    try:
        async with aclosing(drafter.run()) as steps:
            async for step in steps:
                yield _line("length" if isinstance(step, int) else "draft", step)
    except (NoDraft, errors.ProviderError, TimeoutError) as error:
        with override(language):
            yield _line("problem", _sentence(error, user))
    finally:
        await model.close()
        cost = endpoint.price.cost(drafter.usage) if endpoint.price else None
        await sync_to_async(count_beside)(user.pk, drafter.usage, cost, timezone.now())


def _line(key: str, value: int | str | dict[str, Value]) -> bytes:
    return json.dumps({key: value}).encode() + b"\n"


def _sentence(error: Exception, user: User) -> str:
    if isinstance(error, errors.ProviderError):
        return str((user.is_staff and error.operator_sentence) or error.sentence)
    if isinstance(error, NoDraft):
        return _(
            "The model wrote nothing that fits the form, three times. Ask again, or say more in the premise."
        )
    return _("The model took too long. Ask for less at once, or try again.")
