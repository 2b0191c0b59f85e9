"""What the reference of another system, such as the national placement portal, tells is here already."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from samtall.activities import registry
from samtall.activities.kind import Field
from samtall.activities.models import Activity
from samtall.activities.queries import with_detail
from samtall.base.reading import tidy
from samtall.imports.cells import place_of
from samtall.imports.drafts import PlannedActivity
from samtall.imports.matching import in_batches
from samtall.imports.problems import Level
from samtall.imports.rows import Notes

AT_ONCE = 500
Reference = tuple[str, str, str]


def without_kept(
    planned: Sequence[PlannedActivity], notes: Notes
) -> tuple[list[PlannedActivity], list[PlannedActivity]]:
    """Separate those whose reference an activity in the books, or an earlier row, has: the same is never twice."""
    here = holders(planned)
    earlier: dict[Reference, int] = {}
    kept: list[PlannedActivity] = []
    left_out: list[PlannedActivity] = []
    for one in planned:
        row, found = one.rows[0], list(_references(one))
        holder = holder_of(one, here)
        firsts = [(field, reference, earlier.setdefault(reference, row)) for field, reference in found]
        again = next(((field, value, first) for field, (*_key, value), first in firsts if first != row), None)
        if holder is not None:
            one.joins = holder.pk
            text = _("“%(title)s” is in the books already: “%(other)s” has the same reference.")
            text %= {"title": one.title, "other": holder.title}
            notes.add("I7", Level.WARNING, row, "title", text, _("It is not recorded again."))
        elif again is not None:
            field, value, first = again
            text = _("%(field)s %(value)s stands in row %(row)d too.")
            text %= {"field": field.words, "value": value, "row": place_of(first)[1]}
            notes.add("I7", Level.WARNING, row, "title", text, _("It is taken in once."))
        (kept if holder is None and again is None else left_out).append(one)
    return kept, left_out


def holders(planned: Iterable[PlannedActivity]) -> dict[Reference, Activity]:
    """The activities in the books that have references of these, by the reference."""
    asked: dict[tuple[str, str], set[str]] = {}
    for one in planned:
        for _field, (kind, code, value) in _references(one):
            asked.setdefault((kind, code), set()).add(value)
    return {
        (kind, code, str(holder.details[code])): holder
        for (kind, code), values in asked.items()
        for some in in_batches(sorted(values), AT_ONCE)
        for holder in with_detail(kind, code, some)
    }


def holder_of(one: PlannedActivity, here: dict[Reference, Activity]) -> Activity | None:
    """The activity among `holders` that a planned one has a reference of."""
    return next((here[reference] for _field, reference in _references(one) if reference in here), None)


def _references(one: PlannedActivity) -> Iterator[tuple[Field, Reference]]:
    for field in registry.kind(one.kind).fields:
        if field.unique and one.details.get(field.code):
            yield field, (one.kind, field.code, tidy(str(one.details[field.code])))
