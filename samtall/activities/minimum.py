"""Tests of minimum content (R6, R21) that several kinds share."""

from collections.abc import Sequence

from samtall.activities.kind import Shortfall
from samtall.activities.models import Activity, Participation
from samtall.base.text import Words

LEFT = (Participation.Outcome.DROPPED_OUT, Participation.Outcome.NO_SHOW)


def all_students_left(
    activity: Activity,  # noqa: ARG001 (the shortfall of every kind is asked for like this)
    participations: Sequence[Participation],
) -> Shortfall | None:
    """A shortfall when students were recorded and every one of them has left; none when none were recorded."""
    students = [one for one in participations if one.role == "student"]
    if students and all(student.outcome in LEFT for student in students):
        return Shortfall(
            Words(
                nb="Alle studentene har sluttet, så det er ikke lenger et studentsamarbeid.",
                nn="Alle studentane har slutta, så det er ikkje lenger eit studentsamarbeid.",
                en="All the students have left, so it is no longer a student collaboration.",
            )
        )
    return None
