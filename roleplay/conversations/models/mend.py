"""What the guard cut."""

from __future__ import annotations

from django.db import models

from roleplay.conversations.models.turn import Turn

LONGEST_LEFT_OUT = 400  # code points that are kept of it


class Mend(models.Model):
    """A reply broke its character, was cut at its last good words before anybody saw it, and went on from there.

    `by` is a check, and `words` are those that it found; `left_out` is what was cut, at `place` (code points of the
    reply), and `begun` is how its sentence begins in the reply. `told` and `said` are the tokens that were asked for in vain, as they are estimated.
    """

    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="mends")
    character = models.ForeignKey(
        "characters.Character", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by = models.CharField(max_length=12)
    words = models.TextField()
    begun = models.TextField(blank=True)
    left_out = models.TextField()
    place = models.PositiveIntegerField()
    told = models.PositiveIntegerField()
    said = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["character", "by", "-created_at"], name="mend_by_check")]

    def __str__(self) -> str:
        return f"{self.by} {self.turn_id}"
