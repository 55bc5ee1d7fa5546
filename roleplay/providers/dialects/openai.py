"""Those that cannot continue a reply: OpenAI, and Google and Anthropic by their compatible endpoints.

Words say whose turn it is and how the reply begins; a model may repeat that beginning, or go on from it.
"""

from __future__ import annotations

import re

from roleplay.prompt.text import clean_name
from roleplay.prompt.values import Prompt
from roleplay.prompt.whose_turn import how_it_begins, whose_turn
from roleplay.providers.dialects.messages import message
from roleplay.providers.dialects.values import Dialect, Request, Wish

_NOT_IN_A_NAME = re.compile(r"[\s<|\\/>]")


def request(prompt: Prompt, wish: Wish) -> Request:
    words = "\n\n".join(part for part in (whose_turn(prompt), how_it_begins(prompt)) if part)
    return Request(
        messages=(
            *(message(block, named=_named) for block in prompt.blocks),
            {"role": "system", "content": words},
        ),
        options={
            "model": wish.model,
            "max_completion_tokens": wish.reply_tokens,
            "stream": True,
            "stream_options": {"include_usage": True},
            "safety_identifier": wish.user,
        },
        extra_body={},
    )


def thinks(model: str) -> bool:
    """Most of their models think, and some say nothing meanwhile: none is hurried."""
    return True


def _named(name: str) -> str:
    """A name is refused unless it matches `^[^\\s<|\\\\/>]+$`."""
    return _NOT_IN_A_NAME.sub("_", clean_name(name))


DIALECT = Dialect(request=request, thinks=thinks, continues=False, repeats=True)
