"""What can be asked of organisations and of what they have done."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from samtall.accounts.policy import Scope, Visitor, scope
from samtall.activities import queries as activities
from samtall.activities.finding import search
from samtall.activities.models import Activity
from samtall.base.text import search_key
from samtall.identities.queries import everyone_counted_as
from samtall.parties.matching import suggest
from samtall.parties.models import Establishment, Organisation, Person
from samtall.parties.queries import organisation_by_number
from samtall.ui.paging import PAGE_SIZE

#: How many are found at most when somebody searches.
MOST_FOUND = 50
NUMBER_LENGTH = 9


def organisation_at(key: str) -> Organisation | None:
    """The organisation that an address means: by Norwegian number, by our own id, or by a foreign number."""
    if known := organisation_by_number(key):
        return known
    if key.isascii() and key.isdigit() and len(key) < 18 and (known := Organisation.objects.filter(pk=key).first()):
        return known
    foreign = list(Organisation.objects.filter(number=key).exclude(country="NO")[:2]) if key else []
    return foreign[0] if len(foreign) == 1 else None


def key_of(organisation: Organisation) -> str:
    """How an organisation is named in its address: by its Norwegian number, else by our own id."""
    norwegian = organisation.country == "NO" and organisation.number
    return organisation.number if norwegian else str(organisation.pk)


def within(reach: Scope, user: Visitor) -> QuerySet[Organisation]:
    """The organisations that a permission reaches: all; or one's own, and whom they do something with."""
    if reach.everything:
        return Organisation.objects.all()
    seen = activities.visible_to(user).order_by()
    together = Organisation.objects.filter(participations__activity__in=seen)
    counted = together.exclude(same_as=None).values("same_as")
    ours = Q(pk__in=reach.organisations) | Q(same_as__in=reach.organisations)
    return Organisation.objects.filter(ours | Q(pk__in=together.values("pk")) | Q(pk__in=counted))


def activities_of(organisation: Organisation, user: Visitor) -> QuerySet[Activity]:
    """The activities that an organisation takes part in, also by another name, and a user may see; newest first."""
    everyone = everyone_counted_as(organisation).values_list("pk", flat=True)
    return activities.visible_to(user).filter(pk__in=activities.activities_with(everyone).values("pk"))


def people_of(organisation: Organisation, user: Visitor) -> QuerySet[Person]:
    """The people of an organisation, for those who may see people; else none."""
    people = Person.objects.filter(organisation=organisation).order_by("search_name", "pk")
    return people if scope(user, "people.read").covers(organisation) else people.none()


def taking_part(among: QuerySet[Organisation], text: str = "") -> QuerySet[Organisation]:
    """Those among some that take part in something, as they are counted; with a text in a name they go by.

    What is misspelt is found too, and nothing is looked for among the many that take part in nothing.
    """
    written = among.filter(pk__in=activities.organisations_taking_part())
    counted: Any = written.annotate(unit=Coalesce("same_as", "pk")).values("unit")
    if words := search_key(text).split():
        likely = {one.organisation for one in suggest(text, most=MOST_FOUND)}
        named = written.values_list(
            Coalesce("same_as", "pk"), "search_name", "number", "same_as__search_name", "same_as__number"
        )
        counted = {unit for unit, *names in named if unit in likely or _goes_by(names, words)}
    return Organisation.objects.filter(pk__in=counted).order_by("search_name", "pk")


def _goes_by(names: Iterable[str | None], words: Iterable[str]) -> bool:
    known = [name for name in names if name]
    return all(any(word in name for name in known) for word in words)


def in_register(text: str) -> list[Organisation]:
    """The organisations that a text may mean, best first: by the beginning of a number, or by a name, also misspelt.

    At most MOST_FOUND, and never by reading through them all.
    """
    digits = "".join(text.split())
    if digits.isascii() and digits.isdigit() and len(digits) < NUMBER_LENGTH:
        return list(_numbered_from(digits))
    found = (one.organisation if isinstance(one, Establishment) else one for one in search(text, most=MOST_FOUND))
    return list({one.pk: one for one in found}.values())


def _numbered_from(digits: str) -> QuerySet[Organisation]:
    """Norwegian ones whose number begins so, from the index of numbers."""
    begun = Organisation.objects.filter(number__gte=digits, number__lt=f"{digits}:").exclude(number="")
    return begun.filter(country="NO", register="brreg").order_by("number")[:MOST_FOUND]


def by_name_after(last: Organisation | None) -> list[Organisation]:
    """The next of all organisations in the order of their names, from the index of names."""
    everyone = Organisation.objects.order_by("search_name", "pk")
    if last is not None:
        same_name_before = Q(search_name=last.search_name, pk__lte=last.pk)
        everyone = everyone.filter(search_name__gte=last.search_name).exclude(same_name_before)
    return list(everyone[:PAGE_SIZE])
