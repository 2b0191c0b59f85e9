"""What a reading link opens: a frozen edition to a depth, and the organisations behind its figures.

Everything is read at the edition's own position and day. Names are of organisations; nobody's name is shown, so those
that are one person, and names that were written without a number, stand without.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from samtall.figures import queries as figures
from samtall.figures.definitions import Definition, Sharing, Unit
from samtall.parties.legal_forms import PERSONS
from samtall.parties.models import Organisation
from samtall.publications import reading
from samtall.publications.models import Edition, ReadingLink
from samtall.publications.published import Figure, Published
from samtall.ui.paging import PAGE_SIZE


def opened(edition: Edition, depth: str) -> Published:
    """The edition as it was frozen, with exact numbers on people where the depth gives them."""
    published = Published.of(edition.frozen)
    if depth != ReadingLink.Depth.EXACT:
        return published
    told = [_exactly(one, published) if one["people"] else one for one in published.kept["figures"]]
    return Published({**published.kept, "figures": told})


def _exactly(figure: dict[str, Any], published: Published) -> dict[str, Any]:
    return figure | {"answers": reading.exact_answers(figure, position=published.position, on=published.on)}


@dataclass(frozen=True)
class Counted:
    """A page of the organisations behind a figure: each with its name or what stands instead, and if it counts."""

    figure: Figure
    page: Page[figures.Row]
    lines: Sequence[tuple[str, bool]]


def has_list(figure: Figure) -> bool:
    """Whether the organisations behind a figure are told: not of a figure on people, where it would tell of them."""
    return not figure.about_people


def organisations_behind(published: Published, figure: Figure, *, page: str) -> Counted:
    """Those that took part in what a figure counts; of a figure that counts organisations, exactly those (R23)."""
    definition = replace(Definition.from_dict(figure.definition), unit=Unit.ORGANISATIONS, sharing=Sharing.WHOLE)
    rows = figures.rows(definition, figure.period, position=published.position, on=published.on)
    shown = Paginator(rows, PAGE_SIZE).get_page(page)
    names = Organisation.objects.in_bulk([row.item for row in shown.object_list])
    lines = [(_name(names.get(row.item)), row.sure and row.identified) for row in shown.object_list]
    return Counted(figure, shown, lines)


def _name(organisation: Organisation | None) -> str:
    if organisation is None:
        return _("An organisation that is no longer known")
    if not organisation.number:
        return _("An organisation without a number, so its name is not shown")
    if organisation.form in PERSONS:
        return _("A business of one person, whose name is not shown")
    return organisation.name
