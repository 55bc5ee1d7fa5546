"""The blocks of a prompt as messages: what the dialects have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from roleplay.prompt.text import clean_name
from roleplay.prompt.values import Block


def message(block: Block, *, named: Callable[[str], str] = clean_name) -> dict[str, Any]:
    """One message, under the name that `named` makes of the speaker's. A system message has none."""
    # Some providers leave white space at the end of an assistant's text open, others refuse it: none is sent.
    text = block.text.rstrip() if block.role == "assistant" else block.text
    said = {"role": block.role, "content": text}
    if block.role != "system" and (name := named(block.name)):
        said["name"] = name
    return said
