"""The ordered parts of a character, among the fields where one thinks of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminIntegerFieldWidget, AdminTextareaWidget
from django.db import models
from django.utils.translation import gettext_lazy as _

from characters.models import Character, Greeting, Quote, Situation
from roleplay.forms import AuthoredText

if TYPE_CHECKING:
    Stacked = admin.StackedInline[Any, Character]
    PartModelForm = forms.ModelForm[Any]
    PartFormSet = forms.BaseInlineFormSet[Any, Character, forms.ModelForm[Any]]
else:
    Stacked, PartModelForm, PartFormSet = admin.StackedInline, forms.ModelForm, forms.BaseInlineFormSet

MOST_ROWS = 1100
LAST = 32_767  # the highest position there can be


def texts(rows: int) -> dict[type[models.Field[Any, Any]], dict[str, Any]]:
    """For a model's long texts: kept as they are written."""
    widget: forms.Textarea = AdminTextareaWidget(attrs={"rows": rows})
    return {models.TextField: {"form_class": AuthoredText, "widget": widget}}


class PartForm(PartModelForm):
    """A quote, greeting or situation. Without a number it comes last."""

    position = forms.IntegerField(
        label=_("Position"),
        required=False,
        min_value=0,
        max_value=LAST,
        widget=AdminIntegerFieldWidget,
        help_text=_("Empty: at the end."),
    )

    def clean_position(self) -> int:
        position = self.cleaned_data["position"]
        return LAST if position is None else int(position)

    def direction(self) -> int:
        """-1 for a row that is new or was moved up, 1 for one that was moved down, 0 for one that stayed."""
        before, after = self.initial.get("position"), self.instance.position
        return -1 if before is None else (after > before) - (after < before)


class PartsInOrder(PartFormSet):
    """Keeps the parts numbered 1, 2, 3 …; a row that was given another's number takes its place."""

    model: type[Any]

    def total_form_count(self) -> int:
        """Of no more than a card can bring, whatever is posted."""
        return min(super().total_form_count(), MOST_ROWS)

    def written(self) -> list[Any]:
        """The rows as they would stand if they were saved. One that cannot be is left out."""
        self.is_valid()
        said = [form for form in self.forms if form.is_valid() and not form.cleaned_data.get("DELETE")]
        kept = [form for form in said if form.instance.pk or form.has_changed()]
        return [form.instance for form in sorted(kept, key=_place)]

    def save(self, commit: bool = True) -> list[Any]:
        saved = super().save(commit)
        directions = {form.instance.pk: form.direction() for form in self.forms if isinstance(form, PartForm)}
        manager = self.model._default_manager
        parts = sorted(
            manager.filter(character=self.instance),
            key=lambda part: (part.position, directions.get(part.pk, 0), part.pk),
        )
        for number, part in enumerate(parts, 1):
            part.position = number
        manager.bulk_update(parts, ["position"])
        return list(saved)


def _place(form: Any) -> tuple[int, int]:
    return form.instance.position, form.direction()


class PartInline(Stacked):
    """`after` is the name of the fieldset below which it stands."""

    form, formset = PartForm, PartsInOrder
    extra = 1
    after: Any


class QuoteInline(PartInline):
    model = Quote
    fields = ("text", "position")
    formfield_overrides = texts(2)
    verbose_name_plural = _("quotes: five to eight sentences that only this character would say")
    after = _("Definition")


class SituationInline(PartInline):
    model = Situation
    fields = ("when", "then", "position")
    formfield_overrides = texts(2)
    verbose_name_plural = _("situations: when something happens, what the character does")
    after = _("Definition")


class GreetingInline(PartInline):
    model = Greeting
    fields = ("text", "position")
    formfield_overrides = texts(6)
    verbose_name_plural = _("greetings: the first begins every conversation, the others are its alternatives")
    after = _("Scene")
