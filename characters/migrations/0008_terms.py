from django.db import migrations

from characters.terms import terms_of

AT_ONCE = 500  # characters


def index(apps, editor):
    database = editor.connection.alias
    terms = apps.get_model("characters", "SearchTerm")
    characters = apps.get_model("characters", "Character").objects.using(database).order_by("pk")
    rows = characters.values_list("pk", "tags", "name", "nickname", "tagline", "creator")
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        terms.objects.using(database).bulk_create(
            terms(term=term, character_id=pk)
            for pk, tags, *texts in batch
            for term in terms_of(*texts, *map(str, tags))
        )
        last = batch[-1][0]


def forget(apps, editor):
    apps.get_model("characters", "SearchTerm").objects.using(editor.connection.alias).all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ("characters", "0007_groups"),
    ]

    operations = [migrations.RunPython(index, forget)]
