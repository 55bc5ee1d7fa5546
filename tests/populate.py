"""Many users with open chats, made at once: python -m tests.populate USERS CHATS MESSAGES

It runs with a server's settings, and prints each user's session and the ids of his conversations.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.server import Server, Visitor


def populated(
    server: Server, stack: ExitStack, *, users: int, chats: int, messages: int = 0
) -> list[tuple[Visitor, str]]:
    """A visitor for each conversation, of so many messages below its greeting; those of one user share him.
    They are closed by the stack.
    """
    from tests.server import ROOT, Visitor

    command = [sys.executable, "-m", "tests.populate", *map(str, (users, chats, messages))]
    made = subprocess.run(command, cwd=ROOT, env=server.environment, check=True, stdout=subprocess.PIPE)
    found = []
    for session, conversations in json.loads(made.stdout):
        visitor = Visitor(server, session=session)
        stack.callback(visitor.close)
        found += [(visitor, conversation) for conversation in conversations]
    return found


def main(users: int, chats: int, messages: int) -> None:
    import django

    django.setup()

    from django.contrib.auth.models import User

    from characters.models import Character
    from roleplay.turns.service import start_conversation
    from tests.browser_socket import sign_in
    from tests.cast import make_long

    character = Character.objects.order_by("slug")[0]
    made = []
    for _ in range(users):
        user = User.objects.create(username=f"reader-{User.objects.count()}")
        conversations = [start_conversation(user, character) for _ in range(chats)]
        for conversation in conversations:
            make_long(conversation, messages)
        made.append((sign_in(user), [str(conversation.pk) for conversation in conversations]))
    print(json.dumps(made))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
