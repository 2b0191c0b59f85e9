"""What can be asked about who is who."""

from collections.abc import Iterable

from django.db.models import QuerySet

from samtall.base.text import search_key
from samtall.identities.models import Decision, Distinction, Identification, Suspicion, WrittenName
from samtall.parties.models import Organisation


def written_before(names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Organisation]:
    """The organisations that stand for (name, municipality) pairs as somebody wrote them before, whatever the capitals.

    A constant number of queries for any number of names.
    """
    wanted = {(search_key(name), municipality): (name, municipality) for name, municipality in names}
    keys = sorted({key for key, _municipality in wanted})
    found: dict[tuple[str, str], Organisation] = {}
    for start in range(0, len(keys), 500):
        rows = WrittenName.objects.filter(key__in=keys[start : start + 500])
        for row in rows.select_related("organisation__same_as", "organisation__same_site"):
            if asked := wanted.get((row.key, row.municipality)):
                found[asked] = row.organisation
    return found


def standing_identification(organisation: Organisation) -> Identification | None:
    """What stands about who an organisation is, if anything."""
    standing = organisation.identifications.filter(withdrawn_at__isnull=True)
    return standing.select_related("organisation", "establishment").first()


def everyone_counted_as(organisation: Organisation) -> QuerySet[Organisation]:
    """The organisation itself with its duplicates and the names it was written as."""
    return Organisation.objects.filter(pk=organisation.pk) | Organisation.objects.filter(same_as=organisation)


def identifications() -> QuerySet[Identification]:
    """Everything that was ever said of who is who, newest first."""
    return Identification.objects.select_related("subject", "organisation", "establishment").order_by("-at", "-pk")


def distinctions() -> QuerySet[Distinction]:
    """Everything that was ever said of who is not the same, newest first."""
    return Distinction.objects.select_related("first", "second").order_by("-at", "-pk")


def also_written_as(organisation: Organisation) -> QuerySet[Identification]:
    """What stands of the names and duplicates that are found to be an organisation, also by way of one another."""
    standing = identifications().filter(withdrawn_at__isnull=True, subject__same_as=organisation)
    return standing.order_by("subject__search_name", "pk")


def undecided(organisations: Iterable[int]) -> QuerySet[Organisation]:
    """Those of these organisations (ids) that have no number and that nobody has said anything standing of."""
    decided = Identification.objects.filter(withdrawn_at__isnull=True).values("subject")
    return Organisation.objects.filter(pk__in=organisations, number="").exclude(pk__in=decided)


def are_distinct(one: int, other: int) -> bool:
    """Whether somebody has said that two organisations (ids) are not the same."""
    first, second = sorted((one, other))
    return Distinction.objects.filter(first=first, second=second, withdrawn_at__isnull=True).exists()


def latest_by(signature: str, source: str) -> Decision | None:
    """The last thing that somebody said at some place and that still stands."""
    said: list[Decision] = []
    for decisions in (identifications(), distinctions()):
        said += decisions.filter(by=signature, source=source, withdrawn_at__isnull=True)[:1]
    return max(said, key=lambda one: one.at, default=None)


def suspected_twice() -> list[tuple[int, int]]:
    """Pairs of organisations (ids), each with a number, of which the first may be the second; a worklist's length."""
    doubted = Suspicion.objects.filter(subject__same_as__isnull=True).exclude(subject__number="")
    return list(doubted.order_by("pk").values_list("subject_id", "organisation_id"))


def with_those_found_to_be(organisations: Iterable[int]) -> set[int]:
    """These organisations (ids) and everyone who by the statements that stand is one of them."""
    reached: set[int] = set()
    frontier = set(organisations)
    while frontier:
        reached |= frontier
        standing = Identification.objects.filter(organisation__in=frontier, withdrawn_at__isnull=True)
        frontier = set(standing.values_list("subject_id", flat=True)) - reached
    return reached
