"""Card files at the desk: many come in at once, and each character goes out in every format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from characters.cards.exporting import ENDINGS, exported
from characters.cards.importing import read, renewed, taken_in
from characters.cards.limits import MOST_BYTES, CardError
from characters.models import Character

if TYPE_CHECKING:
    CharacterAdmin = admin.ModelAdmin[Character]
else:
    CharacterAdmin = admin.ModelAdmin

FORMATS = {
    "v3-png": gettext_lazy("PNG card"),
    "v2-png": gettext_lazy("PNG card for older programs"),
    "json": gettext_lazy("JSON"),
    "charx": gettext_lazy("CHARX archive"),
}
TYPES = {"png": "image/png", "json": "application/json", "charx": "application/zip"}
MOST_CARDS = 100  # at once


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class CardFiles(forms.FileField):
    """Cleans to a list of uploads."""

    widget = ManyFiles(attrs={"accept": ".png,.json,.charx,.jpg,.jpeg,.zip"})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = [super(CardFiles, self).clean(file, initial) for file in data or [None]]
        if len(files) > MOST_CARDS:
            raise forms.ValidationError(_("At most %(number)d of them."), params={"number": MOST_CARDS})
        return files


class ImportForm(forms.Form):
    cards = CardFiles(
        label=gettext_lazy("Card files"),
        help_text=gettext_lazy("PNG, JSON, CHARX, or JPEG with an archive behind it, at most 10 MB each."),
    )
    there = forms.ChoiceField(
        label=gettext_lazy("Where one of that name is there already"),
        choices=[
            ("skip", gettext_lazy("Leave the file out")),
            ("new", gettext_lazy("Make another character")),
            ("version", gettext_lazy("Make it a new version of that character")),
        ],
        widget=forms.RadioSelect,
        initial="skip",
    )


@dataclass(frozen=True)
class Result:
    """What came of one file. Without a `character` it did not come in, for the reason that is said."""

    file: str
    sentence: str
    character: Character | None = None


class WithCards(CharacterAdmin):
    """The pages of a character's admin that read and write card files."""

    change_list_template = "desk/character_list.html"
    change_form_template = "desk/character_form.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("import/", view(self.import_cards), name="characters_character_import"),
            path(
                "<int:pk>/export/<slug:format>/", view(self.export_card), name="characters_character_export"
            ),
            *super().get_urls(),
        ]

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **options: Any) -> Any:
        options["extra_context"] = {**(options.get("extra_context") or {}), "formats": FORMATS}
        return super().change_view(request, object_id, *args, **options)

    def import_cards(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ImportForm(request.POST or None, request.FILES or None)
        results: list[Result] = []
        if request.method == "POST" and form.is_valid():
            there = form.cleaned_data["there"]
            results = [self._result(request, file, there) for file in form.cleaned_data["cards"]]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import cards"),
            "opts": self.opts,
            "form": form,
            "results": results,
        }
        return render(request, "desk/import_cards.html", context)

    def export_card(self, request: HttpRequest, pk: int, format: str) -> HttpResponse:
        character = get_object_or_404(self.get_queryset(request), pk=pk)
        if format not in ENDINGS:
            raise Http404
        if not self.has_view_permission(request, character):
            raise PermissionDenied
        ending = ENDINGS[format]
        answer = HttpResponse(exported(character, format), content_type=TYPES[ending])
        disposition = content_disposition_header(as_attachment=True, filename=f"{character.slug}.{ending}")
        answer["Content-Disposition"] = disposition or "attachment"
        return answer

    def _result(self, request: HttpRequest, file: UploadedFile[Any], there: str) -> Result:
        name = file.name or ""
        try:
            card = read(file.read(MOST_BYTES + 1), name=name)
        except CardError as error:
            return Result(name, error.sentence)
        same = self.get_queryset(request).filter(name=card.name).order_by("-pk").first()
        if same is None or there == "new":
            return Result(
                name, _("A new character. Only authors see it until you publish it."), taken_in(card)
            )
        if there == "version" and self.has_change_permission(request, same):
            return Result(name, _("A new version of the character that was there."), renewed(same, card))
        return Result(name, _("One of that name is there already. The file was left out."), same)
