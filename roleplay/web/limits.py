"""What one browser, and one user with all of his, may ask of the server.

A socket's own count lives as long as it does; a user's is kept in the cache, for all of his sockets.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache

FRAMES = 10.0  # a second, for one socket
FRAMES_AT_ONCE = 20.0
BYTES = 1024 * 1024 / 60  # a second, for one socket
BYTES_AT_ONCE = 1024.0 * 1024

MINUTE = 60.0  # seconds

SOCKETS = 5  # of one user at the same time
PLACE_KEPT = 40  # seconds without a renewal: two pulses may come late


class TooManySockets(Exception):
    """The user has as many sockets as he may."""


@dataclass(frozen=True)
class Bucket:
    """A token bucket as it was at the instant `at`, in seconds."""

    tokens: float
    at: float

    def taken(self, amount: float, now: float, *, rate: float, burst: float) -> Bucket | None:
        """What is left after `amount` was taken, or None where there is not so much.

        `rate` tokens are added each second, up to `burst`.
        """
        tokens = min(burst, self.tokens + max(0.0, now - self.at) * rate)
        return Bucket(tokens - amount, max(now, self.at)) if amount <= tokens else None


class SocketMeter:
    """Counts the frames of one socket, and their bytes."""

    def __init__(self, now: float) -> None:
        self._frames = Bucket(FRAMES_AT_ONCE, now)
        self._bytes = Bucket(BYTES_AT_ONCE, now)

    def admits(self, frame: str | bytes, now: float) -> bool:
        """Whether the frame is within the limits. A frame that is not is the socket's last."""
        frames = self._frames.taken(1, now, rate=FRAMES, burst=FRAMES_AT_ONCE)
        bytes = self._bytes.taken(size_of(frame), now, rate=BYTES, burst=BYTES_AT_ONCE)
        if frames is None or bytes is None:
            return False
        self._frames, self._bytes = frames, bytes
        return True


def size_of(frame: str | bytes) -> int:
    """Bytes on the wire: a text counts in UTF-8."""
    if isinstance(frame, bytes) or frame.isascii():
        return len(frame)
    return len(frame.encode("utf-8", "surrogatepass"))


def turn_taken(user: int) -> bool:
    """Takes one of the turns that the user may ask for in a minute; False where none is left."""
    key, burst = f"turns.{user}", float(settings.TURNS_PER_MINUTE)
    now = time.time()
    bucket = cache.get(key) or Bucket(burst, now)
    left = bucket.taken(1, now, rate=burst / MINUTE, burst=burst)
    if left is None:
        return False
    cache.set(key, left, timeout=MINUTE)  # by then it is full, and needs no entry
    return True


def place_for(user: int, socket: str) -> str:
    """Takes a place for the socket among its user's, until it is freed or no longer renewed. Raises TooManySockets."""
    for number in range(SOCKETS):
        place = f"socket.{user}.{number}"
        if cache.add(place, socket, timeout=PLACE_KEPT):
            return place
    raise TooManySockets


def renew(place: str, socket: str) -> None:
    """One that ran out meanwhile may be another's by now, and stays so."""
    if cache.get(place, socket) == socket:
        cache.set(place, socket, timeout=PLACE_KEPT)


def free(place: str, socket: str) -> None:
    """Gives the place back. One that ran out meanwhile may be another's by now."""
    if cache.get(place) == socket:
        cache.delete(place)
