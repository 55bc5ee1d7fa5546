"""The forms of the readers' pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from django import forms
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from characters.models import Lorebook, Persona, Report
from characters.personas import personas_of
from roleplay.conversations.models import Conversation, Participant
from roleplay.forms import AuthoredText, BookForm, EntryForm, Words, problems

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    PersonaModelForm = forms.ModelForm[Persona]
    ConversationModelForm = forms.ModelForm[Conversation]
    ReportModelForm = forms.ModelForm[Report]
    BooksField = forms.ModelMultipleChoiceField[Lorebook]
    Parts = list[tuple[StrOrPromise, list[str]]]
else:
    PersonaModelForm = ConversationModelForm = ReportModelForm = forms.ModelForm  # generic in the stubs alone
    BooksField = forms.ModelMultipleChoiceField


class Part(NamedTuple):
    """Fields that stand together. Without a legend they need none."""

    legend: StrOrPromise
    fields: list[forms.BoundField]


class InParts(forms.BaseForm):
    """A form whose fields stand in parts: some always in sight, the others unfolded by whoever wants them."""

    in_sight: ClassVar[Parts]
    folded: ClassVar[Parts]

    def parts_in_sight(self) -> list[Part]:
        return self._parts(self.in_sight)

    def folded_parts(self) -> list[Part]:
        return self._parts(self.folded)

    def is_unfolded(self) -> bool:
        """An error is not to be hidden."""
        return any(field.errors for part in self.folded_parts() for field in part.fields)

    def _parts(self, parts: Parts) -> list[Part]:
        return [Part(legend, [self[name] for name in names]) for legend, names in parts]


class OwnBooks(BooksField):
    """A choice of one's own lorebooks; where there are none, the way to them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            Lorebook.objects.none(), required=False, widget=forms.CheckboxSelectMultiple, **options
        )

    def offer(self, user: User) -> None:
        self.queryset = user.lorebooks.all()
        if not self.queryset.exists():
            none, way, address = _("You have none yet."), _("Write one"), reverse("new_lorebook")
            self.help_text = format_html('{} <a href="{}">{}</a>', none, address, way)


class ReportForm(ReportModelForm):
    class Meta:
        model = Report
        fields = ["reason"]


class PersonaForm(PersonaModelForm):
    lorebooks = OwnBooks(
        label=_("Lorebooks"), help_text=_("What is told of your world in every conversation that you are this in.")
    )  # fmt: skip

    class Meta:
        model = Persona
        fields = ["name", "description", "lorebooks"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["lorebooks"].offer(self.instance.user)  # type: ignore[attr-defined]


class ConversationForm(InParts, ConversationModelForm):
    """What readers may set for one conversation. White space of the texts is theirs."""

    persona = forms.ModelChoiceField(Persona.objects.none(), label=_("Who you are"), empty_label=None)
    lorebooks = OwnBooks(
        label=_("Lorebooks"), help_text=_("What is told of the world in this conversation, when it is spoken of.")
    )  # fmt: skip
    reply_words = forms.IntegerField(
        label=_("Words of a reply"),
        required=False,
        min_value=1,
        max_value=2000,
        help_text=_("About how many. Empty: as the character likes."),
    )
    reinforce_every = forms.IntegerField(
        label=_("Say it again every N replies"),
        required=False,
        min_value=0,
        max_value=99,
        help_text=_("How often the model is told again who the character is. Empty: as its author has it. 0: only "
                    "after a reply that fell out of character."),
    )  # fmt: skip

    in_sight = [
        (_("The story"), ["title", "persona", "scenario", "lorebooks"]),
        (_("Replies"), ["note", "next_opening", "reply_opening", "reply_words"]),
    ]
    folded = [("", ["reinforce_every", "guarded", "written_places", "note_depth"])]

    class Meta:
        model = Conversation
        fields = [
            "title",
            "scenario",
            "lorebooks",
            "note",
            "next_opening",
            "reply_opening",
            "reply_words",
            "reinforce_every",
            "guarded",
            "written_places",
            "note_depth",
        ]
        labels = {
            "title": _("Title"),
            "note": _("Author’s note"),
            "scenario": _("Another scenario"),
            "reply_opening": _("Replies begin with"),
            "next_opening": _("The next reply alone begins with"),
            "guarded": _("Cut what is out of character before it is read"),
            "written_places": _("Tell it where its authors wrote it"),
            "note_depth": _("Depth of the author’s note"),
        }
        help_texts = {
            "note": _("Told to the model behind the newest message, for every reply: what matters just now. {{char}} and "
                      "{{user}} stand for the names."),
            "scenario": _("Where and when it is, instead of what the character brings."),
            "reply_opening": _("The model goes on from exactly this."),
            "guarded": _("The model is then told again who it is, and the reply goes on from its last good words. Otherwise "
                         "such a reply is only marked."),
            "written_places": _("Lorebooks, the depth prompt and the author’s note then stand at their own places in the "
                                "prompt, rather than near its end, which gives up the provider’s cache: most of each "
                                "prompt is read, and paid, anew."),
            "note_depth": _("How many messages from the newest it stands, where all is told where it was written."),
        }  # fmt: skip
        field_classes = dict.fromkeys(("note", "scenario", "reply_opening", "next_opening"), AuthoredText)
        widgets = {"note": forms.Textarea(attrs={"rows": 3}), "scenario": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, reader: Participant, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["persona"].queryset = personas_of(reader.user)  # type: ignore[attr-defined]
        self.initial["persona"] = reader.persona_id
        self.fields["lorebooks"].offer(reader.user)  # type: ignore[attr-defined]
        # It is over with the reply that it was for: what a page shows may be an older one.
        self.fields["next_opening"].show_hidden_initial = True

    def columns(self) -> dict[str, Any]:
        """What was changed of the conversation's own row."""
        elsewhere = ("persona", "lorebooks")
        return {name: self.cleaned_data[name] for name in self.changed_data if name not in elsewhere}


class OwnBookForm(BookForm):
    class Meta(BookForm.Meta):
        fields = ["title", "scan_depth", "token_budget", "recursive"]


class OwnEntryForm(InParts, EntryForm):
    """An entry of a reader's book. A pattern that cannot be run is refused, unless it came with the book."""

    in_sight = [("", ["title", "keys", "content", "constant", "enabled"])]
    folded = [
        (_("Secondary keys"), ["selective", "secondary_keys", "logic"]),
        (_("Scanning"), ["case_sensitive", "whole_words", "scan_depth", "also_scans"]),
        (_("Characters"), ["only_names", "only_tags", "only_others"]),
        (_("Place and order"), ["order", "place", "depth", "role", "outlet", "ignore_budget"]),
        (_("Chance and groups"), ["probability", "group", "group_override", "group_scoring", "group_weight"]),
        (_("Timing"), ["sticky", "cooldown", "delay"]),
        (_("Recursion"), ["exclude_recursion", "prevent_recursion", "delay_until_recursion"]),
    ]

    class Meta(EntryForm.Meta):
        exclude = ("book",)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("keys", "secondary_keys"):
            field = self.fields[name]
            assert isinstance(field, Words)
            for problem in problems(field.new(cleaned.get(name, []))):
                self.add_error(name, problem)
        return cleaned
