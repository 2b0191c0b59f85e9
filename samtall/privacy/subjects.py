"""Who somebody is, in all that we keep: found by an address, a user or a person."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.apps import apps
from django.db.models import Q

from samtall.accounts.models import User
from samtall.base.personal import Address, Subject, declared
from samtall.base.text import search_key
from samtall.parties.models import Person


def of_address(email: str) -> Subject:
    """Everything under an address. Where people of different names share it, none of them is meant."""
    return _gathered(emails={email.strip().lower()})


def of_user(user: User) -> Subject:
    """A user, under the address that they have shown to be theirs."""
    return _gathered(emails={user.email.lower()}, people={user.person_id} if user.person_id else set())


def of_person(person: Person) -> Subject:
    """A person in the books, with what is under their address if nobody else has it."""
    shared = person.email and len(_names_at(person.email)) > 1
    return _gathered(emails=set() if shared else {person.email.lower()} - {""}, people={person.pk})


def of_person_only(person: Person) -> Subject:
    """A person in the books and nothing more: not what is kept for other reasons under the same address."""
    people = Person.objects.filter(pk=person.pk)
    return Subject(names=_full([person.name]), people=frozenset({person.pk}), keys=_keys(people))


def gathered(emails: Iterable[str], users: Iterable[int], keys: Iterable[int]) -> Subject:
    """Somebody by all of these at once."""
    people = Person.objects.filter(key__in=list(keys)).values_list("pk", flat=True)
    return _gathered(emails=set(emails), users=set(users), people=set(people), keys=set(keys))


def addresses() -> list[Address]:
    """Every place where an address stands."""
    return [address for processing in declared() for address in processing.emails]


def _gathered(
    *,
    emails: set[str],
    users: set[int] | None = None,
    people: set[int] | None = None,
    keys: set[int] | None = None,
) -> Subject:
    found_users = list(User.objects.filter(Q(pk__in=users or ()) | _same("email", emails)).select_related("person"))
    meant = (people or set()) | {user.person_id for user in found_users if user.person_id}
    found_people = list(Person.objects.filter(pk__in=meant))
    for email in emails:
        if len(_names_at(email)) == 1:
            found_people += Person.objects.filter(email__iexact=email).exclude(pk__in=meant)
    names = [user.name for user in found_users] + [one.name for one in found_people] + _names_beside(emails)
    own_users, own_people = {one.pk for one in found_users}, {one.pk for one in found_people}
    full = _full(names)
    shared = frozenset(name for name in full if _has_another(name, own_users, own_people))
    return Subject(
        emails=frozenset(emails),
        names=full - shared,
        shared_names=shared,
        users=frozenset(own_users),
        people=frozenset(own_people),
        keys=frozenset((keys or set()) | {one.key for one in found_people}),
    )


def _names_at(email: str) -> set[str]:
    people = Person.objects.filter(email__iexact=email).values_list("search_name", flat=True)
    return set(people) if email else set()


def _names_beside(emails: set[str]) -> list[str]:
    """The names that stand beside these addresses, wherever they stand."""
    names: list[str] = []
    for address in addresses():
        if address.name and address.model != "parties.Person":
            rows = apps.get_model(address.model)._base_manager.filter(_same(address.field, emails))
            names += rows.values_list(address.name, flat=True)
    return names


def _full(names: Iterable[str]) -> frozenset[str]:
    """Names of several words: one alone is too many people's to be looked for in text."""
    return frozenset(" ".join(name.split()) for name in names if len(name.split()) > 1)


def _has_another(name: str, users: set[int], people: set[int]) -> bool:
    key = search_key(name)
    if Person.objects.filter(search_name=key).exclude(pk__in=people).exists():
        return True
    return User.objects.filter(name__iexact=name, erased_at=None).exclude(pk__in=users).exists()


def _keys(people: Iterable[Person]) -> frozenset[int]:
    return frozenset(one.key for one in people)


def _same(field: str, emails: set[str]) -> Q:
    return reduce(or_, (Q(**{f"{field}__iexact": email}) for email in emails), Q(pk__in=[]))
