"""Who may come to which address: the table that every address of the site and of the desk stands in.

Each rule names whom the address lets in, among the cast of `test_access`. Dora wrote a private character with a lorebook,
and talks with it; Cleo is an author too, Ben reads, Ed is an editor, Olga the operator.
"""

from __future__ import annotations

from dataclasses import dataclass

VISITOR, BEN, CLEO, DORA, ED, OLGA = "visitor", "ben", "cleo", "dora", "ed", "olga"
CAST = (VISITOR, BEN, CLEO, DORA, ED, OLGA)

EVERYBODY = frozenset(CAST)
SIGNED_IN = EVERYBODY - {VISITOR}
AUTHORS = frozenset({CLEO, DORA, ED, OLGA})
EDITORS = frozenset({ED, OLGA})
THE_AUTHOR = frozenset({DORA, ED, OLGA})
HERSELF = frozenset({DORA})
OPERATOR = frozenset({OLGA})
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rule:
    """`args` are names of what the cast has; `post` where the address takes nothing else."""

    who: frozenset[str]
    args: tuple[str, ...] = ()
    post: bool = False


def _desk(
    model: str, who: frozenset[str], *, row: str, add: frozenset[str], change: frozenset[str]
) -> dict[str, Rule]:
    """The pages that Django makes for each model: `who` sees the list, `change` a certain row."""
    return {
        f"admin:{model}_changelist": Rule(who),
        f"admin:{model}_add": Rule(add),
        f"admin:{model}_change": Rule(change, (row,)),
        f"admin:{model}_history": Rule(change, (row,)),
    }


_OF_THE_SITE = {
    "gallery": Rule(EVERYBODY),
    "healthz/": Rule(EVERYBODY),
    "picture": Rule(EVERYBODY, ("picture",)),
    "character": Rule(THE_AUTHOR, ("slug",)),
    "start_chat": Rule(THE_AUTHOR, ("slug",), post=True),
    "report": Rule(THE_AUTHOR, ("slug",)),
    "conversations": Rule(SIGNED_IN),
    "usage": Rule(SIGNED_IN),
    "new_persona": Rule(SIGNED_IN),
    "lorebooks": Rule(SIGNED_IN),
    "new_lorebook": Rule(SIGNED_IN),
    "persona": Rule(HERSELF, ("persona",)),
    "make_default": Rule(HERSELF, ("persona",), post=True),
    "delete_persona": Rule(HERSELF, ("persona",)),
    "lorebook": Rule(HERSELF, ("book",)),
    "export_lorebook": Rule(HERSELF, ("book", "book_format")),
    "import": Rule(SIGNED_IN),
    "delete_lorebook": Rule(HERSELF, ("book",)),
    "new_entry": Rule(HERSELF, ("book",)),
    "entry": Rule(HERSELF, ("book", "entry")),
    "delete_entry": Rule(HERSELF, ("book", "entry")),
    **{name: Rule(HERSELF, ("conversation",)) for name in ("conversation", "beginning", "map", "settings")},
    **{name: Rule(HERSELF, ("conversation", "message")) for name in ("earlier", "later", "texts", "why")},
    "go": Rule(HERSELF, ("conversation",), post=True),
    "take_version": Rule(HERSELF, ("conversation",), post=True),
    "set_language": Rule(EVERYBODY, post=True),
    "account_login": Rule(EVERYBODY),
    "account_signup": Rule(EVERYBODY),
    "account_inactive": Rule(EVERYBODY),
    "account_logout": Rule(EVERYBODY),
    "account_change_password": Rule(SIGNED_IN),
    "account_reauthenticate": Rule(SIGNED_IN),
}

_OF_THE_DESK = {
    "draft": Rule(AUTHORS, post=True),
    "admin:index": Rule(AUTHORS),
    "admin:app_list": Rule(AUTHORS, ("app",)),
    "admin:jsi18n": Rule(AUTHORS),
    "admin:login": Rule(NOBODY),  # it leads to the sign-in, or to the first page
    "admin:logout": Rule(AUTHORS, post=True),
    "admin:password_change": Rule(AUTHORS),
    "admin:password_change_done": Rule(AUTHORS),
    "admin:autocomplete": Rule(NOBODY),
    **_desk("characters_character", AUTHORS, row="character", add=AUTHORS, change=THE_AUTHOR),
    "admin:characters_character_delete": Rule(THE_AUTHOR, ("character",)),
    "admin:characters_character_import": Rule(AUTHORS),
    "admin:characters_character_export": Rule(THE_AUTHOR, ("character", "format")),
    "admin:characters_character_preview": Rule(THE_AUTHOR, ("character",), post=True),
    "admin:characters_character_preview_new": Rule(AUTHORS, post=True),
    "admin:characters_character_try": Rule(THE_AUTHOR, ("character",), post=True),
    "admin:characters_character_try_new": Rule(AUTHORS, post=True),
    "admin:characters_character_versions": Rule(THE_AUTHOR, ("character",)),
    "admin:characters_character_version": Rule(THE_AUTHOR, ("character", "number")),
    "admin:characters_character_restore": Rule(THE_AUTHOR, ("character", "number"), post=True),
    **_desk("characters_lorebook", AUTHORS, row="book", add=AUTHORS, change=THE_AUTHOR),
    "admin:characters_lorebook_export": Rule(THE_AUTHOR, ("book", "book_format")),
    "admin:characters_lorebook_delete": Rule(THE_AUTHOR, ("book",)),
    **_desk("characters_report", EDITORS, row="report", add=NOBODY, change=EDITORS),
    "admin:characters_report_delete": Rule(NOBODY, ("report",)),
    **_desk("auth_user", OPERATOR, row="user", add=OPERATOR, change=OPERATOR),
    "admin:auth_user_delete": Rule(OPERATOR, ("user",)),
    "admin:auth_user_password_change": Rule(OPERATOR, ("user",)),
    **_desk("conversations_usage", OPERATOR, row="usage", add=NOBODY, change=OPERATOR),
    "admin:conversations_usage_delete": Rule(NOBODY, ("usage",)),
}

RULES = {**_OF_THE_SITE, **_OF_THE_DESK}
