"""The forms of the readers' pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from characters.models import Persona

if TYPE_CHECKING:
    PersonaModelForm = forms.ModelForm[Persona]
else:
    PersonaModelForm = forms.ModelForm  # generic in the stubs alone


class PersonaForm(PersonaModelForm):
    class Meta:
        model = Persona
        fields = ["name", "description"]
