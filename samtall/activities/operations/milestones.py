"""The points that an activity is to pass: planned from its kind's declaration, moved, passed. They count nowhere."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.activities import registry
from samtall.activities.models import Activity, Evidence, Milestone
from samtall.activities.operations.turn import keep, refuse_withdrawn
from samtall.activities.refusals import Invalid, WrongState
from samtall.base.reading import Unreadable, read_text


def plan_milestones(activity: Activity, *, by: User, at: datetime) -> list[Milestone]:
    """The milestones that its kind declares and it does not have yet, each on its day between the first and the last.

    Raises WrongState when it has no last day.
    """
    with transaction.atomic():
        _lock(activity)
        if activity.ends is None:
            raise WrongState(_("Write the last day first, so that the milestones can be placed."))
        there = set(activity.milestones.values_list("code", flat=True))
        days = (activity.ends - activity.starts).days
        made = [
            Milestone(
                activity=activity,
                code=one.code,
                due=activity.starts + timedelta(days=days * one.percent // 100),
                by=by,
                at=at,
            )
            for one in registry.kind(activity.kind).milestones
            if one.code not in there
        ]
        for milestone in made:
            keep(milestone)
    return made


def add_milestone(activity: Activity, *, title: str, due: date, by: User, at: datetime) -> Milestone:
    """A milestone in one's own words. Raises Invalid."""
    with transaction.atomic():
        _lock(activity)
        try:
            title = read_text(title, most=200)
        except Unreadable as unreadable:
            raise Invalid({"title": str(unreadable)}) from unreadable
        milestone = Milestone(activity=activity, title=title, due=due, by=by, at=at)
        keep(milestone)
    return milestone


def revise_milestone(
    milestone: Milestone,
    *,
    due: date,
    done_on: date | None = None,
    evidence: Evidence | None = None,
    by: User,
    at: datetime,
) -> Milestone:
    """Say when it is due, and when it was passed and what of the activity's evidence shows it. Raises Invalid."""
    with transaction.atomic():
        _lock(milestone.activity)
        if done_on is not None and done_on > timezone.localdate(at):
            raise Invalid({"done_on": _("That day has not come yet.")})
        if evidence is not None and evidence.activity_id != milestone.activity_id:
            raise Invalid({"evidence": _("Choose documentation of this activity.")})
        milestone.due, milestone.done_on, milestone.evidence = due, done_on, evidence
        milestone.by, milestone.at = by, at
        keep(milestone)
    return milestone


def remove_milestone(milestone: Milestone) -> None:
    """Take away a milestone that was not meant."""
    with transaction.atomic():
        _lock(milestone.activity)
        milestone.delete()


def _lock(activity: Activity) -> None:
    activity.refresh_from_db(from_queryset=Activity.objects.select_for_update())
    refuse_withdrawn(activity)
