"""Who one is: the default persona."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from characters.personas import default_persona
from roleplay.web.forms import PersonaForm


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def persona(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    form = PersonaForm(request.POST or None, instance=default_persona(request.user))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved. Characters know you so from their next reply on."))
        back = request.GET.get("next", "")
        return redirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "persona")
    return render(request, "persona.html", {"form": form})
