from django.db import migrations

# Of the permissions too: Django makes those of a model after all migrations only.
OWN = ("character", "greeting", "quote", "situation", "lorebook", "loreentry")
ACTIONS = ("add", "change", "delete", "view")
BEYOND = (("edit_every_character", "character"), ("view_report", "report"), ("change_report", "report"))


def make_groups(apps, editor):
    groups = apps.get_model("auth", "Group").objects
    own = [permission(apps, f"{action}_{model}", model) for model in OWN for action in ACTIONS]
    beyond = [permission(apps, *each) for each in BEYOND]
    groups.get_or_create(name="Authors")[0].permissions.add(*own)
    groups.get_or_create(name="Editors")[0].permissions.add(*own, *beyond)


def permission(apps, codename, model):
    kinds = apps.get_model("contenttypes", "ContentType").objects
    kind, _ = kinds.get_or_create(app_label="characters", model=model)
    name = f"Can {codename.replace('_', ' ')}"
    found, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        codename=codename, content_type=kind, defaults={"name": name}
    )
    return found


class Migration(migrations.Migration):

    dependencies = [
        ("characters", "0006_owners"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
