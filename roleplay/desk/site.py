"""The desk itself: who comes in, and what it is called."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, reverse
from django.utils.translation import gettext_lazy as _

from characters.models import Report
from characters.rights import writes


class DeskSite(admin.AdminSite):
    site_title = site_header = _("Desk")
    index_title = _("What would you like to write?")

    def has_permission(self, request: HttpRequest) -> bool:
        """Authors come in, and operators."""
        user = request.user
        return user.is_active and (user.is_staff or writes(user))

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """One signs in as on the site; who is signed in and may not write has nothing to do here."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """With the number of reports that wait."""
        apps = super().get_app_list(request, app_label)
        for model in (model for app in apps for model in app["models"] if model["model"] is Report):
            if waiting := Report.objects.filter(settled_at=None).count():
                model["name"] = f"{model['name']} ({waiting})"
        return apps

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Without the way from any row's number to its address on the site: that would tell what is private."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]


def is_of_filters(desk: admin.ModelAdmin[Any], lookup: str) -> bool:
    """Whether a list's own filters ask this of its rows."""
    names = {each if isinstance(each, str) else each.parameter_name for each in desk.list_filter}  # type: ignore[union-attr]
    return lookup.removesuffix("__exact") in names


def counting(rows: QuerySet[Any], owner: str) -> type[ChangeList]:
    """A desk's list that asks, in its own query, how many of the rows belong to each of its own, as `number`. `owner` is
    the way from a row to whom it belongs.
    """
    own = rows.filter(**{owner: OuterRef("pk")}).order_by().values(owner)
    number = Coalesce(Subquery(own.values(number=Count("pk"))), 0)

    class Counting(ChangeList):
        def get_queryset(self, *args: Any, **options: Any) -> QuerySet[Any]:
            counted: QuerySet[Any] = super().get_queryset(*args, **options).annotate(number=number)
            return counted

    return Counting


def at_desk(request: HttpRequest) -> User:
    """Who works at the desk. Nobody is there who has not signed in."""
    assert isinstance(request.user, User)
    return request.user
