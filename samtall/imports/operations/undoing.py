"""Taking an import out again, a step at a time."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.activities.models import Activity, Participation, StepRecord
from samtall.activities.operations import withdraw_identification, withdraw_many
from samtall.base.errors import Refusal
from samtall.identities.models import Identification, Suspicion
from samtall.imports.joining import take_away
from samtall.imports.models import Import, ImportedActivity
from samtall.imports.operations.locking import forget_plan, locked

State = Import.State
ACTIVITIES_AT_ONCE = 50
IDENTITIES_AT_ONCE = 50


def undo(import_: Import, *, by: User, at: datetime, reason: str) -> Import:
    """Decide to withdraw every activity that the import made; `undo_step` then does it, one step at once.

    Activities that somebody else has changed since are left as they are (`kept`).
    """
    if not reason.strip():
        raise Refusal(_("Write why the import is undone."))
    with transaction.atomic():
        locked(import_, State.RUNNING, State.DONE)
        import_.batches.all().delete()
        forget_plan(import_)
        import_.state, import_.packed_workbook = State.UNDOING, b""
        import_.undone_by, import_.undone_at, import_.undo_reason = by, at, reason.strip()[:300]
        import_.rows = import_.rows_reached
        import_.save()
    return undo_step(import_, by=by, at=at)


def undo_step(import_: Import, *, by: User, at: datetime) -> Import:
    """Withdraw the next activities, at most 50 of them, each by a reversal in the ledger."""
    with transaction.atomic():
        locked(import_)
        if import_.state != State.UNDOING:
            return import_
        waiting = import_.items.select_related("activity").filter(undone=False, kept_because="")
        items = list(waiting[:ACTIVITIES_AT_ONCE])
        changed = _changed_by_others([one for one in items if not one.joined], import_)
        for item in items:
            item.undone = item.activity_id not in changed
            if item.joined:
                item.undone = _take_away(item, by=by, at=at, reason=import_.undo_reason)
            item.kept_because = "" if item.undone else "changed"
        ImportedActivity.objects.bulk_update(items, ["undone", "kept_because"])
        activities = [item.activity for item in items if item.activity and item.undone and not item.joined]
        if activities:
            withdraw_many(activities, by=by, at=at, reason=import_.undo_reason)
        import_.rows_reached = max(0, import_.rows_reached - sum(len(item.rows) for item in items))
        if len(items) < ACTIVITIES_AT_ONCE and _take_back_identities(import_, by=by, at=at):
            import_.state, import_.rows_reached = State.UNDONE, 0
        import_.save(update_fields=["state", "rows_reached"])
    return import_


def _take_away(item: ImportedActivity, *, by: User, at: datetime, reason: str) -> bool:
    """Take what was added to an activity away from it again; whether that could be done."""
    if item.activity is None or item.activity.step == Activity.Step.WITHDRAWN:
        return True
    try:
        with transaction.atomic():
            take_away(item.activity, item.added, by=by, at=at, reason=reason)
    except Refusal:
        return False
    return True


def _take_back_identities(import_: Import, *, by: User, at: datetime) -> bool:
    """Withdraw the next of what the import found out by itself of who is who; whether that was all.

    What somebody chose stays said, and so does what activities from elsewhere rest on.
    """
    elsewhere = Participation.objects.exclude(activity__step=Activity.Step.WITHDRAWN)
    standing = Identification.objects.filter(source=import_.origin, automatic=True, withdrawn_at=None)
    unused = standing.exclude(Exists(elsewhere.filter(organisation=OuterRef("subject"))))
    some = list(unused.order_by("pk")[:IDENTITIES_AT_ONCE])
    for identification in some:
        withdraw_identification(identification, by=by, at=at, reason=import_.undo_reason)
    suspected = Suspicion.objects.filter(subject__written__source=import_.origin)
    suspected.exclude(Exists(elsewhere.filter(organisation=OuterRef("subject")))).delete()
    return len(some) < IDENTITIES_AT_ONCE


def names_in_doubt(import_: Import) -> int:
    """How many names that the import brought have candidates, and nobody has chosen."""
    return Suspicion.objects.filter(subject__written__source=import_.origin).values("subject").distinct().count()


def kept(import_: Import) -> Iterator[Activity]:
    """The activities that undoing left, for somebody else had changed them."""
    for item in import_.items.exclude(kept_because="").select_related("activity"):
        if item.activity is not None:
            yield item.activity


def _changed_by_others(items: list[ImportedActivity], import_: Import) -> set[int | None]:
    """Ids of the activities that somebody other than the importer has changed since."""
    changes = StepRecord.objects.filter(
        activity__in=[item.activity_id for item in items],
        action__in=[StepRecord.Action.CHANGED, StepRecord.Action.CORRECTED],
    )
    return set(changes.exclude(by=import_.started_by).values_list("activity_id", flat=True))
