"""What does not fit, and what leaves a conversation little room."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from roleplay.desk.lint.finding import FIELDS, Finding
from roleplay.desk.lint.subject import Subject
from roleplay.prompt.assemble import WHOLE_REPEAT
from roleplay.prompt.budget import size
from roleplay.prompt.values import Cut, Prompt

LARGE = 1 / 10  # of the budget, for one part
# Where the parts of a prompt are written, if their fields have other names.
_WRITTEN_IN = {"opening": "system_prompt", "lore": "lorebooks", "macros": "description"}
_LARGEST = {"lore": "lorebooks", "depth_prompt": "depth_prompt", "post_history": "post_history"}


def left_out(subject: Subject) -> Iterator[Finding]:
    for cut in subject.prompt.cuts:
        field = _largest(subject.prompt) if cut.what == "prompt" else _WRITTEN_IN.get(cut.what, cut.what)
        if field in FIELDS:
            yield Finding(field, _left_out(cut), grave=True)
    if subject.prompt.left_out:
        sentence = _("The first greeting is so long that the model is not told of it. Shorten it.")
        yield Finding("greetings", sentence, grave=True)


def _left_out(cut: Cut) -> str:
    if cut.what == "macros":
        return _("There are more macros than can be replaced: some stay as they are written. Take some out.")
    if cut.what == "prompt":
        return _("The first prompt is %(tokens)d tokens too long. Shorten this part: it is the longest.") % {
            "tokens": cut.tokens or 0
        }
    return _(
        "It does not fit beside the rest: %(tokens)d tokens at its end are not told. Shorten it, or what is longer."
    ) % {"tokens": cut.tokens or 0}


def _largest(prompt: Prompt) -> str:
    """The field of the block that takes most."""
    largest = max(prompt.blocks, key=lambda block: block.tokens)
    return _LARGEST.get(largest.reason, "description")


def too_large(subject: Subject) -> Iterator[Finding]:
    prompt, budget = subject.prompt, subject.budget
    told = sum(block.tokens for block in prompt.blocks if block.reason == "head")
    if told > budget * WHOLE_REPEAT:
        most = int(budget * WHOLE_REPEAT)
        if subject.definition.get("reminder", "").strip():
            sentence = _("The definition takes %(tokens)d tokens, more than a quarter of a prompt: %(most)d. The talk has "
                         "the less room for it.")  # fmt: skip
        else:
            sentence = _("The definition takes %(tokens)d tokens, more than a quarter of a prompt: %(most)d. It is too long to "
                         "be said again as a whole. Shorten it, or write a short reminder.")  # fmt: skip
        yield Finding(_longest(prompt), sentence % {"tokens": told, "most": most})
    said = size(subject.definition["examples"])
    if said > budget * LARGE:
        sentence = _(
            "The examples take %(tokens)d tokens of every prompt. Two or three good ones do as well."
        )
        yield Finding("examples", sentence % {"tokens": said})
    always = sum(
        found.tokens for found in prompt.lore.found if found.entry.fixed and found.source == "character"
    )
    if always > budget * LARGE:
        sentence = _(
            "Entries that are always told take %(tokens)d tokens of every prompt. Give some of them keys."
        )
        yield Finding("lorebooks", sentence % {"tokens": always})


def _longest(prompt: Prompt) -> str:
    """The field that takes most of the definition."""
    field = max(prompt.fields, key=lambda each: each[1])[0]
    written = _WRITTEN_IN.get(field, field)
    return written if written in FIELDS else "description"
