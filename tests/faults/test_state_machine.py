"""Whatever happens to a conversation, in whatever order: the rows are what the model says, and every page comes to them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import orjson
from django.contrib.auth.models import User
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from roleplay.conversations.models import Message as Row
from roleplay.conversations.models import Turn
from roleplay.turns import claims, endings, progress, service, telling
from roleplay.turns.done import CommandRefused, Done
from roleplay.turns.endings import Ending
from tests import rows
from tests.cast import make_character
from tests.faults import machines
from tests.faults.conftest import Figures
from tests.faults.model import LEASE, Message
from tests.faults.stage import Stage, made

PREFIXES = ["", "*Mira looks up.*"]

Draw = Callable[[st.SearchStrategy[Any]], Any]

names = st.sampled_from(["hears", "suffers", "leaves"])
client_ids = st.integers(0, 20).map("client-{}".format)
places = st.none() | st.integers(0, 100)
texts = st.sampled_from(["Hello?", " \t", "“河流”\r\n", "👩\u200d👩\u200d👧", "long " * 60])
pieces = st.sampled_from(["Once", " upon ", "a\n\n", "  ", "😀", "👩\u200d👧", "时间。", "*She*", ""])
moments = st.sampled_from([0.0, 1.0, 3.0, LEASE + 1])  # seconds
rooms = st.sampled_from([None, None, 1, 0])
ends = st.sampled_from(["stop", "length", "broken_stream", "wrong_key", "content_filter"])


class Conversations(Stage):
    """What users, owners, the network and the clock may do, each at any moment; and what holds after each.

    One rule chooses by what can matter now: most of many rules would have nothing to act on.
    """

    @initialize(prefix=st.sampled_from(PREFIXES))
    def begin(self, prefix: str) -> None:
        self._begin(prefix)

    @rule(data=st.data())
    def happens(self, data: st.DataObject) -> None:
        what = data.draw(st.sampled_from(self._possible()))
        self.taken[what] += 1
        getattr(self, what)(data.draw)

    def _possible(self) -> list[str]:
        possible = ["send"] * 2 + ["retry", "select", "pulse", "wait"]
        if self.model.turn:
            possible += ["sweep"] * 4 + ["stop", "crash"]
        if self.owner:
            possible += ["say"] * 6 + ["end"] * 3 + ["give_back"] * 2
        if self.stale:
            possible += ["write_as_who_was_fenced_off"]
        return possible + ["suffer"] * 3 * bool(self.tabs.whose["suffers"].inbox)

    def send(self, draw: Draw) -> None:
        """With a `client_id` that may have been said before."""
        name, client_id, text = draw(names), draw(client_ids), draw(texts)
        who = self.tabs.whose[name].who
        new = self._done(service.send(self.users[who], self.id, client_id=client_id, text=text), name)
        self.model.send(who, client_id, text, new)
        assert new == []
        if name == "hears":
            acknowledged = self.tabs.whose[name].page.acknowledged
            assert acknowledged[client_id] == self.model.acknowledged[who, client_id]

    def retry(self, draw: Draw) -> None:
        name, client_id, message = draw(names), draw(client_ids), self._some(draw(places))
        who, done, refused = self.tabs.whose[name].who, Done(), ""
        try:
            done = service.retry(self.users[who], self.id, client_id=client_id, message_id=UUID(message))
        except CommandRefused as error:
            refused = error.code
        new = self._done(done, name)
        assert (self.model.retry(who, client_id, message, new), new) == (refused, [])

    def stop(self, draw: Draw) -> None:
        name = draw(names)
        new = self._done(service.stop(self.users[self.tabs.whose[name].who], self.id), name)
        self.model.stop(new)
        assert new == []
        self._fenced()

    def select(self, draw: Draw) -> None:
        name, message = draw(names), self._some(draw(places))
        done, refused = Done(), ""
        try:
            user = self.users[self.tabs.whose[name].who]
            done = service.select(user, self.id, message_id=UUID(message), here=True)
        except CommandRefused as error:
            refused = error.code
        self._done(done, name)
        assert self.model.select(message) == refused

    def sweep(self, draw: Draw) -> None:
        """After some time, in which a lease may have run out: then there are two who believe that they write."""
        self.now += draw(moments)
        self._sweep(room=draw(rooms))

    def say(self, draw: Draw) -> None:
        assert self.owner
        self._save(draw(pieces))
        claim, text, told = self.owner.claim, self.owner.draft.text, self.owner.told
        if len(text) > told:
            self.owner.told = len(text)
            self.tabs.tell_of_writing(telling.grown(claim, told, text[told:]))

    def end(self, draw: Draw) -> None:
        """The last of the text comes with the end."""
        assert self.owner
        claim, draft = self.owner.claim, self.owner.draft
        draft.add(draw(pieces))
        how = draw(ends)
        well, wrong = (how, "") if how in ("stop", "length") else (None, how)
        gained = draft.text not in ("", self.model.prefix)
        told = endings.end(
            claim, Ending(text=draft.text, gained=gained, reason=well, error=wrong), self._at()
        )
        assert told
        new = self._new(*told)
        self.model.end(new, draft.text, state="finished" if well else "", error=wrong)
        assert new == []
        self._fenced()
        self.tabs.tell_of_writing(*told)

    def give_back(self, draw: Draw) -> None:
        """After a fault that passes."""
        assert self.owner
        pause, vain = draw(moments), self.owner.draft.text == self.owner.claim.text
        assert claims.release(self.owner.claim, wake_at=self._at(pause), failed=vain)
        self.model.release(self.now + pause, failed=vain)
        self._fenced()

    def crash(self, draw: Draw) -> None:
        """The process dies, perhaps between a save and its telling, and is started again."""
        if self.owner and draw(st.booleans()):
            self._save(draw(pieces))
        self._fenced()
        self.tabs.connect()
        self._sweep(orphans=True)

    def write_as_who_was_fenced_off(self, draw: Draw) -> None:
        claim = draw(st.sampled_from(self.stale))
        end = Ending(text="Not this.", error="silence")
        ways = {
            "save": lambda: progress.save([made(claim, "Not this.")], self._at()),
            "renew": lambda: progress.renew([(claim.turn, claim.generation)], self._at()),
            "end": lambda: endings.end(claim, replace(end, error="", reason="stop"), self._at()),
            "fail": lambda: endings.end(claim, end, self._at()),
            "release": lambda: claims.release(claim, wake_at=None, failed=True),
        }
        assert not ways[draw(st.sampled_from(sorted(ways)))]()

    def suffer(self, draw: Draw) -> None:
        self.tabs.suffer(draw(st.sampled_from(["deliver", "deliver", "drop", "double", "swap", "ask"])))

    def wait(self, draw: Draw) -> None:
        """Somebody leaves or comes back; or what a writer has to tell is late."""
        ways = {"leave": self.tabs.leave, "return": self.tabs.come_back, "hold": self.tabs.hold}
        {**ways, "let go": self.tabs.let_go}[draw(st.sampled_from([*ways, "let go"]))]()

    def pulse(self, draw: Draw) -> None:
        self.tabs.tell(self._pulse(), only=draw(names))

    @invariant()
    def rows_are_what_the_model_says(self) -> None:
        found, model = rows.of_tests(), self.model
        assert found.conversations[str(self.id)][1:] == (model.revision, model.head, model.moved_at)
        assert {each.id: Message(*each[2:9]) for each in found.messages.values()} == model.messages
        assert found.open_turns == ([model.turn.message] if model.turn else [])
        authors = Row.objects.exclude(client_id=None).values_list("author__user__username", "client_id", "pk")
        assert {(who, client_id): str(id) for who, client_id, id in authors} == model.acknowledged
        if turn := model.turn:
            columns = ("text", "state", "generation", "tries", "claimed_length", "place")
            state = "running" if turn.running else "queued"
            expected = (turn.text, state, turn.generation, turn.tries, turn.claimed, turn.place)
            assert Turn.objects.open().values_list(*columns).get() == expected

    @invariant()
    def revisions_have_no_holes(self) -> None:
        assert self.told == list(range(2, self.model.revision + 1))
        had = [each.revision for each in self.model.messages.values()]
        assert len(set(had)) == len(had)

    @invariant()
    def several_messages_get_one_reply(self) -> None:
        """What has a further message of a user below it waits for that one's reply."""
        below: dict[str | None, list[str]] = defaultdict(list)
        for each in self.model.messages.values():
            below[each.parent].append(each.role)
        said = [below[id] for id, each in self.model.messages.items() if each.role == "user"]
        assert all(roles == ["user"] or "user" not in roles for roles in said)

    @invariant()
    def every_page_comes_to_it(self) -> None:
        """Who hears all shows all, as soon as the writer has told it; the others do once they have asked."""
        beat, fresh = orjson.dumps(self._pulse()), self._tab("ada")
        fresh.load()
        tabs = {"fresh": fresh} | {name: tab.mended(beat) for name, tab in self.tabs.whose.items()}
        if self.tabs.held is None:
            tabs["hears at once"] = self.tabs.whose["hears"]
        for name, tab in tabs.items():
            assert (name, tab.path) == (name, self.model.path)
            untold = name == "hears at once" and self._untold() and tab.opened is None
            assert untold or (name, tab.opened) == (name, self.model.opened)
            assert (name, tab.page.wants) == (name, "")
            for client_id, message in tab.page.acknowledged.items():
                assert self.model.acknowledged[tab.who, client_id] == message


def test_a_conversation_is_what_the_model_says_whatever_happens(
    ada: User, ben: User, full: bool, figures: Figures
):
    characters = {
        prefix: make_character(slug=f"mira-{len(prefix)}", reply_prefix=prefix) for prefix in PREFIXES
    }
    taken: Counter[str] = Counter()

    machines.run(lambda: Conversations(ada, ben, characters, taken), taken, full=full, few=16)

    figures(steps=taken.total(), **taken)
