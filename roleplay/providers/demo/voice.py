"""PURE: the reply to a request, in character as far as that goes without a language model.

It depends on everything in the request but the partial content, and on which of its variations is wanted.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import orjson

from roleplay.providers.demo.chinese import CHINESE
from roleplay.providers.demo.english import ENGLISH
from roleplay.providers.demo.hearing import Heard, fits, heard
from roleplay.providers.demo.portrait import Portrait, is_chinese, portrait, speaks_for_user
from roleplay.providers.demo.repertoire import Repertoire
from roleplay.providers.demo.request import Message, Request
from roleplay.providers.demo.users_line import users_line

HOLDS = 8  # assistant messages that a system prompt carries; after more the voice is lost

_MARKS = (("“", "”"), ("「", "」"), ('"', '"'))
_RECENT = 3  # replies in which a quote or a situation is not heard twice
_FIXED = re.compile(r"\{\w+\}|[‘’?？]|(?<=[.。])")  # between them, a phrase stays as it is
_ABOUT_A_THING = ("statement", "feeling", "question")  # moods in which one asks back about it
_ENDS = tuple(".!?…,:。！？，：")
_SHORTEST = {True: 90, False: 65}  # Chinese characters, English words
_SHORTEST_ANSWER = 4  # likewise


def reply(request: Request, variation: int = 0) -> str:
    """The whole text, whatever of it the request's partial content has already."""
    messages = request.messages
    system = next((message.text for message in messages if message.role == "system"), "")
    words = _newest_words(messages)
    chinese = is_chinese(system or words)
    own = CHINESE if chinese else ENGLISH
    random = Random(seed(request) + bytes([variation]) * (variation > 0))
    if speaks_for_user(system, request.speaker):
        return users_line(messages, own, chinese, random)
    said = tuple(message.text for message in messages if message.role == "assistant")
    told = portrait(system, speaker=request.speaker, chinese=chinese)
    text = _Teller(told, heard(words), words, own, said, random).text()
    return _drifting(text, own, random) if _drifts(messages) else text


def _drifting(text: str, own: Repertoire, random: Random) -> str:
    """The voice is lost: from the first word, or after the first paragraph of what would have been said."""
    begun = text.split("\n\n", 1)[0] + "\n\n" if random.random() < 0.5 else ""
    return begun + random.choice(own.drifted)


def _newest_words(messages: Sequence[Message]) -> str:
    """What the user said since the last reply."""
    newest: list[str] = []
    for message in reversed(messages):
        if message.role == "assistant":
            break
        if message.role == "user":
            newest.insert(0, message.text)
    return "\n".join(newest)


def seed(request: Request) -> bytes:
    """The same for requests that differ in nothing but their partial content, and in where the system prompt is said
    again: a voice that is found again goes on with what it would have said.
    """
    head = next((message for message in request.messages if message.role == "system"), None)
    told = [
        [message.role, message.name, message.text]
        for message in request.messages
        if message is head or not _repeats(message, head)
    ]
    return hashlib.sha256(orjson.dumps([request.speaker, told])).digest()


def _drifts(messages: Sequence[Message]) -> bool:
    since = 0
    head = next((message for message in messages if message.role == "system"), None)
    for message in messages:
        if message.role == "assistant":
            since += 1
        elif _repeats(message, head):
            since = 0
    return since > HOLDS


def _repeats(message: Message, head: Message | None) -> bool:
    """By its first paragraph the system prompt is told from other system messages."""
    if head is None or message.role != "system":
        return False
    return message.text.split("\n\n", 1)[0] == head.text.split("\n\n", 1)[0]


@dataclass(frozen=True)
class _Teller:
    told: Portrait
    heard: Heard
    words: str
    own: Repertoire
    said: tuple[str, ...]
    random: Random

    def text(self) -> str:
        """Two or three paragraphs: what is done and said first, what goes with it, an opening for the user."""
        opening = self._situation() or self._from(self.told.deeds) or self._own(self.own.openings)
        before, after = self._taken_up(), self._answer()
        if not before or self.random.random() < 0.6:
            before, after = "", self._joined(self._catchword(), before, after)
        told = (*self.told.facts, *self.told.surroundings, *self.told.deeds)
        aside = self._from([each for each in told if each != opening]) or self._own(self.own.beats)
        saying = self._saying()
        question = self._question(saying)
        musing = self._own([each for each in self.own.musings if each != saying])
        beat = self._own([each for each in self.own.beats if each != aside])

        def written(musing: str, beat: str) -> str:
            first = (self._spoken(before), _done(opening), self._spoken(after, musing))
            second = (_done(aside), self._spoken(saying, "" if beat else question))
            third = (_done(beat), self._spoken(question)) if beat else ()
            paragraphs = (self._joined(*parts) for parts in (first, second, third))
            return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)

        longer = self.random.sample([(musing, ""), ("", beat)], 2)
        texts = [written(*more) for more in (("", ""), *longer, (musing, beat))]
        return next((text for text in texts if self._size(text) >= _SHORTEST[self.told.chinese]), texts[-1])

    def _situation(self) -> str:
        """What the character does in the first situation that the user's words fit, if it was not just done."""
        for when, then in self.told.situations:
            done = self._with_subject(then)
            if done not in "\n".join(self.said[-_RECENT:]) and fits(when, self.words):
                return done
        return ""

    def _with_subject(self, then: str) -> str:
        """The second half of a situation as a sentence of its own."""
        name = self.told.name
        if self.told.chinese:
            then = re.sub(r"^[她他它]?(?:会|就|便|总是|总)?", "", then)
            return _ended(then if then.startswith(name) else name + then, "。")
        if re.match(rf"(?:he|she|they|it|his|her|their|its|the|{re.escape(name)})\b", then, re.IGNORECASE):
            return _ended(_capital(then), ".")
        return _ended(f"{_capital(name)} {then}", ".")

    def _taken_up(self) -> str:
        if not self.heard.phrase:
            return ""
        alike = is_chinese(self.heard.phrase) == self.told.chinese
        return self._own(self.own.named if self.heard.named and alike else self.own.quoted)

    def _answer(self) -> str:
        answer = self._own(self.own.answers[self.heard.mood])
        short = re.split(r"(?<=[.。])", answer, maxsplit=1)[0]
        return short if self.told.terse and self._size(short) > _SHORTEST_ANSWER else answer

    def _catchword(self) -> str:
        recent = "".join(self.said[-_RECENT:]).lower()
        fresh = [word for word in self.told.catchwords if word.lower() not in recent]
        if not fresh or self.random.random() < 0.5:
            return ""
        word = _capital(self.random.choice(fresh))
        return _ended(word, "。" if self.told.chinese else ".")

    def _saying(self) -> str:
        recent = "\n".join(self.said[-_RECENT:])
        fresh = [saying for saying in self.told.quotes if saying not in recent]
        if fresh:
            return self._least_said(fresh)
        return self._from(self.told.sayings) or self._own(self.own.musings)

    def _question(self, saying: str) -> str:
        named = self.own.questions_named if self.heard.named and self.heard.mood in _ABOUT_A_THING else ()
        question = self._own((*self.own.questions_at.get(self.heard.mood, self.own.questions), *named))
        addresses = [address for address in self.told.addresses if address not in saying]
        if not addresses or self.random.random() < 0.6:
            return question
        address = self.random.choice(addresses)
        return f"{address}，{question}" if self.told.chinese else f"{question[:-1]}, {address}?"

    def _from(self, own: Sequence[str]) -> str:
        """One of the character's own sentences that was not said yet; now and then none."""
        fresh = [each for each in own if not any(each in text for text in self.said)]
        return self.random.choice(fresh) if fresh and self.random.random() < 0.7 else ""

    def _own(self, phrases: Sequence[str]) -> str:
        """One of the demo model's phrases, with the names and the user's words put in."""
        values = {"{char}": self.told.name, "{phrase}": self.heard.phrase}
        return _capital(re.sub(r"\{\w+\}", lambda match: values[match[0]], self._least_said(phrases)))

    def _least_said(self, options: Sequence[str]) -> str:
        """One of those whose last use is the longest ago."""

        def last_use(option: str) -> int:
            fixed = [part for part in _FIXED.split(option) if len(part) > 4]
            uses = (at for at, text in enumerate(self.said, 1) if any(part in text for part in fixed))
            return max(uses, default=0)

        uses = {option: last_use(option) for option in options}
        return self.random.choice([option for option in options if uses[option] == min(uses.values())])

    def _joined(self, *parts: str) -> str:
        return ("" if self.told.chinese else " ").join(part for part in parts if part)

    def _spoken(self, *sentences: str) -> str:
        """Between the quotation marks that the conversation uses."""
        speech = self._joined(*sentences)
        usual = _MARKS[0] if self.told.chinese else _MARKS[-1]
        left, right = next((marks for marks in _MARKS if marks[0] in "".join(self.said)), usual)
        if left == "「":
            speech = speech.replace("‘", "『").replace("’", "』")
        return speech and left + speech + right

    def _size(self, text: str) -> int:
        return len(re.findall(r"[\u3400-\u9fff]" if self.told.chinese else r"[\w’'-]+", text))


def _done(deed: str) -> str:
    return f"*{deed}*"


def _ended(sentence: str, stop: str) -> str:
    return sentence if sentence.endswith(_ENDS) else sentence + stop


def _capital(text: str) -> str:
    return re.sub(r"\w", lambda first: first[0].upper(), text, count=1)
