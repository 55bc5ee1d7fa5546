"""Lorebooks of rows: whose are read, what stays on which branch, and who may see what they said."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from characters.models import Character, Lorebook
from roleplay.conversations.models import Conversation, Message
from roleplay.prompt.values import Prompt
from roleplay.turns import prompts, service
from roleplay.turns.claims import Claim
from roleplay.turns.factor import Factor
from tests.cast import make_conversation, make_user
from tests.turns.steps import NOW, claim_due, claimed, finish, reply_of


def write(title: str, content: str, owner: User | None = None, **options: object) -> Lorebook:
    """A book with one entry, which speaks of the tower."""
    everywhere = bool(options.pop("everywhere", False))
    book = Lorebook.objects.create(title=title, owner=owner, everywhere=everywhere)
    book.entries.create(content=content, keys=["tower"], **options)
    return book


def prepared(claim: Claim) -> Prompt:
    return prompts.prepare(claim, Factor("kimi-k2.6")).prompt


def lore_of(prompt: Prompt) -> str:
    return "\n".join(block.text for block in prompt.blocks if block.reason == "lore")


def answer(user: User, conversation: Conversation, said: str) -> tuple[str, Message]:
    """What lorebooks say to the reply, and the reply."""
    claim = claimed(user, conversation, said)
    prompt = prepared(claim)
    finish(claim, text="A reply.", reason="stop")
    return lore_of(prompt), reply_of(claim)


@pytest.fixture
def everybodys(ada: User, mira: Character) -> Conversation:
    """A conversation with a book of each source."""
    mira.lorebooks.add(write("Mira's", "Mira built {{char}}'s tower."))
    conversation = make_conversation(ada, mira)
    conversation.lorebooks.add(write("Ours", "We met in the tower.", ada))
    persona = conversation.participants.get().persona
    assert persona
    persona.lorebooks.add(write("Ada's", "{{user}} fears the tower.", ada))
    write("All", "Every tower has a bell.", everywhere=True)
    write("Another's", "The tower is mine.", make_user("ben"))
    return conversation


def test_the_books_of_the_conversation_the_persona_the_character_and_the_site_are_read(
    ada: User, everybodys: Conversation
):
    told, _ = answer(ada, everybodys, "Up the Tower!")

    assert sorted(told.split("\n")) == [
        "Every tower has a bell.",
        "Mira built Mira's tower.",
        "We met in the tower.",
        "ada fears the tower.",
    ]


def test_a_character_keeps_the_books_that_it_began_with(ada: User, everybodys: Conversation, mira: Character):
    mira.lorebooks.get().entries.update(content="No more.")

    told, _ = answer(ada, everybodys, "Up the tower!")

    assert "Mira built Mira's tower." in told and "No more." not in told


def test_what_stays_stays_on_its_branch(ada: User, mira: Character):
    mira.lorebooks.add(write("Book", "A bell.", sticky=4))
    conversation = make_conversation(ada, mira)
    _, before = answer(ada, conversation, "Well.")

    with_it, _ = answer(ada, conversation, "The tower!")
    staying, _ = answer(ada, conversation, "Go on.")
    service.select(ada, conversation.pk, message_id=before.pk)
    elsewhere, _ = answer(ada, conversation, "Go on.")

    assert (with_it, staying, elsewhere) == ("A bell.", "A bell.", "")


def test_a_reply_that_is_asked_anew_finds_what_the_first_found(ada: User, mira: Character):
    mira.lorebooks.add(write("Book", "A bell.", cooldown=6))
    conversation = make_conversation(ada, mira)
    first, reply = answer(ada, conversation, "The tower!")

    service.retry(ada, conversation.pk, client_id=str(uuid4()), message_id=reply.pk)
    [claim] = claim_due(NOW)
    again = lore_of(prepared(claim))
    finish(claim, text="Another.", reason="stop")
    resting, _ = answer(ada, conversation, "The tower!")

    assert (first, again, resting) == ("A bell.", "A bell.", "")


def test_a_changed_n_is_felt_at_once(ada: User, conversation: Conversation):
    """A reply knows which one of its path was reinforced last."""
    Conversation.objects.update(reinforce_every=20)
    for _ in range(5):
        _, reply = answer(ada, conversation, "Well.")
    assert (reply.reply_number, reply.last_reinforced) == (5, 0)
    Conversation.objects.update(reinforce_every=4)

    marks = [answer(ada, conversation, "Well.")[1] for _ in range(5)]

    assert [(each.reply_number, each.reinforced) for each in marks] == [
        (6, "schedule"), (7, ""), (8, "schedule"), (9, ""), (10, ""),
    ]  # fmt: skip
    assert [each.last_reinforced for each in marks] == [6, 6, 8, 8, 8]


def test_an_opening_for_the_next_reply_holds_once(ada: User, conversation: Conversation):
    Conversation.objects.update(reply_opening="Hm.", next_opening="*{{char}} smiles.*")

    claims = []
    for _ in range(2):
        claims.append(claimed(ada, conversation, "Well?"))
        finish(claims[-1], text=claims[-1].prefix + " Yes.", reason="stop")

    assert [claim.prefix for claim in claims] == ["*Mira smiles.*", "Hm."]


def test_what_the_model_counts_is_learned_and_kept(ada: User, conversation: Conversation):
    factor = Factor("kimi-k2.6")
    factor.load()
    for _ in range(40):
        factor.learn(1000, 1200)
    assert factor.is_news
    factor.keep()

    again = Factor("kimi-k2.6")
    again.load()

    assert again.value == pytest.approx(1.2, abs=0.01)
    assert not again.is_news


def test_a_reader_sees_what_his_own_books_said_and_no_word_of_the_authors(
    client: Client, ada: User, everybodys: Conversation
):
    _, reply = answer(ada, everybodys, "Up the tower!")
    client.force_login(ada)
    address = reverse("why", args=[everybodys.pk, reply.pk])

    shown = client.get(address).content.decode()

    assert "We met in the tower." in shown and "ada fears the tower." in shown
    assert "the key “tower” found “tower”" in shown
    for hidden in ("Mira built", "Every tower", "Mira&#x27;s", ">All"):
        assert hidden not in shown
    ada.is_staff = ada.is_superuser = True
    ada.save()
    shown = client.get(address).content.decode()
    assert "Mira built" in shown and "Every tower has a bell." in shown


def test_it_says_what_was_left_out(client: Client, ada: User, mira: Character, settings):
    settings.PROMPT_TOKENS = 1024
    mira.description = "She draws. " * 1400
    mira.open_definition = True
    mira.save()
    mira.lorebooks.add(write("Book", "A bell. " * 500))
    conversation = make_conversation(ada, mira)

    _, reply = answer(ada, conversation, "The tower!")
    client.force_login(ada)
    shown = client.get(reverse("why", args=[conversation.pk, reply.pk])).content.decode()

    assert "What was left out" in shown
    assert "<li>description:" in shown
    assert "tower: the lorebooks had no more room" in shown
