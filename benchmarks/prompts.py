"""What the prompt of a reply costs, in a long conversation and in a very long one.

python -m benchmarks.prompts    prints milliseconds, on the database that DATABASE_URL names
"""

from __future__ import annotations

import sys

from benchmarks.lengths import Ways, measured

SHORT = 1000  # messages


def _ways(length: int) -> Ways:
    """With a lorebook of a hundred entries, of which one is found."""
    from django.db import connection
    from django.utils import timezone

    from characters.models import Lorebook
    from roleplay.turns import claims, prompts, service
    from roleplay.turns.factor import Factor
    from tests.cast import make_character, make_conversation, make_long, make_user

    user, character = make_user(f"reader-{length}"), make_character(slug=f"mira-{length}")
    book = Lorebook.objects.create(title="World")
    for number in range(100):
        book.entries.create(keys=[f"place {number}"], content=f"About place {number}.")
    character.lorebooks.add(book)
    conversation = make_conversation(user, character)
    make_long(conversation, length)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    service.send(user, conversation.pk, client_id="asked", text="What of place 7?")
    now = timezone.now()
    [claim] = [each for each in claims.claim_due(now).claims if each.conversation == conversation.pk]
    factor = Factor("kimi-k2.6")
    assert any(found.hit for found in prompts.prepare(claim, factor).prompt.lore.found)
    return {"prompt read, made and kept": lambda _: prompts.prepare(claim, factor)}


if __name__ == "__main__":
    sys.exit(measured(_ways, short=SHORT))
