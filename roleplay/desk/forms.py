"""What an author writes, as he wrote it: the forms of a character and of its ordered parts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from characters.models import Character, Language, Lorebook, Picture, Visibility
from characters.pictures import EncodedPicture, PictureError, encoded, stored
from roleplay.forms import AuthoredText, problems
from roleplay.prompt.text import clean, clean_name

if TYPE_CHECKING:
    CharacterModelForm = forms.ModelForm[Character]
else:
    CharacterModelForm = forms.ModelForm

BETWEEN_TAGS = re.compile(r"[,，、]")
ACCEPT = "image/png,image/jpeg,image/webp,image/gif"


class TagsField(forms.CharField):
    """A list of tags, written with commas between them."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        tags = (tag.strip() for tag in BETWEEN_TAGS.split(clean(value or "")))
        return list(dict.fromkeys(tag for tag in tags if tag))


class PictureInput(forms.ClearableFileInput):
    """Shows the present picture, with a box to remove it."""

    template_name = "desk/picture_input.html"

    def is_initial(self, value: Any) -> bool:
        return isinstance(value, Picture)


class PictureField(forms.FileField):
    """Cleans to an `EncodedPicture`, to False where the present one is to go, else to what is there."""

    widget = PictureInput(attrs={"accept": ACCEPT})

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if not isinstance(upload, UploadedFile):
            return upload
        try:
            return encoded(cast(BinaryIO, upload))
        except PictureError as error:
            raise forms.ValidationError(error.sentence) from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        return initial  # a refused upload does not hide the picture that is there


class CharacterForm(CharacterModelForm):
    """`writer` is who fills it in."""

    writer: Any
    tags = TagsField(
        label=_("Tags"),
        required=False,
        max_length=200,
        help_text=_("Two or three words for the gallery, with commas between them: Slow, dry, kind"),
    )
    lorebooks = forms.ModelMultipleChoiceField(
        Lorebook.objects.none(),
        label=_("Lorebooks"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What the model is told of the world when it is spoken of. Entries that are always told stand "
                    "beside the definition."),
    )  # fmt: skip
    reports_only = forms.MultipleChoiceField(
        label=_("Only reported"),
        required=False,
        choices=[
            ("machine", _("Speaks as a machine")),
            ("never_says", _("Says what it never says")),
            ("users_lines", _("Writes what the reader is to say")),
            ("other_name", _("Speaks under another name")),
        ],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A reply that does one of these is not cut, but marked when it is there."),
    )
    upload = PictureField(
        label=_("Picture"),
        required=False,
        help_text=_(
            "PNG, JPEG, WebP or GIF, at most 5 MB and 4096 x 4096 pixels. It is shown round beside each reply, "
            "and wide in the gallery, so keep what matters in the middle."
        ),
    )

    what_changed = forms.CharField(
        label=_("What changed"),
        required=False,
        max_length=200,
        widget=AdminTextInputWidget(attrs={"class": "vLargeTextField"}),
        help_text=_("In a line, when you publish. Those whose conversations have an older version read it."),
    )

    seen = forms.CharField(required=False, widget=forms.HiddenInput)  # when what the form shows was saved

    class Meta:
        model = Character
        fields = "__all__"  # the desk's fieldsets say which
        field_classes = {"reply_prefix": AuthoredText}
        widgets = {
            "tagline": AdminTextInputWidget(attrs={"class": "vLargeTextField"}),
            "reply_prefix": AdminTextareaWidget(attrs={"rows": 2}),
        }
        help_texts = {
            "name": _("As it stands in the gallery and above each reply."),
            "nickname": _("What {{char}} stands for in all texts, and the name the character speaks under. "
                          "Empty: the whole name."),
            "slug": _("The last part of the character's address. Letters of any script, numbers and hyphens."),
            "tagline": _("What a reader sees first, below the name."),
            "language": _("The language in which the model is told who the character is."),
            "hue": _("From 0 to 359, the colour of the name and of what is said: 30 red, 60 orange, 100 yellow, "
                     "145 green, 200 cyan, 260 blue, 300 violet, 350 pink. Leave it alone, and a new picture "
                     "brings its own."),
            "description": _("Who the character is and what it looks like: facts that hold in every scene."),
            "personality": _("How the character is, with what contradicts it. Two traits at odds say more than six "
                             "in a row."),
            "background": _("Where the character comes from, what it wants, and what it keeps to itself."),
            "speech": _("Length of sentences, favourite words, what is never said. The quotes below are told "
                        "together with it."),
            "scenario": _("Where and when it begins, and how {{user}} comes into it."),
            "rules": _("What holds in this scene whatever happens: pace, limits, whose move it is."),
            "examples": _("A few lines that begin with {{user}}: and {{char}}: They show the voice, and count as "
                          "never said."),
            "reply_prefix": _("Every reply begins with exactly this, and the model goes on from it. White space at "
                              "its end is the model's to say."),
            "reinforce_every": _("The model is told the whole definition again with every Nth reply. "
                                 "Empty: as the site has it. 0: only after a reply that fell out of character."),
            "reminder": _("Said in its place instead of the whole definition. Empty: the whole definition."),
            "never_says": _("One phrase a line, or a /pattern/. A reply is cut where one of them begins, before it is "
                            "read, and goes on in character."),
            "calls_user": _("A reply that says the reader's name aloud, rather than this, is marked."),
            "begins_with": _("Words, or a /pattern/. A reply that begins otherwise is marked likewise."),
            "ends_with": _("Words, or a /pattern/. A reply that ends otherwise is marked likewise."),
            "keeps_language": _("A reply in another language is marked likewise."),
            "most_words": _("A longer reply is marked likewise. In Chinese, characters count. Empty: any length."),
            "creator": _("Who wrote it first."),
            "creator_notes": _("What readers see of it below the greeting. The model is not told."),
            "system_prompt": _("Replaces the sentence that opens every prompt. {{original}} stands for what it replaces."),
            "post_history": _("Told last, directly before the reply."),
            "depth_prompt": _("Told near the end of the prompt, behind the newest message, unless the conversation has it "
                              "where it is written."),
            "depth_prompt_depth": _("How many messages from the newest it is written to stand."),
            "depth_prompt_role": _("Who seems to say it."),
            "may_be_machine": _("For a robot. Otherwise a reply is cut where it speaks as an AI, or names its maker."),
            "when_cut": _("What a reply that was cut is told besides the definition, before it goes on. {{original}} stands "
                          "for what it replaces: a sentence that says what to avoid."),
            "visibility": _("You meet it in any case, and editors do."),
            "taken_down": _("The reason. Empty: it is not taken down."),
            "open_definition": _("Readers may see what the model is told about the character."),
        }  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if sha256 := self.instance.picture_id:
            self.initial["upload"] = Picture(sha256=sha256)  # its address is enough here, its bytes stay away
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)  # what is too long is said, not cut off
        if self.instance.pk:
            self.initial["seen"] = self.instance.updated_at.isoformat()
        elif (get_language() or "").startswith("zh"):
            self.initial["language"] = Language.CHINESE
        if "lorebooks" in self.fields:
            mine = Lorebook.objects.written_by(self.writer).values("pk")
            there = Character.lorebooks.through.objects.filter(character=self.instance.pk).values("lorebook")
            self.fields["lorebooks"].queryset = Lorebook.objects.filter(Q(pk__in=mine) | Q(pk__in=there))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What is taken down is private: an editor makes it so, and nobody else can change it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        reason = cleaned.get("taken_down", self.instance.taken_down)
        if reason and "taken_down" in self.fields:
            cleaned["visibility"] = Visibility.PRIVATE
        elif reason and cleaned.get("visibility") != Visibility.PRIVATE:
            said = _("An editor took it down, so it stays private: %(reason)s")
            self.add_error("visibility", forms.ValidationError(said, params={"reason": reason}))
        self._compare_times()
        return cleaned

    def _compare_times(self) -> None:
        """What somebody saved meanwhile is not overwritten unasked; whoever saves again has been told."""
        seen, saved = self.cleaned_data.get("seen"), self.initial.get("seen", "")
        if seen and seen != saved:
            data = cast(QueryDict, self.data).copy()
            data["seen"] = saved
            self.data = data
            raise forms.ValidationError(
                _("This character was saved by somebody else, or in another window, while you wrote. Nothing of "
                  "yours is lost: it stands below. Save again, and it takes the place of what was saved.")
            )  # fmt: skip

    def clean_name(self) -> str:
        return _name(self.cleaned_data["name"])

    def clean_nickname(self) -> str:
        return _name(self.cleaned_data["nickname"])

    def save(self, commit: bool = True) -> Character:
        upload = self.cleaned_data["upload"]
        if isinstance(upload, EncodedPicture):
            self.instance.picture = stored(upload)
            if "hue" not in self.changed_data:
                self.instance.hue = upload.hue
        elif upload is False:
            self.instance.picture = None
        return super().save(commit)

    def problems(self) -> list[str]:
        """A sentence for each pattern of its checks that cannot be run."""
        checks = ("never_says", "begins_with", "ends_with")
        written = {self[name].label: self.cleaned_data[name].splitlines() for name in checks}
        return [f"{label}: {sentence}" for label, words in written.items() for sentence in problems(words)]


def _name(written: str) -> str:
    """A name that the model can be given in a message's header."""
    if clean_name(written) != written:
        raise forms.ValidationError(_('A name cannot hold line breaks, the mark ", <| or |>.'))
    return written
