"""The fields of a character in the order in which one thinks of a person, each with what it does to the prompt."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

FIELDSETS = (
    (
        _("Who"),
        {
            "description": _(
                "What readers see before they say a word: the card in the gallery, and the name and picture "
                "beside each reply. Of all this the model is told the short name alone, or else the name."
            ),
            "fields": ("seen", "name", "nickname", "tagline", "tags", "language", "upload", "hue", "slug"),
        },
    ),
    (
        _("Definition"),
        {
            "description": _(
                "What the model is told about the character at the head of every prompt, in this order, with the "
                "quotes and situations below. In every text {{char}} stands for the character and {{user}} for "
                "whoever talks with it."
            ),
            "fields": ("description", "personality", "background", "speech"),
        },
    ),
    (
        _("Scene"),
        {
            "description": _(
                "Where the character and the reader meet, and how the talk goes. It follows the definition in "
                "the same prompt; a greeting opens the scene."
            ),
            "fields": ("scenario", "lorebooks", "rules", "examples"),
        },
    ),
    (
        _("Consistency"),
        {
            "description": _(
                "What holds the character together in a long conversation: the words each reply starts from, "
                "how often the model hears the definition again, right before it answers, and what a reply must "
                "not do. One that begins to speak as a machine, to say what it never says, or under another name is "
                "cut before it is read, and goes on in character. One that breaks another check is marked for its "
                "reader, and the next one is told again who it is."
            ),
            "fields": (
                "reply_prefix",
                "reinforce_every",
                "reminder",
                "never_says",
                "calls_user",
                "begins_with",
                "ends_with",
                "keeps_language",
                "most_words",
                "may_be_machine",
                "reports_only",
                "when_cut",
            ),
        },
    ),
    (
        _("Cards’ own parts"),
        {
            "classes": ("collapse",),
            "description": _(
                "What cards from elsewhere bring, and how they mean it. A character that is written here needs "
                "none of it."
            ),
            "fields": (
                "creator",
                "creator_notes",
                "system_prompt",
                "post_history",
                "depth_prompt",
                "depth_prompt_depth",
                "depth_prompt_role",
            ),
        },
    ),
    (
        _("Publication"),
        {
            "description": _(
                "Who may meet the character, and what is told to those who have talked with it already: their "
                "conversations go on with the version they began with, until they take the new one."
            ),
            "fields": ("visibility", "open_definition", "what_changed"),
        },
    ),
)

# For editors, before the last.
TAKEN_DOWN = (
    _("Taking down"),
    {
        "classes": ("collapse",),
        "description": _(
            "With a reason, the character is private, and its author, who reads it here, cannot change that. When the "
            "reason is gone, whoever may change the character makes it visible again. Its open reports are settled."
        ),
        "fields": ("taken_down",),
    },
)
