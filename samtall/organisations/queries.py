"""What can be asked of organisations and of what they have done."""

from django.db.models import QuerySet

from samtall.accounts.policy import Visitor, may
from samtall.activities import queries as activities
from samtall.activities.models import Activity
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
    """The activities that an organisation takes part in and a user may see, newest first."""
    taking_part = Activity.objects.filter(participations__organisation=organisation).values("pk")
    return activities.visible_to(user).filter(pk__in=taking_part)


def people_of(organisation: Organisation, user: Visitor) -> QuerySet[Person]:
    """The people of an organisation, for those who may see people; else none."""
    people = Person.objects.filter(organisation=organisation).order_by("search_name", "pk")
    return people if may(user, "people.read") else people.none()
