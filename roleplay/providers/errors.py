"""What can go wrong between us and a model.

    ProviderError
    ├── Refused            no use to try again
    │   ├── ContentFiltered
    │   ├── TooLong            the prompt passes the model's context
    │   ├── InvalidRequest
    │   ├── WrongKey           the operator's to mend, like the next three
    │   ├── Forbidden
    │   ├── UnknownModel
    │   ├── QuotaExhausted
    │   ├── NoRoom             thinking took all the tokens
    │   └── TooSlow            the whole reply took too long
    └── Passing            trying again may help
        ├── RateLimited
        ├── Overloaded
        ├── ServerFailed
        ├── Unreachable
        ├── BrokenStream
        ├── Silence
        └── EmptyReply

Each has a `code`, which is kept in the rows, a `sentence` for readers, and, where it is the
operator's to mend, one for operators.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from django.utils.translation import gettext_lazy as _


class ProviderError(Exception):
    """`retry_after`: seconds that the provider asks to wait, or None."""

    code = ""
    sentence: Any = ""
    operator_sentence: Any = ""

    def __init__(self, detail: str = "", *, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class Refused(ProviderError):
    pass


class Passing(ProviderError):
    """`pause`: seconds before the first new try, doubled for each further one."""

    pause = 0.5


class ContentFiltered(Refused):
    code = "content_filter"
    sentence = _(
        "The provider’s filter refused this message. It stays here, but the character will not be told of it."
    )


class TooLong(Refused):
    code = "too_long_for_model"
    sentence = _("This is longer than the model can take in. A shorter message may fit.")


class InvalidRequest(Refused):
    code = "invalid_request"
    sentence = _("The model did not accept the request.")
    operator_sentence = _("The model did not accept the request. The server’s log has the provider’s words.")


class WrongKey(Refused):
    code = "wrong_key"
    sentence = _("The model is not available right now. The operator has to look into it.")
    operator_sentence = _(
        "The provider refuses the key. Check LLM_API_KEY, and that it belongs to LLM_BASE_URL."
    )


class Forbidden(Refused):
    code = "forbidden"
    sentence = WrongKey.sentence
    operator_sentence = _("The provider does not let this key use the model. Check the account’s rights.")


class UnknownModel(Refused):
    code = "unknown_model"
    sentence = WrongKey.sentence
    operator_sentence = _(
        "The provider does not know this model. Set LLM_MODEL; “manage.py check” lists what it offers."
    )


class QuotaExhausted(Refused):
    code = "quota_exhausted"
    sentence = WrongKey.sentence
    operator_sentence = _("The account at the provider has no money left. Top it up, then retry.")


class NoRoom(Refused):
    code = "no_room"
    sentence = _("The model thought for so long that no room was left for its reply.")
    operator_sentence = _("The model’s thinking takes all the room for a reply. Raise REPLY_TOKENS.")


class TooSlow(Refused):
    code = "too_slow"
    sentence = _("The model took too long over this reply.")


class RateLimited(Passing):
    """`at_once` and `a_minute`: the requests that the account is allowed, where the provider says so, or None."""

    code = "rate_limited"
    pause = 4.0
    sentence = _("Too many are asking the model at once. Try again in a minute.")

    def __init__(self, detail: str = "", *, retry_after: float | None = None) -> None:
        super().__init__(detail, retry_after=retry_after)
        self.at_once = _number(_AT_ONCE, detail)
        self.a_minute = _number(_A_MINUTE, detail)


class Overloaded(Passing):
    code = "overloaded"
    sentence = _("The model is busy. Try again in a moment.")


class ServerFailed(Passing):
    code = "server_failed"
    sentence = _("The model’s server had a fault. Try again in a moment.")


class Unreachable(Passing):
    code = "unreachable"
    sentence = _("The model cannot be reached. Try again in a moment.")
    operator_sentence = _("The model cannot be reached. Check LLM_BASE_URL and the network, then retry.")


class BrokenStream(Passing):
    code = "broken_stream"
    sentence = _("This reply broke off.")


class Silence(Passing):
    code = "silence"
    sentence = _("The model fell silent.")


class EmptyReply(Passing):
    code = "empty_reply"
    sentence = _("The model had nothing to say. Ask it again.")


ALL: tuple[type[ProviderError], ...] = (
    ContentFiltered,
    TooLong,
    InvalidRequest,
    WrongKey,
    Forbidden,
    UnknownModel,
    QuotaExhausted,
    NoRoom,
    TooSlow,
    RateLimited,
    Overloaded,
    ServerFailed,
    Unreachable,
    BrokenStream,
    Silence,
    EmptyReply,
)
BY_CODE = {error.code: error for error in ALL}

_BY_TYPE: dict[str, type[ProviderError]] = {
    "content_filter": ContentFiltered,
    "engine_overloaded_error": Overloaded,
    "rate_limit_reached_error": RateLimited,
    "exceeded_current_quota_error": QuotaExhausted,
    "resource_not_found_error": UnknownModel,
    "invalid_authentication_error": WrongKey,
}
_BY_STATUS: dict[int, type[ProviderError]] = {
    400: InvalidRequest,
    401: WrongKey,
    403: Forbidden,
    404: UnknownModel,
    413: TooLong,
    429: RateLimited,
}
# As Kimi says them: "request reached organization max concurrency: 1, please try again after 1 seconds".
_AT_ONCE = re.compile(r"max concurrency: (\d+)", re.IGNORECASE)
_A_MINUTE = re.compile(r"max RPM: (\d+)", re.IGNORECASE)
_AGAIN_AFTER = re.compile(r"try again after (\d+) second", re.IGNORECASE)
_CONTEXT_WORDS = ("token limit", "context length", "context window", "maximum context", "too many tokens")


def from_response(status: int, body: object, headers: Mapping[str, str]) -> ProviderError:
    """The error that a response tells of: by its `type`, then by its status."""
    kind, message = _told(body)
    error = (
        _BY_TYPE.get(kind) or _BY_STATUS.get(status) or (ServerFailed if status >= 500 else InvalidRequest)
    )
    if error is InvalidRequest and any(words in message.lower() for words in _CONTEXT_WORDS):
        error = TooLong
    retry_after = _seconds(headers.get("retry-after"))
    return error(
        f"{status} {kind} {message}".strip(),
        retry_after=_number(_AGAIN_AFTER, message) if retry_after is None else retry_after,
    )


def from_event(body: object) -> ProviderError:
    """The error that strikes in mid-stream. What it does not name is a broken stream."""
    kind, message = _told(body)
    return _BY_TYPE.get(kind, BrokenStream)(f"{kind} {message}".strip())


def _told(body: object) -> tuple[str, str]:
    told = body.get("error", body) if isinstance(body, Mapping) else body
    if not isinstance(told, Mapping):
        return "", str(told or "")[:500]
    return str(told.get("type") or told.get("code") or ""), str(told.get("message") or "")[:500]


def _seconds(retry_after: str | None) -> float | None:
    """From either form of the header (RFC 9110, 10.2.3): seconds, or a date."""
    if not retry_after:
        return None
    with suppress(ValueError):
        seconds = float(retry_after)
        return max(0.0, seconds) if math.isfinite(seconds) else None
    try:
        return max(0.0, (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _number(pattern: re.Pattern[str], message: str) -> int | None:
    found = pattern.search(message)
    return int(found[1]) if found else None
