"""A whole activity recorded in one go, and many restated in one posting round: for imports and demonstration data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from samtall.accounts.models import User
from samtall.activities import registry
from samtall.activities.models import Activity, Evidence, Participation, StateRecord, StepRecord
from samtall.activities.operations.content import make_evidence
from samtall.activities.operations.describing import BEGUN, said_now, state_records
from samtall.activities.operations.references import refuse_repeated
from samtall.activities.operations.taking_part import make_participation
from samtall.activities.operations.turn import Action
from samtall.activities.refusals import Incomplete
from samtall.activities.statements import statements_of
from samtall.activities.threshold import missing_to_submit
from samtall.base.text import search_key
from samtall.ledger.operations import restate_many
from samtall.parties.models import Establishment, Organisation, Person
from samtall.places.gazetteer import Gazetteer


@dataclass(frozen=True, kw_only=True)
class Part:
    """Somebody's part, as `add_participation` takes it."""

    role: str
    organisation: Organisation | None = None
    establishment: Establishment | None = None
    person: Person | None = None
    head_count: int | None = None
    quantity: Decimal | int | None = None
    outcome: str = Participation.Outcome.TAKING_PART
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True, kw_only=True)
class Proof:
    """A piece of evidence, as `add_evidence` takes it."""

    kind: str
    description: str
    dated: date | None = None


@dataclass(frozen=True, kw_only=True)
class WholeActivity:
    """An activity with its parts and evidence. `submit`: sent in at once, where it has started."""

    kind: str
    title: str
    starts: date
    ends: date | None = None
    municipality: str = ""
    programme: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    state: str = Activity.State.PLANNED
    origin: str = ""
    parts: Sequence[Part] = ()
    evidence: Sequence[Proof] = ()
    submit: bool = True


def record_whole(whole: WholeActivity, *, by: User, at: datetime, restate: bool = True) -> Activity:
    """Record an activity with everything in it, and send it in when `submit` and it has started.

    Raises what the single operations raise, and then saves nothing. With `restate=False` the caller follows with
    `restate_activities`, once for many.
    """
    with transaction.atomic():
        (activity,) = record_wholes([whole], by=by, at=at)
        if restate:
            restate_activities([activity], by=by, at=at, reason="recorded")
    return activity


def record_wholes(wholes: Sequence[WholeActivity], *, by: User, at: datetime) -> list[Activity]:
    """Record many as `record_whole` does one, all or none, with a constant number of queries for what is saved.

    The caller follows with `restate_activities`.
    """
    places = Gazetteer.whole()
    made = [_made(whole, by=by, at=at, places=places) for whole in wholes]
    activities = [activity for activity, *_rest in made]
    with transaction.atomic():
        refuse_repeated(activities)
        for activity in activities:
            activity.search_title = search_key(activity.title)  # as save() does
        Activity.objects.bulk_create(activities)
        Participation.objects.bulk_create([one for _, parts, _, _ in made for one in parts])
        Evidence.objects.bulk_create([one for _, _, evidence, _ in made for one in evidence])
        StateRecord.objects.bulk_create([one for each in activities for one in state_records(each, by=by, at=at)])
        StepRecord.objects.bulk_create(
            [
                StepRecord(activity=activity, action=action, by=by, at=at)
                for activity, _, _, submitted in made
                for action in ([Action.RECORDED, Action.SUBMITTED] if submitted else [Action.RECORDED])
            ]
        )
    return activities


def check_whole(whole: WholeActivity, *, by: User, at: datetime, places: Gazetteer) -> None:
    """Raise what `record_whole` would raise, and save nothing: for a preview, with the same `places` for many.

    That no other has a reference (`Field.unique`) is for the caller to ask of all at once.
    """
    _made(whole, by=by, at=at, places=places)


def restate_activities(activities: Sequence[Activity], *, by: User, at: datetime, reason: str = "") -> int:
    """Say to the ledger what these activities stand for now; gives how many of them had changed.

    `reason` is a code, never personal data.
    """
    with transaction.atomic():
        locked = Activity.objects.select_for_update().filter(pk__in=[one.pk for one in activities]).order_by("pk")
        list(locked.values_list("pk"))  # nobody changes them between what is read here and what is posted
        return len(restate_many(statements_of(activities), by=by.signature, at=at, reason=reason))


def _made(
    whole: WholeActivity, *, by: User, at: datetime, places: Gazetteer
) -> tuple[Activity, list[Participation], list[Evidence], bool]:
    """Everything of a whole activity, checked and not yet saved, and whether it is sent in."""
    kind = registry.kind(whole.kind)
    said = {name: getattr(whole, name) for name in _SAID}
    activity = said_now(details=whole.details, by=by, at=at, places=places, **said)
    participations: list[Participation] = []
    for part in whole.parts:
        participations.append(make_participation(activity, kind, participations, **vars(part)))
    evidence = [make_evidence(activity, by=by, at=at, **vars(proof)) for proof in whole.evidence]
    submitted = whole.submit and activity.state in BEGUN
    if submitted:
        missing = missing_to_submit(activity, participations, kind)
        if missing:
            raise Incomplete(missing)
        activity.step = Activity.Step.SUBMITTED
    return activity, participations, evidence, submitted


_SAID = ("kind", "title", "starts", "ends", "municipality", "programme", "state", "origin")
