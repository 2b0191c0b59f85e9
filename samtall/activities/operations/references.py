"""References that two activities of a kind never share, such as a placement's number in the national portal."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from samtall.activities import registry
from samtall.activities.kind import Field
from samtall.activities.models import Activity
from samtall.activities.queries import with_detail
from samtall.activities.refusals import Invalid


def refuse_repeated(activities: Sequence[Activity]) -> None:
    """Raise Invalid when one of these has a reference that another one has; what is withdrawn has let go of its own.

    One query for each such field of a kind, however many the activities.
    """
    for kind, field, given in _references(activities):
        values = [value for _activity, value in given]
        holders = {one.details[field.code]: one for one in with_detail(kind, field.code, values)}
        for activity, value in given:
            holder = holders.setdefault(value, activity)
            if holder is not activity and (holder.pk is None or holder.pk != activity.pk):
                said = {"field": field.words, "value": value, "title": holder.title}
                raise Invalid({field.code: _("%(field)s %(value)s is here already: “%(title)s”.") % said})


def _references(activities: Sequence[Activity]) -> Iterator[tuple[str, Field, list[tuple[Activity, Any]]]]:
    """For each unique field of each kind among these: the activities that have something in it, and what."""
    for code in dict.fromkeys(one.kind for one in activities):
        for field in registry.kind(code).fields:
            given = [
                (one, one.details[field.code]) for one in activities if one.kind == code and field.code in one.details
            ]
            if field.unique and given:
                yield code, field, given
