"""What people say against a character."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from characters.models.character import Character


class Report(models.Model):
    """What somebody says against a character that he can meet. Editors settle it."""

    character = models.ForeignKey(
        Character, verbose_name=_("character"), on_delete=models.CASCADE, related_name="reports"
    )
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reported by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reason = models.TextField(_("what is wrong"), max_length=1000)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["character", "reporter"],
                condition=Q(settled_at=None),
                name="one_open_report_a_reporter",
            )
        ]

    def __str__(self) -> str:
        return f"{self.character}: {self.reason[:60]}"
