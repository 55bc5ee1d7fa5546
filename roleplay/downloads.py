"""Files that go out to a browser."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext_lazy

from characters.cards.books import BookFormat, book_exported
from characters.models import Lorebook

BOOK_FORMATS: dict[BookFormat, Promise] = {
    "world-info": gettext_lazy("Export for SillyTavern"),
    "lorebook-v3": gettext_lazy("Export as a V3 lorebook"),
}


def download(content: bytes, name: str, type: str) -> HttpResponse:
    """A file that the browser keeps under this name."""
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, type, headers={"Content-Disposition": disposition or "attachment"})


def book_download(book: Lorebook, format: str) -> HttpResponse:
    """Raises Http404 for a format that there is not."""
    for known in BOOK_FORMATS:
        if known == format:
            name = slugify(book.title, allow_unicode=True) or "lorebook"
            return download(book_exported(book, known), f"{name}.json", "application/json")
    raise Http404
