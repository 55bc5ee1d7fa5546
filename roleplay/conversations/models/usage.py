"""What was asked of the model, counted where it is spent, so that nothing has to be added up."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Usage(models.Model):
    """What a user's turns took in a month, which is named by its first day: tokens, and millionths of the currency."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="usage"
    )
    month = models.DateField(_("month"))
    turns = models.PositiveIntegerField(_("replies"), default=0)
    told = models.BigIntegerField(_("told"), default=0)
    cached = models.BigIntegerField(_("from the cache"), default=0)
    said = models.BigIntegerField(_("said"), default=0)
    cost = models.BigIntegerField(_("cost"), default=0)

    class Meta:
        verbose_name = _("usage")
        verbose_name_plural = _("usage")
        ordering = ["-month", "user"]
        constraints = [models.UniqueConstraint(fields=["user", "month"], name="one_usage_a_month")]

    def __str__(self) -> str:
        return f"{self.user} {self.month:%Y-%m}"


class TokenFactor(models.Model):
    """How many tokens a model counts for each that is estimated, learned from what it counted."""

    model = models.CharField(max_length=100, primary_key=True)
    factor = models.FloatField()

    def __str__(self) -> str:
        return f"{self.model} {self.factor:.2f}"
