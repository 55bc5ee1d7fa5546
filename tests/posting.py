"""What a browser posts for a form that nobody touched."""

from __future__ import annotations

from typing import Any

from django import forms


def as_shown(form: forms.BaseForm, **written: Any) -> dict[str, Any]:
    """`written` takes the place of what the form shows."""
    shown = {name: form[name].value() for name in form.fields} | written
    return {name: value for name, value in shown.items() if value is not None and value is not False}
