"""Recording what was planned, a step at a time, each at most 80 rows."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.activities.models import Activity
from samtall.activities.operations import restate_activities
from samtall.activities.operations.whole import record_wholes
from samtall.imports.drafts import whole_of
from samtall.imports.joining import join
from samtall.imports.models import Import, ImportedActivity, PlannedBatch
from samtall.imports.operations.locking import forget_plan, locked
from samtall.imports.operations.planning import ROWS_PLANNED_AT_ONCE, current_plan, plan, plan_later, plan_now
from samtall.imports.operations.refusals import AlreadyImported, NotReady, WrongState
from samtall.imports.operations.undoing import undo_step
from samtall.imports.recording import KnownParties
from samtall.imports.references import holder_of, holders
from samtall.imports.stored import PlanRead, activities_of

State = Import.State

#: What goes on by steps, in the background or by the page that waits for it.
UNDER_WAY = (State.PLANNING, State.RUNNING, State.UNDOING)


def start(import_: Import, *, by: User, at: datetime) -> Import:
    """Decide to save what the plan says; `step` then does it. Raises NotReady, AlreadyImported (I8), WrongState.

    Where the books have moved since a large plan was made, it is made again in the background first, and saved if it
    says the same.
    """
    if import_.state in (State.RUNNING, State.DONE):
        raise AlreadyImported(import_)
    if import_.state != State.PREVIEW:
        raise WrongState(_("The import has gone on since this page was opened. Open it again."))
    ready = current_plan(import_, at=at, strict=True)
    if ready is None and import_.sheet_rows > ROWS_PLANNED_AT_ONCE:
        seen = current_plan(import_, at=at)
        return plan_later(import_, agreed_plan=seen.fingerprint if seen else "", agreed_by=by)
    if ready is None:
        plan(import_, by=by, at=at)
        ready = current_plan(import_, at=at, strict=True)
    return _start(import_, ready, by=by, at=at)


def _start(import_: Import, ready: PlanRead | None, *, by: User, at: datetime) -> Import:
    if ready is None:
        raise WrongState(_("The import has gone on since this page was opened. Open it again."))
    digest = ready.head["digest"]
    earlier = _with_content(digest) if digest else None
    if earlier is not None and earlier.pk != import_.pk:
        raise AlreadyImported(earlier)
    if ready.blocked:
        raise NotReady(ready)
    try:
        with transaction.atomic():
            locked(import_, State.PREVIEW)
            import_.state, import_.content_digest = State.RUNNING, digest
            import_.rows, import_.rows_reached = ready.head["rows"], 0
            import_.started_by, import_.started_at = by, at
            import_.layout = {**import_.layout, "unread": ready.head["unread"]}
            import_.save()
    except IntegrityError:
        earlier = _with_content(digest)
        if earlier is None:
            raise
        raise AlreadyImported(earlier) from None
    return import_


def step(import_: Import, *, by: User, at: datetime) -> Import:
    """Record the next activities, at most 80 rows of them, and how far it has come: all of it or nothing.

    Once everything is recorded the cells and the plan are deleted. Doing it again then changes nothing.
    """
    with transaction.atomic():
        locked(import_)
        if import_.state != State.RUNNING:
            return import_
        if import_.started_by_id != by.pk:
            raise WrongState(
                _("%(who)s started this import and stands behind it, so only they can go on. You can undo it.")
                % {"who": import_.started_by}
            )
        batch = import_.batches.first()
        if batch is not None:
            _record(import_, batch, by=by, at=at)
            import_.rows_reached += batch.rows
            batch.delete()
        if not import_.batches.exists():
            forget_plan(import_)
            import_.state, import_.finished_at, import_.packed_workbook = State.DONE, at, b""
        import_.save(update_fields=["rows_reached", "state", "finished_at", "packed_workbook"])
    return import_


def go_on(import_: Import, *, at: datetime) -> Import:
    """One step further, in the name of whoever decided that it be saved or undone: for the background worker."""
    if import_.state == State.PLANNING:
        return _plan_and_start(import_, at=at)
    if import_.state == State.UNDOING and import_.undone_by is not None:
        return undo_step(import_, by=import_.undone_by, at=at)
    if import_.state == State.RUNNING and import_.started_by is not None:
        return step(import_, by=import_.started_by, at=at)
    return import_


def _plan_and_start(import_: Import, *, at: datetime) -> Import:
    """Make the plan, and save it where it says what was agreed to."""
    made = plan_now(import_, at=at)
    agreed = made is not None and made.fingerprint == import_.agreed_plan
    if agreed and import_.started_by is not None:
        with suppress(AlreadyImported, NotReady):  # of which the preview tells
            _start(import_, made, by=import_.started_by, at=at)
    return import_


def run_to_end(
    import_: Import,
    *,
    by: User,
    now: Callable[[], datetime],
    progress: Callable[[Import], None] = lambda _import: None,
) -> Import:
    """Step until everything is recorded (or, for one that is being undone, withdrawn), resting in between."""
    while import_.state in UNDER_WAY:
        take_step(import_, by=by, at=now())
        progress(import_)
        rest(import_)
    return import_


def rest(import_: Import) -> None:
    """Let others write between two steps.

    On SQLite whoever waits tries ten times a second only: after a shorter rest they find it taken, again and again.
    """
    if import_.state in UNDER_WAY:
        time.sleep(0.11 if connection.vendor == "sqlite" else 0.02)


def take_step(import_: Import, *, by: User, at: datetime) -> Import:
    """One step further, by somebody who waits for it."""
    if import_.state == State.PLANNING:
        return _plan_and_start(import_, at=at)
    return (step if import_.state == State.RUNNING else undo_step)(import_, by=by, at=at)


def _with_content(digest: str) -> Import | None:
    return Import.objects.filter(content_digest=digest, state__in=[State.RUNNING, State.DONE]).first()


def _record(import_: Import, batch: PlannedBatch, *, by: User, at: datetime) -> None:
    planned = activities_of(batch)
    by_others = holders(planned)  # recorded since the plan was made
    planned = [one for one in planned if holder_of(one, by_others) is None]
    parties = KnownParties(planned, source=import_.origin, by=by, at=at)
    wholes = [whole_of(one, parties, origin=import_.origin) for one in planned]
    here = Activity.objects.exclude(step=Activity.Step.WITHDRAWN).in_bulk([one.joins for one in planned if one.joins])
    new = [whole for one, whole in zip(planned, wholes, strict=True) if one.joins not in here]
    recorded = record_wholes(new, by=by, at=at)
    restate_activities(recorded, by=by, at=at, reason="imported")
    made = iter(recorded)
    items = []
    for number, (one, whole) in enumerate(zip(planned, wholes, strict=True), start=batch.first + 1):
        item = ImportedActivity(imported_by=import_, number=number, rows=one.rows, kept=one.kept)
        if one.joins in here:
            item.activity, item.joined = here[one.joins], True
            item.added = join(whole, item.activity, by=by, at=at)
        else:
            item.activity = next(made)
        if one.apart:
            item.resembles_id, item.resembles_because = one.apart["activity"], one.apart["reason"]
        items.append(item)
    ImportedActivity.objects.bulk_create(items)
