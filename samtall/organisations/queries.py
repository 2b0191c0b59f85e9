"""What can be asked of organisations and of what they have done."""

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from samtall.accounts.policy import Visitor, may
from samtall.activities import queries as activities
from samtall.activities.models import Activity
from samtall.base.text import search_key
from samtall.identities.queries import everyone_counted_as
from samtall.parties.models import Organisation, Person
from samtall.parties.queries import organisation_by_number


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


def activities_of(organisation: Organisation, user: Visitor) -> QuerySet[Activity]:
    """The activities that an organisation takes part in, also by another name, and a user may see; newest first."""
    everyone = everyone_counted_as(organisation).values_list("pk", flat=True)
    return activities.visible_to(user).filter(pk__in=activities.activities_with(everyone).values("pk"))


def people_of(organisation: Organisation, user: Visitor) -> QuerySet[Person]:
    """The people of an organisation, for those who may see people; else none."""
    people = Person.objects.filter(organisation=organisation).order_by("search_name", "pk")
    return people if may(user, "people.read") else people.none()


def taking_part(text: str = "") -> QuerySet[Organisation]:
    """The organisations that take part in something, as they are counted; with a text in a name they go by."""
    written = Organisation.objects.filter(pk__in=activities.organisations_taking_part())
    for word in search_key(text).split():
        named = Q(search_name__contains=word) | Q(same_as__search_name__contains=word)
        written = written.filter(named | Q(number__startswith=word) | Q(same_as__number__startswith=word))
    counted = written.annotate(unit=Coalesce("same_as", "pk")).values("unit")
    return Organisation.objects.filter(pk__in=counted).order_by("search_name", "pk")
