"""What can be asked of programmes."""

from django.db.models import QuerySet

from samtall.base.text import Words
from samtall.places.models import Region
from samtall.programmes.models import Programme, Target


def programmes() -> QuerySet[Programme]:
    """Every programme, the latest first."""
    return Programme.objects.select_related("region").order_by("-starts", "slug")


def names() -> dict[str, Words]:
    """What each programme is called, by its short name, the latest first."""
    return {slug: Words.from_dict(name) for slug, name in programmes().values_list("slug", "name")}


def targets_of(programme: Programme) -> QuerySet[Target]:
    """A programme's targets in their order, with the versions of the figures that measure them."""
    return programme.targets.select_related("figure__figure", "beside__figure").order_by("ordering", "pk")


def name_of(region: Region) -> Words:
    """A region's name in the three languages."""
    return Words(region.name_nb, region.name_nn, region.name_en)
