"""Making figures and new versions of them; a version that stands is never changed (R18)."""

from datetime import datetime

from django.db import transaction

from samtall.base.text import Words
from samtall.figures.catalogue import STANDARD
from samtall.figures.definitions import Definition
from samtall.figures.models import Figure, FigureVersion


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
) -> FigureVersion:
    """Make a figure, or a new version of it; returns the latest version, unchanged when it already says the same."""
    with transaction.atomic():
        figure, _ = Figure.objects.get_or_create(slug=slug, defaults={"public": public, "ordering": ordering})
        latest = figure.versions.order_by("number").last()
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
