"""What readers and authors write in the same way: texts, lists of words, lorebooks and their entries."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from characters.models import Lorebook, LoreEntry
from roleplay.prompt.patterns import Unusable, is_pattern, pattern
from roleplay.prompt.text import clean

if TYPE_CHECKING:
    BookModelForm = forms.ModelForm[Lorebook]
    EntryModelForm = forms.ModelForm[LoreEntry]
else:
    BookModelForm = EntryModelForm = forms.ModelForm  # generic in the stubs alone

MOST_WORDS = 100
LONGEST_WORD, LONGEST_PATTERN = 200, 2000  # code points
LISTS = ("keys", "secondary_keys", "only_names", "only_tags")
SCANNED = {
    "persona": _("persona"),
    "description": _("description"),
    "personality": _("personality"),
    "depth_prompt": _("depth prompt"),
    "scenario": _("scenario"),
}
# A pattern may hold commas.
_WORD = re.compile(r"\s*(/(?:[^/\\]|\\.)+/[gimsuy]*(?=\s*(?:[,，、]|$))|[^,，、]+)")


class AuthoredText(forms.CharField):
    """A text whose white space is the author's. Browsers send a line break as two characters: one is kept."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "strip": False})

    def to_python(self, value: Any) -> str | None:
        text = super().to_python(value)
        return clean(text).replace("\r\n", "\n") if text else text


class Words(forms.CharField):
    """A list of words, one a line or with commas between them. `there` are those of before: they stay as they are."""

    widget = forms.Textarea(attrs={"rows": 3})
    there: Collection[str] = ()

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, initial=list, **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = (line.strip() for line in clean(value or "").split("\n"))
        words = (word for line in lines for word in ([line] if line in self.there else _WORD.findall(line)))
        return list(dict.fromkeys(word for each in words if (word := each.strip())))

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > max(MOST_WORDS, len(self.there)):
            raise forms.ValidationError(_("At most %(number)d of them."), params={"number": MOST_WORDS})
        for word in self.new(value):
            longest = LONGEST_PATTERN if is_pattern(word) else LONGEST_WORD
            if len(word) > longest:
                raise forms.ValidationError(
                    _("“%(words)s…” is longer than %(number)d characters."),
                    params={"words": word[:20], "number": longest},
                )

    def new(self, words: Iterable[str]) -> list[str]:
        return [word for word in words if word not in self.there]


class AsUsual(forms.NullBooleanSelect):
    """Yes, no, or as it is where nothing is said."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.choices = [("unknown", _("As usual")), *list(self.choices)[1:]]


class BookForm(BookModelForm):
    class Meta:
        model = Lorebook
        fields = ["title", "everywhere", "scan_depth", "token_budget", "recursive"]
        help_texts = {
            "scan_depth": _(
                "In how many of the newest messages keys are looked for. Empty: as the site has it."
            ),
            "token_budget": _("What entries take of a prompt at most. Empty: as the site has it."),
            "recursive": _("Keys are looked for in the entries that were found, too."),
        }


class EntryForm(EntryModelForm):
    keys = Words(
        label=_("Keys"),
        help_text=_("The entry is told when one of them is said. One a line, or with commas between them; one "
                    "written /so/ is a pattern."),
    )  # fmt: skip
    secondary_keys = Words(label=_("Secondary keys"))
    only_names = Words(label=_("For these characters"))
    only_tags = Words(label=_("For these tags"))
    also_scans = forms.MultipleChoiceField(
        label=_("Scans these, too"),
        required=False,
        choices=list(SCANNED.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = LoreEntry
        fields = "__all__"
        field_classes = {"content": AuthoredText}
        widgets = {name: AsUsual for name in ("case_sensitive", "whole_words", "group_scoring")}
        help_texts = {
            "title": _("For yourself: the model is not told it."),
            "content": _("{{char}} and {{user}} stand for the names."),
            "constant": _("Whether or not a key is said."),
            "case_sensitive": _("As usual, they do not. A pattern says so itself."),
            "whole_words": _("As usual, a key may be part of a longer word. Not for Chinese."),
            "scan_depth": _("Empty: as the book has it. 0: none, only what is ticked below."),
            "only_others": _("The characters and tags above are left out, instead."),
            "order": _("Entries with a higher one are chosen first, and stand nearer to the end."),
            "place": _("For what is always told. What is found by its keys is told near the end of the prompt, unless "
                       "the conversation has it where it is written."),
            "depth": _("How many messages from the newest, for that place alone."),
            "role": _("Who seems to say it, at that depth."),
            "outlet": _("Its name: it is told where {{outlet::name}} stands."),
            "ignore_budget": _("It is told even where the book’s tokens are used up."),
            "group": _("Of the entries of a group one is told. An entry may be in several, with commas between them."),
            "group_override": _("The one with the highest order is told, rather than one by chance."),
            "group_weight": _("The heavier, the more often it is chosen."),
            "group_scoring": _("Only those of which most keys are said are chosen from."),
            "sticky": _("Once found, it stays that long."),
            "cooldown": _("Once it has left, it is not told that long."),
            "delay": _("The conversation must be that long."),
        }  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in LISTS:
            self.fields[name].there = getattr(self.instance, name)  # type: ignore[attr-defined]


def problems(words: Iterable[str]) -> list[str]:
    """A sentence for each pattern among the words that cannot be run."""
    return [sentence for word in words if is_pattern(word) and (sentence := _problem(word))]


def _problem(written: str) -> str:
    try:
        pattern(written)
    except Unusable as unusable:
        said = {"pattern": written, "reason": str(unusable)}
        return _("The pattern %(pattern)s cannot be run: “%(reason)s”.") % said
    return ""
