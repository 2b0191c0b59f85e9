"""What can be done with spreadsheets: upload, say what columns hold, start, step by step, undo, discard."""

import hashlib
import json
import time
import zlib
from collections.abc import Callable, Iterator
from collections.abc import Mapping as MappingOf
from datetime import datetime
from pathlib import PurePath

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.activities.models import Activity, StepRecord
from samtall.activities.operations import restate_activities, withdraw_many
from samtall.activities.operations.whole import record_wholes
from samtall.base.errors import Refusal
from samtall.imports import reader
from samtall.imports.cells import Workbook, workbook_from_plain, workbook_to_plain
from samtall.imports.columns import Layout, national_identity_columns, recognise, sheet_of, signature
from samtall.imports.drafts import PlannedActivity, whole_of
from samtall.imports.models import Import, ImportedActivity, Mapping
from samtall.imports.plan import Plan, make_plan
from samtall.imports.problems import ImportRefused, Level, Problem, refusal_of
from samtall.imports.recording import KnownParties
from samtall.imports.suspect import national_identity_cells
from samtall.imports.verdict import FileRefused

State = Import.State

#: What goes on by steps, in the background or by the page that waits for it.
UNDER_WAY = (State.RUNNING, State.UNDOING)

ROWS_AT_ONCE = 100
REST_SECONDS = 0.02  # lets others write between two steps


class AlreadyImported(Refusal):
    """The same rows are in already (I8); `earlier` is the import that brought them."""

    def __init__(self, earlier: Import) -> None:
        self.earlier = earlier
        self.code = "I8"
        super().__init__(
            _("This was imported %(day)s by %(who)s. Nothing was saved again.")
            % {
                "day": f"{timezone.localtime(earlier.started_at or earlier.uploaded_at):%d.%m.%Y %H:%M}",
                "who": earlier.started_by or earlier.uploaded_by,
            }
        )


class NotReady(Refusal):
    """Something must be put right or answered first; `plan` has the problems."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        super().__init__(
            _("Nothing is saved: %(errors)d errors and %(questions)d questions must be dealt with first.")
            % {"errors": plan.count(Level.ERROR), "questions": plan.count(Level.QUESTION)}
            if plan.problems
            else _("There is nothing to save.")
        )


class WrongState(Refusal):
    """The import has come to another point than this needs."""


def upload(content: bytes, *, file_name: str, by: User, at: datetime) -> Import:
    """Read a spreadsheet and keep its cells for a preview.

    Raises ImportRefused (I1–I6), and then nothing of it is kept, and AlreadyImported (I8).
    """
    digest = hashlib.sha256(content).hexdigest()
    earlier = Import.objects.filter(file_digest=digest, state__in=[State.RUNNING, State.DONE]).first()
    if earlier is not None:
        raise AlreadyImported(earlier)
    try:
        workbook = reader.read(content)
    except FileRefused as refused:
        raise refusal_of(refused.verdict) from refused
    refused_cells = national_identity_columns(workbook) + national_identity_cells(workbook)
    if refused_cells:
        raise ImportRefused(refused_cells)
    if not any(sheet.rows for sheet in workbook.sheets):
        raise ImportRefused(
            [Problem("I5", Level.ERROR, _("The file has no rows."), _("Upload a file with headings and rows."))]
        )
    import_ = Import(
        file_name=PurePath(file_name.replace("\\", "/")).name[-200:] or "–",
        file_digest=digest,
        packed_workbook=zlib.compress(json.dumps(workbook_to_plain(workbook)).encode("utf-8", "surrogatepass")),
        layout=_layout(workbook).to_plain(),
        uploaded_by=by,
        uploaded_at=at,
    )
    import_.full_clean()
    import_.save()
    return import_


def _layout(workbook: Workbook) -> Layout:
    """The layout as recognised, or as somebody has said before for the same headings."""
    layout = recognise(workbook)
    remembered = Mapping.objects.filter(signature=signature(sheet_of(workbook, layout), layout)).first()
    if remembered is not None:
        layout.columns |= {int(column): code for column, code in remembered.columns.items()}
        layout.kind = remembered.kind
    return layout


def workbook_of(import_: Import) -> Workbook:
    """The cells of an import that is not yet recorded."""
    return workbook_from_plain(import_.plain_workbook())


def plan(import_: Import, *, by: User, at: datetime) -> Plan:
    """What the import would become, with everything that is wrong; nothing is saved."""
    layout = Layout.from_plain(import_.layout)
    return make_plan(workbook_of(import_), layout, duplicates=import_.duplicates, by=by, at=at)


def map_columns(
    import_: Import,
    columns: MappingOf[int, str],
    *,
    kind: str = "",
    header_row: int | None = None,
    by: User,
    at: datetime,
) -> Import:
    """Say by hand what the columns hold, for this import and for the next sheet with the same headings."""
    layout = Layout.from_plain(import_.layout)
    layout.columns |= columns
    layout.kind = kind
    if header_row is not None:
        layout.header_row = header_row
    with transaction.atomic():
        _locked(import_, State.PREVIEW)
        import_.layout = layout.to_plain()
        import_.save(update_fields=["layout"])
        Mapping.objects.update_or_create(
            signature=signature(sheet_of(workbook_of(import_), layout), layout),
            defaults={"columns": layout.to_plain()["columns"], "kind": kind, "made_by": by, "made_at": at},
        )
    return import_


def answer_duplicates(import_: Import, answer: str, *, reason: str = "") -> Import:
    """Say whether what may be there twice is left out ("skip") or counts both times ("count", with a reason)."""
    if answer == Import.Duplicates.COUNT and not reason.strip():
        raise Refusal(_("Write why both should count."))
    with transaction.atomic():
        _locked(import_, State.PREVIEW)
        import_.duplicates, import_.duplicates_reason = Import.Duplicates(answer).value, reason.strip()[:300]
        import_.save(update_fields=["duplicates", "duplicates_reason"])
    return import_


def start(import_: Import, *, by: User, at: datetime) -> Import:
    """Decide to save what the plan says now; `step` then does it. Raises NotReady, AlreadyImported (I8), WrongState."""
    if import_.state in (State.RUNNING, State.DONE):
        raise AlreadyImported(import_)
    if import_.state != State.PREVIEW:
        raise WrongState(_("The import has gone on since this page was opened. Open it again."))
    planned = plan(import_, by=by, at=at)
    earlier = _with_content(planned.digest) if planned.digest else None
    if earlier is not None and earlier.pk != import_.pk:
        raise AlreadyImported(earlier)
    if planned.blocked:
        raise NotReady(planned)
    try:
        with transaction.atomic():
            _locked(import_, State.PREVIEW)
            ImportedActivity.objects.bulk_create(
                [
                    ImportedActivity(imported_by=import_, number=number, rows=one.rows, planned=one.to_plain())
                    for number, one in enumerate(planned.activities, start=1)
                ],
                batch_size=500,
            )
            import_.state = State.RUNNING
            import_.content_digest = planned.digest
            import_.rows = sum(len(one.rows) for one in planned.activities)
            import_.started_by, import_.started_at = by, at
            import_.save()
    except IntegrityError:
        earlier = _with_content(planned.digest)
        if earlier is None:
            raise
        raise AlreadyImported(earlier) from None
    return import_


def step(import_: Import, *, by: User, at: datetime) -> Import:
    """Record the next activities, at most 100 rows of them, and how far it has come: all of it or nothing.

    Once everything is recorded the cells are deleted. Doing it again then changes nothing.
    """
    with transaction.atomic():
        _locked(import_)
        if import_.state != State.RUNNING:
            return import_
        if import_.started_by_id != by.pk:
            raise WrongState(
                _("%(who)s started this import and stands behind it, so only they can go on. You can undo it.")
                % {"who": import_.started_by}
            )
        items = _next_items(import_)
        if items:
            _record(import_, items, by=by, at=at)
            import_.rows_reached += sum(len(item.rows) for item in items)
        if not items or not import_.items.filter(activity__isnull=True).exists():
            import_.state, import_.finished_at, import_.packed_workbook = State.DONE, at, b""
        import_.save(update_fields=["rows_reached", "state", "finished_at", "packed_workbook"])
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
        (step if import_.state == State.RUNNING else undo_step)(import_, by=by, at=now())
        progress(import_)
        time.sleep(REST_SECONDS)
    return import_


def go_on(import_: Import, *, at: datetime) -> Import:
    """One step further, in the name of whoever decided that it be saved or undone: for the background worker."""
    if import_.state == State.UNDOING and import_.undone_by is not None:
        return undo_step(import_, by=import_.undone_by, at=at)
    if import_.state == State.RUNNING and import_.started_by is not None:
        return step(import_, by=import_.started_by, at=at)
    return import_


def undo(import_: Import, *, by: User, at: datetime, reason: str) -> Import:
    """Decide to withdraw every activity that the import made; `undo_step` then does it, one step at once.

    Activities that somebody else has changed since are left as they are (`kept`).
    """
    if not reason.strip():
        raise Refusal(_("Write why the import is undone."))
    with transaction.atomic():
        _locked(import_, State.RUNNING, State.DONE)
        import_.items.filter(activity__isnull=True).delete()
        import_.state, import_.packed_workbook = State.UNDOING, b""
        import_.undone_by, import_.undone_at, import_.undo_reason = by, at, reason.strip()[:300]
        import_.rows = import_.rows_reached
        import_.save()
    return undo_step(import_, by=by, at=at)


def undo_step(import_: Import, *, by: User, at: datetime) -> Import:
    """Withdraw the next activities, at most 100 of them, each by a reversal in the ledger."""
    with transaction.atomic():
        _locked(import_)
        if import_.state != State.UNDOING:
            return import_
        waiting = import_.items.select_related("activity").exclude(activity__step=Activity.Step.WITHDRAWN)
        items = list(waiting.filter(kept_because="")[:ROWS_AT_ONCE])
        changed = _changed_by_others(items, import_)
        for item in items:
            item.kept_because = "changed" if item.activity_id in changed else ""
        ImportedActivity.objects.bulk_update(items, ["kept_because"])
        activities = [item.activity for item in items if item.activity and not item.kept_because]
        if activities:
            withdraw_many(activities, by=by, at=at, reason=import_.undo_reason)
        import_.rows_reached = max(0, import_.rows_reached - sum(len(item.rows) for item in items))
        if len(items) < ROWS_AT_ONCE:
            import_.state, import_.rows_reached = State.UNDONE, 0
        import_.save(update_fields=["state", "rows_reached"])
    return import_


def kept(import_: Import) -> Iterator[Activity]:
    """The activities that undoing left, for somebody else had changed them."""
    for item in import_.items.exclude(kept_because="").select_related("activity"):
        if item.activity is not None:
            yield item.activity


def discard(import_: Import) -> None:
    """Delete a preview and the cells it was made from."""
    with transaction.atomic():
        _locked(import_, State.PREVIEW)
        import_.delete()


def _locked(import_: Import, *states: State) -> None:
    """Read the import afresh and lock it. Raises WrongState unless it is in one of these states."""
    import_.refresh_from_db(from_queryset=Import.objects.select_for_update())
    if states and import_.state not in states:
        raise WrongState(_("The import has gone on since this page was opened. Open it again."))


def _with_content(digest: str) -> Import | None:
    return Import.objects.filter(content_digest=digest, state__in=[State.RUNNING, State.DONE]).first()


def _next_items(import_: Import) -> list[ImportedActivity]:
    """The next planned activities: as many as are at most 100 rows, and at least one."""
    waiting = list(import_.items.filter(activity__isnull=True)[:ROWS_AT_ONCE])
    taken: list[ImportedActivity] = []
    rows = 0
    for item in waiting:
        rows += len(item.rows)
        if taken and rows > ROWS_AT_ONCE:
            break
        taken.append(item)
    return taken


def _record(import_: Import, items: list[ImportedActivity], *, by: User, at: datetime) -> None:
    planned = [PlannedActivity.from_plain(item.planned) for item in items]
    parties = KnownParties(planned, at=at)
    activities = record_wholes([whole_of(one, parties, origin=import_.origin) for one in planned], by=by, at=at)
    restate_activities(activities, by=by, at=at, reason="imported")
    for item, activity in zip(items, activities, strict=True):
        item.activity, item.planned = activity, {}
    ImportedActivity.objects.bulk_create(  # which here updates, in one query
        items,
        update_conflicts=True,
        unique_fields=["imported_by", "number"],
        update_fields=["activity", "planned"],
    )


def _changed_by_others(items: list[ImportedActivity], import_: Import) -> set[int | None]:
    """Ids of the activities that somebody other than the importer has changed since."""
    changes = StepRecord.objects.filter(
        activity__in=[item.activity_id for item in items],
        action__in=[StepRecord.Action.CHANGED, StepRecord.Action.CORRECTED],
    )
    return set(changes.exclude(by=import_.started_by).values_list("activity_id", flat=True))
