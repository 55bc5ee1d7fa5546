"""Who one is: the default persona, and others."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from characters.models import Persona
from characters.personas import default_persona, make_default, personas_of
from roleplay.conversations.models import Participant
from roleplay.web.forms import PersonaForm


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def persona(request: HttpRequest, persona: UUID | None = None) -> HttpResponse:
    """One of them; the default where none is named."""
    assert isinstance(request.user, User)
    own = request.user.personas
    found = get_object_or_404(own, pk=persona) if persona else default_persona(request.user)
    form = PersonaForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            own.filter(pk=found.pk).update(name=found.name, description=found.description)
            found.lorebooks.set(form.cleaned_data["lorebooks"])
        messages.success(request, _("Saved. Characters know you so from their next reply on."))
        back = request.GET.get("next", "")
        return redirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else request.path)
    return _page(request, request.user, found, form)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def new_persona(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    new = Persona(user=request.user)
    form = PersonaForm(request.POST or None, instance=new)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved. Choose it in the settings of a conversation."))
        return redirect("persona", new.pk)
    return _page(request, request.user, new, form)


@login_required
@require_POST
def default(request: HttpRequest, persona: UUID) -> HttpResponse:
    assert isinstance(request.user, User)
    try:
        made = make_default(request.user, persona)
    except Persona.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("You begin new conversations as %(name)s.") % {"name": made.name})
    return redirect("persona")


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def delete_persona(request: HttpRequest, persona: UUID) -> HttpResponse:
    """Where one was it, one goes on as the default one."""
    assert isinstance(request.user, User)
    found = get_object_or_404(request.user.personas.filter(default=False), pk=persona)
    staying = default_persona(request.user)
    if request.method == "POST":
        with transaction.atomic():
            Participant.objects.filter(persona=found).update(persona=staying)
            found.delete()
        messages.success(request, _("Deleted."))
        return redirect("persona")
    words = _("Where you are %(name)s now, you go on as %(other)s.")
    said = {"name": found.name, "other": staying.name}
    back = reverse("persona", args=[persona])
    return render(request, "delete.html", {"name": found.name, "words": words % said, "back": back})


def _page(request: HttpRequest, user: User, shown: Persona, form: PersonaForm) -> HttpResponse:
    return render(request, "persona.html", {"form": form, "persona": shown, "personas": personas_of(user)})
