"""What a reply is told that broke its character, before it goes on from its last good words."""

from __future__ import annotations

from dataclasses import replace

from roleplay.prompt.budget import tokens
from roleplay.prompt.checks import Break
from roleplay.prompt.macros import Macros, expand, outside
from roleplay.prompt.values import Block, Scene

_ENGLISH = {
    "goes_on": "Go on with {{char}}'s reply from the words that stand there now.",
    "machine": "{{char}} is no AI, model or assistant, and never speaks as one.",
    "never_says": "{{char}} never says: “%s”.",
    "users_lines": "Write nothing that {{user}} says or does.",
    "other_name": "Nobody but {{char}} speaks in it.",
}
_CHINESE = {
    "goes_on": "从现有的文字接着写{{char}}的回复。",
    "machine": "{{char}}不是人工智能、模型或助手，也绝不以其口吻说话。",
    "never_says": "{{char}}从不说：“%s”。",
    "users_lines": "不要写{{user}}的言行。",
    "other_name": "除了{{char}}，没有别人在其中说话。",
}


def once_more(scene: Scene, again: Block, macros: Macros) -> Block:
    """Who the character is, `again`, and what to avoid: in the author's words, which may bring ours in."""
    ours = _ours(scene)
    line = expand(scene.sheet.when_cut, replace(macros, original=ours)).strip() or ours
    text = f"{again.text}\n\n{line}" if again.text else line
    return Block("system", text, "cut", tokens(text))


def _ours(scene: Scene) -> str:
    chinese = scene.sheet.language == "zh"
    words = _CHINESE if chinese else _ENGLISH
    names = outside(scene.sheet.char, scene.persona.name)

    def said(key: str) -> str:
        return expand(words[key], names)

    avoided = dict.fromkeys(_avoided(said(broken.check), broken) for broken in scene.avoids)
    return ("" if chinese else " ").join([said("goes_on"), *avoided])


def _avoided(sentence: str, broken: Break) -> str:
    """The words are the model's own, and no template."""
    return sentence.replace("%s", " ".join(broken.words.split()))
