"""What somebody with all rights in the database may do to the books: each way is an attack, to be rolled back.

An attack does its harm and gives the positions that may be named for it: the first that is wrong, and where the wrong
posting can only be seen from the next one, that one too.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import connection

from samtall.ledger import reading
from samtall.ledger.canonical import FACT_COLUMNS, commitment, posting_hash
from samtall.ledger.reading import Header, Line

NEVER = 2**62


def tell(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@dataclass(frozen=True)
class Books:
    """The books as they were written, to choose from."""

    postings: list[tuple[Header, list[Line]]]

    @classmethod
    def read(cls) -> "Books":
        return cls([(header, lines) for header, lines in reading.postings() if header])

    @property
    def last(self) -> int:
        return len(self.postings)

    def header(self, position: int) -> Header:
        return self.postings[position - 1][0]

    def lines(self, position: int) -> list[Line]:
        return self.postings[position - 1][1]

    def place_of(self, entry: int | None) -> str:
        """The place of an entry, as it stands in the commitment of its reversal."""
        found = [line for _, lines in self.postings for line in lines if line.id == entry]
        return f"{found[0].position}.{found[0].line}" if found else ""


@dataclass(frozen=True)
class Harm:
    """What was done, in a few words, and the positions that may be named for it.

    `hidden` when the chain fits what was done, so that only a checkpoint shows it: then the first position is the one
    from which on all is uncertain, at the latest.
    """

    what: str
    first: int
    last: int
    hidden: bool = False


Attack = Callable[[Books, Random], Harm]


def a_fact(books: Books, random: Random) -> Harm:
    """One column of what was entered."""
    line, index = _some_line(books, random), random.randrange(len(FACT_COLUMNS))
    column = FACT_COLUMNS[index]
    _set(line, column, _other(line.values[index], column, line, random))
    return Harm(f"{column} of {line.position}.{line.line}", line.position, line.position)


def a_salt(books: Books, random: Random) -> Harm:
    line = _some_line(books, random)
    _set(line, "salt", secrets.token_bytes(16))
    return Harm(f"salt of {line.position}.{line.line}", line.position, line.position)


def a_commitment(books: Books, random: Random) -> Harm:
    line = _some_line(books, random)
    _set(line, "commitment", secrets.token_bytes(32))
    return Harm(f"commitment of {line.position}.{line.line}", line.position, line.position)


def a_fact_with_its_commitment(books: Books, random: Random) -> Harm:
    """So that the entry looks right by itself; with a new salt as well."""
    line = _some_line(books, random)
    _write_contents(_touched(books, line, random))
    return Harm(f"fact and commitment of {line.position}.{line.line}", line.position, line.position)


def a_source(books: Books, random: Random) -> Harm:
    """An entry is said to be about another thing."""
    line = _some_line(books, random)
    others = [header.source_id for header, _ in books.postings if header.source_id != line.source_id]
    _set(line, "source_id", random.choice(others))
    return Harm(f"source of {line.position}.{line.line}", line.position, line.position)


def a_name_of_a_source(books: Books, random: Random) -> Harm:
    header = _some_header(books, random)
    tell("UPDATE ledger_source SET name = %s WHERE id = %s", f"activity:{secrets.token_hex(4)}", header.source_id)
    first = min(one.position for one, _ in books.postings if one.source_id == header.source_id)
    return Harm(f"name of source {header.source}", first, first)


def a_mark(books: Books, random: Random) -> Harm:
    """What stands is said to have ended, what has ended to stand, or to have ended at another time."""
    line = _some_line(books, random)
    other = random.choice(
        [one for one in (NEVER, random.randint(line.position, books.last)) if one != line.ended] or [1]
    )
    _set(line, "ended", other)
    seen = [one.position for _, lines in books.postings for one in lines if line.id in (one.id, one.reverses_id)]
    return Harm(f"mark of {line.position}.{line.line}", min(seen), max(seen))


def what_is_reversed(books: Books, random: Random) -> Harm:
    """A reversal points to another entry, or an addition becomes a reversal."""
    line = _some_line(books, random)
    free = {one.id for _, lines in books.postings for one in lines} - {
        one.reverses_id for _, lines in books.postings for one in lines
    }
    _set(line, "reverses_id", random.choice(sorted(free - {line.id})))
    return Harm(f"what {line.position}.{line.line} reverses", line.position, line.position)


def a_header(books: Books, random: Random) -> Harm:
    """When, by whom, why, about what, or the hash itself."""
    header = _some_header(books, random)
    others = [one.source_id for one, _ in books.postings if one.source_id != header.source_id]
    column, value = random.choice([
        ("at", header.at + timedelta(microseconds=1)),
        ("by", header.by + "0"),
        ("reason", header.reason + "."),
        ("source_id", random.choice(others)),
        ("hash", secrets.token_bytes(32)),
    ])  # fmt: skip
    tell(f'UPDATE ledger_posting SET "{column}" = %s WHERE position = %s', value, header.position)
    return Harm(f"{column} of {header.position}", header.position, header.position)


def a_header_with_its_hash(books: Books, random: Random) -> Harm:
    """The posting looks right by itself; the next one, or the head, does not fit it."""
    header = _some_header(books, random)
    other = header._replace(by=header.by + "0")
    tell('UPDATE ledger_posting SET "by" = %s WHERE position = %s', other.by, header.position)
    tell(
        "UPDATE ledger_posting SET hash = %s WHERE position = %s",
        _hash(books, other, books.lines(header.position)),
        header.position,
    )
    return Harm(f"header and hash of {header.position}", header.position, header.position + 1)


def swapped_entries(books: Books, random: Random) -> Harm:
    """Two entries change places, with all that is theirs."""
    one, other = random.sample([line for _, lines in books.postings for line in lines], 2)
    _set(one, "line", 9_999)
    tell("UPDATE ledger_entry SET position = %s, line = %s WHERE id = %s", one.position, one.line, other.id)
    tell("UPDATE ledger_entry SET position = %s, line = %s WHERE id = %s", other.position, other.line, one.id)
    first = min(one.position, other.position)
    return Harm(f"{one.position}.{one.line} ↔ {other.position}.{other.line}", first, first)


def swapped_postings(books: Books, random: Random) -> Harm:
    one, other = random.sample(range(1, books.last + 1), 2)
    for old, new in ((one, 0), (other, one), (0, other)):
        tell("UPDATE ledger_posting SET position = %s WHERE position = %s", new, old)
        tell("UPDATE ledger_entry SET position = %s WHERE position = %s", new, old)
    return Harm(f"{one} ↔ {other}", min(one, other), min(one, other))


def a_removed_entry(books: Books, random: Random) -> Harm:
    line = _some_line(books, random)
    tell("DELETE FROM ledger_entry WHERE id = %s", line.id)
    return Harm(f"{line.position}.{line.line} is removed", line.position, line.position)


def a_removed_posting(books: Books, random: Random) -> Harm:
    """With its entries; the next one follows it no more, or the head does not fit."""
    position = _some_header(books, random).position
    _remove(position, position)
    return Harm(f"{position} is removed", position, position + 1)


def a_removed_posting_closed_up(books: Books, random: Random) -> Harm:
    """Those after it are numbered anew, and the head is turned back."""
    position = random.randint(1, books.last - 1)
    _remove(position, position)
    for later in range(position + 1, books.last + 1):
        tell("UPDATE ledger_posting SET position = %s WHERE position = %s", later - 1, later)
        tell("UPDATE ledger_entry SET position = %s WHERE position = %s", later - 1, later)
    tell("UPDATE ledger_head SET position = position - 1")
    return Harm(f"{position} is removed, and all after it are moved", position, position)


def an_inserted_entry(books: Books, random: Random) -> Harm:
    """One more line in a posting, with a commitment that fits it."""
    position = _some_header(books, random).position
    like = random.choice(books.lines(position))
    new = like._replace(
        line=len(books.lines(position)) + 1, reverses_id=None, ended=NEVER, salt=secrets.token_bytes(16)
    )
    new = new._replace(commitment=commitment(new.salt, position, new.line, "", new.values))
    _insert(new)
    return Harm(f"{position}.{new.line} is inserted", position, position)


def an_entry_after_the_end(books: Books, random: Random) -> Harm:
    like = _some_line(books, random)
    position = books.last + random.randint(1, 3)
    _insert(like._replace(position=position, line=1, reverses_id=None, ended=NEVER))
    return Harm(f"{position}.1 is inserted", position, position)


def a_posting_after_the_end(books: Books, random: Random) -> Harm:
    """One that fits the chain, but that the head knows nothing of."""
    like = _some_line(books, random)
    new = like._replace(position=books.last + 1, line=1, reverses_id=None, ended=NEVER, salt=secrets.token_bytes(16))
    new = new._replace(commitment=commitment(new.salt, new.position, 1, "", new.values))
    last = books.header(books.last)
    header = last._replace(position=new.position, hash=b"")
    hash_ = posting_hash(
        last.hash, header.position, header.at, header.by, header.source, header.reason, [new.commitment]
    )
    tell(
        'INSERT INTO ledger_posting (position, at, "by", source_id, reason, hash) VALUES (%s, %s, %s, %s, %s, %s)',
        header.position, header.at, header.by, header.source_id, header.reason, hash_,
    )  # fmt: skip
    _insert(new._replace(source_id=header.source_id))
    return Harm(f"{header.position} is added", books.last, header.position)


def the_head(books: Books, random: Random) -> Harm:
    column, value = random.choice([
        ("position", random.choice([books.last - 1, books.last + 1, 0])),
        ("hash", secrets.token_bytes(32)),
        ("at", books.header(books.last).at + timedelta(seconds=1)),
    ])  # fmt: skip
    tell(f"UPDATE ledger_head SET {column} = %s", value)
    return Harm(f"{column} of the head", 0, books.last + 1)


def a_cut_end(books: Books, random: Random) -> Harm:
    """The last postings are removed, marks taken back, and the head turned back: all fits."""
    end = random.randrange(books.last)
    _remove(end + 1, books.last)
    tell("UPDATE ledger_entry SET ended = %s WHERE ended > %s AND ended < %s", NEVER, end, NEVER)
    _turn_head(books, end, books.header(end).hash if end else bytes(32))
    return Harm(f"cut after {end}", end + 1, end + 1, hidden=True)


def a_rewritten_end(books: Books, random: Random) -> Harm:
    """A fact is changed, and everything from there on is hashed anew: all fits."""
    line = _some_line(books, random)
    _write_contents(changed := _touched(books, line, random))
    _hash_anew(books, changed)
    return Harm(f"{line.position}.{line.line} and all after it", line.position, line.position, hidden=True)


def a_header_and_a_rewritten_end(books: Books, random: Random) -> Harm:
    """Who did it is changed, and everything from there on is hashed anew: all fits."""
    header = _some_header(books, random)
    tell('UPDATE ledger_posting SET "by" = %s WHERE position = %s', "user:666", header.position)
    _hash_anew(books, None, {header.position: header._replace(by="user:666")})
    return Harm(f"who did {header.position}, and all after it", header.position, header.position, hidden=True)


ATTACKS: list[Attack] = [
    a_fact, a_fact, a_fact, a_fact, a_salt, a_commitment, a_fact_with_its_commitment, a_source, a_name_of_a_source,
    a_mark, what_is_reversed, a_header, a_header, a_header_with_its_hash, swapped_entries, swapped_postings,
    a_removed_entry, a_removed_posting, a_removed_posting_closed_up, an_inserted_entry, an_entry_after_the_end,
    a_posting_after_the_end, the_head, a_cut_end, a_rewritten_end, a_rewritten_end, a_header_and_a_rewritten_end,
]  # fmt: skip


def _some_line(books: Books, random: Random) -> Line:
    return random.choice(books.lines(_some_header(books, random).position))


def _some_header(books: Books, random: Random) -> Header:
    return random.choice(books.postings)[0]


def _other(value: Any, column: str, line: Line, random: Random) -> Any:
    """Something else that the column takes."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, date):
        starts, ends = (line.values[FACT_COLUMNS.index(name)] for name in ("starts", "ends"))
        later = column == "ends" and ends == starts
        return value + timedelta(days=1 if later else -1)
    if value is None or isinstance(value, int):
        return (value or 0) + random.choice([1, 2, 1_000])
    return value[:-1] + ("x" if value[-1:] != "x" else "y")


def _touched(books: Books, line: Line, random: Random) -> Line:
    """The entry with another quantity, a new salt, and the commitment to it."""
    index = FACT_COLUMNS.index("quantity")
    values = (*line.values[:index], line.values[index] + random.choice([1, 1_000, 100_000]), *line.values[index + 1 :])
    salt, place = secrets.token_bytes(16), books.place_of(line.reverses_id)
    return line._replace(values=values, salt=salt, commitment=commitment(salt, line.position, line.line, place, values))


def _write_contents(line: Line) -> None:
    for column in ("salt", "commitment"):
        _set(line, column, getattr(line, column))
    _set(line, "quantity", line.values[FACT_COLUMNS.index("quantity")])


def _hash_anew(books: Books, changed: Line | None, headers: dict[int, Header] | None = None) -> None:
    """The hashes of all postings, as they are with one entry or header changed, and the head."""
    before = bytes(32)
    for header, lines in books.postings:
        header = (headers or {}).get(header.position, header)
        lines = [changed if changed and line.id == changed.id else line for line in lines]
        before = _chained(before, header, lines)
        if before != header.hash:
            tell("UPDATE ledger_posting SET hash = %s WHERE position = %s", before, header.position)
    _turn_head(books, books.last, before)


def _hash(books: Books, header: Header, lines: list[Line]) -> bytes:
    before = books.header(header.position - 1).hash if header.position > 1 else bytes(32)
    return _chained(before, header, lines)


def _chained(before: bytes, header: Header, lines: list[Line]) -> bytes:
    commitments = [line.commitment for line in lines]
    return posting_hash(before, header.position, header.at, header.by, header.source, header.reason, commitments)


def _turn_head(books: Books, position: int, hash_: bytes) -> None:
    at = books.header(position).at if position else None
    tell("UPDATE ledger_head SET position = %s, at = %s, hash = %s", position, at, hash_)


def _set(line: Line, column: str, value: object) -> None:
    tell(f'UPDATE ledger_entry SET "{column}" = %s WHERE id = %s', value, line.id)


def _remove(first: int, last: int) -> None:
    tell("UPDATE ledger_entry SET reverses_id = NULL WHERE position BETWEEN %s AND %s", first, last)
    tell("DELETE FROM ledger_entry WHERE position BETWEEN %s AND %s", first, last)
    tell("DELETE FROM ledger_posting WHERE position BETWEEN %s AND %s", first, last)


def _insert(line: Line) -> None:
    columns = ["position", "line", "reverses_id", "ended", "commitment", "salt", "source_id", *FACT_COLUMNS]
    values = [*line[:2], *line[3:8], *line.values]
    names, marks = ", ".join(f'"{column}"' for column in columns), ", ".join(["%s"] * len(columns))
    tell(f"INSERT INTO ledger_entry ({names}) VALUES ({marks})", *values)
