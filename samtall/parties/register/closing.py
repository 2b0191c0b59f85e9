"""Closing the units that a complete extract lacks."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from samtall.parties.models import Establishment, EstablishmentAttributes, Organisation, OrganisationAttributes
from samtall.parties.register.columns import Kind
from samtall.parties.register.turns import Turns

#: Units looked at by one question, so that none takes long.
_AT_ONCE = 20_000
#: More missing units than a few, and than a tenth of its rows: such an extract is not the whole register.
_FEW, _MOST_MISSING = 100, 0.1


def close_missing(kind: Kind, day: date, rows: int) -> int | None:
    """Close the units that no register has told of since a day's complete extract, which has so many rows; how many.

    None when so many are missing that the extract cannot have been complete: then none is closed. What only we know
    of, such as a made-up organisation or a bare number, is left alone.
    """
    missing: list[int] = []
    units = _units(kind)
    for some in _in_parts(units):
        missing += some.filter(_never_seen_since(kind, day), Q(closed_on=None) | Q(closed_on__gt=day)).values_list(
            "pk", flat=True
        )
    if len(missing) > max(_FEW, rows * _MOST_MISSING):
        return None
    turns = Turns()
    for pks in turns.of(iter(missing)):
        turns.take(partial(units.filter(pk__in=pks).update, closed_on=day))
    return len(missing)


def _units(kind: Kind) -> Any:
    """The units of a kind that a register has told of."""
    if kind is Kind.UNDERENHETER:
        return Establishment.objects.filter(
            Exists(EstablishmentAttributes.objects.filter(establishment=OuterRef("pk")))
        )
    told = Exists(OrganisationAttributes.objects.filter(organisation=OuterRef("pk")))
    return Organisation.objects.filter(told, country="NO", register="brreg", demonstration=False).exclude(number="")


def _never_seen_since(kind: Kind, day: date) -> Any:
    attributes: Any = EstablishmentAttributes if kind is Kind.UNDERENHETER else OrganisationAttributes
    unit = "establishment" if kind is Kind.UNDERENHETER else "organisation"
    seen = attributes.objects.filter(**{unit: OuterRef("pk")}).annotate(
        last=Coalesce(F("confirmed_on"), F("valid_from"))
    )
    return ~Exists(seen.filter(last__gte=day))


def _in_parts(units: Any) -> Iterator[Any]:
    last = 0
    while pks := list(units.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_AT_ONCE]):
        yield units.filter(pk__gt=last, pk__lte=pks[-1])
        last = pks[-1]
