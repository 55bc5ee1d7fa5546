"""Card files and lorebook files that come in through the browser: the form, and what comes of each file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from characters.cards.books import ReadBook, book_renewed, book_taken_in
from characters.cards.importing import ReadCard, read_any, renewed, taken_in
from characters.cards.limits import MOST_BYTES, CardError
from characters.models import Character
from characters.rights import edits_all, writes

Address = Callable[[Character], str]


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """Cleans to a list of uploads. An empty one is among them: it keeps no other out."""

    widget = ManyFiles(attrs={"accept": ".png,.json,.yaml,.yml,.charx,.jpg,.jpeg,.zip"})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        return [super(Files, self).clean(file, initial) for file in data or [None]]


class ImportForm(forms.Form):
    """`cards` are cards and lorebooks; for one who does not write characters, lorebooks alone."""

    cards = Files(
        label=gettext_lazy("Cards and lorebooks"),
        help_text=gettext_lazy("Cards as PNG, JSON, YAML, CHARX, or JPEG with an archive behind it; lorebooks as JSON. "
                               "At most 100 files, of 10 MB each."),
        allow_empty_file=True,
    )  # fmt: skip
    there = forms.ChoiceField(
        label=gettext_lazy("Where you have one of that name already"),
        choices=[
            ("skip", gettext_lazy("Leave the file out")),
            ("new", gettext_lazy("Make another one")),
            ("version", gettext_lazy("Make it a new version of the one that is there, for its readers at once")),
        ],
        help_text=gettext_lazy("What a character was is kept as a version, but for the files of its card, and what a lorebook was as another book."),
        widget=forms.RadioSelect,
        initial="skip",
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        if not writes(user):
            files = self.fields["cards"]
            files.label = _("Lorebooks")
            files.help_text = _(
                "JSON files of SillyTavern, RisuAI, Agnai and NovelAI, and of the third specification of cards. "
                "At most 100 of them, of 10 MB each."
            )
            files.widget.attrs["accept"] = ".json"
            self.fields["there"].help_text = _("What a lorebook was is kept as another book.")


@dataclass(frozen=True)
class Result:
    """What came of one file: the character or lorebook of that `name` at `url`, or neither, for the reason that is said."""

    file: str
    sentence: str
    name: str = ""
    url: str = ""


def imported_by(request: HttpRequest, *, address: Address) -> tuple[ImportForm, list[Result]]:
    """The form as it was sent, and what came of each of its files. `address`: where a character is to be found."""
    assert isinstance(request.user, User)
    form = ImportForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method != "POST" or not form.is_valid():
        return form, []
    there = form.cleaned_data["there"]
    return form, [_brought_in(request.user, file, there, address) for file in form.cleaned_data["cards"]]


def as_json(form: ImportForm, results: list[Result]) -> JsonResponse:
    """For a script that sends file by file."""
    errors = [str(error) for errors in form.errors.values() for error in errors]
    answer = {"results": [asdict(result) for result in results], "errors": errors}
    return JsonResponse(answer, status=400 if errors else 200)


def wants_json(request: HttpRequest) -> bool:
    return request.method == "POST" and request.get_preferred_type(["text/html", "application/json"]) == (
        "application/json"
    )


def few_files(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What Django would answer with its bare page, more files than it takes at once, the page answers with a sentence.

    So it must read the form before the check of its token does, which then follows.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        try:
            request.POST  # noqa: B018
        except TooManyFilesSent:
            messages.error(request, _("At most 100 files at once, please. None of them was taken."))
            return redirect(request.path)
        return protected(request, *args, **options)

    return answer


def _brought_in(user: User, file: UploadedFile[Any], there: str, address: Address) -> Result:
    name = file.name or ""
    try:
        found = read_any(file.read(MOST_BYTES + 1), name=name)
    except CardError as error:
        return Result(name, error.sentence)
    if isinstance(found, ReadBook):
        return _book(user, name, found, there)
    if not writes(user):
        return Result(name, _("This is a character. Only authors bring in characters."))
    return _character(user, name, found, there, address)


def _character(user: User, file: str, card: ReadCard, there: str, address: Address) -> Result:
    same = _changeable(user).filter(name=card.name).first()
    if same is None or there == "new":
        made, sentence = taken_in(card, owner=user), _("A new character. It is private until you publish it.")
    elif there == "version":
        made, sentence = renewed(same, card, author=user), _("A new version of the character that was there.")
    else:
        made, sentence = same, _left_out()
    return Result(file, sentence, made.name, address(made))


def _book(user: User, file: str, book: ReadBook, there: str) -> Result:
    same = user.lorebooks.filter(title=book.title).order_by("-updated_at").first()
    if same is None or there == "new":
        made, sentence = book_taken_in(book, owner=user), _("A new lorebook.")
    elif there == "version":
        made = book_renewed(same, book)
        sentence = _("The lorebook has the file’s entries now. What it was is kept as another.")
    else:
        made, sentence = same, _left_out()
    return Result(file, sentence, made.title, reverse("lorebook", args=[made.pk]))


def _changeable(user: User) -> QuerySet[Character]:
    """The user's own, and the house's for one who may edit all; his own first, the newest first."""
    whose = Q(owner=user) | Q(owner=None) if edits_all(user) else Q(owner=user)
    return Character.objects.filter(whose).order_by(F("owner").desc(nulls_last=True), "-pk")


def _left_out() -> str:
    return _("One of that name is there already. The file was left out.")
