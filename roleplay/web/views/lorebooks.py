"""One's own lorebooks, and their entries."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.db.models import Count, QuerySet
from django.db.models.functions import Substr
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from characters.models import Lorebook, LoreEntry
from roleplay.downloads import BOOK_FORMATS, book_download
from roleplay.web.forms import OwnBookForm, OwnEntryForm

SHOWN = 160  # code points of what an entry tells


@login_required
@require_safe
@never_cache
def lorebooks(request: HttpRequest) -> HttpResponse:
    return render(request, "lorebooks.html", {"books": _own(request).annotate(length=Count("entries"))})


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def new_lorebook(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    new = Lorebook(owner=request.user)
    form = OwnBookForm(request.POST or None, instance=new)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("lorebook", new.pk)
    return render(request, "lorebook.html", {"form": form})


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def lorebook(request: HttpRequest, book: UUID) -> HttpResponse:
    found = get_object_or_404(_own(request), pk=book)
    title = found.title
    form = OwnBookForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved. It holds from the next reply on."))
        return redirect("lorebook", book)
    entries = found.entries.annotate(words=Substr("content", 1, SHOWN)).defer("content")
    return render(
        request,
        "lorebook.html",
        {"book": found, "title": title, "form": form, "entries": entries, "formats": BOOK_FORMATS},
    )


@login_required
@require_safe
@never_cache
def export_lorebook(request: HttpRequest, book: UUID, format: str) -> HttpResponse:
    return book_download(get_object_or_404(_own(request), pk=book), format)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def delete_lorebook(request: HttpRequest, book: UUID) -> HttpResponse:
    found = get_object_or_404(_own(request), pk=book)
    if request.method == "POST":
        found.delete()
        messages.success(request, _("Deleted."))
        return redirect("lorebooks")
    number = found.entries.count()
    words = ngettext(
        "It goes with its %(number)d entry, and from wherever you chose it.",
        "It goes with its %(number)d entries, and from wherever you chose it.",
        number,
    )
    back = reverse("lorebook", args=[book])
    return render(
        request, "delete.html", {"name": found.title, "words": words % {"number": number}, "back": back}
    )


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def new_entry(request: HttpRequest, book: UUID) -> HttpResponse:
    return _edited(request, LoreEntry(book=get_object_or_404(_own(request), pk=book)))


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, book: UUID, entry: int) -> HttpResponse:
    return _edited(request, get_object_or_404(get_object_or_404(_own(request), pk=book).entries, pk=entry))


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def delete_entry(request: HttpRequest, book: UUID, entry: int) -> HttpResponse:
    found = get_object_or_404(get_object_or_404(_own(request), pk=book).entries, pk=entry)
    if request.method == "POST":
        found.delete()
        messages.success(request, _("Deleted."))
        return redirect("lorebook", book)
    back = reverse("entry", args=[book, entry])
    return render(request, "delete.html", {"name": str(found), "back": back})


def _edited(request: HttpRequest, entry: LoreEntry) -> HttpResponse:
    name = str(entry)
    form = OwnEntryForm(request.POST or None, instance=entry)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved. It holds from the next reply on."))
        return redirect("lorebook", entry.book_id)
    return render(request, "entry.html", {"book": entry.book, "entry": entry, "name": name, "form": form})


def _own(request: HttpRequest) -> QuerySet[Lorebook]:
    assert isinstance(request.user, User)
    return request.user.lorebooks.all()
