"""The desk's lorebooks: an author's own, and for editors those of the house and of characters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from characters.models import Lorebook, LoreEntry
from characters.rights import edits_all
from roleplay.desk.book_files import WithBookFiles
from roleplay.desk.site import at_desk, counting, is_of_filters
from roleplay.forms import BookForm, EntryForm, problems

if TYPE_CHECKING:
    Stacked = admin.StackedInline[LoreEntry, Lorebook]
    EntryFormSet = forms.BaseInlineFormSet[LoreEntry, Lorebook, forms.ModelForm[LoreEntry]]
else:
    Stacked = admin.StackedInline
    EntryFormSet = forms.BaseInlineFormSet

A_PAGE = 20  # entries: one has up to 39 fields, and Django takes 1000 of a form


class PageOfEntries(EntryFormSet):
    """Shows the entries from `first` on. What is posted may be any of the book's: their order can change meanwhile."""

    first = 0

    def get_queryset(self) -> models.QuerySet[LoreEntry]:
        if not self.is_bound and not hasattr(self, "_queryset"):
            self._queryset = super().get_queryset()[self.first : self.first + A_PAGE]
        return super().get_queryset()


class EntryInline(Stacked):
    model = LoreEntry
    form, formset = EntryForm, PageOfEntries
    extra = 1
    fieldsets = (
        (None, {"fields": ("title", "keys", "content", "constant", "enabled")}),
        (
            _("Secondary keys and scanning"),
            {
                "classes": ("collapse",),
                "fields": (
                    ("selective", "logic"),
                    "secondary_keys",
                    ("case_sensitive", "whole_words"),
                    "scan_depth",
                    "also_scans",
                    "only_names",
                    "only_tags",
                    "only_others",
                ),
            },
        ),
        (
            _("Place and order"),
            {
                "classes": ("collapse",),
                "fields": ("order", "place", ("depth", "role"), "outlet", "ignore_budget"),
            },
        ),
        (
            _("Chance and groups"),
            {
                "classes": ("collapse",),
                "fields": ("probability", "group", ("group_override", "group_scoring"), "group_weight"),
            },
        ),
        (
            _("Timing and recursion"),
            {
                "classes": ("collapse",),
                "fields": (
                    ("sticky", "cooldown", "delay"),
                    ("exclude_recursion", "prevent_recursion", "delay_until_recursion"),
                ),
            },
        ),
    )

    def get_formset(self, request: HttpRequest, obj: Lorebook | None = None, **options: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **options)
        if obj:
            page = _pages(obj).get_page(request.GET.get("page"))
            formset.first = A_PAGE * (page.number - 1)
        return formset


class LorebookAdmin(WithBookFiles):
    form = BookForm
    inlines = (EntryInline,)
    fields = ("title", "everywhere", "scan_depth", "token_budget", "recursive", "problems")
    readonly_fields = ("problems", "pages")
    list_display = ("title", "everywhere", "length")
    list_filter = ("everywhere",)
    search_fields = ("title",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Lorebook]:
        return super().get_queryset(request) & Lorebook.objects.written_by(request.user)

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        return counting(LoreEntry.objects.all(), "book")

    def get_fields(self, request: HttpRequest, obj: Lorebook | None = None) -> Any:
        """A book of the house alone can be for every character."""
        fields = [name for name in self.fields if name != "everywhere" or edits_all(request.user)]
        return [*fields, "pages"] if obj and obj.entries.count() > A_PAGE else fields

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return is_of_filters(self, lookup)

    def save_model(self, request: HttpRequest, obj: Lorebook, form: Any, change: bool) -> None:
        """An author's is his own; an editor writes for the house."""
        if not change and not edits_all(request.user):
            obj.owner = at_desk(request)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """What cannot be run is kept: books from elsewhere hold such. It never matches, and its author is told."""
        super().save_related(request, form, formsets, change)
        for problem in _problems(form.instance):
            messages.warning(request, problem)

    @admin.display(description=_("entries"))
    def length(self, book: Any) -> int:
        number: int = book.number
        return number

    @admin.display(description=_("cannot be run"))
    def problems(self, book: Lorebook) -> str:
        return format_html_join("", "<p>{}</p>", ((each,) for each in _problems(book))) or "–"

    @admin.display(description=_("entries"))
    def pages(self, book: Lorebook) -> str:
        """The way to each part of a long book."""
        pages = ((page.number, page.start_index(), page.end_index()) for page in _pages(book))
        return format_html_join(", ", '<a href="?page={}">{}–{}</a>', pages)


def _pages(book: Lorebook) -> Paginator[LoreEntry]:
    return Paginator(book.entries.all(), A_PAGE)


def _problems(book: Lorebook) -> list[str]:
    return [
        f"{entry}: {sentence}"
        for entry in book.entries.all()
        for sentence in problems([*entry.keys, *entry.secondary_keys])
    ]
