"""The forms of the readers' pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from characters.models import Persona
from roleplay.conversations.models import Conversation
from roleplay.prompt.text import clean

if TYPE_CHECKING:
    PersonaModelForm = forms.ModelForm[Persona]
    ConversationModelForm = forms.ModelForm[Conversation]
else:
    PersonaModelForm = ConversationModelForm = forms.ModelForm  # generic in the stubs alone


class PersonaForm(PersonaModelForm):
    class Meta:
        model = Persona
        fields = ["name", "description"]


class ConversationForm(ConversationModelForm):
    """What readers may set for one conversation. White space of the texts is theirs."""

    reinforce_every = forms.IntegerField(
        label=_("Say it again every N replies"),
        required=False,
        min_value=0,
        max_value=99,
        help_text=_("How often the model is told again who the character is. Empty: as its author has it. 0: only "
                    "after a reply that fell out of character."),
    )  # fmt: skip

    class Meta:
        model = Conversation
        fields = ["title", "note", "scenario", "reply_opening", "reinforce_every"]
        labels = {
            "title": _("Title"),
            "note": _("Author’s note"),
            "scenario": _("Another scenario"),
            "reply_opening": _("Replies begin with"),
        }
        help_texts = {
            "note": _("Told to the model behind the newest message, for every reply: what matters just now. {{char}} and "
                      "{{user}} stand for the names."),
            "scenario": _("Where and when it is, instead of what the character brings."),
            "reply_opening": _("The model goes on from exactly this."),
        }  # fmt: skip
        widgets = {"note": forms.Textarea(attrs={"rows": 3}), "scenario": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("note", "scenario", "reply_opening"):
            self.fields[name].strip = False  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        return {
            key: _as_written(value) if isinstance(value, str) else value for key, value in cleaned.items()
        }


def _as_written(text: str) -> str:
    """Browsers send a line break as two characters: one is kept."""
    return clean(text).replace("\r\n", "\n")
