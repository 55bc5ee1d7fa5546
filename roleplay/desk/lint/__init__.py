"""What an author should know of a character that he writes: what will not work, and what could be better.

A function of the definition and its first prompt: no rows, no clock. Rather few findings that are right than many.
"""

from __future__ import annotations

from characters.versions import Definition
from roleplay.desk.lint import checks, consistency, keys, lore, macros, size, texts
from roleplay.desk.lint.finding import Finding, few, in_order
from roleplay.desk.lint.subject import Rule, Subject
from roleplay.prompt.values import Prompt

__all__ = ["RULES", "Finding", "findings"]

RULES: tuple[Rule, ...] = (
    texts.names,
    texts.missing,
    texts.language,
    checks.unusable,
    checks.unnamed,
    checks.everywhere,
    checks.none_at_all,
    consistency.prefix,
    consistency.own_words,
    consistency.quotes,
    consistency.greetings,
    consistency.examples,
    size.left_out,
    size.too_large,
    macros.unknown,
    macros.other_braces,
    lore.never_told,
    lore.no_room,
    lore.empty,
    keys.unusable,
    keys.greedy,
)


def findings(definition: Definition, prompt: Prompt, *, budget: int) -> list[Finding]:
    """Grave ones first, then in the order of the form; of each rule a few.

    `prompt` is that of the character's first turn, `budget` what a prompt may take, in tokens.
    """
    subject = Subject(definition, prompt, budget)
    return in_order(found for rule in RULES for found in few(rule(subject)))
