"""Working out what a spreadsheet would become: at once for a small one, in the background for a large one."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import get_language

from samtall.accounts.models import User
from samtall.imports.answers import Answers
from samtall.imports.columns import Layout
from samtall.imports.models import Import, StoredPlan
from samtall.imports.operations.locking import locked
from samtall.imports.operations.uploading import workbook_of
from samtall.imports.plan import Plan, make_plan
from samtall.imports.stored import PlanRead, parcel
from samtall.ledger import queries as ledger

State = Import.State

#: A sheet of so many rows is planned in about a second, so whoever asks waits for it.
ROWS_PLANNED_AT_ONCE = 1_000
#: After this long a plan is made anew: registers and dates move.
LASTS = timedelta(hours=1)
#: Who has not said for this long how far the plan has come, is taken to have stopped.
LEASE = timedelta(minutes=1)
SECONDS_BETWEEN_TELLING = 1.0


def plan(import_: Import, *, by: User, at: datetime, progress: Callable[[int, int], None] | None = None) -> Plan:
    """Work out what the import would become, with everything that is wrong, and keep that; nothing of it is saved."""
    workbook = workbook_of(import_)
    layout = Layout.from_plain(import_.layout)
    position = ledger.position()
    made = make_plan(
        workbook,
        layout,
        duplicates=import_.duplicates,
        answers=Answers.from_plain(import_.answers),
        by=by,
        at=at,
        progress=progress,
    )
    ready = parcel(import_, made, workbook, position=position, at=at)
    with transaction.atomic():
        locked(import_, State.PREVIEW, State.PLANNING)
        ready.keep()
    return made


def prepared(import_: Import, *, by: User, at: datetime) -> PlanRead | None:
    """The plan in the reader's language; None where it is made in the background (the state is then `planning`)."""
    if import_.state == State.PREVIEW:
        found = current_plan(import_, at=at)
        if found is not None:
            return found
        if import_.sheet_rows > ROWS_PLANNED_AT_ONCE:
            plan_later(import_)
            return None
        plan(import_, by=by, at=at)
        return current_plan(import_, at=at)
    return None


def current_plan(import_: Import, *, at: datetime, strict: bool = False) -> PlanRead | None:
    """The plan that was kept, where it holds: in the reader's language, and not made long ago.

    A large one may be a little behind the books; `strict` takes none that is.
    """
    stored = StoredPlan.objects.filter(plan_of=import_).first()
    if stored is None or stored.language != (get_language() or "") or not timedelta(0) <= at - stored.made_at < LASTS:
        return None
    if (strict or import_.sheet_rows <= ROWS_PLANNED_AT_ONCE) and stored.position != ledger.position():
        return None
    return PlanRead(stored)


def plan_later(import_: Import, *, agreed_plan: str = "", agreed_by: User | None = None) -> Import:
    """Leave the planning to the background worker; if the plan is then as agreed, it is saved at once."""
    with transaction.atomic():
        locked(import_, State.PREVIEW)
        import_.state, import_.planning_language, import_.planning_since = State.PLANNING, get_language() or "", None
        import_.agreed_plan, import_.started_by = agreed_plan, agreed_by
        import_.rows, import_.rows_reached = import_.sheet_rows, 0
        import_.save()
    return import_


def plan_now(import_: Import, *, at: datetime) -> PlanRead | None:
    """Make the plan of an import in state `planning`, telling how far it has come; None when somebody else is at it."""
    free = Q(planning_since=None) | Q(planning_since__lt=at - LEASE)
    mine = Import.objects.filter(free, pk=import_.pk, state=State.PLANNING)
    if not mine.update(planning_since=at):
        return None
    with translation.override(import_.planning_language or None):
        by = import_.started_by or import_.uploaded_by
        try:
            plan(import_, by=by, at=at, progress=_Telling(import_, at))
        except Import.DoesNotExist:  # discarded meanwhile
            return None
        with transaction.atomic():
            locked(import_, State.PLANNING)
            import_.state = State.PREVIEW
            import_.save(update_fields=["state"])
        return current_plan(import_, at=at)


class _Telling:
    """Writes down how far a plan has come, once a second, and so that somebody is at it."""

    def __init__(self, import_: Import, at: datetime) -> None:
        self._import, self._at, self._began, self._told = import_, at, time.monotonic(), time.monotonic()

    def __call__(self, done: int, of: int) -> None:
        moment = time.monotonic()
        if moment - self._told >= SECONDS_BETWEEN_TELLING:
            self._told = moment
            since = self._at + timedelta(seconds=moment - self._began)
            Import.objects.filter(pk=self._import.pk).update(rows=of, rows_reached=done, planning_since=since)
