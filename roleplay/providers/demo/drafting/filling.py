"""PURE: the slots of a text, filled with what a sketch says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from random import Random

from roleplay.providers.demo.drafting.first_person import first_person
from roleplay.providers.demo.drafting.premise import Premise
from roleplay.providers.demo.drafting.repertoire import Words
from roleplay.providers.demo.drafting.sketch import Sketch

_SLOT = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")  # {{user}} is none


class Filling:
    """Fills slots. What a slot brings in may have slots of its own, where the words are ours; a premise's never are."""

    def __init__(self, sketch: Sketch, words: Words, random: Random, *, most_words: int) -> None:
        self._chinese = sketch.chinese
        self._things = sketch.things
        self._plain = _pronouns(sketch) | {
            "name": sketch.name,
            "char": sketch.nickname,
            "calls": sketch.calls,
            "place": sketch.place,
            "most": str(most_words),
        }
        stage, temper, premise = sketch.stage, sketch.temper, sketch.premise
        first, other = random.sample(temper.gestures, 2)
        self._ours = {
            "hour": stage.hour,
            "task": stage.task,
            "sound": stage.sound,
            "gesture": first,
            "other_gesture": other,
            "temper": temper.personality,
            "manner": temper.speech,
            "adjective": temper.adjective,
            "catchword": random.choice(words.catchwords),
            "want": random.choice(words.wants),
            "secret": random.choice(words.secrets),
        }
        who, told = self._who(premise, words)
        lone = self.filled(random.choice(words.lone_deeds))
        self._deeds = premise.deeds or (lone,)
        self._plain |= {
            "who": who,
            "does": told[0] if told else lone,
            "also": "".join(self._sentence(deed) for deed in told[1:3]),
            "fact": "".join(self._joined(fact) for fact in premise.facts[:2]),
        }
        if premise.role:
            self._plain["role"] = premise.role

    @staticmethod
    def _who(premise: Premise, words: Words) -> tuple[str, tuple[str, ...]]:
        """Who it is, by its first deed where nothing else tells, and the deeds that are left to be told."""
        if premise.who or not premise.deeds:
            return premise.who or words.nameless, premise.deeds
        return words.somebody.replace("{does}", premise.deeds[0]), premise.deeds[1:]

    def can(self, text: str) -> bool:
        """Whether everything is known that a text needs."""
        return all(slot in self._plain or slot.lower() in self._known for slot in _SLOT.findall(text))

    def filled(self, text: str, turn: int = 0, extra: Mapping[str, str] | None = None) -> str:
        """`turn`: which of several things and deeds it speaks of."""
        thing = self._things[turn % len(self._things)]
        values = {"thing": thing, **(extra or {})}

        def value(match: re.Match[str]) -> str:
            slot = match[1]
            if slot in self._plain:
                return self._plain[slot]
            low = slot.lower()
            said = values.get(low) or self._plain.get(low) or self._of_ours(low, turn)
            return said[:1].upper() + said[1:] if slot != low else said

        return _SLOT.sub(value, text)

    def possible(self, texts: Iterable[str]) -> list[str]:
        return [text for text in texts if self.can(text)]

    def _of_ours(self, slot: str, turn: int) -> str:
        if slot == "do":
            deed = self._deeds[turn % len(self._deeds)]
            return re.sub("[她他它]", "我", deed) if self._chinese else first_person(deed)
        return self.filled(self._ours[slot], turn)

    @property
    def _known(self) -> set[str]:
        return {"thing", "do", "key", "quote", "other_quote", *self._ours, *self._plain}

    def _sentence(self, deed: str) -> str:
        she = self._plain["She"]
        return f"{she}{deed}。" if self._chinese else f"{she} {deed}. "

    def _joined(self, fact: str) -> str:
        return fact if self._chinese else f"{fact} "


def _pronouns(sketch: Sketch) -> dict[str, str]:
    if sketch.chinese:
        she = "她" if sketch.hers else "他"
        return {"she": she, "She": she, "her": f"{she}的", "them": she, "herself": "自己"}
    if sketch.hers:
        return {"she": "she", "She": "She", "her": "her", "them": "her", "herself": "herself"}
    return {"she": "he", "She": "He", "her": "his", "them": "him", "herself": "himself"}
