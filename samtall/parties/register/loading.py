"""Loading an extract: in short transactions, going on where it was stopped, and changing nothing the second time."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samtall.base.errors import Refusal
from samtall.parties.industry import CHANGED_ON, only_in_sn2025
from samtall.parties.models import RegisterLoad
from samtall.parties.register.columns import Kind
from samtall.parties.register.files import Record, date_in_name, digest_of, open_extract
from samtall.parties.register.keeping import Keeper, keeper
from samtall.parties.register.rows import Row, read_row

#: SQLite lets one write at a time, and unfairly: short transactions with rests between let others come to.
ROWS_PER_TRANSACTION = 100
REST_SECONDS = 0.020
#: How many rows with an industry code tell which standard a whole file uses.
ROWS_THAT_TELL = 500


class WrongDate(Refusal):
    """The day of the extract is missing, or cannot be right."""


@dataclass
class Progress:
    """Rows read, of them skipped, and what became of the rest."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    already_done: bool = False
    problems: list[str] = field(default_factory=list)
    skipped: int = 0
    unknown_places: set[str] = field(default_factory=set)


def load(
    path: Path,
    *,
    dated: date | None = None,
    kind: Kind | None = None,
    at: datetime,
    progress: Callable[[Progress], None] = lambda _progress: None,
) -> Progress:
    """Load an extract that shows the register of the day `dated`, else of the date in the file's name.

    Rows that cannot be kept are told of in `problems` (at most 100 of them) and skipped. A file that was stopped in
    the middle goes on where it was; one that is loaded already changes nothing. Raises NotAnExtract and WrongDate.
    """
    dated = dated or date_in_name(path)
    if dated is None:
        raise WrongDate(_("Say which day the extract shows the register of, with --date YYYY-MM-DD."))
    if dated > timezone.localdate(at):
        raise WrongDate(_("The extract cannot be from %(day)s, which has not come yet.") % {"day": dated.isoformat()})
    digest = digest_of(path)
    with open_extract(path, kind) as extract:
        this, _new = RegisterLoad.objects.get_or_create(
            digest=digest,
            dated=dated,
            kind=extract.kind,
            defaults={"name": path.name[-200:], "started_at": at},
        )
        done = Progress(rows=this.rows, skipped=this.problems, already_done=this.finished_at is not None)
        if done.already_done:
            return done
        records = _with_right_standard(extract.records, dated)
        keeping = keeper(extract.kind, dated, path.name[-100:])
        _load_all(islice(records, this.rows, None), this, keeping, done, progress)
        done.unknown_places = keeping.unknown_places
    RegisterLoad.objects.filter(pk=this.pk).update(finished_at=at)
    return done


def _load_all(
    records: Iterator[Record], this: RegisterLoad, keeping: Keeper, done: Progress, progress: Callable[[Progress], None]
) -> None:
    committed = 0.0
    while batch := list(islice(records, ROWS_PER_TRANSACTION)):
        rows = list(_read_rows(batch, keeping, done))
        _rest_since(committed)
        with transaction.atomic():
            new, changed = keeping.keep(rows)
            RegisterLoad.objects.filter(pk=this.pk).update(rows=done.rows, problems=done.skipped)
        committed = time.monotonic()
        done.new += new
        done.changed += changed
        progress(done)


def _rest_since(committed: float) -> None:
    rest = committed + REST_SECONDS - time.monotonic()
    if connection.vendor == "sqlite" and rest > 0:
        time.sleep(rest)


def _read_rows(batch: Iterable[Record], keeping: Keeper, done: Progress) -> Iterator[Row]:
    for record in batch:
        done.rows += 1
        try:
            yield read_row(record, keeping.kind, keeping.dated, keeping.municipality_code)
        except Refusal as refusal:
            done.skipped += 1
            if len(done.problems) < 100:
                unit = f"{record['number']} {record['name']}".strip()[:60]
                done.problems.append(
                    _("Row %(row)s (%(unit)s): %(why)s") % {"row": done.rows, "unit": unit, "why": refusal}
                )


def _with_right_standard(records: Iterator[Record], dated: date) -> Iterator[Record]:
    """The records, once the first of them are seen not to speak against the day of the extract.

    About half of the units have codes that only SN2025 has, so an extract without any is from before the change.
    """
    if dated < CHANGED_ON:
        yield from records
        return
    first = []
    coded = 0
    for record in records:
        first.append(record)
        code = record.get("industry", "").strip()
        coded += bool(code)
        if code in only_in_sn2025():
            break
        if coded >= ROWS_THAT_TELL:
            raise WrongDate(
                _(
                    "The extract uses the industry standard SN2007, which the register left on %(changed)s, "
                    "so it cannot be from %(day)s. Say the right day with --date."
                )
                % {"changed": CHANGED_ON.isoformat(), "day": dated.isoformat()}
            )
    yield from first
    yield from records
