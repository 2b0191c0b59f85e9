"""What can be done with a network: it meets, and members leave. Its facts are read from the days of its meetings."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.activities import operations as activities
from samtall.activities.kind import Evidence
from samtall.activities.models import Activity, Participation
from samtall.activities.operations import Invalid
from samtall.activities.operations.turn import check
from samtall.kinds.network.facts import membership
from samtall.kinds.network.models import Meeting
from samtall.kinds.network.queries import days_of


def hold(
    network: Activity,
    *,
    on: date,
    place: str = "",
    about: str = "",
    people: int | None = None,
    attended: Sequence[Participation] = (),
    minutes: str = "",
    by: User,
    at: datetime,
) -> Meeting:
    """A meeting was held on this day; from now on the network is counted by it (R6).

    `minutes` says where the minutes are found, and becomes evidence (R15). A day that was written without more before
    gets what more is known. Raises Invalid.
    """
    with transaction.atomic():
        _lock(network)
        _refuse_wrong_day(network, on, at)
        if network.meetings.filter(on=on).exists():
            raise Invalid({"on": _("There is a meeting on this day already. Change that one instead.")})
        meeting = Meeting(activity=network, on=on, place=place, about=about, people=people, by=by, at=at)
        check(meeting)
        if minutes.strip():
            meeting.evidence = activities.add_evidence(
                network, kind=Evidence.MINUTES, description=minutes, dated=on, by=by, at=at
            )
        meeting.save()
        _attend(meeting, attended)
        _say_days(network, {*days_of(network), on}, by=by, at=at, reason="", says_why=True)
    return meeting


def revise_meeting(
    meeting: Meeting,
    *,
    place: str = "",
    about: str = "",
    people: int | None = None,
    attended: Sequence[Participation] = (),
    by: User,
    at: datetime,
) -> Meeting:
    """Change what is known of a meeting; its day stays. Nothing that is counted changes."""
    with transaction.atomic():
        _lock(meeting.activity)
        meeting.place, meeting.about, meeting.people = place, about, people
        meeting.by, meeting.at = by, at
        check(meeting)
        meeting.save()
        _attend(meeting, attended)
    return meeting


def remove_meeting(network: Activity, *, on: date, by: User, at: datetime, reason: str = "") -> Activity:
    """A meeting that was written by mistake; correcting what is approved needs a reason (R7)."""
    with transaction.atomic():
        _lock(network)
        network.meetings.filter(on=on).delete()
        _say_days(network, set(days_of(network)) - {on}, by=by, at=at, reason=reason, says_why=False)
    return network


def leave(part: Participation, *, on: date, by: User, at: datetime) -> Participation:
    """A member is one until and including this day: not a drop-out, for it took part until then."""
    if on > timezone.localdate(at):
        raise Invalid({"on": _("That day has not come yet.")})
    return activities.revise_participation(part, ends=on, by=by, at=at, says_why=True)


def _say_days(network: Activity, days: set[date], **said: Any) -> None:
    details = dict(network.details) | {"meetings": sorted(days)}
    activities.revise(network, details=details, **said)


def _attend(meeting: Meeting, attended: Sequence[Participation]) -> None:
    """Who came: those who were members on the day."""
    for part in attended:
        span = membership(meeting.activity, part)
        if part.activity_id != meeting.activity_id or not span.first <= meeting.on <= span.last:
            raise Invalid({"attended": _("%(member)s was not a member on that day.") % {"member": part.organisation}})
    meeting.attended.set(attended)


def _refuse_wrong_day(network: Activity, on: date, at: datetime) -> None:
    if on > timezone.localdate(at):
        raise Invalid({"on": _("That day has not come yet.")})
    if on < network.starts:
        raise Invalid({"on": _("The network began later than that.")})


def _lock(network: Activity) -> None:
    network.refresh_from_db(from_queryset=Activity.objects.select_for_update())
