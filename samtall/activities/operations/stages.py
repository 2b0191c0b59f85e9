"""What comes before an activity is planned for and after it is over: proposals, approval, results, what followed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.activities import registry
from samtall.activities.kind import Kind, Stage, When
from samtall.activities.models import Activity, StageRecord
from samtall.activities.operations.content import record
from samtall.activities.operations.describing import OVER
from samtall.activities.operations.turn import keep, refuse_withdrawn, turn
from samtall.activities.refusals import Invalid, NotApproved, ReasonMissing, WrongState
from samtall.activities.stages import PROPOSED
from samtall.base.reading import Unreadable, read_text

LONGEST_TEXT = 4000


def propose(kind: str, *, by: User, at: datetime, **said: Any) -> Activity:
    """A proposal for an activity, as `record` takes it: planned, and it counts nowhere (R6).

    It cannot start before whoever its kind lets decide has said yes. Raises Invalid where the kind has no proposals.
    """
    with transaction.atomic():
        activity = record(kind, by=by, at=at, **said)
        tell(activity, PROPOSED.code, on=timezone.localdate(at), by=by, at=at)
    return activity


def tell(
    activity: Activity,
    stage: str,
    *,
    on: date,
    yes: bool = True,
    text: str = "",
    led_to: Activity | None = None,
    by: User,
    at: datetime,
) -> StageRecord:
    """Keep what was said at a stage; saying it anew stands beside what was said before, and the latest holds.

    Raises Invalid, WrongState where the stage is not now, NotApproved where nobody is there whose word it is, and
    ReasonMissing for a no without a reason.
    """
    with turn(activity, by=by, at=at, reason="stage"):
        refuse_withdrawn(activity)
        declared = _stage(registry.kind(activity.kind), stage)
        _refuse_wrong_time(activity, declared)
        _refuse_undecided(activity, declared, yes=yes, text=text)
        _refuse_impossible(activity, declared, on=on, led_to=led_to, at=at)
        said = StageRecord(
            activity=activity, stage=stage, yes=yes, on=on, text=_read(text), led_to=led_to, by=by, at=at
        )
        keep(said)
    return said


def refuse_unapproved(activity: Activity) -> None:
    """What began as a proposal starts when everybody whose word it is has said yes."""
    told = {record.stage: record.yes for record in activity.stages.order_by("pk")}
    if PROPOSED.code not in told:
        return
    for stage in registry.kind(activity.kind).stages:
        if stage.decided_by and not told.get(stage.code):
            raise NotApproved(
                _("This is a proposal. “%(stage)s” must be said before it can start.") % {"stage": stage.words}
            )


def _stage(kind: Kind, code: str) -> Stage:
    try:
        return kind.stage(code)
    except KeyError as error:
        raise Invalid({"stage": _("%(kind)s has no such stage.") % {"kind": kind.words}}) from error


def _refuse_wrong_time(activity: Activity, stage: Stage) -> None:
    if stage.when is When.BEFORE and activity.state != Activity.State.PLANNED:
        raise WrongState(_("This is said before the activity starts."))
    if stage.when is When.AFTER and activity.state not in OVER:
        raise WrongState(_("This is said when the activity is over."))


def _refuse_undecided(activity: Activity, stage: Stage, *, yes: bool, text: str) -> None:
    if stage.decided_by and not activity.participations.filter(role=stage.decided_by).exists():
        role = registry.kind(activity.kind).role(stage.decided_by)
        raise NotApproved(_("“%(role)s” decides this. Add who it is first.") % {"role": role.words})
    if not yes and not stage.decided_by:
        raise Invalid({"yes": _("This is not somebody's to refuse.")})
    if not yes and not text.strip():
        raise ReasonMissing(_("Write why."))


def _refuse_impossible(activity: Activity, stage: Stage, *, on: date, led_to: Activity | None, at: datetime) -> None:
    if on > timezone.localdate(at):
        raise Invalid({"on": _("That day has not come yet.")})
    if led_to is not None and (not stage.links or led_to.pk == activity.pk):
        raise Invalid({"led_to": _("Point to another activity.")})


def _read(text: str) -> str:
    if not text.strip():
        return ""
    try:
        return read_text(text, most=LONGEST_TEXT, lines=True)
    except Unreadable as unreadable:
        raise Invalid({"text": str(unreadable)}) from unreadable


def latest(records: Sequence[StageRecord]) -> dict[str, StageRecord]:
    """The word that holds at each stage: the latest."""
    return {record.stage: record for record in sorted(records, key=lambda one: one.pk)}
