"""What parts of a prompt and breaks of a character are called, for readers and authors alike."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

FIELDS = {
    "opening": _("opening of the prompt"),
    "lore": _("lorebooks"),
    "description": _("description"),
    "personality": _("personality"),
    "background": _("background and motives"),
    "speech": _("manner of speech"),
    "scenario": _("scenario"),
    "situations": _("situations"),
    "persona": _("who the reader is"),
    "rules": _("rules of the scene"),
    "examples": _("example dialogue"),
    "depth_prompt": _("depth prompt"),
    "note": _("author’s note"),
    "post_history": _("post-history instructions"),
    "macros": _("macros, of which there are too many: some stand as they are written"),
    "prompt": _("the whole prompt, which is longer than it may be"),
}

BREAKS = {
    "machine": _("It spoke of itself as of a machine:"),
    "other_name": _("It spoke under another name:"),
    "users_lines": _("It wrote what the reader is to say:"),
    "never_says": _("It said what it never says:"),
    "calls_user": _("It called the reader by name:"),
    "begins_with": _("It began in another way:"),
    "ends_with": _("It ended in another way:"),
    "language": _("It left its language:"),
    "length": _("It was too long, in words:"),
}
