"""What activities say to the ledger: their facts, read with a constant number of queries however many they are."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from django.db.models import Model, Prefetch, prefetch_related_objects

from samtall.activities import registry
from samtall.activities.facts import AttributesOf, facts_of
from samtall.activities.kind import Kind
from samtall.activities.models import Activity, Participation
from samtall.ledger.operations import Statement
from samtall.parties.models import Attributes, Organisation
from samtall.parties.queries import attributes_on

Row = TypeVar("Row", bound=Model)

#: The way from an organisation to the legal unit it counts as; departments of departments of departments are rare.
OWNERS = ("part_of__part_of", "same_as__part_of__part_of")
_ATTRIBUTES = [f"organisation__{path}attributes" for path in ("", "part_of__", "part_of__part_of__")]
_ATTRIBUTES += [f"organisation__same_as__{path}attributes" for path in ("", "part_of__", "part_of__part_of__")]

#: Participations with all that their facts need.
PARTICIPATIONS = Participation.objects.select_related(
    *(f"organisation__{path}" for path in OWNERS), "organisation__same_site", "establishment", "person"
).order_by("pk")


def statement_of(activity: Activity) -> Statement:
    return statements_of([activity])[0]


def statements_of(activities: Sequence[Activity]) -> list[Statement]:
    """What each of these activities stands for now, read afresh, in the same order."""
    fresh = Activity.objects.in_bulk([activity.pk for activity in activities])
    found = [fresh[activity.pk] for activity in activities]
    prefetch_related_objects(
        found,
        Prefetch("participations", PARTICIPATIONS.prefetch_related(*_ATTRIBUTES)),
        "evidence",
    )
    return [_statement(activity) for activity in found]


def _statement(activity: Activity) -> Statement:
    kind = registry.kind(activity.kind)
    facts = facts_of(
        activity,
        _by_age(activity.participations.all()),
        kind,
        evidence=first_accepted_evidence(activity, kind),
        attributes_of=attributes_at(activity.starts),
    )
    return Statement(activity.source, tuple(facts))


def first_accepted_evidence(activity: Activity, kind: Kind) -> str:
    """The code of the first piece of evidence that this kind accepts (R15); "" without any."""
    return next((one.kind for one in _by_age(activity.evidence.all()) if one.kind in kind.evidence), "")


def attributes_at(day: date) -> AttributesOf:
    def attributes_of(organisation: Organisation) -> Attributes | None:
        return attributes_on(organisation, day)

    return attributes_of


def _by_age(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.pk)
