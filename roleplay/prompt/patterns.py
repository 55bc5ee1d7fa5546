"""Patterns that authors write as `/words/flags`, run by re2: no text can make one hang.

They are JavaScript's (ECMA-262, section 22.2), since that is what cards and lorebooks hold. Looking around and
referring back cannot be run in time that grows only with the text, and is refused.
"""

from __future__ import annotations

import re
from functools import lru_cache

import re2

LONGEST = 2000  # code points
_WRITTEN = re.compile(r"/((?:[^/\\\n]|\\.)+)/([gimsuy]*)", re.DOTALL)
_SPACE = r"\t-\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}"  # JavaScript's \s
_TOKEN = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|\\u\{[0-9a-fA-F]{1,6}\}|\\u[0-9a-fA-F]{4}|\\.|\[\^?\]?|\]|.",
    re.DOTALL,
)


class Unusable(ValueError):
    """A pattern that cannot be run. It says why, in the engine's words."""


class Pattern:
    """A pattern, ready to be searched for."""

    def __init__(self, compiled: re2._Regexp) -> None:
        self._compiled = compiled

    def search(self, text: str) -> str | None:
        """The first words of the text that it matches; None where there are none."""
        found = self._compiled.search(text)
        return None if found is None else str(found.group())

    def find(self, text: str, start: int, end: int, *, beyond: int) -> tuple[int, int] | None:
        """Where the first words stand, between `start` and `end`, that end beyond another place; None where there are
        none. What is around them counts as it does in the whole text.
        """
        found = (each.span() for each in self._compiled.finditer(text, start, end))
        return next(((first, last) for first, last in found if last > max(first, beyond)), None)

    def begins(self, text: str) -> bool:
        return self._compiled.match(text) is not None

    def ends(self, text: str) -> bool:
        return any(found.end() == len(text) for found in self._compiled.finditer(text))


def is_pattern(written: str) -> bool:
    return written.lstrip().startswith("/") and _WRITTEN.fullmatch(written.strip()) is not None


def pattern(written: str) -> Pattern:
    """The pattern that is written so. Raises Unusable."""
    made = _made(written)
    if isinstance(made, Unusable):
        raise made
    return made


def usable(written: str) -> Pattern | None:
    """The pattern, or None for one that cannot be run: it never matches."""
    made = _made(written)
    return None if isinstance(made, Unusable) else made


@lru_cache(maxsize=4096)
def _made(written: str) -> Pattern | Unusable:
    parts = _WRITTEN.fullmatch(written.strip())
    if parts is None:
        return Unusable("it is not written as /words/")
    body, flags = parts.groups()
    if len(body) > LONGEST:
        return Unusable(f"it is longer than {LONGEST} characters")
    kept = "".join(flag for flag in "ims" if flag in flags)
    options = re2.Options()
    options.log_errors = False
    try:
        return Pattern(re2.compile((f"(?{kept})" if kept else "") + _translated(body), options))
    except re2.error as error:
        reason = error.args[0] if error.args else ""
        return Unusable(reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason))


def _translated(body: str) -> str:
    """The same in re2's spelling."""
    said, inside = [], False
    for token in _TOKEN.findall(body):
        if not inside and token.startswith("["):
            inside = token not in ("[]", "[^]")
            said.append({"[^]": r"[\x{0}-\x{10ffff}]", "[]": r"[^\x{0}-\x{10ffff}]"}.get(token, token))
        elif inside and token in ("[", "[^", "[]", "[^]"):  # a bracket in brackets means itself
            said.append(r"\[" + token[1:])
            inside = not token.endswith("]")
        elif token == "]":
            said.append("]" if inside else r"\]")
            inside = False
        elif token.startswith(r"\u") and len(token) > 2:
            said.append(_code_point(token))
        elif token == r"\/":
            said.append("/")
        elif token == r"\s":
            said.append(_SPACE if inside else f"[{_SPACE}]")
        elif token == r"\S" and not inside:
            said.append(f"[^{_SPACE}]")
        else:
            said.append(token)
    return "".join(said)


def _code_point(token: str) -> str:
    digits = re.findall(r"[0-9a-fA-F]+", token.replace("u", ""))
    if len(digits) == 2:
        high, low = (int(each, 16) for each in digits)
        return rf"\x{{{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):x}}}"
    return rf"\x{{{digits[0]}}}"
