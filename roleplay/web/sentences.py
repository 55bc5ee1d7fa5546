"""What a code means, as a sentence for the one who reads it: in his language, and by what he can do about it."""

from __future__ import annotations

from typing import cast

from django.utils.translation import gettext_lazy as _

from roleplay.conversations.events import Fault, Frame, MessageFrame, OpenReply
from roleplay.providers import errors

_COMMANDS = {
    "busy": _("A reply is still being written. Wait for its end, or stop it."),
    "too_fast": _("That was a lot in a short time. It can be sent again in a moment."),
    "too_many_open": _("Four of your replies are still being written. Wait for one to end, or stop one."),
    "cannot_retry": _("This reply cannot be asked anew any more."),
    "cannot_continue": _("This reply cannot be continued."),
    "not_yours": _("Only who wrote this can change it."),
    "elsewhere": _("This message is on another branch by now."),
    "beginning": _("The beginning stays: what was said after it can be deleted."),
    "not_saved": _("The server could not save this just now. Please try again."),
    "no_such_message": _("This message is not in the conversation."),
    "too_long": _("This message is longer than 16,000 characters. Send it in parts."),
    "long_name": _("A checkpoint's name has at most 64 characters."),
    "empty": _("There is nothing to send yet."),
    "unknown_type": _("This page is older than the server. Load it anew."),
    "bad_client_id": _("This page is older than the server. Load it anew."),
    "bad_text": _("This page is older than the server. Load it anew."),
    "bad_revision": _("This page is older than the server. Load it anew."),
}


def sentence(code: str, operator: bool) -> str:
    """The sentence of a code, in the language that is active."""
    if error := errors.BY_CODE.get(code):
        return str((operator and error.operator_sentence) or error.sentence)
    return str(_COMMANDS[code])


_ORDINALS = (
    _("second"), _("third"), _("fourth"), _("fifth"), _("sixth"), _("seventh"), _("eighth"), _("ninth"), _("tenth"),
)  # fmt: skip


def waiting(place: int | None) -> str:
    """What one is told who waits for the model at this place in the line; empty where one need not wait."""
    if not place:
        return ""
    if place == 1:
        return str(_("The model is busy; you are next in line."))
    if place <= len(_ORDINALS) + 1:
        return _("The model is busy; you are %(ordinal)s in line.") % {"ordinal": _ORDINALS[place - 2]}
    return _("The model is busy; you are number %(place)s in line.") % {"place": place}


def told(frame: Frame, operator: bool) -> Frame:
    """The frame with its sentences. Frames are shared between readers: this makes a copy where one is needed."""
    if "code" in frame:
        frame = cast(Frame, {**frame, "sentence": sentence(frame["code"], operator)})
    if "place" in frame:
        frame = cast(Frame, {**frame, "sentence": waiting(frame["place"])})
    if frame["type"] in ("hello", "snapshot"):
        frame = cast(Frame, {**frame, "open": open_told(frame["open"])})
    if frame.get("impersonation") and frame["type"] == "snapshot":
        drafted = frame["impersonation"]
        frame = cast(Frame, {**frame, "impersonation": {**drafted, "sentence": waiting(drafted["place"])}})
    if isinstance(frame.get("message"), dict):
        frame = cast(Frame, {**frame, "message": message_told(frame["message"], operator)})
    if "messages" in frame:
        frame = cast(
            Frame, {**frame, "messages": [message_told(each, operator) for each in frame["messages"]]}
        )
    return frame


def open_told(open: OpenReply | None) -> OpenReply | None:
    return open and {**open, "sentence": waiting(open["place"])}


def message_told(message: MessageFrame, operator: bool) -> MessageFrame:
    if message["error"] is None:
        return message
    code = message["error"]["code"]
    return {**message, "error": Fault(code=code, sentence=sentence(code, operator))}
