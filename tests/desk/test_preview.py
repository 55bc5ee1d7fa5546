"""The page of a character shows the prompt of its first turn, with the tokens of each part."""

from __future__ import annotations

from characters.models import Character, Lorebook
from characters.versions import definition_of
from roleplay.desk.preview import first_prompt
from tests.cast import GREETING
from tests.desk.pages import change_page, written


def test_the_prompt_of_the_first_reply_is_shown_as_the_model_is_told_it(desk, mira):
    book = Lorebook.objects.create(title="World")
    book.entries.create(content="The river moved in spring.", constant=True)
    mira.lorebooks.add(book)
    mira.description, mira.speech = "{{char}} draws maps.", "Short sentences."
    mira.save()
    mira.greetings.create(text=GREETING)

    prompt = first_prompt(definition_of(mira))
    shown = desk.get(change_page(mira)).content.decode()

    assert [field for field, _ in prompt.fields][:4] == ["opening", "lore", "description", "speech"]
    assert sum(tokens for _, tokens in prompt.fields) <= prompt.blocks[0].tokens
    assert [block.role for block in prompt.blocks] == ["system", "assistant", "user"]
    assert prompt.blocks[1].text == mira.greetings.first().text
    assert f"{mira.char} draws maps." in shown
    assert "The river moved in spring." in shown
    assert f"about {prompt.tokens} tokens" in shown


def test_what_does_not_fit_is_named(desk, mira, settings):
    settings.PROMPT_TOKENS = 1024
    mira.description = "She draws. " * 1000
    mira.save()

    shown = desk.get(change_page(mira)).content.decode()

    assert "What was left out" in shown


def test_what_is_not_saved_yet_is_shown_too(desk, db):
    post = written(
        description="{{char}} draws maps.",
        quotes=[{"text": "Two.", "position": "2"}, {"text": "One.", "position": "1"}, {"text": ""}],
        greetings=[{"text": "You are late."}],
    )

    answer = desk.post("/admin/characters/character/preview/", post)

    assert "Mira draws maps." in answer.text
    assert answer.text.index("One.") < answer.text.index("Two.")
    assert answer.context["counts"]["quotes"] == 2
    assert "You are late." in answer.text
    assert not Character.objects.exists()


def test_of_a_field_that_cannot_be_saved_so_the_saved_one_is_shown(desk, mira):
    mira.description = "She draws maps."
    mira.save()

    post = written(description="x" * 16_001, speech="Short.")
    shown = desk.post(f"/admin/characters/character/{mira.pk}/preview/", post).text

    assert "She draws maps." in shown and "Short." in shown
    mira.refresh_from_db()
    assert mira.speech == ""


def test_a_new_character_has_an_empty_preview(desk):
    assert "is shown here while you write" in desk.get("/admin/characters/character/add/").text
