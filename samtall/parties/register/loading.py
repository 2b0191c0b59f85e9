"""Loading an extract: in short transactions, going on where it was stopped, and changing nothing the second time."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samtall.base.errors import Refusal
from samtall.parties.industry import CHANGED_ON, only_in_sn2025
from samtall.parties.models import RegisterLoad
from samtall.parties.register.closing import close_missing
from samtall.parties.register.columns import Kind
from samtall.parties.register.cursor import follow_from
from samtall.parties.register.files import Record, date_in_name, digest_of, open_extract
from samtall.parties.register.keeping import Keeper, keeper
from samtall.parties.register.rows import Row, read_row
from samtall.parties.register.turns import Turns

#: How many rows with an industry code tell which standard a whole file uses.
ROWS_THAT_TELL = 500


class WrongDate(Refusal):
    """The day of the extract is missing, or cannot be right."""


@dataclass
class Progress:
    """Rows read, of them skipped, and what became of the rest; and how many units are closed that the extract lacks."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    closed: int = 0
    already_done: bool = False
    problems: list[str] = field(default_factory=list)
    skipped: int = 0
    unknown_places: set[str] = field(default_factory=set)


def load(
    path: Path,
    *,
    dated: date | None = None,
    kind: Kind | None = None,
    complete: bool = False,
    at: datetime,
    progress: Callable[[Progress], None] = lambda _progress: None,
) -> Progress:
    """Load an extract that shows the register of the day `dated`, else of the date in the file's name.

    With `complete` it is the whole register, and units that it lacks are closed from that day on. Rows that cannot be
    kept are told of in `problems` (at most 100 of them) and skipped. A file that was stopped in the middle goes on
    where it was; one that is loaded already changes nothing. Raises NotAnExtract and WrongDate.
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
        done = Progress(rows=this.rows, skipped=this.problems)
        if this.finished_at and this.complete >= complete:
            done.already_done = True
            return done
        if not this.finished_at:
            records = _with_right_standard(extract.records, dated)
            keeping = keeper(extract.kind, dated, path.name[-100:])
            _load_all(islice(records, this.rows, None), this, keeping, done, progress)
            done.unknown_places = keeping.unknown_places
    _finish(this, complete or this.complete, done, at)
    return done


def _load_all(
    records: Iterator[Record], this: RegisterLoad, keeping: Keeper, done: Progress, progress: Callable[[Progress], None]
) -> None:
    turns = Turns()
    for batch in turns.of(records):
        rows = list(_read_rows(batch, keeping, done))

        def note() -> None:
            RegisterLoad.objects.filter(pk=this.pk).update(rows=done.rows, problems=done.skipped)

        new, changed = turns.keep(keeping, rows, note)
        done.new += new
        done.changed += changed
        progress(done)


def _finish(this: RegisterLoad, complete: bool, done: Progress, at: datetime) -> None:
    """Close what is missing from this extract, or from later complete ones, and let the updates follow from here."""
    kind = Kind(this.kind)
    later = RegisterLoad.objects.filter(kind=kind, complete=True, finished_at__isnull=False, dated__gt=this.dated)
    whole = dict(later.values_list("dated", "rows")) | ({this.dated: done.rows} if complete else {})
    for day in sorted(whole):
        closed = close_missing(kind, day, whole[day])
        if closed is None:
            done.problems.append(
                _(
                    "The extract of %(day)s lacks so many of the units that are known that it cannot be the whole "
                    "register. None of them was closed."
                )
                % {"day": day.isoformat()}
            )
            complete = complete and day != this.dated
        else:
            done.closed += closed
    with transaction.atomic():
        RegisterLoad.objects.filter(pk=this.pk).update(finished_at=at, complete=complete)
        follow_from(kind, this.dated, begin=complete)


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
