"""Writes the whole prompts of `scenes/`: `python -m tests.prompt.write_scenes`, when they are to change.

A scene is a JSON file; the prompt that is made of it stands beside it, to be read by people.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from roleplay.prompt.assemble import assemble
from roleplay.prompt.lorebook.values import Book, Entry
from roleplay.prompt.text import clean_name
from roleplay.prompt.values import Line, Persona, Prompt, Scene, Sheet

FOLDER = Path(__file__).parent / "scenes"
FILES = sorted(FOLDER.glob("*.json"))


def scene_of(file: Path) -> Scene:
    """The scene in a file: a line is `{"user": text}` or `{"assistant": text}`, marked where it was `reinforced`."""
    told = json.loads(file.read_text("utf-8"))
    sheet = Sheet(**{key: _frozen(value) for key, value in told.pop("sheet").items()})
    persona = Persona(**told.pop("persona"))
    names = {"user": clean_name(persona.name), "assistant": clean_name(sheet.char)}
    lines = tuple(
        Line(role, names[role], said[role], depth, reinforced=said.get("reinforced", False))
        for depth, said in enumerate(told.pop("lines"))
        for role in ("user", "assistant")
        if role in said
    )
    books = tuple(_book(number, book) for number, book in enumerate(told.pop("books", [])))
    return Scene(sheet=sheet, persona=persona, lines=lines, books=books, length=len(lines), **told)


def written(prompt: Prompt) -> str:
    """The prompt as a text for people."""
    parts = [
        f"--- {block.role} {block.name} ({block.reason}, {block.tokens} tokens)\n{block.text}"
        for block in prompt.blocks
    ]
    end = f"--- assistant {prompt.name} (partial)\n{prompt.text}"
    view = f"The view begins at message {prompt.window_start}. Taken: {prompt.tokens} tokens."
    return "\n\n".join([*parts, end, view]).replace("  (", " (") + "\n"


def _book(number: int, book: dict[str, Any]) -> Book:
    entries = tuple(
        Entry(key=f"{number} {at}", **{name: _frozen(value) for name, value in entry.items()})
        for at, entry in enumerate(book.pop("entries"))
    )
    return Book(key=str(number), entries=entries, **book)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


if __name__ == "__main__":
    for file in FILES:
        file.with_suffix(".txt").write_text(written(assemble(scene_of(file))), "utf-8")
