"""Strict readers of settings from the environment: a wrong value stops the start with a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from roleplay.providers import prices
from roleplay.providers.prices import Price

KNOWN = frozenset(
    [
        "LLM_BASE_URL",
        "LLM_API_KEY",
        "LLM_MODEL",
        "LLM_DIALECT",
        "LLM_CONCURRENCY",
        "LLM_REQUESTS_PER_MINUTE",
        "LLM_PRICE",
        "MOONSHOT_API_KEY",
        "DEMO_URL",
        "PROMPT_TOKENS",
        "REPLY_TOKENS",
        "REINFORCE_EVERY",
        "TURNS_PER_MINUTE",
        "DATABASE_URL",
        "HOST",
        "PORT",
        "ALLOWED_HOSTS",
        "SECRET_KEY",
    ]
)
_OURS = ("LLM_",)  # prefixes under which an unknown name is taken for a slip of the pen


_PORT = re.compile(r"(^[^\[].*|\]):")  # a colon outside of an IPv6 address


class SettingError(SystemExit):
    """A setting that cannot be used. Its sentence says what to write."""

    def __init__(self, sentence: str) -> None:
        super().__init__(f"Roleplay cannot start: {sentence}")


def no_database(name: str) -> SettingError:
    return SettingError(
        f"{name} is not the address of a database. Write sqlite:////folder/file.sqlite3, or "
        "postgres://user:password@host:5432/name with %2F for a / in the password, %23 for a # and so on."
    )


class Environment:
    """The environment, read by kind. An empty value counts as unset."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = {name: value.strip() for name, value in values.items() if value.strip()}
        for name in self._values:
            if name.startswith(_OURS) and name not in KNOWN:
                known = ", ".join(sorted(k for k in KNOWN if k.startswith(_OURS)))
                raise SettingError(f"there is no setting {name}. There are {known}.")

    def text(self, name: str, default: str = "") -> str:
        return self._values.get(name, default)

    def key(self, name: str) -> str:
        """A key as a header can carry it; empty where unset."""
        written = self._values.get(name, "")
        if not (written.isascii() and written.isprintable()) or " " in written:
            raise SettingError(f"{name} has a character that no key has. Copy it once more.")
        return written

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        """A whole number from `least` to `most`."""
        written = self.number_or_none(name, least=least, most=most)
        return default if written is None else written

    def number_or_none(self, name: str, *, least: int, most: int) -> int | None:
        written = self._values.get(name)
        if written is None:
            return None
        if not written.isascii() or not written.isdigit() or not least <= int(written) <= most:
            raise SettingError(f"{name} is {written!r}. Write a whole number from {least} to {most}.")
        return int(written)

    def url(self, name: str, default: str = "", *, schemes: tuple[str, ...]) -> str:
        """An address without a trailing slash."""
        written = self._values.get(name)
        if written is None:
            return default
        example = f"{schemes[0]}://…"
        try:
            parts = urlsplit(written)
            _ = parts.port  # raises for a port that is no number
        except ValueError as error:
            raise SettingError(f"{name} is not an address ({error}). Write one like {example}") from None
        if parts.scheme not in schemes or not parts.netloc:
            raise SettingError(
                f"{name} is {written!r}. Write an address that begins with {' or '.join(f'{scheme}://' for scheme in schemes)}"
            )
        return written.rstrip("/")

    def database(self, name: str, default: str) -> str:
        """The address of a database. No sentence repeats it, for it may have a password."""
        written = self._values.get(name, default)
        try:
            parts = urlsplit(written)
            _ = parts.port  # raises for a port that is no number
        except ValueError:
            raise no_database(name) from None
        if written.startswith("sqlite://"):
            whole = not parts.netloc
        elif written.startswith(("postgres://", "postgresql://")):
            whole = parts.path.count("/") == 1
        else:
            whole = False
        if not whole or not parts.path or parts.path.endswith("/"):
            raise no_database(name)
        return written

    def price(self, name: str) -> Price | None:
        written = self._values.get(name)
        if written is None:
            return None
        try:
            return prices.read(written)
        except ValueError:
            raise SettingError(
                f"{name} is {written!r}. Write what a million tokens cost when they are told, told from the cache, "
                "and said, then the currency in three capital letters: 0.95 0.16 4.00 USD"
            ) from None

    def one_of(self, name: str, default: str = "", *, known: tuple[str, ...]) -> str:
        written = self._values.get(name)
        if written is None:
            return default
        if written not in known:
            raise SettingError(f"{name} is {written!r}. Write {' or '.join(known)}.")
        return written

    def hosts(self, name: str) -> list[str]:
        """Host names, separated by commas; empty where unset."""
        hosts = [host.strip() for host in self._values.get(name, "").split(",") if host.strip()]
        for host in hosts:
            if "/" in host or " " in host or _PORT.search(host):
                raise SettingError(
                    f"{name} has {host!r}. Write host names without scheme and port, separated by commas."
                )
        return hosts
