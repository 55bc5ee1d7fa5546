"""The desk: Django's admin for characters, lorebooks, accounts and usage. What belongs to people is not in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from characters.models import Character, Greeting, Lorebook, Quote, Situation
from roleplay.conversations.models import Message, Usage
from roleplay.desk.cards import WithCards
from roleplay.desk.cut_replies import cut_replies
from roleplay.desk.forms import CharacterForm, PartForm, PartsInOrder
from roleplay.desk.lorebooks import LorebookAdmin
from roleplay.desk.preview import preview
from roleplay.desk.usage import UsageAdmin
from roleplay.forms import AuthoredText

if TYPE_CHECKING:
    Stacked = admin.StackedInline[Any, Character]
    Accounts = UserAdmin[User]
else:
    Stacked, Accounts = admin.StackedInline, UserAdmin

admin.site.site_title = admin.site.site_header = _("Desk")
# Accounts have no mail and no groups: nobody needs their tables.
admin.site.unregister([EmailAddress, Group])
admin.site.index_title = _("What would you like to write?")


def _texts(widget: forms.Textarea) -> dict[type[models.Field[Any, Any]], dict[str, Any]]:
    """For a model's long texts: kept as they are written."""
    return {models.TextField: {"form_class": AuthoredText, "widget": widget}}


class QuoteInline(Stacked):
    model = Quote
    form, formset = PartForm, PartsInOrder
    fields = ("text", "position")
    formfield_overrides = _texts(AdminTextareaWidget(attrs={"rows": 2}))
    extra = 1
    verbose_name_plural = _("quotes: five to eight sentences that only this character would say")


class SituationInline(Stacked):
    model = Situation
    form, formset = PartForm, PartsInOrder
    fields = ("when", "then", "position")
    formfield_overrides = _texts(AdminTextareaWidget(attrs={"rows": 2}))
    extra = 1
    verbose_name_plural = _("situations: when something happens, what the character does")


class GreetingInline(Stacked):
    model = Greeting
    form, formset = PartForm, PartsInOrder
    fields = ("text", "position")
    formfield_overrides = _texts(AdminTextareaWidget(attrs={"rows": 6}))
    extra = 1
    verbose_name_plural = _("greetings: the first begins every conversation, the others are its alternatives")


class AccountAdmin(Accounts):
    """Accounts. What belongs to one is counted when it is deleted, and never shown."""

    def get_deleted_objects(self, objs: Any, request: Any) -> Any:
        _shown, counts, missing, protected = super().get_deleted_objects(objs, request)
        missing.discard(Usage._meta.verbose_name)  # nobody deletes it alone; it goes with its user
        return [str(user) for user in objs], counts, missing, protected


admin.site.unregister(User)
admin.site.register(User, AccountAdmin)
admin.site.register(Usage, UsageAdmin)
admin.site.register(Lorebook, LorebookAdmin)


@admin.register(Character)
class CharacterAdmin(WithCards):
    form = CharacterForm
    inlines = (QuoteInline, SituationInline, GreetingInline)
    formfield_overrides = _texts(AdminTextareaWidget(attrs={"rows": 5}))
    prepopulated_fields = {"slug": ("name",)}
    readonly_fields = ("first_prompt", "cut_replies")
    list_display = ("face", "name", "language", "visibility", "out_of_character")
    list_display_links = ("name",)
    list_filter = ("visibility", "language")
    search_fields = ("name", "nickname", "tagline", "slug")
    fieldsets = (
        (
            _("Who"),
            {
                "description": _(
                    "What readers see before they say a word: the card in the gallery, and the name and picture "
                    "beside each reply. Of all this the model is told the short name alone, or else the name."
                ),
                "fields": ("name", "nickname", "slug", "tagline", "tags", "language", "hue", "upload"),
            },
        ),
        (
            _("Definition"),
            {
                "description": _(
                    "What the model is told about the character at the head of every prompt, in this order. "
                    "Quotes and situations, further down, belong to it. In every text {{char}} stands for the "
                    "character and {{user}} for whoever talks with it."
                ),
                "fields": ("description", "personality", "background", "speech"),
            },
        ),
        (
            _("Scene"),
            {
                "description": _(
                    "Where the character and the reader meet, and how the talk goes. It follows the definition in "
                    "the same prompt; a greeting, at the end of this page, opens the scene."
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
            _("Publication"),
            {
                "description": _(
                    "Who may meet the character. Conversations keep the version that they began with: what you "
                    "change here shows in new ones."
                ),
                "fields": ("visibility", "open_definition"),
            },
        ),
        (
            _("What was cut"),
            {
                "description": _(
                    "How often each check cut a reply, and the newest sentences that nobody has read."
                ),
                "fields": ("cut_replies",),
            },
        ),
        (
            _("What the model is told first"),
            {
                "description": _(
                    "The prompt of the first reply, as it was saved last, with the tokens of each part."
                ),
                "fields": ("first_prompt",),
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
    )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A check that cannot be run is kept: cards bring such. It never matches, and its author is told."""
        super().save_related(request, form, formsets, change)
        for problem in form.problems():
            messages.warning(request, problem)

    @admin.display(description=_("picture"))
    def face(self, character: Character) -> SafeString | str:
        if not character.picture_id:
            return "–"
        address = reverse("picture", args=[character.picture_id])
        return format_html('<img class="face" src="{}" alt="" height="40">', address)

    @admin.display(description=_("out of character"))
    def out_of_character(self, character: Character) -> int:
        """Replies of all conversations, by the checks that held when they were made."""
        return Message.objects.filter(drifted=True, cast_member__version__character=character).count()

    @admin.display(description=_("prompt"))
    def first_prompt(self, character: Character) -> str:
        return preview(character) if character.pk else str(_("Save the character first."))

    @admin.display(description=_("cut replies"))
    def cut_replies(self, character: Character) -> str:
        return cut_replies(character)

    def view_on_site(self, character: Character) -> str:
        return character.get_absolute_url()
