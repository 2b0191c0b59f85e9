"""Taking an import out again, a step at a time."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.activities.models import Activity, StepRecord
from samtall.activities.operations import withdraw_many
from samtall.base.errors import Refusal
from samtall.imports.models import Import, ImportedActivity
from samtall.imports.operations.locking import forget_plan, locked

State = Import.State
ACTIVITIES_AT_ONCE = 100


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
    """Withdraw the next activities, at most 100 of them, each by a reversal in the ledger."""
    with transaction.atomic():
        locked(import_)
        if import_.state != State.UNDOING:
            return import_
        waiting = import_.items.select_related("activity").exclude(activity__step=Activity.Step.WITHDRAWN)
        items = list(waiting.filter(kept_because="")[:ACTIVITIES_AT_ONCE])
        changed = _changed_by_others(items, import_)
        for item in items:
            item.kept_because = "changed" if item.activity_id in changed else ""
        ImportedActivity.objects.bulk_update(items, ["kept_because"])
        activities = [item.activity for item in items if item.activity and not item.kept_because]
        if activities:
            withdraw_many(activities, by=by, at=at, reason=import_.undo_reason)
        import_.rows_reached = max(0, import_.rows_reached - sum(len(item.rows) for item in items))
        if len(items) < ACTIVITIES_AT_ONCE:
            import_.state, import_.rows_reached = State.UNDONE, 0
        import_.save(update_fields=["state", "rows_reached"])
    return import_


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
