"""What can be asked of places. Codes are four-digit text; a validity ends the day before `valid_to`."""

from datetime import date

from django.db.models import F, Q, QuerySet

from samtall.base.text import search_key
from samtall.places.gazetteer import Gazetteer, is_code
from samtall.places.models import Municipality, MunicipalityName, Region, Transfer


def _valid_on(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def municipality_named(text: str, on: date) -> Municipality | None:
    """The one municipality with this code or name on that day.

    "Bø" finds "Bø (Telemark)", and either half of "Harstad - Hárstták" will do. None when no municipality, or more
    than one, is meant.
    """
    names = MunicipalityName.objects.filter(_valid_on(on)).select_related("municipality")
    code = search_key(text)
    return Gazetteer(names.filter(code=code) if is_code(code) else names).named(text, on)


def code_on(municipality: Municipality, day: date) -> str:
    """The municipality's code on a day; "" when it had none."""
    return municipality.names.filter(_valid_on(day)).values_list("code", flat=True).first() or ""


def name_of_code(code: str) -> str:
    """The latest name that a code stood for; "" when the code is unknown."""
    return (
        MunicipalityName.objects.filter(code=code).order_by("-valid_from").values_list("name", flat=True).first() or ""
    )


def names_of_codes() -> dict[str, str]:
    """The latest name of every known code, for pages that show many."""
    return dict(MunicipalityName.objects.order_by("valid_from").values_list("code", "name"))


def regions() -> QuerySet[Region]:
    return Region.objects.order_by("slug")


def codes_of(region: Region | str) -> frozenset[str]:
    """Every code that a region's members have had while they were members (R11); a region or its slug."""
    slug = region if isinstance(region, str) else region.slug
    names = MunicipalityName.objects.filter(municipality__regionmember__region__slug=slug).filter(
        Q(municipality__regionmember__since__isnull=True)
        | Q(valid_to__isnull=True)
        | Q(valid_to__gt=F("municipality__regionmember__since")),
        Q(municipality__regionmember__until__isnull=True) | Q(valid_from__lt=F("municipality__regionmember__until")),
    )
    return frozenset(names.values_list("code", flat=True))


def current_code(code: str, on: date) -> str:
    """The code that stands on a day for what this code stood for, through renumbering and whole transfers (R11).

    A municipality that was split up leads nowhere as a whole: the answer is then its last code. An unknown code is
    answered with itself.
    """
    name = MunicipalityName.objects.filter(code=code).order_by("valid_from").last()
    if name is None:
        return code
    municipality = name.municipality
    while not (standing := code_on(municipality, on)):
        onward = Transfer.objects.filter(origin=municipality, extent=Transfer.Extent.WHOLE, on__lte=on).first()
        if onward is None:
            last = municipality.names.filter(valid_from__lte=on).order_by("valid_from").last()
            return last.code if last else code
        municipality = onward.target
    return standing
