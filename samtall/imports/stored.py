"""A plan kept in the database: written once, read a page at a time."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, overload

from django.utils.translation import get_language

from samtall.imports.cells import Workbook
from samtall.imports.columns import Layout, examples, headings, sheet_of, unread_sheets
from samtall.imports.drafts import PlannedActivity
from samtall.imports.models import Import, PlannedBatch, StoredPlan
from samtall.imports.packing import packed, unpacked
from samtall.imports.plan import Plan
from samtall.imports.problems import Level, Problem

ROWS_AT_ONCE = 80  # of one transaction, for as long as which others wait


@dataclass(frozen=True)
class Parcel:
    """A plan made ready to be kept, so that nothing is packed while others wait for the database."""

    plan: StoredPlan
    batches: list[PlannedBatch]

    def keep(self) -> None:
        """Put it in place of the plan before; in a transaction of the caller's."""
        PlannedBatch.objects.filter(plan_of=self.plan.plan_of).delete()
        StoredPlan.objects.filter(plan_of=self.plan.plan_of).delete()
        PlannedBatch.objects.bulk_create(self.batches)
        self.plan.save()


def parcel(import_: Import, plan: Plan, workbook: Workbook, *, position: int, at: datetime) -> Parcel:
    """A plan that was made at a position of the ledger, in the reader's language."""
    batches = list(_batches(import_, plan.activities))
    stored = StoredPlan(
        plan_of=import_,
        language=get_language() or "",
        made_at=at,
        position=position,
        fingerprint=_fingerprint(batches),
        packed_head=packed(_head(import_, plan, workbook)),
        packed_problems=packed([asdict(one) for one in plan.problems]),
        packed_left_out=packed([one.to_plain() for one in plan.left_out]),
        packed_organisations=packed([one.shown() for one in plan.organisations]),
        packed_overlaps=packed({one.planned.rows[0]: one.to_plain() for one in plan.overlaps}),
    )
    return Parcel(stored, batches)


def _head(import_: Import, plan: Plan, workbook: Workbook) -> dict[str, Any]:
    layout = Layout.from_plain(import_.layout)
    sheet = sheet_of(workbook, layout)
    return {
        "summary": plan.summary(),
        "errors": plan.count(Level.ERROR),
        "questions": plan.count(Level.QUESTION),
        "notes": plan.count(Level.WARNING),
        "blocked": plan.blocked,
        "activities": len(plan.activities),
        "left_out": len(plan.left_out),
        "organisations": len(plan.organisations),
        "rows": sum(len(one.rows) for one in plan.activities),
        "digest": plan.digest,
        "overlaps": len(plan.overlaps),
        "columns_wrong": any(one.code == "I5" and one.level is Level.ERROR for one in plan.problems),
        "sheets": [one.name for one in workbook.sheets],
        "unread": unread_sheets(workbook, layout),
        "columns": [
            [number, heading, examples(sheet, layout, number)] for number, heading in headings(sheet, layout).items()
        ],
    }


def _batches(import_: Import, activities: Sequence[PlannedActivity]) -> Iterator[PlannedBatch]:
    """The activities in their order, as many at once as are at most 80 rows, and at least one."""
    taken: list[PlannedActivity] = []
    first = rows = 0
    for number, one in enumerate(activities):
        if taken and rows + len(one.rows) > ROWS_AT_ONCE:
            yield _batch(import_, first, rows, taken)
            taken, first, rows = [], number, 0
        taken.append(one)
        rows += len(one.rows)
    if taken:
        yield _batch(import_, first, rows, taken)


def _batch(import_: Import, first: int, rows: int, taken: Sequence[PlannedActivity]) -> PlannedBatch:
    plain = packed([one.to_plain() for one in taken])
    return PlannedBatch(plan_of=import_, first=first, count=len(taken), rows=rows, packed=plain)


def _fingerprint(batches: Iterable[PlannedBatch]) -> str:
    contents = [hashlib.sha256(batch.packed).hexdigest() for batch in batches]
    return hashlib.sha256(json.dumps(contents).encode()).hexdigest()


def activities_of(batch: PlannedBatch) -> list[PlannedActivity]:
    return [PlannedActivity.from_plain(one) for one in unpacked(batch.packed)]


class Activities(Sequence[PlannedActivity]):
    """The planned activities of an import, of which only those asked for are read."""

    def __init__(self, import_: Import, count: int) -> None:
        self._batches = PlannedBatch.objects.filter(plan_of=import_)
        self._count = count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, key: int) -> PlannedActivity: ...
    @overload
    def __getitem__(self, key: slice) -> list[PlannedActivity]: ...
    def __getitem__(self, key: int | slice) -> PlannedActivity | list[PlannedActivity]:
        if isinstance(key, int):
            (one,) = self[key : key + 1]
            return one
        start, stop, _step = key.indices(self._count)
        found: list[PlannedActivity] = []
        first = None
        for batch in self._batches.filter(first__lt=stop, first__gt=start - ROWS_AT_ONCE):
            first = batch.first if first is None else first
            found += activities_of(batch)
        return found[start - (first or 0) : stop - (first or 0)]


class PlanRead:
    """A stored plan as pages and the terminal show it."""

    def __init__(self, stored: StoredPlan) -> None:
        self._stored = stored
        self.head: dict[str, Any] = unpacked(stored.packed_head)
        self.fingerprint = stored.fingerprint

    @property
    def blocked(self) -> bool:
        return bool(self.head["blocked"])

    @property
    def problems(self) -> list[Problem]:
        plain = unpacked(self._stored.packed_problems)
        return [Problem(**{**one, "level": Level(one["level"])}) for one in plain]

    @property
    def activities(self) -> Activities:
        return Activities(self._stored.plan_of, self.head["activities"])

    @property
    def left_out(self) -> list[PlannedActivity]:
        return [PlannedActivity.from_plain(one) for one in unpacked(self._stored.packed_left_out)]

    @property
    def overlaps(self) -> dict[str, dict[str, Any]]:
        """By first row: see settling.Overlap."""
        plain: dict[str, dict[str, Any]] = unpacked(self._stored.packed_overlaps)
        return plain

    @property
    def organisations(self) -> list[dict[str, Any]]:
        plain: list[dict[str, Any]] = unpacked(self._stored.packed_organisations)
        return plain
