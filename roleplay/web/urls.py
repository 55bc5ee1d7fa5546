"""The addresses of pages and of the socket."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path, register_converter

from roleplay.web.consumers import ConversationConsumer, NowhereConsumer
from roleplay.web.views import (
    conversations,
    gallery,
    importing,
    lorebooks,
    persona,
    reports,
    settings,
    tree_map,
    usage,
    why,
)


class Name:
    """The last part of a character's address: no database looks for a NUL."""

    regex = r"[^/\0]+"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Name, "name")


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("", gallery.gallery, name="gallery"),
    path("characters/<name:slug>/", gallery.character, name="character"),
    path("characters/<name:slug>/chat/", gallery.start_chat, name="start_chat"),
    path("characters/<name:slug>/report/", reports.report, name="report"),
    path("conversations/", conversations.conversations, name="conversations"),
    path("conversations/<uuid:conversation>/", conversations.conversation, name="conversation"),
    path("conversations/<uuid:conversation>/earlier/<uuid:message>/", conversations.earlier, name="earlier"),
    path("conversations/<uuid:conversation>/later/", conversations.later, name="beginning"),
    path("conversations/<uuid:conversation>/later/<uuid:message>/", conversations.later, name="later"),
    path("conversations/<uuid:conversation>/texts/<uuid:message>/", conversations.texts, name="texts"),
    path("conversations/<uuid:conversation>/map/", tree_map.tree_map, name="map"),
    path("conversations/<uuid:conversation>/map/go/", tree_map.go, name="go"),
    path("conversations/<uuid:conversation>/why/<uuid:message>/", why.why, name="why"),
    path("conversations/<uuid:conversation>/settings/", settings.settings, name="settings"),
    path("conversations/<uuid:conversation>/version/", conversations.take_version, name="take_version"),
    path("persona/", persona.persona, name="persona"),
    path("persona/new/", persona.new_persona, name="new_persona"),
    path("persona/<uuid:persona>/", persona.persona, name="persona"),
    path("persona/<uuid:persona>/default/", persona.default, name="make_default"),
    path("persona/<uuid:persona>/delete/", persona.delete_persona, name="delete_persona"),
    path("lorebooks/", lorebooks.lorebooks, name="lorebooks"),
    path("lorebooks/new/", lorebooks.new_lorebook, name="new_lorebook"),
    path("lorebooks/<uuid:book>/", lorebooks.lorebook, name="lorebook"),
    path("lorebooks/<uuid:book>/delete/", lorebooks.delete_lorebook, name="delete_lorebook"),
    path("lorebooks/<uuid:book>/export/<slug:format>/", lorebooks.export_lorebook, name="export_lorebook"),
    path("lorebooks/<uuid:book>/new/", lorebooks.new_entry, name="new_entry"),
    path("lorebooks/<uuid:book>/<int:entry>/", lorebooks.entry, name="entry"),
    path("lorebooks/<uuid:book>/<int:entry>/delete/", lorebooks.delete_entry, name="delete_entry"),
    path("import/", importing.importing, name="import"),
    path("usage/", usage.usage, name="usage"),
    re_path(r"^pictures/(?P<sha256>[0-9a-f]{64})\.webp$", gallery.picture, name="picture"),
    path("healthz", healthz),
]

websocket_urlpatterns = [
    path("ws/conversations/<uuid:conversation>/", ConversationConsumer.as_asgi()),
    re_path("", NowhereConsumer.as_asgi()),
]
