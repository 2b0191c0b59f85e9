"""What an activity itself says, checked before anything is saved."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.activities import registry
from samtall.activities.details import read_details
from samtall.activities.models import Activity, StateRecord
from samtall.activities.operations.turn import check
from samtall.activities.refusals import Invalid, NotStarted
from samtall.base.reading import Unreadable, read_text
from samtall.places.gazetteer import Gazetteer, is_code

State = Activity.State

#: States of what has begun, and of what is over.
BEGUN = (State.RUNNING, State.COMPLETED, State.ABORTED)
OVER = (State.COMPLETED, State.ABORTED)
FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2100, 12, 31)


def said_now(
    kind: str,
    *,
    details: Mapping[str, Any] | None,
    by: User,
    at: datetime,
    places: Gazetteer | None = None,
    **said: Any,
) -> Activity:
    """A new activity, checked and not yet saved."""
    activity = Activity(kind=kind, details=dict(details or {}), recorded_by=by, recorded_at=at, **said)
    check_activity(activity, at=at, places=places)
    return activity


def check_activity(
    activity: Activity, *, at: datetime, details_said: bool = True, places: Gazetteer | None = None
) -> None:
    """Check and tidy what an activity says. Raises Invalid with every wrong field, or NotStarted.

    `details_said`: the details are what somebody wrote; otherwise they are as kept, and are not read once more.
    `places`: municipalities as read before, for whoever checks many.
    """
    kind = registry.kind(activity.kind)
    errors: dict[str, str] = {}
    try:
        activity.title = read_text(activity.title, most=300)
    except Unreadable as unreadable:
        errors["title"] = str(unreadable)
    if activity.ends is None and not kind.ends_required:
        activity.ends = activity.starts
    errors |= _wrong_dates(activity, today=timezone.localdate(at))
    errors |= _wrong_municipality(activity, places or Gazetteer.whole())
    try:
        if details_said:
            activity.details = read_details(kind, activity.details)
    except Invalid as invalid:
        errors |= invalid.errors
    if errors:
        raise Invalid(errors)
    if activity.state in BEGUN and activity.starts > timezone.localdate(at):
        raise NotStarted(_("It starts on a day that has not come yet, so it cannot have begun. Choose “planned”."))
    check(activity)


def _wrong_dates(activity: Activity, *, today: date) -> dict[str, str]:
    for name, day in (("starts", activity.starts), ("ends", activity.ends)):
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            return {name: _("The year must be between 1900 and 2100.")}
    if activity.ends is not None and activity.ends < activity.starts:
        return {"ends": _("The end must not be before the start.")}
    if activity.state in OVER and activity.ends is None:
        return {"ends": _("It is over, so the day it ended is needed.")}
    if activity.state in OVER and activity.ends is not None and activity.ends > today:
        return {"ends": _("It is over, so it cannot end on a day that has not come yet.")}
    return {}


def _wrong_municipality(activity: Activity, places: Gazetteer) -> dict[str, str]:
    code = activity.municipality
    if not code:
        return {}
    if not is_code(code):
        return {"municipality": _("A municipality is written with its four-digit code, for example 0821.")}
    name = places.name_of_code(code)
    if name and places.named(code, activity.starts) is None:
        return {
            "municipality": _("%(code)s was not the code of %(name)s on the first day. Use the code valid then.")
            % {"code": code, "name": name}
        }
    return {}


def state_records(activity: Activity, *, by: User, at: datetime) -> list[StateRecord]:
    """The dated records that lead to the state a new activity is in, not yet saved."""

    def one(state: str, on: date) -> StateRecord:
        return StateRecord(activity=activity, state=state, on=on, by=by, at=at)

    if activity.state not in BEGUN:
        return [one(activity.state, timezone.localdate(at))]
    records = [one(State.RUNNING, activity.starts)]
    if activity.state in OVER:
        records.append(one(activity.state, activity.ends or activity.starts))
    return records
