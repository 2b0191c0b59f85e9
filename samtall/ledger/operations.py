"""The one verb that writes in the books: a room says what is now true of a source, and the difference is appended."""

import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from samtall.ledger.canonical import FACT_COLUMNS, GENESIS, commitment, fact_values, posting_hash
from samtall.ledger.facts import Fact
from samtall.ledger.models import NEVER, Entry, Head, Posting, Source
from samtall.ledger.queries import fact_of


@dataclass(frozen=True)
class Statement:
    """What is now true of a source: all of its facts, or none."""

    source: str
    facts: Sequence[Fact] = field(default_factory=tuple)


def restate(source: str, facts: Iterable[Fact], *, by: str, at: datetime, reason: str = "") -> Posting | None:
    """Say what is now true of a source; returns the posting, or None when nothing changed.

    Appends reversals for what no longer holds and additions for what is new. No facts cancels all. The posting's time
    is `at`, or the time of the posting before it where that is later, so that positions follow time.
    """
    postings = restate_many([Statement(source, tuple(facts))], by=by, at=at, reason=reason)
    return postings[0] if postings else None


def restate_many(statements: Iterable[Statement], *, by: str, at: datetime, reason: str = "") -> list[Posting]:
    """Restate several sources in one transaction; one posting for each that changed, in the order given."""
    latest = {statement.source: statement for statement in statements}
    if not latest:
        return []
    with transaction.atomic():
        head = _locked_head()
        sources = _sources(latest)
        standing = _standing_entries(sources.values())
        postings: list[Posting] = []
        entries: list[Entry] = []
        head.at = max(at, head.at) if head.at else at
        for name, statement in latest.items():
            source = sources[name]
            lines = _difference(standing.get(source.pk, []), statement.facts)
            if not lines:
                continue
            head.position += 1
            for number, entry in enumerate(lines, start=1):
                _place(entry, head.position, number, source)
            head.hash = posting_hash(
                bytes(head.hash), head.position, head.at, by, name, reason, (bytes(entry.commitment) for entry in lines)
            )
            postings.append(
                Posting(position=head.position, at=head.at, by=by, source=source, reason=reason, hash=head.hash)
            )
            entries.extend(lines)
        if postings:
            Posting.objects.bulk_create(postings, batch_size=500)
            Entry.objects.bulk_create(entries, batch_size=500)
            _mark_reversed(entries)
            head.save(update_fields=["position", "at", "hash"])
    return postings


def _locked_head() -> Head:
    """The head row, locked until the transaction ends (on SQLite the transaction itself is the lock)."""
    Head.objects.get_or_create(pk=1, defaults={"hash": GENESIS})
    return Head.objects.select_for_update().get(pk=1)


def _sources(names: Iterable[str]) -> dict[str, Source]:
    wanted = list(names)
    known = {source.name: source for source in Source.objects.filter(name__in=wanted)}
    new = [Source(name=name) for name in wanted if name not in known]
    if new:
        known.update((source.name, source) for source in Source.objects.bulk_create(new, batch_size=500))
    return known


def _standing_entries(sources: Iterable[Source]) -> dict[int, list[Entry]]:
    standing: dict[int, list[Entry]] = {}
    for entry in Entry.objects.filter(source__in=list(sources), ended=NEVER).order_by("posting_id", "line"):
        standing.setdefault(entry.source_id, []).append(entry)
    return standing


def _difference(standing: Sequence[Entry], facts: Sequence[Fact]) -> list[Entry]:
    """Reversals of what no longer holds, then additions of what is new; equal facts are counted, not merged."""
    missing = Counter(facts)
    reversals: list[Entry] = []
    for entry in standing:
        fact = fact_of(entry)
        if missing[fact] > 0:
            missing[fact] -= 1
        else:
            reversals.append(_entry(fact, reverses=entry))
    return reversals + [_entry(fact) for fact in facts if _taken(missing, fact)]


def _taken(missing: "Counter[Fact]", fact: Fact) -> bool:
    """Whether one more of `fact` is missing, in which case it is taken."""
    if missing[fact] > 0:
        missing[fact] -= 1
        return True
    return False


def _entry(fact: Fact, *, reverses: Entry | None = None) -> Entry:
    return Entry(**dict(zip(FACT_COLUMNS, fact_values(fact), strict=True)), reverses=reverses)


def _place(entry: Entry, position: int, line: int, source: Source) -> None:
    """Give an entry its place in the books, its salt and its commitment."""
    reversed_entry = entry.reverses
    entry.posting_id, entry.line, entry.source = position, line, source
    entry.ended = position if reversed_entry else NEVER
    entry.salt = secrets.token_bytes(16)
    place = f"{reversed_entry.posting_id}.{reversed_entry.line}" if reversed_entry else ""
    values = [getattr(entry, column) for column in FACT_COLUMNS]
    entry.commitment = commitment(entry.salt, position, line, place, values)


def _mark_reversed(entries: Iterable[Entry]) -> None:
    """Keep each reversal's position beside the entry that it reverses; the guards let this happen once per entry."""
    by_position: dict[int, list[int]] = {}
    for entry in entries:
        if entry.reverses_id:
            by_position.setdefault(entry.posting_id, []).append(entry.reverses_id)
    for position, reversed_ids in by_position.items():
        Entry.objects.filter(pk__in=reversed_ids, ended=NEVER).update(ended=position)
