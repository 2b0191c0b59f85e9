"""Exact counts of people that could be held against another number for the same people (R20).

Where small counts are hidden the others are exact. The same figure told once more, rounded or of a period that shares
days with it, would then show what is hidden, or the few by which the two differ. So it is told in one way only.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from samtall.base.periods import Calendar
from samtall.figures.definitions import Definition, Unit
from samtall.figures.models import Figure
from samtall.publications.models import Edition
from samtall.publications.published import Said
from samtall.publications.reading import period_of
from samtall.publications.refusals import ToldElsewhere


def refuse_told_elsewhere(edition: Edition) -> None:
    """Raises ToldElsewhere for a frozen edition that could be held against another, itself, or a figure's own page."""
    document = json.loads(edition.frozen)
    mine = list(_of_people(document))
    hidden = document["protection"] == Edition.Protection.HIDDEN
    if hidden and (rounded := _open_to_all(mine)):
        raise ToldElsewhere(
            _("Everybody can read “%(figure)s” rounded on its own page, so small counts cannot be hidden here.")
            % {"figure": rounded}
            + _round()
        )
    others = [(document, one) for one in mine]
    if mine:
        frozen = Edition.objects.exclude(frozen="").exclude(pk=edition.pk).values_list("frozen", flat=True)
        others += [(one, figure) for one in map(json.loads, frozen) for figure in _of_people(one)]
    for figure in mine:
        for other, told in others:
            either = hidden or other["protection"] == Edition.Protection.HIDDEN
            if either and _can_be_compared((document, figure), (other, told)):
                said = {"figure": Said(figure["name"]), "edition": f"{Said(other['title'])}, {told['period'][2]}"}
                raise ToldElsewhere(
                    _(
                        "“%(figure)s” is told in “%(edition)s” too, of days that it shares with this one. With small "
                        "counts hidden in one of them, the two would show single people."
                    )
                    % said
                    + _round()
                )


def _round() -> str:
    return " " + _("Round the numbers, choose other days, or take the figure out.")


def _of_people(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return (one for one in document["figures"] if one["definition"]["unit"] == Unit.PEOPLE)


def _open_to_all(figures: list[Mapping[str, Any]]) -> str:
    public = set(Figure.objects.filter(public=True).values_list("slug", flat=True))
    return next((str(Said(one["name"])) for one in figures if one["slug"] in public), "")


Told = tuple[Mapping[str, Any], Mapping[str, Any]]


def _can_be_compared(one: Told, other: Told) -> bool:
    """Whether both count the same on shared days. Of one period in one publication they are protected together."""
    if _counted(one[1]) != _counted(other[1]):
        return False
    mine, theirs = period_of(one[1]), period_of(other[1])
    if mine.last < theirs.first or theirs.last < mine.first:
        return False
    return _same(one) != _same(other)


def _same(told: Told) -> tuple[Any, ...]:
    document, figure = told
    return (document["publication"], document["protection"], figure["slug"], figure["version"], figure["period"][:2])


def _counted(figure: Mapping[str, Any]) -> Definition:
    return replace(Definition.from_dict(figure["definition"]), calendar=Calendar.YEAR)
