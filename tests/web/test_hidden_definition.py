"""A hidden definition: no page, frame or inspector tells its reader a word of it, whatever he writes; its author finds all."""

from __future__ import annotations

import html
import json
from typing import Any

import pytest
from channels.db import database_sync_to_async
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLPattern, reverse

from characters.models import Character, Lorebook
from roleplay.conversations.models import Conversation, Message
from roleplay.forms import SCANNED
from roleplay.turns import prompts
from roleplay.turns.factor import Factor
from roleplay.turns.guard import Cut
from roleplay.web.urls import urlpatterns
from tests.cast import GREETING, make_conversation, make_user
from tests.conftest import Open
from tests.turns.steps import claimed, finish, reply_of

VEILED = "veiled"  # every word of the definition begins so
TEXTS = (
    "description",
    "personality",
    "background",
    "speech",
    "scenario",
    "rules",
    "examples",
    "system_prompt",
    "post_history",
    "depth_prompt",
    "reminder",
    "when_cut",
    "never_says",
    "calls_user",
    "begins_with",
    "ends_with",
)
FIELD_MACROS = (
    "description",
    "personality",
    "scenario",
    "mesExamples",
    "charPrompt",
    "charInstruction",
    "charDepthPrompt",
    "outlet::here",
)
CURIOUS = " ".join(f"{{{{{name}}}}}" for name in FIELD_MACROS)
EVERY_WORD = "/v[e]iled[a-z]+/"
PLACES = ("before", "after", "note_top", "note_bottom", "at_depth", "examples_top", "outlet")


@pytest.fixture
def veiled(db: None) -> Character:
    """Public, with a secret in each of its fields."""
    secrets = {name: f"{VEILED}{name.replace('_', '')}" for name in TEXTS}
    character = Character.objects.create(slug="mira", name="Mira", visibility="public", **secrets)
    character.greetings.create(position=0, text=GREETING)
    character.quotes.create(text=f"{VEILED}quote")
    character.situations.create(when=f"{VEILED}when", then=f"{VEILED}then")
    book = Lorebook.objects.create(title=f"{VEILED}book", recursive=True)
    for place in PLACES:
        content = f"{VEILED}{place.replace('_', '')}"
        book.entries.create(
            title=f"{VEILED}title", content=content, keys=["tower"], place=place, outlet="here", depth=2
        )
    character.lorebooks.add(book)
    return character


@pytest.fixture
def curious(ada: User, veiled: Character) -> Conversation:
    """Ada asks for it by all that she may write."""
    conversation = make_conversation(ada, veiled)
    persona = ada.personas.get()
    persona.description = CURIOUS
    persona.save()
    book = Lorebook.objects.create(title="Ada's", owner=ada, recursive=True)
    book.entries.create(content=CURIOUS, constant=True)
    book.entries.create(content="Found there.", keys=[EVERY_WORD], also_scans=list(SCANNED))
    book.entries.create(content="Found in what was found.", keys=[EVERY_WORD])
    persona.lorebooks.add(book)
    conversation.lorebooks.add(book)
    conversation.note = conversation.scenario = CURIOUS
    conversation.reply_opening = conversation.next_opening = CURIOUS
    conversation.written_places = True
    conversation.save()
    return conversation


def told(user: User, conversation: Conversation) -> tuple[Message, Any]:
    """A reply that was cut, and failed its author's checks all the same; and what browsers were told of it."""
    claim = claimed(user, conversation, "Up the tower!")
    cut = Cut("never_says", f"{VEILED}neversays", "", f"{VEILED}neversays, she said.")
    prompts.keep_cut(claim, cut, place=0, told=5)
    prompt = prompts.prepare(claim, Factor("kimi-k2.6")).prompt
    words = " ".join(block.text for block in prompt.blocks)
    assert all(f"{VEILED}{place.replace('_', '')}" in words for place in PLACES if place != "outlet")
    return reply_of(claim), finish(claim, text="“A tower.”", reason="stop")


def pages(conversation: Conversation, reply: Message) -> dict[str, list[str]]:
    """The addresses of all pages of readers, by name."""
    book, persona = Lorebook.objects.exclude(owner=None).get(), conversation.participants.get().persona
    assert book
    assert persona
    entry = book.entries.order_by("pk")[0]
    beyond: dict[str, list[Any]] = {
        "character": ["mira"],
        "start_chat": ["mira"],
        "report": ["mira"],
        "persona": [persona.pk],
        "make_default": [persona.pk],
        "delete_persona": [persona.pk],
        "lorebook": [book.pk],
        "delete_lorebook": [book.pk],
        "export_lorebook": [book.pk, "world-info"],
        "new_entry": [book.pk],
        "entry": [book.pk, entry.pk],
        "delete_entry": [book.pk, entry.pk],
        "picture": ["0" * 64],
        **{name: [conversation.pk, reply.pk] for name in ("earlier", "later", "texts", "why")},
        **{
            name: [conversation.pk]
            for name in ("conversation", "beginning", "map", "go", "settings", "take_version")
        },
    }
    named = [pattern.name for pattern in urlpatterns if isinstance(pattern, URLPattern) and pattern.name]
    return {name: [reverse(name, args=beyond.get(name, []))] for name in named}


def test_a_reader_finds_no_word_of_it_on_any_page(
    client: Client, ada: User, veiled: Character, curious: Conversation
):
    reply, frames = told(ada, curious)
    client.force_login(ada)

    found = [
        (name, answer.content.decode().count(VEILED))
        for name, addresses in pages(curious, reply).items()
        for address in addresses
        if VEILED in (answer := client.get(address, follow=True)).content.decode()
    ]

    assert found == []
    assert VEILED not in json.dumps(frames, default=str)
    assert client.get(f"/admin/characters/character/{veiled.pk}/change/", follow=True).status_code != 200


def test_a_visitor_finds_no_word_of_it(client: Client, veiled: Character):
    for address in ("/", "/characters/mira/"):
        assert VEILED not in client.get(address).content.decode()


async def test_a_reader_hears_no_word_of_it(
    transactional_db: None, ada: User, curious: Conversation, open_socket: Open
):
    await database_sync_to_async(told)(ada, curious)
    socket = await open_socket(curious, ada)

    await socket.say("resume", revision=0)
    await socket.until("snapshot")

    assert VEILED not in json.dumps(socket.frames)


def test_its_author_finds_all(client: Client, ada: User, veiled: Character, curious: Conversation):
    reply, _ = told(ada, curious)
    ada.is_staff = ada.is_superuser = True
    ada.save()
    client.force_login(ada)

    desk = client.get(f"/admin/characters/character/{veiled.pk}/change/").content.decode()
    book = veiled.lorebooks.get()
    desk += client.get(f"/admin/characters/lorebook/{book.pk}/change/").content.decode()
    inspector = html.unescape(client.get(reverse("why", args=[curious.pk, reply.pk])).content.decode())

    words = [f"{VEILED}{name.replace('_', '')}" for name in (*TEXTS, *PLACES)]
    assert [word for word in words if word not in desk] == []
    untold = {"never_says", "calls_user", "begins_with", "ends_with", "reminder", "outlet", "scenario"}
    told_words = [f"{VEILED}{name.replace('_', '')}" for name in (*TEXTS, *PLACES) if name not in untold]
    assert [word for word in told_words if word not in inspector] == []


def test_an_open_definition_is_open_to_what_readers_write(client: Client, ada: User, veiled: Character):
    veiled.open_definition = True
    veiled.save()
    conversation = make_conversation(ada, veiled)
    conversation.note = "{{description}}"
    conversation.save()
    reply, _ = told(ada, conversation)
    client.force_login(ada)

    note = client.get(reverse("why", args=[conversation.pk, reply.pk])).content.decode()

    assert f"{VEILED}description" in note


def test_another_reader_has_none_of_it(client: Client, ada: User, curious: Conversation):
    reply, _ = told(ada, curious)
    client.force_login(make_user("ben"))

    for name, addresses in pages(curious, reply).items():
        for address in addresses:
            assert VEILED not in client.get(address).content.decode(), name
