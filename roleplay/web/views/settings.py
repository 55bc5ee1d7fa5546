"""What is set for one conversation."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from roleplay.conversations.models import Conversation
from roleplay.providers.money import money
from roleplay.web.characters import character_of
from roleplay.web.forms import ConversationForm


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def settings(request: HttpRequest, conversation: UUID) -> HttpResponse:
    found = get_object_or_404(Conversation.objects.visible_to(request.user), pk=conversation)
    form = ConversationForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        # Nothing else of the row: a reply may end meanwhile.
        Conversation.objects.filter(pk=found.pk).update(**form.cleaned_data)
        messages.success(request, _("Saved. It holds from the next reply on."))
        return redirect("settings", conversation)
    return render(
        request,
        "settings.html",
        {
            "conversation": found,
            "character": character_of(request.user, found),
            "form": form,
            "money": money(found.cost),
        },
    )
