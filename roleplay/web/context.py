"""What every page knows."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def model(request: HttpRequest) -> dict[str, object]:
    return {"demo_model": settings.DEMO_MODEL}
