"""What an activity says: what it is, who takes part, and what shows it."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.activities import registry
from samtall.activities.kind import Evidence as EvidenceKind
from samtall.activities.models import Activity, Evidence, Participation
from samtall.activities.operations.describing import check_activity, said_now, state_records
from samtall.activities.operations.references import refuse_repeated
from samtall.activities.operations.taking_part import make_participation, revised
from samtall.activities.operations.turn import (
    Action,
    changed,
    check,
    keep,
    parts,
    refuse_left_before,
    refuse_lost_parties,
    refuse_withdrawn,
    step_record,
    turn,
)
from samtall.activities.refusals import Invalid, WrongStep
from samtall.documents import operations as documents
from samtall.documents.operations import Examined
from samtall.parties.models import Establishment, Organisation, Person

#: What `revise` can change.
CHANGEABLE = ("title", "starts", "ends", "municipality", "programme", "details")


def record(
    kind: str,
    *,
    title: str,
    starts: date,
    ends: date | None = None,
    municipality: str = "",
    programme: str = "",
    details: Mapping[str, Any] | None = None,
    state: str = Activity.State.PLANNED,
    origin: str = "",
    by: User,
    at: datetime,
) -> Activity:
    """A new activity, as a draft.

    `municipality` is the code of the work site on the first day (R11); `details` hold what the kind declares, as
    written. Raises Invalid with a message per field, and NotStarted when it is said to have begun in the future.
    """
    activity = said_now(
        kind,
        title=title,
        starts=starts,
        ends=ends,
        municipality=municipality,
        programme=programme,
        details=details,
        state=state,
        origin=origin,
        by=by,
        at=at,
    )
    with transaction.atomic():
        refuse_repeated([activity])
        activity.save()
        for state_record in state_records(activity, by=by, at=at):
            keep(state_record)
        step_record(activity, Action.RECORDED, by=by, at=at)
    return activity


def revise(
    activity: Activity, *, by: User, at: datetime, reason: str = "", says_why: bool = False, **changes: Any
) -> Activity:
    """Change what an activity says: title, starts, ends, municipality, programme, details (all of them together).

    Correcting what is validated needs a reason and makes it pending (R7). Saying the same again does nothing.
    `says_why`: the change is its own reason, as when a network has met.
    """
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"revise cannot change {', '.join(sorted(unknown))}")
    with turn(activity, by=by, at=at, reason="revised"):
        refuse_withdrawn(activity)
        before = {name: getattr(activity, name) for name in CHANGEABLE}
        for name, value in changes.items():
            setattr(activity, name, value)
        check_activity(activity, at=at, details_said="details" in changes)
        refuse_repeated([activity])
        refuse_left_before(activity, field="starts")
        if before != {name: getattr(activity, name) for name in CHANGEABLE}:
            changed(activity, by=by, at=at, reason=reason, says_why=says_why)
            activity.save()
    return activity


def add_participation(
    activity: Activity,
    *,
    role: str,
    organisation: Organisation | None = None,
    establishment: Establishment | None = None,
    person: Person | None = None,
    head_count: int | None = None,
    quantity: Decimal | int | None = None,
    outcome: str = Participation.Outcome.TAKING_PART,
    starts: date | None = None,
    ends: date | None = None,
    by: User,
    at: datetime,
    reason: str = "",
) -> Participation:
    """Somebody's part in an activity: an organisation, a person, or `head_count` unnamed people of an organisation.

    `quantity` is in the role's unit (for a head-count: of each). A person's organisation is the one they belong to now
    where none is given. Raises Invalid, and AlreadyTakesPart when the same party has the role at the same time.
    """
    with turn(activity, by=by, at=at, reason="participation"):
        refuse_withdrawn(activity)
        participation = make_participation(
            activity,
            registry.kind(activity.kind),
            parts(activity),
            role=role,
            organisation=organisation,
            establishment=establishment,
            person=person,
            head_count=head_count,
            quantity=quantity,
            outcome=outcome,
            starts=starts,
            ends=ends,
        )
        changed(activity, by=by, at=at, reason=reason)
        participation.save()
    return participation


def revise_participation(
    participation: Participation, *, by: User, at: datetime, reason: str = "", says_why: bool = False, **changes: Any
) -> Participation:
    """Change head_count, quantity (in units), outcome, starts or ends of somebody's part; as `revise`.

    `says_why`: the change is its own reason.
    """
    activity = participation.activity
    with turn(activity, by=by, at=at, reason="participation"):
        refuse_withdrawn(activity)
        participation.refresh_from_db(from_queryset=Participation.objects.select_related("organisation"))
        if revised(participation, activity, registry.kind(activity.kind), parts(activity), changes):
            changed(activity, by=by, at=at, reason=reason, says_why=says_why)
            participation.save()
    return participation


def remove_participation(participation: Participation, *, by: User, at: datetime, reason: str = "") -> Activity:
    """Take a part away that was recorded by mistake; who left is a drop-out instead (R21)."""
    activity = participation.activity
    with turn(activity, by=by, at=at, reason="participation"):
        refuse_withdrawn(activity)
        Participation.objects.filter(pk=participation.pk, activity=activity).delete()
        refuse_lost_parties(activity)
        changed(activity, by=by, at=at, reason=reason)
    return activity


def add_evidence(
    activity: Activity,
    *,
    kind: str,
    description: str,
    dated: date | None = None,
    file: Examined | None = None,
    by: User,
    at: datetime,
) -> Evidence:
    """Something that shows that the activity took place (R15). Any kind of evidence may be kept; some count.

    `file` is what `documents.operations.examine` gave before. Raises DocumentRefused (F7) when there are too many.
    """
    with turn(activity, by=by, at=at, reason="evidence"):
        refuse_withdrawn(activity)
        evidence = make_evidence(activity, kind=kind, description=description, dated=dated, by=by, at=at)
        if file is not None:
            evidence.document = documents.keep(file, about=activity.source, by=by, at=at)
        evidence.save()
    return evidence


def make_evidence(
    activity: Activity, *, kind: str, description: str, dated: date | None, by: User, at: datetime
) -> Evidence:
    if kind not in set(EvidenceKind):
        raise Invalid({"kind": _("Choose one of the listed kinds of documentation.")})
    evidence = Evidence(
        activity=activity, kind=kind, description=description.strip(), dated=dated, added_by=by, added_at=at
    )
    check(evidence)
    return evidence


def remove_evidence(evidence: Evidence, *, by: User, at: datetime) -> Activity:
    """Take away evidence that was added by mistake, with its file, before the activity is validated."""
    activity = evidence.activity
    with turn(activity, by=by, at=at, reason="evidence"):
        if activity.step not in (Activity.Step.DRAFT, Activity.Step.SUBMITTED):
            raise WrongStep(_("Documentation of an approved activity stays. Add what is right beside it."))
        changed(activity, by=by, at=at, reason="")
        document = evidence.document
        Evidence.objects.filter(pk=evidence.pk, activity=activity).delete()
        if document is not None and not Evidence.objects.filter(document=document).exists():
            documents.remove(document)
    return activity
