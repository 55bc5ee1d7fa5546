"""Whatever two readers do to a tree, the rows, both their pages and a model of plain values agree; no text is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import orjson
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from characters.models import Character
from characters.personas import default_persona
from roleplay.conversations import events, pages
from roleplay.conversations.models import Conversation, Edit, Message, Participant
from roleplay.prompt.assemble import assemble
from roleplay.prompt.values import Prompt
from roleplay.providers.dialects import kimi
from roleplay.providers.dialects.values import Wish
from roleplay.turns import changes, claims, endings, scenes, service
from roleplay.turns.done import CommandRefused, Done
from tests.cast import make_character
from tests.faults import machines
from tests.faults.answering import tab_of
from tests.faults.conftest import Figures
from tests.faults.tree import Node, Tree
from tests.kimi import refusal
from tests.mapping import reached
from tests.turns.steps import NOW

EVERY = 3  # replies from one system prompt to the next

names = st.sampled_from(["ada", "ben"])
places = st.integers(0, 60) | st.none()
texts = st.sampled_from(["Hm.", "“Late?” 河流", "No\n\nand yes.", "👩\u200d👩\u200d👧"])
flags = st.booleans()


class Branching(RuleBasedStateMachine):
    def __init__(self, ada: User, ben: User, character: Character, taken: Counter[str]) -> None:
        super().__init__()
        self.users = {"ada": ada, "ben": ben}
        self.character = character
        self.taken = taken
        self.revision = 1

    @initialize()
    def begin(self) -> None:
        self.around = transaction.atomic()
        self.around.__enter__()
        conversation = service.start_conversation(self.users["ada"], self.character)
        persona = default_persona(self.users["ben"])
        Participant.objects.create(conversation=conversation, user=self.users["ben"], persona=persona)
        conversation.reinforce_every = EVERY
        conversation.save(update_fields=["reinforce_every"])
        self.id = conversation.pk
        greetings = {
            str(each.pk): Node(None, "assistant", [each.text]) for each in conversation.messages.all()
        }
        self.tree = Tree(greetings, str(conversation.head_id))
        self.tabs = {name: tab_of(user, self.id) for name, user in self.users.items()}
        for tab in self.tabs.values():
            tab.load()

    def teardown(self) -> None:
        if hasattr(self, "around"):
            assert {str(id) for id in reached(Conversation.objects.get(pk=self.id))} == set(self.tree.nodes)
            transaction.set_rollback(True)
            self.around.__exit__(None, None, None)

    @rule(data=st.data())
    def step(self, data: st.DataObject) -> None:
        acts: list[Callable[[Any], None]] = [
            self.send, self.retry, self.go_on, self.edit, self.edit_anew, self.delete, self.restore, self.hide,
            self.select, self.select,
        ]  # fmt: skip
        if self.tree.open:
            acts += [self.end] * 6
        act = data.draw(st.sampled_from(acts))
        self.taken[act.__name__] += 1
        act(data.draw)

    def send(self, draw: Any) -> None:
        name, text = draw(names), draw(texts)
        done = self._done(name, service.send, client_id=str(uuid4()), text=text)
        assert self.tree.send(name, text, self._new()) == done

    def retry(self, draw: Any) -> None:
        name, message = draw(names), self._some(draw)
        done = self._done(name, service.retry, client_id=str(uuid4()), message_id=UUID(message))
        assert self.tree.retry(message, self._new()) == done

    def go_on(self, draw: Any) -> None:
        name, message = draw(names), self._some(draw)
        done = self._done(name, service.go_on, client_id=str(uuid4()), message_id=UUID(message))
        assert self.tree.go_on(message) == done

    def edit(self, draw: Any) -> None:
        name, message, text = draw(names), self._some(draw), draw(texts)
        done = self._done(name, changes.edit, client_id=str(uuid4()), message_id=UUID(message), text=text)
        assert self.tree.edit(name, message, text) == done

    def edit_anew(self, draw: Any) -> None:
        name, message, text = draw(names), self._some(draw), draw(texts)
        done = self._done(
            name, changes.edit_anew, client_id=str(uuid4()), message_id=UUID(message), text=text
        )
        assert self.tree.edit_anew(name, message, text, self._new()) == done

    def delete(self, draw: Any) -> None:
        message, from_here = self._some(draw), draw(flags)
        done = self._done(draw(names), changes.delete, message_id=UUID(message), from_here=from_here)
        assert self.tree.delete(message, from_here) == done

    def restore(self, draw: Any) -> None:
        gone = [id for id, node in self.tree.nodes.items() if node.deleted]
        message = draw(st.sampled_from(gone)) if gone else self._some(draw)
        assert self.tree.restore(message) == self._done(
            draw(names), changes.restore, message_id=UUID(message)
        )

    def hide(self, draw: Any) -> None:
        message, hidden = self._some(draw), draw(flags)
        done = self._done(draw(names), changes.hide, message_id=UUID(message), hidden=hidden)
        assert self.tree.hide(message, hidden) == done

    def select(self, draw: Any) -> None:
        message, here = self._some(draw), draw(flags)
        done = self._done(draw(names), service.select, message_id=UUID(message), here=here)
        assert self.tree.select(message, here) == done

    def end(self, draw: Any) -> None:
        """The open reply is written to its end."""
        [claim] = claims.claim_due(NOW).claims
        judge_prompt(assemble(scenes.load(claim).scene))
        text = draw(texts)
        told = endings.end(claim, endings.Ending(text=claim.text + text, reason="stop"), NOW)
        self._tell(*(told or ()))
        self.tree.end(text, self._new())

    @invariant()
    def the_rows_are_as_the_tree(self) -> None:
        if not hasattr(self, "tree"):
            return
        rows = {str(each.pk): each for each in Message.objects.filter(conversation=self.id)}
        for id, node in self.tree.nodes.items():
            row, text = rows[id], node.texts[-1]
            assert (str(row.parent_id or "") or None, row.role, row.text) == (node.parent, node.role, text)
            assert (row.deleted, row.hidden, str(row.left_at or "") or None) == (
                node.deleted, node.hidden, node.left_at,
            )  # fmt: skip
        assert rows.keys() == self.tree.nodes.keys()

    @invariant()
    def no_text_is_lost(self) -> None:
        if not hasattr(self, "tree"):
            return
        of_now = Message.objects.filter(conversation=self.id).values_list("text", flat=True)
        before = Edit.objects.filter(message__conversation=self.id).values_list("text", flat=True)
        assert Counter([*of_now, *before]) == Counter(self.tree.reachable())

    @invariant()
    def every_page_shows_the_path(self) -> None:
        if not hasattr(self, "tree"):
            return
        path = []
        for id in self.tree.path():
            node = self.tree.nodes[id]
            text = "" if node.deleted else node.texts[-1]
            path.append((id, node.role, text, bool(node.deleted), node.hidden))
        fresh = tab_of(self.users["ada"], self.id)
        fresh.load()
        for name, tab in {**self.tabs, "fresh": fresh}.items():
            known = tab.page.messages
            shown = [
                (id, role, text, known[id]["state"] == "deleted", known[id]["hidden"])
                for id, role, text in tab.page.path
            ]
            assert (name, shown) == (name, path[-len(shown) :])
            assert len(shown) >= min(len(path), pages.PAGE)
            assert (name, tab.page.wants, tab.page.partial) == (name, "", False)

    def _done(self, name: str, act: Callable[..., Done], **options: Any) -> str:
        """Carries it out and tells both of it; the code of its refusal, or nothing."""
        try:
            done = act(self.users[name], self.id, **options)
        except CommandRefused as refused:
            return refused.code
        for frame in (done.own, *done.all):
            if frame:
                self._tell(frame, only=name)
        for frame in (*done.others, *done.all):
            self._tell(frame, but=name)
        return ""

    def _tell(self, *frames: events.Frame, only: str = "", but: str = "") -> None:
        for frame in frames:
            for name, tab in self.tabs.items():
                if name != but and only in ("", name):
                    tab.receive(orjson.dumps(frame))
                    tab.ask()

    def _new(self) -> list[str]:
        """The ids of messages that the tree does not know yet, oldest first."""
        rows = Message.objects.filter(conversation=self.id).order_by("created_at", "depth")
        return [str(id) for id in rows.values_list("pk", flat=True) if str(id) not in self.tree.nodes]

    def _some(self, draw: Any) -> str:
        """Any message; the head half of the time."""
        place, ids = draw(places), list(self.tree.nodes)
        return self.tree.head if place is None else ids[place % len(ids)]


def judge_prompt(prompt: Prompt) -> None:
    """The provider takes it, the character bears its name, and fewer than N replies stand since it was told who it is."""
    request = kimi.request(prompt, Wish(model="kimi-k2.6", reply_tokens=64, user="somebody"))
    assert refusal({**request.options, "messages": list(request.messages)}) is None
    assert {block.name for block in prompt.blocks if block.role == "assistant"} <= {prompt.name} == {"Mira"}
    last = max(index for index, block in enumerate(prompt.blocks) if block.role == "system")
    since = [block for block in prompt.blocks[last:] if block.role == "assistant"]
    assert len(since) < EVERY + (last == 0)  # a greeting is no reply


def test_rows_pages_and_model_agree_whatever_is_done(ada: User, ben: User, full: bool, figures: Figures):
    character = make_character(greetings=["Hello.", "Good evening."])
    taken: Counter[str] = Counter()

    machines.run(lambda: Branching(ada, ben, character, taken), taken, full=full, few=14)

    figures(steps=taken.total(), **taken)
