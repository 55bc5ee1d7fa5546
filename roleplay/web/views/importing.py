"""Files that come in: cards of those who write, lorebooks of everybody."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from characters.models import Character
from characters.rights import writes
from roleplay.importing import as_json, few_files, imported_by, wants_json


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
@few_files
def importing(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    form, results = imported_by(request, address=Character.get_absolute_url)
    if wants_json(request):
        return as_json(form, results)
    return render(request, "import.html", {"form": form, "results": results, "writes": writes(request.user)})
