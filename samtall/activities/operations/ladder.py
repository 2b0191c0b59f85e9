"""The ladder (R7): draft → submitted → validated; returned, withdrawn. Each step is a dated record with who and why."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.activities import registry
from samtall.activities.models import Activity
from samtall.activities.operations.describing import BEGUN
from samtall.activities.operations.turn import (
    Action,
    Step,
    parts,
    refuse_withdrawn,
    step_record,
    step_to,
    turn,
)
from samtall.activities.operations.whole import restate_activities
from samtall.activities.queries import authors
from samtall.activities.refusals import (
    EvidenceMissing,
    Incomplete,
    NotIndependent,
    NotStarted,
    ReasonMissing,
    WrongStep,
)
from samtall.activities.threshold import evidence_wanted, has_accepted_evidence, missing_parties, missing_to_submit


def submit(activity: Activity, *, by: User, at: datetime) -> Activity:
    """Say that a draft is whole: from now it is pending beside the figures.

    Raises NotStarted for what has not begun, and Incomplete for what falls short of R6.
    """
    with turn(activity, by=by, at=at, reason="submitted"):
        if activity.step != Step.DRAFT:
            raise WrongStep(_("Only a draft can be sent in."))
        refuse_not_started(activity)
        missing = missing_to_submit(activity, parts(activity), registry.kind(activity.kind))
        if missing:
            raise Incomplete(missing)
        step_to(activity, Step.SUBMITTED)
        step_record(activity, Action.SUBMITTED, by=by, at=at)
    return activity


def validate(activity: Activity, *, by: User, at: datetime) -> Activity:
    """Vouch for what someone else sent in: from now it is in the exact figures.

    Raises NotIndependent for who stands behind it (four eyes), and EvidenceMissing (R15).
    """
    with turn(activity, by=by, at=at, reason="validated"):
        _validate(activity, by=by, at=at)
    return activity


def validate_many(activities: Sequence[Activity], *, by: User, at: datetime) -> None:
    """Vouch for several at once: all of them, or none where one is refused."""
    with transaction.atomic():
        locked = Activity.objects.select_for_update().filter(pk__in=[one.pk for one in activities])
        found = list(locked.order_by("pk"))
        for activity in found:
            _validate(activity, by=by, at=at)
        restate_activities(found, by=by, at=at, reason="validated")


def _validate(activity: Activity, *, by: User, at: datetime) -> None:
    if activity.step != Step.SUBMITTED:
        raise WrongStep(_("Only what is sent in can be approved."))
    if by.pk in authors(activity):
        raise NotIndependent(_("You have recorded or changed this yourself, so someone else must approve it."))
    kind = registry.kind(activity.kind)
    if not has_accepted_evidence(activity.evidence.all(), kind):
        raise EvidenceMissing(evidence_wanted(kind))
    missing = missing_parties(parts(activity), kind)
    if missing:
        raise Incomplete(missing)
    step_to(activity, Step.VALIDATED)
    step_record(activity, Action.VALIDATED, by=by, at=at)


def return_to_draft(activity: Activity, *, by: User, at: datetime, reason: str) -> Activity:
    """Give back what was sent in, with what is to be put right."""
    _refuse_no_reason(reason)
    with turn(activity, by=by, at=at, reason="returned"):
        if activity.step != Step.SUBMITTED:
            raise WrongStep(_("Only what is sent in can be returned."))
        step_to(activity, Step.DRAFT)
        step_record(activity, Action.RETURNED, by=by, at=at, reason=reason)
    return activity


def withdraw(activity: Activity, *, by: User, at: datetime, reason: str) -> Activity:
    """Take an activity out of every figure for good; what the figures said before stays readable."""
    _refuse_no_reason(reason)
    with turn(activity, by=by, at=at, reason="withdrawn"):
        _withdraw(activity, by=by, at=at, reason=reason)
    return activity


def withdraw_many(activities: Sequence[Activity], *, by: User, at: datetime, reason: str) -> None:
    """Withdraw several at once, such as those of an import that is undone; who is withdrawn already stays so."""
    _refuse_no_reason(reason)
    with transaction.atomic():
        locked = Activity.objects.select_for_update().filter(pk__in=[one.pk for one in activities])
        standing = [one for one in locked.order_by("pk") if one.step != Step.WITHDRAWN]
        for activity in standing:
            _withdraw(activity, by=by, at=at, reason=reason)
        restate_activities(standing, by=by, at=at, reason="withdrawn")


def _withdraw(activity: Activity, *, by: User, at: datetime, reason: str) -> None:
    refuse_withdrawn(activity)
    step_to(activity, Step.WITHDRAWN)
    step_record(activity, Action.WITHDRAWN, by=by, at=at, reason=reason)


def refuse_not_started(activity: Activity) -> None:
    if activity.state == Activity.State.CANCELLED:
        raise NotStarted(_("It was cancelled before it started, so it counts nowhere and is not sent in."))
    if activity.state not in BEGUN:
        raise NotStarted(_("It has not started. It can be sent in when it has."))


def _refuse_no_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing(_("Write why."))
