"""What is wrong with a character, told to the editors by whoever met it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from characters.models import Character, Report
from roleplay.web.forms import ReportForm


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """One that is open already is written anew: nobody has to say it twice."""
    assert isinstance(request.user, User)
    character = get_object_or_404(Character.objects.visible_to(request.user), slug=slug)
    there = Report.objects.filter(character=character, reporter=request.user, settled_at=None).first()
    form = ReportForm(
        request.POST or None, instance=there or Report(character=character, reporter=request.user)
    )
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                form.save()
        except IntegrityError:  # the same, sent twice at once
            open = Report.objects.filter(character=character, reporter=request.user, settled_at=None)
            open.update(reason=form.cleaned_data["reason"])
        messages.success(request, _("Thank you. The editors read it."))
        return redirect(character)
    return render(request, "report.html", {"character": character, "form": form, "there": there})
