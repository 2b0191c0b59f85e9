"""Work in the background: looking for who may be another, a step at a time."""

from collections.abc import Iterable
from datetime import datetime

from samtall.activities.models import Participation
from samtall.activities.queries import organisations_taking_part
from samtall.identities.models import Lookout
from samtall.identities.suspecting import suspect, suspect_duplicates
from samtall.parties.models import Organisation
from samtall.parties.queries import register_age

#: How many participations a step goes through.
AT_ONCE = 200


def look_for_suspicions(at: datetime) -> bool:
    """Look at the organisations of the next participations; gives whether there may be more.

    When the register has been read anew, everybody is looked at again. Looking holds up nobody who writes, and two who
    look at the same find the same.
    """
    lookout, _new = Lookout.objects.get_or_create(pk=1)
    register = _register()
    begun = lookout.participation if lookout.register == register else 0
    found = Participation.objects.filter(pk__gt=begun, organisation__isnull=False).order_by("pk")
    parts = list(found.values_list("pk", "organisation_id")[:AT_ONCE])
    if parts:
        everyone = Organisation.objects.filter(pk__in={pk for _part, pk in parts})
        look_again(everyone.select_related("same_as"), at=at)
        begun = parts[-1][0]
    if (lookout.participation, lookout.register) != (begun, register):
        as_it_was = Lookout.objects.filter(participation=lookout.participation, register=lookout.register)
        as_it_was.update(participation=begun, register=register)
    return len(parts) == AT_ONCE


def look_again(organisations: Iterable[Organisation], *, at: datetime) -> None:
    """Find anew who these may be, whether they have a number or not."""
    organisations = {one.same_as_id or one.pk: one.same_as or one for one in organisations}.values()
    suspect([one for one in organisations if not one.identified], at=at)
    suspect_duplicates([one for one in organisations if one.identified], taking_part=_taking_part, at=at)


def start_over() -> None:
    """Let the next step begin with the first participation."""
    Lookout.objects.update(participation=0)


def _taking_part(organisations: Iterable[int]) -> set[int]:
    """Also by a name that is found to be theirs."""
    wanted, parts = set(organisations), organisations_taking_part()
    by_name = parts.filter(organisation__same_as__in=wanted).values_list("organisation__same_as", flat=True)
    return {*parts.filter(organisation__in=wanted), *by_name}


def _register() -> str:
    """What changes when the register is read anew, at most once a day."""
    return " ".join(f"{age.kind} {age.read_on}" for age in register_age())
