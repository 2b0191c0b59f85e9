"""What can be asked of places. Codes are four-digit text; a validity ends the day before `valid_to`."""

from collections.abc import Iterable
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


def names_of_codes(codes: Iterable[str] | None = None) -> dict[str, str]:
    """The latest name of every known code, or of some, for pages that show many."""
    names = MunicipalityName.objects.order_by("valid_from")
    if codes is not None:
        names = names.filter(code__in=list(codes))
    return dict(names.values_list("code", "name"))


def regions() -> QuerySet[Region]:
    return Region.objects.order_by("slug")


def members_of(region: Region) -> list[MunicipalityName]:
    """The latest code and name of each municipality of a region, by name."""
    names = MunicipalityName.objects.filter(municipality__regionmember__region=region).order_by("valid_from")
    return sorted({one.municipality_id: one for one in names}.values(), key=lambda one: (one.name, one.code))


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


def codes_within(region: Region, first: date, last: date) -> list[str]:
    """The codes of a region's members that stood at some time between two days, in order (R11)."""
    names = MunicipalityName.objects.filter(code__in=codes_of(region), valid_from__lte=last)
    return sorted(set(names.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=first)).values_list("code", flat=True)))


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


def codes_meant(text: str) -> list[str]:
    """The codes that somebody means who writes a municipality: a number alone stands for itself.

    A name stands for all the codes that the municipality has had, and those of what wholly became part of it (R11).
    Empty when no municipality, or more than one, is meant.
    """
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    if is_code(first):
        return [first] if MunicipalityName.objects.filter(code=first).exists() else []
    names = MunicipalityName.objects.filter(municipality__in=_named(text))
    return sorted(set(names.values_list("code", flat=True)))


def municipalities_meant(text: str) -> set[int]:
    """The municipalities that somebody means, through all their numbers: a number stands for one, a name as above."""
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    if not is_code(first):
        return _named(text)
    return set(MunicipalityName.objects.filter(code=first).values_list("municipality", flat=True))


def _named(text: str) -> set[int]:
    """The one municipality of a name, and those that wholly became part of it."""
    found = Gazetteer.whole().ever_named(text)
    if len(found) != 1:
        return set()
    members, new = set(found), set(found)
    while new:
        whole = Transfer.objects.filter(target__in=new, extent=Transfer.Extent.WHOLE)
        new = set(whole.values_list("origin", flat=True)) - members
        members |= new
    return members
