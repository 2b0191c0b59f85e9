"""Goals were paragraphs of a programme; they become goals, in the same order."""

from typing import Any

from django.db import migrations


def become_goals(apps: Any, editor: Any) -> None:  # noqa: ARG001
    paragraphs = apps.get_model("programmes", "Paragraph").objects
    goals = apps.get_model("programmes", "Goal").objects
    for sort in ("project", "effect"):
        for paragraph in paragraphs.filter(part=f"{sort}_goal").order_by("programme", "ordering"):
            goals.create(
                programme_id=paragraph.programme_id,
                slug=f"{sort}-{paragraph.ordering + 1}",
                sort=sort,
                ordering=paragraph.ordering + (100 if sort == "effect" else 0),
                text=paragraph.text,
            )
            paragraph.delete()


class Migration(migrations.Migration):
    dependencies = [("programmes", "0002_goals")]

    operations = [migrations.RunPython(become_goals, migrations.RunPython.noop)]
