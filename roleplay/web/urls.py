"""The addresses of pages and of the socket."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path

from roleplay.web.consumers import ConversationConsumer, NowhereConsumer
from roleplay.web.views import conversations, gallery, persona, settings, tree_map, usage, why


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("", gallery.gallery, name="gallery"),
    path("characters/<str:slug>/", gallery.character, name="character"),
    path("characters/<str:slug>/chat/", gallery.start_chat, name="start_chat"),
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
    path("persona/", persona.persona, name="persona"),
    path("usage/", usage.usage, name="usage"),
    re_path(r"^pictures/(?P<sha256>[0-9a-f]{64})\.webp$", gallery.picture, name="picture"),
    path("healthz", healthz),
]

websocket_urlpatterns = [
    path("ws/conversations/<uuid:conversation>/", ConversationConsumer.as_asgi()),
    re_path("", NowhereConsumer.as_asgi()),
]
