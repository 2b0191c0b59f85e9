"""One turn at changing an activity: it is locked first, changed, put on the right step, and restated last."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.activities import registry
from samtall.activities.models import Activity, Participation, StepRecord
from samtall.activities.refusals import Incomplete, Invalid, ReasonMissing, WrongStep
from samtall.activities.statements import PARTICIPATIONS, statement_of
from samtall.activities.threshold import missing_parties
from samtall.ledger.operations import restate

Action = StepRecord.Action
Step = Activity.Step


@contextmanager
def turn(activity: Activity, *, by: User, at: datetime, reason: str) -> Iterator[None]:
    """A transaction in which `activity` is read afresh and locked, and restated at the end.

    `reason` is a code for the ledger, never what a person wrote.
    """
    with transaction.atomic():
        activity.refresh_from_db(from_queryset=Activity.objects.select_for_update())
        yield
        statement = statement_of(activity)
        restate(statement.source, statement.facts, by=by.signature, at=at, reason=reason)


def changed(activity: Activity, *, by: User, at: datetime, reason: str, says_why: bool = False) -> None:
    """Put an activity on the step where a change of its content leaves it (R7).

    What was validated is corrected: that needs a reason, and it is pending until someone else validates it.
    `says_why`: the change is its own reason, as when somebody left.
    """
    if activity.step == Step.VALIDATED:
        if not (says_why or reason.strip()):
            raise ReasonMissing(_("This is approved. Write why you change it."))
        step_to(activity, Step.SUBMITTED)
        step_record(activity, Action.CORRECTED, by=by, at=at, reason=reason)
        return
    latest = activity.steps.order_by("pk").last()
    if not (latest and latest.by_id == by.pk and latest.action in (Action.RECORDED, Action.CHANGED)):
        step_record(activity, Action.CHANGED, by=by, at=at, reason=reason)


def refuse_withdrawn(activity: Activity) -> None:
    if activity.step == Step.WITHDRAWN:
        raise WrongStep(_("This activity is withdrawn and can no longer be changed. Record a new one."))


def refuse_lost_parties(activity: Activity) -> None:
    """What is sent in or approved keeps its parties (R6): add the new one before removing the old."""
    if activity.step in (Step.SUBMITTED, Step.VALIDATED):
        missing = missing_parties(parts(activity), registry.kind(activity.kind))
        if missing:
            raise Incomplete(missing)


def refuse_left_before(activity: Activity, *, field: str) -> None:
    """Nobody can have left before the first day: `field` is where the new first day was said."""
    left = activity.participations.filter(ends__lt=activity.starts).order_by("ends").first()
    if left is not None and left.ends is not None:
        raise Invalid(
            {
                field: _("Somebody left on %(day)s, before this day. Correct the day they left first.")
                % {"day": f"{left.ends:%d.%m.%Y}"}
            }
        )


def parts(activity: Activity) -> list[Participation]:
    return list(PARTICIPATIONS.filter(activity=activity))


def step_to(activity: Activity, step: Step) -> None:
    activity.step = step
    keep(activity)


def step_record(activity: Activity, action: Action, *, by: User, at: datetime, reason: str = "") -> StepRecord:
    record = StepRecord(activity=activity, action=action, by=by, at=at, reason=reason.strip())
    keep(record)
    return record


def keep(thing: models.Model) -> None:
    """Check every field and save. Raises Invalid."""
    check(thing)
    thing.save()


def check(thing: models.Model) -> None:
    """Check the fields of a thing. Raises Invalid with a message for each that is wrong.

    What it points at is in hand already, and the constraints that span fields have messages of their own before this.
    """
    links = [field.name for field in thing._meta.concrete_fields if field.is_relation]
    try:
        thing.full_clean(exclude=links, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise Invalid({name: " ".join(said) for name, said in error.message_dict.items()}) from error
