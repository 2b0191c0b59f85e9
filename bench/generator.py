"""A made-up ledger of any size, the same every time, written as three files that each database reads in its own way.

12 years, 20 kinds, 8 roles, 356 municipalities, 21 sectors, 40 programmes; organisations and people by Zipf's law; a
25th as many activities as entries; 5 % of the entries reversed, and 90 % of those replaced. The books are sound: hashes
chain, reversals are marked, `verify` finds nothing.
"""

import csv
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from samtall.ledger.canonical import FACT_COLUMNS, GENESIS, commitment, fact_values, posting_hash
from samtall.ledger.facts import Fact, Outcome, Side, Standing
from samtall.ledger.models import NEVER

FIRST_YEAR, YEARS = 2013, 12
LAST_YEAR = FIRST_YEAR + YEARS - 1
FAMILIES = ("student", "contact", "course", "network", "job")
KINDS = tuple(f"{family}_{letter}" for letter in "abcd" for family in FAMILIES)
MUNICIPALITIES = tuple(str(4018 + 2 * number) for number in range(356))  # 4018 and 4020 are those of the first region
SECTORS = tuple("ABCDEFGHIJKLMNOPQRSTU")
PROGRAMMES = tuple(f"programme-{number}" for number in range(1, 41))
SIZE_CLASSES = ("1-4", "5-19", "20-49", "50-99", "100-249", "250+")
#: Role → (how often, side, whether it is a person's, unit of its quantity).
ROLES: dict[str, tuple[int, Side, bool, str]] = {
    "institution": (15, Side.EDUCATION, False, ""),
    "host": (15, Side.OUTSIDE, False, "hour"),
    "business": (15, Side.OUTSIDE, False, ""),
    "member": (10, Side.OUTSIDE, False, "nok"),
    "student": (15, Side.EDUCATION, True, "hour"),
    "participant": (20, Side.OUTSIDE, True, "hour"),
    "mentor": (5, Side.OUTSIDE, True, "hour"),
    "filled": (5, Side.OUTSIDE, True, "fte"),
}
ENTRIES_PER_ACTIVITY = 25
BY, REASON = "user:1", "bench"

POSTING_COLUMNS = ("position", "at", "by", "reason", "hash", "source_id")
ENTRY_COLUMNS = ("id", "position", "line", "reverses_id", "ended", "commitment", "salt", "source_id", *FACT_COLUMNS)
BINARY_COLUMNS = ("hash", "commitment", "salt")
EMPTY = "\\N"  # how the files write NULL


@dataclass(frozen=True)
class Files:
    """Where a generated ledger lies, and how much there is of it. Binary columns are hexadecimal after "\\x"."""

    folder: Path
    postings: int
    entries: int
    organisations: int
    head: bytes
    last_at: datetime

    def keep(self) -> None:
        """Write down beside the tables what `kept` reads."""
        data = asdict(self) | {"folder": str(self.folder), "head": self.head.hex(), "last_at": self.last_at.isoformat()}
        (self.folder / "books.json").write_text(json.dumps(data))

    @classmethod
    def kept(cls, folder: Path) -> "Files":
        data = json.loads((folder / "books.json").read_text())
        at = datetime.fromisoformat(data["last_at"])
        return cls(folder, data["postings"], data["entries"], data["organisations"], bytes.fromhex(data["head"]), at)

    def path(self, table: str) -> Path:
        """Of "source", "posting" or "entry"."""
        return self.folder / f"{table}.csv"


@dataclass(frozen=True)
class Size:
    """How large a world a ledger of so many entries is drawn from."""

    entries: int

    @property
    def activities(self) -> int:
        return max(self.entries // ENTRIES_PER_ACTIVITY, 4)

    @property
    def organisations(self) -> int:
        return max(self.entries // 50, 20)

    @property
    def people(self) -> int:
        return max(self.entries // 4, 50)


@dataclass(frozen=True)
class _Moment:
    """A posting to come: an activity is entered, or (once, for a fourth of them) corrected."""

    at: datetime
    activity: int
    corrects: bool


def write(folder: Path, entries: int) -> Files:
    """Make a ledger of about so many entries in three files of comma-separated values."""
    size = Size(entries)
    moments = _moments(size)
    corrected_at = {moment.activity: position for position, moment in enumerate(moments, 1) if moment.corrects}
    first_ids: dict[int, tuple[int, int]] = {}  # activity → (position, id of its first entry), until it is corrected
    hash_, next_id = GENESIS, 1
    with ExitStack() as stack:
        rows = {table: csv.writer(stack.enter_context((folder / f"{table}.csv").open("w"))) for table in _TABLES}
        rows["source"].writerows((number, source_name(number)) for number in range(1, size.activities + 1))
        for position, moment in enumerate(moments, 1):
            facts, changed = _facts(moment.activity, size)
            if moment.corrects:
                lines = list(_correction(facts, changed, *first_ids.pop(moment.activity)))
            else:
                later = corrected_at.get(moment.activity)
                if later:
                    first_ids[moment.activity] = (position, next_id)
                lines = [_Line(f, ended=later if later and n in changed else NEVER) for n, f in enumerate(facts)]
            commitments = []
            for number, line in enumerate(lines, 1):
                salt = _salt(next_id)
                values = fact_values(line.fact)
                commitments.append(commitment(salt, position, number, line.reverses, values))
                ended = position if line.reverses_id else line.ended
                row = (next_id, position, number, line.reverses_id, ended, commitments[-1], salt, moment.activity)
                rows["entry"].writerow(map(_written, row + values))
                next_id += 1
            hash_ = posting_hash(hash_, position, moment.at, BY, source_name(moment.activity), REASON, commitments)
            rows["posting"].writerow(map(_written, (position, moment.at, BY, REASON, hash_, moment.activity)))
    files = Files(folder, len(moments), next_id - 1, size.organisations, hash_, moments[-1].at)
    files.keep()
    return files


_TABLES = ("source", "posting", "entry")


def source_name(activity: int) -> str:
    return f"activity:{activity}"


@dataclass(frozen=True)
class _Line:
    fact: Fact
    reverses: str = ""
    reverses_id: int | None = None
    ended: int = NEVER


def _moments(size: Size) -> list[_Moment]:
    """Everything that will be posted, in the order of time: what began first is, by and large, entered first."""
    moments = []
    days = YEARS * 365
    for activity in range(1, size.activities + 1):
        chance = _chance("moment", activity)
        starts = date(FIRST_YEAR, 1, 1) + timedelta(days=(activity - 1) * days // size.activities)
        at = datetime(starts.year, starts.month, starts.day, 12, tzinfo=UTC) + timedelta(hours=chance.randrange(1500))
        moments.append(_Moment(at, activity, corrects=False))
        if activity % 4 == 0:
            moments.append(_Moment(at + timedelta(hours=1 + chance.randrange(8000)), activity, corrects=True))
    return sorted(moments, key=lambda moment: (moment.at, moment.activity, moment.corrects))


def _facts(activity: int, size: Size) -> tuple[list[Fact], range]:
    """The facts first entered of an activity, and which of them a correction will reverse: a fifth."""
    chance = _chance("facts", activity)
    kind = chance.choice(KINDS)
    starts = date(FIRST_YEAR, 1, 1) + timedelta(days=(activity - 1) * YEARS * 365 // size.activities)
    shared: dict[str, Any] = {
        "kind": kind,
        "family": kind.partition("_")[0],
        "starts": starts,
        "ends": _ends(chance, starts),
        "municipality": chance.choice(MUNICIPALITIES),
        "programme": chance.choice(PROGRAMMES),
        "standing": Standing.SUBMITTED if chance.random() < 0.03 else Standing.VALIDATED,
        "evidence": "agreement",
        "industry_standard": "SN2007",
    }
    facts = [_fact(chance, shared, size) for _ in range(chance.randrange(13, 34))]
    return facts, range(round(len(facts) * 0.2))


def _ends(chance: Random, starts: date) -> date | None:
    """Half last a day, most others some months; a few go on for years or have not ended."""
    kind_of_length = chance.random()
    if kind_of_length < 0.02:
        return None
    if kind_of_length < 0.1:
        return starts + timedelta(days=chance.randrange(300, 1100))
    return starts if kind_of_length < 0.5 else starts + timedelta(days=chance.randrange(1, 300))


def _fact(chance: Random, shared: dict[str, Any], size: Size) -> Fact:
    (role,) = chance.choices(_ROLE_NAMES, _ROLE_WEIGHTS)
    _, side, personal, unit = ROLES[role]
    organisation = _zipf(chance, size.organisations)
    identified = chance.random() >= 0.02
    if personal and not identified:
        personal, unit = False, "person"  # counted by head
    return Fact(
        role=role,
        side=side,
        outcome=chance.choices(_OUTCOMES, _OUTCOME_WEIGHTS)[0],
        organisation=organisation,
        person=_zipf(chance, size.people) if personal else None,
        identified=identified,
        quantity=1_000 * chance.randrange(1, 40) if unit else 0,
        unit=unit,
        sector=SECTORS[organisation * 7919 % len(SECTORS)],
        industry=f"{10 + organisation * 31 % 90}.{100 + organisation * 17 % 900}",
        size_class=SIZE_CLASSES[organisation * 101 % len(SIZE_CLASSES)],
        **shared,
    )


_ROLE_NAMES = list(ROLES)
_ROLE_WEIGHTS = [often for often, *_ in ROLES.values()]
_OUTCOMES = list(Outcome)
_OUTCOME_WEIGHTS = [20, 74, 3, 2, 1]


def _correction(facts: list[Fact], changed: range, position: int, first_id: int) -> Iterator[_Line]:
    """Reversals of what changed, then the replacements of nine in ten of them, as `restate` enters them."""
    for number in changed:
        yield _Line(facts[number], reverses=f"{position}.{number + 1}", reverses_id=first_id + number)
    for number in changed:
        if (position + number) % 10:
            yield _Line(replace(facts[number], quantity=facts[number].quantity + 1_000))


def _zipf(chance: Random, among: int) -> int:
    """A number from 1 to `among`; each is drawn about in proportion to 1 / number."""
    return min(int((among + 1) ** chance.random()), among)


def _chance(what: str, number: int) -> Random:
    return Random(f"{what} {number}")


def _salt(entry_id: int) -> bytes:
    return entry_id.to_bytes(16, "big")


def _written(value: Any) -> Any:
    if value is None:
        return EMPTY
    if isinstance(value, bytes):
        return "\\x" + value.hex()
    return value.isoformat() if isinstance(value, datetime) else value
