"""What is set for one conversation."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from roleplay.conversations.models import Conversation, Participant
from roleplay.providers.money import money
from roleplay.turns.casting import version_before
from roleplay.web.characters import character_of
from roleplay.web.forms import ConversationForm


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, conversation: UUID) -> HttpResponse:
    found = get_object_or_404(Conversation.objects.visible_to(request.user), pk=conversation)
    reader = found.participants.select_related("user").get(user_id=request.user.pk or 0)
    form = ConversationForm(request.POST or None, instance=found, reader=reader)
    if request.method == "POST" and form.is_valid():
        _save(form, found, reader)
        messages.success(request, _("Saved. It holds from the next reply on."))
        return redirect("settings", conversation)
    return render(
        request,
        "settings.html",
        {
            "conversation": found,
            "character": character_of(request.user, found),
            "form": form,
            "before": version_before(found),
            "money": money(found.cost),
        },
    )


@transaction.atomic
def _save(form: ConversationForm, conversation: Conversation, reader: Participant) -> None:
    """Nothing else of the row: a reply may end meanwhile. Books that others put there stay."""
    if changed := form.columns():
        Conversation.objects.filter(pk=conversation.pk).update(**changed)
    Participant.objects.filter(pk=reader.pk).update(persona=form.cleaned_data["persona"])
    chosen = form.cleaned_data["lorebooks"]
    own = conversation.lorebooks.filter(owner=reader.user)
    conversation.lorebooks.remove(*own.exclude(pk__in=chosen))
    conversation.lorebooks.add(*chosen)
