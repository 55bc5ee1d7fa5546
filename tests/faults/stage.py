"""A conversation in the tests' own database, taken step by step through the application and the model alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from hypothesis.stateful import RuleBasedStateMachine

from characters.models import Character
from characters.personas import default_persona
from roleplay.conversations import events, pages
from roleplay.conversations.events import Frame
from roleplay.conversations.models import Conversation, Participant
from roleplay.turns import claims, progress, service, telling
from roleplay.turns.claims import Claim
from roleplay.turns.done import Done
from roleplay.turns.draft import Draft
from roleplay.turns.progress import Progress
from tests.faults.answering import tab_of
from tests.faults.model import Message, Model
from tests.faults.tabs import Tab, Tabs

START = timezone.now()


@dataclass
class Owner:
    """Who writes the open reply. `told`: code points that were made into deltas."""

    claim: Claim
    draft: Draft
    told: int


class Stage(RuleBasedStateMachine):
    """One conversation of Ada's and Ben's, on the model's own clock. `stale` are the owners of old."""

    def __init__(self, ada: User, ben: User, characters: dict[str, Character], taken: Counter[str]) -> None:
        super().__init__()
        self.users = {"ada": ada, "ben": ben}
        self.characters = characters
        self.taken = taken  # rules, by name
        self.now = 0.0
        self.owner: Owner | None = None
        self.stale: list[Claim] = []
        self.told: list[int] = []  # revisions, as they came about

    def _begin(self, prefix: str) -> None:
        self.around = transaction.atomic()
        self.around.__enter__()
        conversation = service.start_conversation(self.users["ada"], self.characters[prefix])
        persona = default_persona(self.users["ben"])
        Participant.objects.create(conversation=conversation, user=self.users["ben"], persona=persona)
        self.id = conversation.pk
        assert conversation.head
        greeting = Message(None, "assistant", conversation.head.text, "finished", 1)
        self.model = Model(prefix, {str(conversation.head.pk): greeting}, str(conversation.head.pk))
        self.tabs = Tabs(self._tab, self._hello)

    def teardown(self) -> None:
        if hasattr(self, "around"):
            transaction.set_rollback(True)
            self.around.__exit__(None, None, None)

    def _done(self, done: Done, name: str) -> list[str]:
        """Tells of a command as a socket does; the ids of the messages that came of it."""
        self.tabs.tell(*(frame for frame in (done.own, *done.all) if frame), only=name)
        self.tabs.tell(*done.others, *done.all, but=name)
        return self._new(*filter(None, (done.own, *done.all)))

    def _new(self, *frames: Frame) -> list[str]:
        """The ids of messages that were not there before. The revisions are kept."""
        known, new = self.model.messages, []
        for frame in frames:
            again = (
                frame["type"] == "message.saved" and "client_id" in frame and frame["message"]["id"] in known
            )
            if not again:
                self.told.append(frame["revision"])
            if frame["type"] == "message.saved" and frame["message"]["id"] not in known:
                new.append(frame["message"]["id"])
        return new

    def _sweep(self, **options: Any) -> None:
        swept = claims.claim_due(self._at(), **options)
        waited = self.model.turn and self.model.turn.place
        assert bool(swept.claims) == self.model.claim(self.now, **options)
        for each in swept.moved:
            assert each.place != waited
            self.tabs.tell(telling.stands(each))
        for claim in swept.claims:
            self._fenced()
            self.owner = Owner(claim, Draft(claim.text), len(claim.text))
            self.tabs.tell_of_writing(telling.started(claim))

    def _save(self, piece: str) -> None:
        assert self.owner
        self.owner.draft.add(piece)
        claim, text = self.owner.claim, self.owner.draft.text
        assert progress.save([made(claim, text)], self._at()) == {claim.turn}
        self.model.save(text, self.now)

    def _untold(self) -> bool:
        """Nobody has taken the reply, or told its place: a page knows it as a message alone."""
        turn = self.model.turn
        return turn is not None and turn.generation == 0 and turn.place is None

    def _fenced(self) -> None:
        """Whoever wrote may not write any more."""
        self.stale += [self.owner.claim] if self.owner else []
        self.owner = None

    def _some(self, place: int | None) -> str:
        """A message by its place; the head for None."""
        ids = list(self.model.messages)
        return self.model.head if place is None else ids[place % len(ids)]

    def _at(self, further: float = 0.0) -> datetime:
        return START + timedelta(seconds=self.now + further)

    def _tab(self, who: str) -> Tab:
        return tab_of(self.users[who], self.id)

    def _pulse(self) -> Frame:
        conversation = Conversation.objects.get(pk=self.id)
        open = pages.open_reply(conversation.turns.open_replies().first())
        return events.pulse(conversation.revision, conversation.head_id, open, None)

    def _hello(self) -> Frame:
        return {**self._pulse(), "type": "hello"}


def made(claim: Claim, text: str) -> Progress:
    return Progress(claim.turn, claim.generation, text, "")
