"""PURE: the draft of a character, as JSON, from what the request says and nothing else.

It depends on everything in the request but the partial content, and on which of its variations is wanted.
"""

from __future__ import annotations

import hashlib
import json
from random import Random

from roleplay.providers.demo.drafting import brief
from roleplay.providers.demo.drafting.chinese import CHINESE
from roleplay.providers.demo.drafting.english import ENGLISH
from roleplay.providers.demo.drafting.fields import Fields
from roleplay.providers.demo.drafting.sketch import sketch
from roleplay.providers.demo.request import Request
from roleplay.providers.demo.voice import seed

BEGINNING = "{"
TOGETHER = 4  # pieces that are sent as one: a draft is five times as long as a reply


def is_wanted(request: Request) -> bool:
    return request.content.startswith(BEGINNING) and brief.read(request.messages) is not None


def draft(request: Request, variation: int = 0) -> str:
    """The whole text, whatever of it the request's partial content has already. It must be one that asks for a draft."""
    asked = brief.read(request.messages)
    if asked is None:
        raise ValueError("The request asks for no draft.")
    own = CHINESE if asked.chinese else ENGLISH
    varied = bytes([variation]) * (variation > 0)
    of_premise = hashlib.sha256(asked.premise.encode()).digest()
    made = sketch(asked, own, Random(of_premise + varied))
    asked_so = seed(request)
    fields = Fields(asked, made, own, Random(asked_so + varied), asked_so[0] + variation)
    return json.dumps({key.name: fields.value(key) for key in asked.keys}, ensure_ascii=False, indent=1)
