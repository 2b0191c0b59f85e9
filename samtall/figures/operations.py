"""Making figures and new versions of them; a version that stands is never changed (R18)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samtall.base.errors import Refusal
from samtall.base.text import Words
from samtall.figures.catalogue import STANDARD
from samtall.figures.definitions import Definition
from samtall.figures.files import FigureText
from samtall.figures.models import Figure, FigureVersion


class NameTaken(Refusal):
    """There is a figure of that name."""


class ChangedMeanwhile(Refusal):
    """There is a later version than the one that was begun from."""


def define(
    slug: str,
    *,
    name: Words,
    definition: Definition,
    by: str,
    at: datetime,
    reason: str = "",
    public: bool = True,
    ordering: int = 100,
    begun_from: int | None = None,
) -> FigureVersion:
    """Make a figure, or a new version of it; returns the latest version, unchanged when it already says the same.

    `begun_from` is the number of the version that the new one was made from; refused when there is a later one.
    """
    with transaction.atomic():
        Figure.objects.get_or_create(slug=slug, defaults={"public": public, "ordering": ordering})
        figure = Figure.objects.select_for_update().get(slug=slug)
        latest = figure.versions.order_by("number").last()
        if begun_from is not None and latest and latest.number != begun_from:
            raise ChangedMeanwhile(
                _("Somebody else made version %(number)s while you were choosing. Read it, and begin from it.")
                % {"number": latest.number}
            )
        data, words = definition.as_dict(), name.as_dict()
        if latest and latest.definition == data and latest.name == words:
            return latest
        return FigureVersion.objects.create(
            figure=figure,
            number=latest.number + 1 if latest else 1,
            definition=data,
            name=words,
            made_at=at,
            made_by=by,
            reason=reason,
        )


def make(
    slug: str, *, name: Words, definition: Definition, by: str, at: datetime, reason: str = "", public: bool = False
) -> FigureVersion:
    """Make a figure of one's own. Raises NameTaken where there is one of that name."""
    with transaction.atomic():
        _figure, new = Figure.objects.get_or_create(slug=slug, defaults={"public": public})
        if not new:
            raise NameTaken(_("There is a figure called “%(slug)s”. Choose another short name.") % {"slug": slug})
        return define(slug, name=name, definition=definition, by=by, at=at, reason=reason)


def load(figures: Iterable[FigureText], *, by: str, at: datetime) -> list[FigureVersion]:
    """Make the figures of a file, or new versions of those that say otherwise; all of them or none."""
    with transaction.atomic():
        return [
            define(
                one.slug,
                name=one.name,
                definition=one.definition,
                by=by,
                at=at,
                reason=one.reason,
                public=one.public,
            )
            for one in figures
        ]


def archive(figure: Figure, *, away: bool, by: str, at: datetime) -> Figure:
    """Put a figure away, so that it is no longer offered, or take it out again. It can be read all the same."""
    figure.archived_at, figure.archived_by = (at, by) if away else (None, "")
    figure.save(update_fields=["archived_at", "archived_by"])
    return figure


def ensure_catalogue(*, by: str, at: datetime) -> None:
    """Make the standard figures that are missing; figures that exist are left as they are."""
    existing = set(Figure.objects.values_list("slug", flat=True))
    for ordering, standard in enumerate(STANDARD):
        if standard.slug not in existing:
            define(
                standard.slug,
                name=standard.name,
                definition=standard.definition,
                by=by,
                at=at,
                public=standard.public,
                ordering=ordering,
            )
