"""What can be asked of publications."""

from django.db.models import QuerySet

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
