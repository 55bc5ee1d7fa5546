import uuid
from typing import Any

from django.db import migrations, models

from roleplay.conversations.path import jump_depth

AT_ONCE = 1000  # rows


def give_jumps(apps: Any, editor: Any) -> None:
    """Each message gets its jump from its parent's, depth by depth."""
    message = apps.get_model("conversations", "Message")
    for conversation in apps.get_model("conversations", "Conversation").objects.values_list("pk", flat=True).iterator():
        jumps: dict[uuid.UUID, uuid.UUID | None] = {}
        changed = []
        rows = message.objects.filter(conversation=conversation).order_by("depth")
        for id, parent, depth in rows.values_list("pk", "parent", "depth"):
            at = jump_depth(depth)
            jumps[id] = None if at is None else parent if at == depth - 1 else jumps[jumps[parent]]
            changed.append(message(pk=id, jump=jumps[id]))
        message.objects.bulk_update(changed, ["jump"], batch_size=AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [("conversations", "0002_line")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="jump",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="left_at",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.RunPython(give_jumps, migrations.RunPython.noop),
    ]
