"""The characters' pages of the desk: written, tried, published. An author finds his own, an editor all."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from characters.models import Character, Report, SearchTerm, Visibility
from characters.rights import edits_all
from characters.versions import keep_as_draft, publish
from roleplay.conversations.models import Message
from roleplay.desk.cards import WithCards
from roleplay.desk.cut_replies import cut_replies
from roleplay.desk.drafts import WithDrafts
from roleplay.desk.fieldsets import FIELDSETS, TAKEN_DOWN
from roleplay.desk.forms import CharacterForm
from roleplay.desk.parts import GreetingInline, QuoteInline, SituationInline, texts
from roleplay.desk.site import at_desk, counting, is_of_filters
from roleplay.desk.versions import WithVersions
from roleplay.turns.casting import forget_unused_versions

SHOWN_TO = {
    Visibility.PRIVATE: gettext_lazy("Private"),
    Visibility.UNLISTED: gettext_lazy("Unlisted"),
    Visibility.PUBLIC: gettext_lazy("Public"),
}


class CharacterAdmin(WithDrafts, WithVersions, WithCards):
    form = CharacterForm
    inlines = (QuoteInline, SituationInline, GreetingInline)
    formfield_overrides = texts(5)
    prepopulated_fields = {"slug": ("name",)}
    list_display = ("face", "name", "language", "shown_to", "draft", "owner", "out_of_character")
    list_display_links = ("name",)
    list_filter = ("visibility", "unpublished", "language")
    list_select_related = ("owner",)
    search_fields = ("name", "nickname", "tagline", "slug")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Character]:
        return super().get_queryset(request) & Character.objects.written_by(request.user)

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        return counting(Message.objects.filter(drifted=True), "cast_member__version__character")

    def get_fieldsets(self, request: HttpRequest, obj: Character | None = None) -> Any:
        *first, last = FIELDSETS
        return (*first, TAKEN_DOWN, last) if obj and edits_all(request.user) else FIELDSETS

    def get_form(
        self, request: HttpRequest, obj: Character | None = None, change: bool = False, **options: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **options)
        return type(form.__name__, (form,), {"writer": request.user})

    def render_change_form(
        self,
        request: HttpRequest,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Character | None = None,
    ) -> Any:
        if obj:
            context["cut_replies"] = cut_replies(obj, at_desk(request))
        if obj and obj.taken_down and not edits_all(request.user):
            said = _("An editor took this character down: %(reason)s") % {"reason": obj.taken_down}
            messages.warning(request, said)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """What the filters ask, and nothing else: a pattern over texts could make the database stand still."""
        return is_of_filters(self, lookup)

    def get_deleted_objects(self, objs: Any, request: Any) -> Any:
        """Of what goes with a character, its reports and its words for the search are nobody's business."""
        _shown, counts, missing, protected = super().get_deleted_objects(objs, request)
        missing.discard(Report._meta.verbose_name)
        for model in (Report, SearchTerm):
            counts.pop(str(model._meta.verbose_name_plural), None)
        return [str(each) for each in objs], counts, missing, protected

    def delete_model(self, request: HttpRequest, obj: Character) -> None:
        super().delete_model(request, obj)
        forget_unused_versions()

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Character]) -> None:
        super().delete_queryset(request, queryset)
        forget_unused_versions()

    def save_model(self, request: HttpRequest, obj: Character, form: Any, change: bool) -> None:
        if not change:
            obj.owner = at_desk(request)
        super().save_model(request, obj, form, change)
        if obj.taken_down:
            obj.reports.filter(settled_at=None).update(settled_at=timezone.now())

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """A check that cannot be run is kept: cards bring such. It never matches, and its author is told."""
        super().save_related(request, form, formsets, change)
        for problem in form.problems():
            messages.warning(request, problem)
        # What others can meet has a version: what is only saved after that is not theirs yet.
        is_first = form.instance.visibility != Visibility.PRIVATE and form.instance.published is None
        if "_publish" in request.POST or is_first:
            publish(form.instance, at_desk(request), form.cleaned_data["what_changed"])
        else:
            keep_as_draft(form.instance)

    def response_add(self, request: HttpRequest, obj: Character, *args: Any, **options: Any) -> HttpResponse:
        return self._published(request, obj) or super().response_add(request, obj, *args, **options)

    def response_change(self, request: HttpRequest, obj: Character) -> HttpResponse:
        return self._published(request, obj) or super().response_change(request, obj)

    @admin.display(description=gettext_lazy("picture"))
    def face(self, character: Character) -> SafeString | str:
        if not character.picture_id:
            return "–"
        address = reverse("picture", args=[character.picture_id])
        return format_html('<img class="face" src="{}" alt="" height="40">', address)

    @admin.display(description=gettext_lazy("who may meet it"), ordering="visibility")
    def shown_to(self, character: Character) -> Any:
        return _("taken down") if character.taken_down else SHOWN_TO[Visibility(character.visibility)]

    @admin.display(description=gettext_lazy("draft"), ordering="unpublished")
    def draft(self, character: Character) -> str:
        return _("draft") if character.unpublished else ""

    @admin.display(description=gettext_lazy("out of character"))
    def out_of_character(self, character: Any) -> int:
        """Replies of all conversations, by the checks that held when they were made."""
        number: int = character.number
        return number

    def view_on_site(self, character: Character) -> str:
        return character.get_absolute_url()

    def _published(self, request: HttpRequest, character: Character) -> HttpResponse | None:
        """Where it was published, its page again: there is more to do than to look at the list."""
        if "_publish" not in request.POST:
            return None
        messages.success(
            request,
            format_html(
                '{} <a href="{}">{}</a>',
                _("Published. New conversations begin with it."),
                character.get_absolute_url(),
                _("See it on the site"),
            ),
        )
        return redirect("admin:characters_character_change", character.pk)
