"""How activities and successions are called on pages that list what a figure counted."""

from collections.abc import Sequence

from django.urls import reverse

from samtall.accounts.policy import Visitor, may
from samtall.activities.queries import visible_to
from samtall.ledger import sources
from samtall.ledger.sources import Described
from samtall.parties.models import Organisation, Succession


def register() -> None:
    """Tell the ledger's readers who knows the names of these sources."""
    sources.register("activity", describe_activities)
    sources.register("succession", describe_successions)


def describe_activities(names: Sequence[str], reader: Visitor) -> dict[str, Described]:
    """Title and page of each activity that a reader may see, by source name; one query."""
    found = visible_to(reader).filter(pk__in=_ids(names)).only("pk", "title")
    return {one.source: Described(one.title, reverse("activity", args=[one.pk])) for one in found}


def describe_successions(names: Sequence[str], reader: Visitor) -> dict[str, Described]:
    """Who followed whom, by source name, for those who may see organisations."""
    if not may(reader, "organisations.read"):
        return {}
    found = Succession.objects.filter(pk__in=_ids(names)).select_related("predecessor", "successor")
    return {
        f"succession:{one.pk}": Described(f"{one.predecessor} → {one.successor}", address_of(one.predecessor))
        for one in found
    }


def meant(organisation: Organisation) -> Organisation:
    """Who an organisation is found to be; itself when nobody has said that it is another."""
    return organisation.same_as or organisation


def address_of(organisation: Organisation) -> str:
    return reverse("organisation", args=[organisation.number or organisation.pk])


def _ids(names: Sequence[str]) -> list[int]:
    return [int(name.partition(":")[2]) for name in names]
