"""Following the register's feed of updates, a bounded step at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from samtall.base.errors import Refusal
from samtall.parties.models import RegisterCursor, RegisterLoad, RemovedUnit
from samtall.parties.numbers import is_number
from samtall.parties.register.asking import Connection
from samtall.parties.register.client import UNITS_PER_QUESTION, Answer, Update, units, updates
from samtall.parties.register.columns import Kind
from samtall.parties.register.files import record_of
from samtall.parties.register.forgetting import forget
from samtall.parties.register.keeping import Keeper, keeper
from samtall.parties.register.rows import Row, read_row
from samtall.parties.register.turns import Turns

#: What is written as the source of attributes.
FEED = "oppdateringer"
#: Lines of the feed that a step reads.
LINES_PER_STEP = 500


class NoRegister(Refusal):
    """No complete extract is loaded."""


class FollowedByOthers(Exception):
    """Another process has moved the cursor meanwhile."""


@dataclass
class Updated:
    """What became of the lines of the feed."""

    lines: int = 0
    new: int = 0
    changed: int = 0
    removed: int = 0
    skipped: int = 0
    problems: list[str] = field(default_factory=list)


def refuse_without_register() -> None:
    """Raise NoRegister when there is nothing that updates can follow."""
    if not RegisterCursor.objects.exists():
        raise NoRegister(_("There is no whole register here to update. Fetch it first: samtall register fetch"))


def catch_up(at: datetime, *, connection: Connection | None = None, done: Updated | None = None) -> bool:
    """Do one bounded step of following the feed; whether there is more to do.

    `done` adds up what became of it. Nothing is done, and False given, before a complete extract is loaded. A step
    that is stopped in the middle, or done twice, does no harm. Raises RegisterNotReached.
    """
    done = Updated() if done is None else done
    if connection is None:
        with Connection() as opened:
            return catch_up(at, connection=opened, done=done)
    for kind in (Kind.ENHETER, Kind.UNDERENHETER):  # owners before their work sites
        cursor = RegisterCursor.objects.filter(kind=kind).first()
        if cursor and not _follow(cursor, connection, at, done):
            return True
    return False


def _follow(cursor: RegisterCursor, connection: Connection, at: datetime, done: Updated) -> bool:
    """Keep what the next lines of the feed tell of; whether they were the last."""
    kind = Kind(cursor.kind)
    lines = updates(connection, kind, after=cursor.position, since=cursor.since, most=LINES_PER_STEP)
    wanted = _wanted(kind, lines)
    turns = Turns()
    for start in range(0, len(wanted), UNITS_PER_QUESTION):
        some = wanted[start : start + UNITS_PER_QUESTION]
        answer = units(connection, kind, [line.number for line in some])
        if not _keep(cursor, some, answer, turns, at, done):
            return True  # somebody else follows the feed
    last = len(lines) < LINES_PER_STEP
    moved = RegisterCursor.objects.filter(pk=cursor.pk, position=cursor.position)
    moved.update(
        position=lines[-1].position if lines else cursor.position,
        caught_up_at=at if last else cursor.caught_up_at,
    )
    done.lines += len(lines)
    return last


def _wanted(kind: Kind, lines: Sequence[Update]) -> list[Update]:
    """The last line of each unit, without those from before the latest complete extract, which tells more.

    What the register takes back is missing from an extract as closed units are, so those lines are all followed.
    """
    told = RegisterLoad.objects.filter(kind=kind, complete=True).aggregate(latest=Max("dated"))["latest"]
    since = told - timedelta(days=1)  # the extract was made in the night before that day, or in it
    last = {line.number: line for line in lines if is_number(line.number) and (line.removed or line.on >= since)}
    return sorted(last.values(), key=lambda line: line.position)


def _keep(
    cursor: RegisterCursor, lines: Sequence[Update], answer: Answer, turns: Turns, at: datetime, done: Updated
) -> bool:
    """Keep what the register says of these lines' units, and that they were followed; whether it was for us to do."""
    today = timezone.localdate(at)
    told = {unit["organisasjonsnummer"] for unit in answer.units}
    taken_back = {*answer.removed, *(line.number for line in lines if line.removed)} - told
    RemovedUnit.objects.filter(number__in=told).delete()  # they are public again
    keeping = keeper(Kind(cursor.kind), today, FEED)
    rows = list(_read(answer, keeping, done))
    position = lines[-1].position
    removed = 0

    def also() -> None:
        nonlocal removed
        if not RegisterCursor.objects.filter(pk=cursor.pk, position=cursor.position).update(position=position):
            raise FollowedByOthers
        removed = forget(taken_back, today)

    try:
        new, changed = turns.keep(keeping, rows, also)
    except FollowedByOthers:
        return False
    cursor.position = position
    done.new += new
    done.changed += changed
    done.removed += removed
    return True


def _read(answer: Answer, keeping: Keeper, done: Updated) -> Iterator[Row]:
    for unit in answer.units:
        try:
            yield read_row(record_of(unit, keeping.kind), keeping.kind, keeping.dated, keeping.municipality_code)
        except Refusal as refusal:
            done.skipped += 1
            done.problems.append(f"{unit['organisasjonsnummer']}: {refusal}")
