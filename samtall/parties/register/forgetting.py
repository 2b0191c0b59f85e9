"""Erasing what the register said of units that it has taken back (docs/adr/0011)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from samtall.base.erasing import empty_the_log
from samtall.parties.models import Establishment, Organisation, RemovedUnit
from samtall.parties.numbers import format_number


def forget(numbers: Iterable[str], on: date) -> int:
    """Erase all that the register said of units, for good; how many were here. Inside the caller's transaction.

    What nothing of ours refers to goes whole. Else a bare number remains, so that what was counted stays counted.
    """
    numbers = list(numbers)
    RemovedUnit.objects.bulk_create([RemovedUnit(number=number, on=on) for number in numbers], ignore_conflicts=True)
    sites = list(Establishment.objects.filter(number__in=numbers))
    owners = {site.organisation_id for site in sites}
    units = [*sites, *_organisations(number__in=numbers)]
    for unit in units:
        _forget(unit)
    for owner in _organisations(pk__in=owners, number__in=RemovedUnit.objects.values("number")):
        _forget(owner)  # it stayed for the sake of its work site
    if units:
        transaction.on_commit(empty_the_log)
    return len(units)


def _organisations(**which: Any) -> Any:
    return Organisation.objects.filter(country="NO", register="brreg", **which)


def _forget(unit: Any) -> None:
    if not _referred_to(unit):
        unit.delete()
        return
    unit.attributes.all().delete()
    unit.name, unit.form, unit.closed_on = format_number(unit.number), "", None
    unit.save()


def _referred_to(unit: Any) -> bool:
    """Whether anything but its own attributes refers to a unit."""
    links = [
        link for link in unit._meta.get_fields(include_hidden=True) if link.one_to_many and link.name != "attributes"
    ]
    return any(link.related_model._base_manager.filter(**{link.field.name: unit}).exists() for link in links)
