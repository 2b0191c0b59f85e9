"""What was decided of rows that resemble an activity in the books or another row, or the question about it (R10)."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samtall.activities.registry import kinds
from samtall.imports.cells import place_of
from samtall.imports.drafts import PlannedActivity, name_of_party
from samtall.imports.overlaps import Likely, likely_in_books, likely_in_file, merge, roles_of_schools
from samtall.imports.problems import Level
from samtall.imports.rows import Notes

#: The answer for all that nobody has answered one by one.
ALL = 0


@dataclass(frozen=True)
class Overlap:
    """A planned activity that resembles another, and nobody has answered for it."""

    planned: PlannedActivity
    likely: Likely

    def to_plain(self) -> dict[str, Any]:
        one = self.planned
        return {
            "planned": {
                **{name: getattr(one, name) for name in ("title", "starts", "ends")},
                "names": [name_of_party(part) for part in one.parts if part.organisation],
                "evidence": [proof["description"] for proof in one.evidence],
            },
            "likely": {**vars(self.likely), "starts": self.likely.starts.isoformat()},
        }


def settled(
    planned: Sequence[PlannedActivity],
    notes: Notes,
    decisions: Mapping[int, Mapping[str, Any]],
    *,
    except_rows: Set[int],
) -> tuple[list[PlannedActivity], list[Overlap]]:
    """The activities as decided: joined to one in the books, to an earlier row, or kept beside it; else asked about.

    A decision is {"join": True} or {"keep": reason}.
    """
    schools = roles_of_schools(kinds())
    in_books, in_file = likely_in_books(planned, schools), likely_in_file(planned, schools)
    by_row = {one.rows[0]: one for one in planned}
    kept: list[PlannedActivity] = []
    open_: list[Overlap] = []
    for one in planned:
        row = one.rows[0]
        likely = in_books.get(row) or in_file.get(row)
        decision = decisions.get(row) or decisions.get(ALL)
        if likely is None or row in except_rows:
            kept.append(one)
        elif decision is None:
            notes.add("R10", Level.QUESTION, row, "title", _resembles(one, likely), _("Compare them, and choose."))
            kept.append(one)
            open_.append(Overlap(one, likely))
        elif "keep" in decision:
            advice = _("Both count: %(reason)s") % {"reason": decision["keep"]}
            notes.add("R10", Level.WARNING, row, "title", _resembles(one, likely), advice)
            one.apart = {"activity": likely.activity or None, "reason": decision["keep"]}
            kept.append(one)
        elif likely.activity:
            one.joins = likely.activity
            notes.add("R10", Level.WARNING, row, "title", _resembles(one, likely), _("What is new is added to it."))
            kept.append(one)
        else:
            merge(by_row[likely.row], one)
            by_row[row] = by_row[likely.row]
            notes.add("R10", Level.WARNING, row, "title", _resembles(one, likely), _("They are taken for one."))
    return kept, open_


def _resembles(one: PlannedActivity, likely: Likely) -> str:
    said = {"title": one.title, "other": likely.title, "day": f"{likely.starts:%d.%m.%Y}"}
    if likely.activity:
        return _("“%(title)s” resembles “%(other)s” from %(day)s, which is here already.") % said
    said["row"] = str(place_of(likely.row)[1])
    return _("“%(title)s” resembles “%(other)s” in row %(row)s.") % said
