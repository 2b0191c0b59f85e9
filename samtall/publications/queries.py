"""What can be asked of publications."""

from collections.abc import Iterable

from django.db.models import QuerySet

from samtall.programmes.models import Programme
from samtall.publications.models import Edition

_PUBLIC = (Edition.State.PUBLISHED, Edition.State.WITHDRAWN)


def published() -> QuerySet[Edition]:
    """Every edition that everybody may read, the latest first; withdrawn ones too, which say that they are."""
    editions = Edition.objects.filter(state__in=_PUBLIC).select_related("publication__programme__region")
    return editions.order_by("publication__slug", "-number")


def all_editions() -> QuerySet[Edition]:
    """Every edition, for those who compose, comment and approve."""
    editions = Edition.objects.select_related("publication__programme__region")
    return editions.order_by("publication__slug", "-number")


def newest_of(programmes: Iterable[Programme]) -> dict[int, list[Edition]]:
    """The newest edition of each publication of some programmes, by the programme's id; none that is withdrawn."""
    newest: dict[int, Edition] = {}
    editions = published().filter(publication__programme__in=programmes, state=Edition.State.PUBLISHED)
    for edition in editions.defer("frozen"):
        newest.setdefault(edition.publication_id, edition)
    found: dict[int, list[Edition]] = {}
    for edition in newest.values():
        found.setdefault(edition.publication.programme_id, []).append(edition)
    return found
