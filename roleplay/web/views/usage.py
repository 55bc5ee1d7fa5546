"""What was used: the tokens and the money of one's own months."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from roleplay.providers.money import money


@login_required
@require_safe
@never_cache
def usage(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    months = [(month, money(month.cost)) for month in request.user.usage.all()]
    return render(request, "usage.html", {"months": months})
