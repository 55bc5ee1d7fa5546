"""PURE: the values of a draft, each of the kind that is asked for, and none that breaks the checks that it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from roleplay.prompt.checks import Checks, breaks
from roleplay.providers.demo.drafting.brief import Brief, Key
from roleplay.providers.demo.drafting.filling import Filling
from roleplay.providers.demo.drafting.repertoire import Words
from roleplay.providers.demo.drafting.sketch import Sketch

_LONGEST_TAGLINE = 200  # code points
_LONGEST_TAG = 24
_ABOUT_THE_FIRST = ("tagline", "description", "background", "reminder")  # of the things that a premise names
_LINES = {"tags": 3, "quotes": 5, "greetings": 1, "never_says": 5}  # how many, where one text is asked for


class Fields:
    """Writes the values one after the other; a quote that stands in one is not said again in the next."""

    def __init__(self, brief: Brief, sketch: Sketch, words: Words, random: Random, first: int) -> None:
        """`first`: which of the texts for a key comes first."""
        self._brief, self._sketch, self._words = brief, sketch, words
        self._random, self._first = random, first
        most_words = _number(brief.written.get("most_words")) or words.most_words
        self._never_says = (*words.never_says, *brief.listed("never_says"))
        self._most_words = most_words
        self._filling = Filling(sketch, words, random, most_words=most_words)
        written = (*brief.listed("quotes"), *brief.listed("greetings"))
        self._quotes = self._fresh(self._all_quotes(), written)
        self._kept = {"name": sketch.name, "nickname": sketch.nickname, "calls_user": sketch.calls}

    def value(self, key: Key) -> Any:
        match key.kind:
            case "number":
                return self._most_words if key.name == "most_words" else self._random.randint(2, 9)
            case "truth":
                return key.name == "keeps_language"
            case "text":
                return self._in_lines(key.name) if key.name in _LINES else self._text(key.name)
            case "texts":
                return self._texts(key.name, key.number)
            case "pairs":
                return [dict(zip(key.names, pair, strict=True)) for pair in self._pairs(key.number)]

    def _in_lines(self, name: str) -> str:
        return "\n".join(self._texts(name, _LINES[name]))

    def _text(self, name: str, turn: int = 0) -> str:
        if name in self._kept:
            return self._kept[name]
        texts = self._filling.possible(self._words.texts.get(name) or self._words.texts[""])
        asked = {"key": name.replace("_", " ").lower()}
        if name == "examples":
            asked |= {"quote": next(self._quotes), "other_quote": next(self._quotes)}
        about = self._in_turn(turn + (name not in _ABOUT_THE_FIRST))
        first = self._first + turn
        made = [
            self._filling.filled(texts[(first + at) % len(texts)], about, asked) for at in range(len(texts))
        ]
        fresh = [text for text in made if text not in self._brief.said(name)] or made
        if name != "tagline":
            return fresh[0]
        return next((text for text in fresh if len(text) <= _LONGEST_TAGLINE), fresh[0][:_LONGEST_TAGLINE])

    def _texts(self, name: str, number: int) -> list[str]:
        if name == "quotes":
            return [next(self._quotes) for _ in range(number)]
        if name == "greetings":
            return [self._greeting(turn) for turn in range(number)]
        if name == "tags":
            return _first(self._tags(), number)
        if name == "never_says":
            written = self._brief.listed("never_says")
            own = [phrase for phrase in self._words.never_says if phrase not in written]
            self._random.shuffle(own)
            return _first(own or list(self._words.never_says), number)
        return [self._text(name, turn) for turn in range(number)]

    def _pairs(self, number: int) -> list[tuple[str, str]]:
        pairs = [pair for pair in self._words.situations if all(map(self._filling.can, pair))]
        self._random.shuffle(pairs)
        turns = range(len(self._sketch.things))
        made = [tuple(self._filling.filled(half, turn) for half in pair) for turn in turns for pair in pairs]
        return [(when, then) for when, then in _first(made, number)]

    def _all_quotes(self) -> list[str]:
        own = self._filling.possible(self._words.quotes)
        self._random.shuffle(own)
        tempers = list(self._sketch.temper.quotes)
        made = [self._filling.filled(quote, at) for at, quote in enumerate(own)]
        again = [self._filling.filled(quote, at + 1) for at, quote in enumerate(own)]
        return [*made[:3], tempers[0], *made[3:7], tempers[1], *made[7:], *again]

    def _fresh(self, texts: Sequence[str], written: Sequence[str]) -> Iterator[str]:
        """Each once, without those that are written or break a check; after the last the first comes again."""
        known = "\n".join(written)
        kept = []
        for text in dict.fromkeys(texts):
            if text not in known and not self._breaks(text, most_words=0):
                kept.append(text)
                yield text
        while True:
            yield from kept or self._sketch.temper.quotes

    def _greeting(self, turn: int) -> str:
        """As long as may be: in three parts, in two, or a nod."""
        own = self._words
        order = Random(self._sketch.name)
        parts = [
            self._filling.possible(each) for each in (own.arrivals, own.lines, own.doings, own.questions)
        ]
        for part in parts:
            order.shuffle(part)
        rounds = (turn, turn, turn, turn + turn // len(parts[-1]))
        chosen = [part[at % len(part)] for part, at in zip(parts, rounds, strict=True)]
        chosen[2] = next(each for each in (chosen[2], *own.doings) if not _alike(chosen[0], each))
        arrival, line, doing, question = (self._filling.filled(part, self._in_turn(turn)) for part in chosen)
        whole = f"*{arrival}*\n\n“{line}”\n\n*{doing}*\n\n“{question}”"
        shorter = (
            f"*{arrival}*\n\n“{question}”",
            *(self._filling.filled(each) for each in own.short_greetings),
        )
        return next(
            (text for text in (whole, *shorter) if not self._breaks(text, self._most_words)), shorter[-1]
        )

    def _tags(self) -> list[str]:
        premise, stage, temper = self._sketch.premise, self._sketch.stage, self._sketch.temper
        quoted = premise.role.startswith("‘")
        role = premise.role if quoted or self._sketch.chinese else " ".join(premise.role.split()[1:][-2:])
        tags = [
            role.strip("‘’"),
            temper.tag,
            stage.tag,
            *(thing.removeprefix("the ").strip("‘’") for thing in self._sketch.things),
        ]
        return [tag[:1].upper() + tag[1:] for tag in dict.fromkeys(tags) if 0 < len(tag) <= _LONGEST_TAG]

    def _in_turn(self, turn: int) -> int:
        """Several things are spoken of one after the other, as long as they are the premise's own."""
        return turn if len(self._sketch.premise.things) > 1 else 0

    def _breaks(self, text: str, most_words: int) -> bool:
        language = "zh" if self._sketch.chinese else "en"
        checks = Checks(never_says=self._never_says, most_words=most_words)
        return bool(breaks(text, checks, names=(self._sketch.nickname,), user="", language=language))


def _alike(arrival: str, doing: str) -> bool:
    """Whether the same would be seen twice."""
    return any(slot in arrival and slot in doing for slot in ("{task}", "{other_gesture}", "ound}"))


def _number(value: Any) -> int:
    """0 where it is none."""
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value.strip()[:6])
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _first(texts: Sequence[Any], number: int) -> list[Any]:
    """From the beginning again where there are too few."""
    return [texts[at % len(texts)] for at in range(number)]
