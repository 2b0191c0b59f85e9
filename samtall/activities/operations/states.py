"""How an activity goes: it starts, is completed, aborted or cancelled, and people leave it (R6, R21)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.activities.models import Activity, Participation, StateRecord
from samtall.activities.operations.content import revise_participation
from samtall.activities.operations.describing import BEGUN, OVER, check_activity
from samtall.activities.operations.stages import refuse_unapproved
from samtall.activities.operations.turn import changed, keep, refuse_left_before, refuse_withdrawn, turn
from samtall.activities.refusals import Invalid, NotStarted, WrongState

State = Activity.State


def start(activity: Activity, *, on: date, by: User, at: datetime, reason: str = "") -> Activity:
    """It has begun, on this day, which becomes its first."""
    return _go(activity, State.RUNNING, [State.PLANNED], on=on, by=by, at=at, reason=reason)


def complete(activity: Activity, *, on: date, by: User, at: datetime, reason: str = "") -> Activity:
    """It is completed, on this day, which becomes its last; a planned one has then also started, on its first day."""
    return _go(activity, State.COMPLETED, [State.RUNNING, State.PLANNED], on=on, by=by, at=at, reason=reason)


def abort(activity: Activity, *, on: date, by: User, at: datetime, reason: str = "") -> Activity:
    """It had begun, and ended on this day before it was completed (R21)."""
    return _go(activity, State.ABORTED, [State.RUNNING], on=on, by=by, at=at, reason=reason)


def cancel(activity: Activity, *, on: date, by: User, at: datetime, reason: str = "") -> Activity:
    """It never started, and counts nowhere (R6)."""
    return _go(activity, State.CANCELLED, [State.PLANNED], on=on, by=by, at=at, reason=reason)


def reopen(activity: Activity, *, on: date, by: User, at: datetime, reason: str) -> Activity:
    """It is not over after all: what was completed or aborted runs on, what was cancelled is planned again."""
    target = State.PLANNED if activity.state == State.CANCELLED else State.RUNNING
    return _go(activity, target, [*OVER, State.CANCELLED], on=on, by=by, at=at, reason=reason, reopened=True)


def drop_out(participation: Participation, *, on: date, by: User, at: datetime, reason: str = "") -> Participation:
    """Someone left on this day, before the minimum content: out of the count, and in "started, not completed" (R21)."""
    _refuse_future(on, at)
    return revise_participation(
        participation,
        outcome=Participation.Outcome.DROPPED_OUT,
        ends=on,
        by=by,
        at=at,
        reason=reason,
        says_why=True,
    )


def _go(
    activity: Activity,
    target: State,
    allowed: Iterable[State],
    *,
    on: date,
    by: User,
    at: datetime,
    reason: str,
    reopened: bool = False,
) -> Activity:
    _refuse_future(on, at)
    with turn(activity, by=by, at=at, reason=target.value):
        refuse_withdrawn(activity)
        if activity.state not in list(allowed):
            raise WrongState(_refused_words(State(activity.state), target))
        if activity.state == State.PLANNED and target in BEGUN:
            refuse_unapproved(activity)
        if activity.state == State.PLANNED and target in OVER:
            _state_record(activity, State.RUNNING, on=activity.starts, by=by, at=at)
        _set_day(activity, target, on, reopened=reopened)
        activity.state = target
        check_activity(activity, at=at, details_said=False)
        refuse_left_before(activity, field="on")
        changed(activity, by=by, at=at, reason=reason, says_why=True)
        activity.save()
        _state_record(activity, target, on=on, by=by, at=at, reason=reason)
    return activity


def _set_day(activity: Activity, target: State, on: date, *, reopened: bool) -> None:
    """The day becomes the first or the last of the activity; a planned end that has come too early is moved."""
    if target in OVER:
        if on < activity.starts:
            raise Invalid({"on": _("It cannot end before it started.")})
        activity.ends = on
    elif target is State.RUNNING and not reopened:
        activity.starts = on
        if activity.ends is not None and activity.ends < on:
            activity.ends = None


def _state_record(activity: Activity, state: State, *, on: date, by: User, at: datetime, reason: str = "") -> None:
    keep(StateRecord(activity=activity, state=state, on=on, by=by, at=at, reason=reason.strip()))


def _refuse_future(on: date, at: datetime) -> None:
    if on > timezone.localdate(at):
        raise NotStarted(_("That day has not come yet. Record it when it has happened."))


def _refused_words(state: State, target: State) -> str:
    if state is State.RUNNING and target is State.CANCELLED:
        return _("It has started, so it cannot be cancelled. Abort it instead.")
    if state is State.PLANNED and target is State.ABORTED:
        return _("It has not started, so it cannot be aborted. Cancel it instead.")
    return _("This cannot be done while the activity is “%(state)s”.") % {"state": state.label}
