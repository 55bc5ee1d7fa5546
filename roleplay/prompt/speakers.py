"""Lines of a reply that begin with a name, as those of a script do."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from roleplay.prompt.text import plain

_HEADED = re.compile(r"[*_]{0,2}([^\W\d_][^\n:：*“\"]{0,40}?)[*_]{0,2}([:：])(?!//)\s{0,99}(\S)")
_BEGUN = re.compile(r"[*_]{0,2}((?:[^\W\d_][^\n:：*“\"]{0,42})?)((?:\*[*_]?)?[:：]?)/?\s{0,99}")
_NAME = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2}|[\u3400-\u9fff]{2,4}")
_SAYS = tuple("说道问答想喊叫笑叹念嚷骂写唱")  # 她说：is no name
_NO_NAMES = frozenset(
    [
        "and",
        "but",
        "so",
        "then",
        "well",
        "yes",
        "no",
        "now",
        "here",
        "there",
        "look",
        "listen",
        "note",
        "remember",
        "see",
        "only",
        "still",
        "first",
        "last",
        "once",
        "always",
        "never",
        "one",
        "two",
        "three",
        "it",
        "he",
        "she",
        "they",
        "we",
        "you",
        "i",
        "dear",
        "chapter",
        "part",
        "scene",
    ]
)
_SPOKEN = "“\"「『*＊‘'"  # how speech and deeds begin
_NAME_BEGUN = re.compile(r"(?:[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2})?|[\u3400-\u9fff]{1,4}")


class Wrong(NamedTuple):
    """Who speaks and should not, and where in the line that is said: code points."""

    check: Literal["users_lines", "other_name"]
    name: str
    end: int


@dataclass(frozen=True)
class Speakers:
    """Who may not speak in a reply: the user in any line, and in its first whoever is not of the character's `own`
    names. They are as `plain` makes them; without a `user`, or where `others` may speak, there is nothing to find.
    `surely`: of the others, only those whose speech or deed stands behind the colon, as in a script.
    """

    own: frozenset[str]
    user: str
    others: bool = False
    surely: bool = False

    @classmethod
    def named(
        cls, own: Collection[str], user: str, *, others: bool = False, surely: bool = False
    ) -> Speakers:
        return cls(frozenset(map(plain, own)), plain(user), others, surely)

    def wrong(self, line: str, *, first: bool) -> Wrong | None:
        """None where nobody speaks who should not. `first`: of the reply."""
        bare = line.lstrip()
        headed = _HEADED.match(bare)
        if headed is None or (name := plain(headed[1])) in self.own:
            return None
        end = len(line) - len(bare) + headed.end(2)
        if self.user and name == self.user:
            return Wrong("users_lines", headed[1], end)
        spoken = not self.surely or headed[3] in _SPOKEN
        if first and not self.others and spoken and _is_name(headed[1].strip()):
            return Wrong("other_name", headed[1], end)
        return None

    def may_be_wrong(self, begun: str, *, first: bool) -> bool:
        """Whether a line that begins so may become such a one."""
        heading = _BEGUN.fullmatch(begun.lstrip())
        if heading is None:
            return False
        words, closed = heading.groups()
        if first and not self.others and _NAME_BEGUN.fullmatch(words.strip()):
            return True
        if closed:
            return bool(self.user) and self.user in map(plain, _unmarked(words))
        # A mark that follows makes another letter of the newest.
        return any(self.user.startswith(plain(name)) for name in (*_unmarked(words), words[:-1])) and bool(
            self.user
        )


def _is_name(words: str) -> bool:
    first = words.split(" ", 1)[0].lower()
    return bool(_NAME.fullmatch(words)) and not words.endswith(_SAYS) and first not in _NO_NAMES


def wrong_speakers(text: str, speakers: Speakers) -> Iterator[Wrong]:
    for number, line in enumerate(text.split("\n")):
        if wrong := speakers.wrong(line, first=number == 0):
            yield wrong


def _unmarked(words: str) -> tuple[str, str, str]:
    """With the marks behind a name, and without."""
    one = words.removesuffix("_")
    return words, one, one.removesuffix("_")
