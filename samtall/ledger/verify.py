"""Whether the books are as they were written: gapless, chained, every entry as hashed, reversals marked, guards up."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from samtall.ledger import guards
from samtall.ledger.canonical import FACT_COLUMNS, GENESIS, commitment, posting_hash
from samtall.ledger.checkpoints import Checkpoint, compare
from samtall.ledger.models import NEVER, Entry, Head, Posting

_PLACE = ("posting_id", "line", "id", "reverses_id", "ended", "commitment", "salt", "source_id")


@dataclass
class Verdict:
    """What was read, and what was wrong with it: the first fault stands first."""

    postings: int = 0
    entries: int = 0
    head: bytes = GENESIS
    faults: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.faults


def verify(
    progress: Callable[[int], None] | None = None,
    *,
    every: int = 1_000,
    most_faults: int = 20,
    checkpoints: Sequence[Checkpoint] = (),
) -> Verdict:
    """Read the whole ledger and recompute every hash; stops after `most_faults` faults.

    It must pass through `checkpoints` that somebody has kept. `progress` is told how many postings have been read, each
    time it is another `every`.
    """
    verdict = Verdict()
    verdict.faults.extend(
        _("The guard “%(name)s” is missing or changed.") % {"name": name} for name in guards.missing()
    )
    chain = _Chain(verdict)
    for posting, lines in _postings_with_lines():
        chain.read(posting, lines)
        if progress and verdict.postings % every == 0:
            progress(verdict.postings)
        if len(verdict.faults) >= most_faults:
            return verdict
    chain.close()
    verdict.faults.extend(_not_passed(checkpoints))
    return verdict


def _not_passed(checkpoints: Sequence[Checkpoint]) -> list[str]:
    """Which checkpoints the ledger does not pass through, and from which posting on it is uncertain."""
    certain, faults = 0, []
    for checkpoint in sorted(checkpoints, key=lambda one: one.position):
        if found := compare(checkpoint):
            faults += found
        elif not faults:
            certain = checkpoint.position
    if faults:
        faults.append(
            _("Postings up to %(certain)s are as they were at a checkpoint. What comes from %(next)s on is uncertain.")
            % {"certain": certain, "next": certain + 1}
        )
    return faults


class _Chain:
    """The state that must be carried from posting to posting."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        self.position = 0
        self.marked: dict[int, tuple[str, int]] = {}  # entry id → its place and `ended`, until its reversal is met

    def read(self, posting: tuple[Any, ...], lines: list[tuple[Any, ...]]) -> None:
        position, at, by, source_id, source, reason, hash_ = posting
        self.verdict.postings += 1
        if position != self.position + 1:
            self._fault(
                _("Posting %(next)s follows %(last)s: positions between them are missing."),
                next=position,
                last=self.position,
            )
        if not lines:
            self._fault(_("Posting %(position)s has no entries."), position=position)
        commitments = [self._entry(number, source_id, line) for number, line in enumerate(lines, start=1)]
        expected = posting_hash(self.verdict.head, position, at, by, source, reason, commitments)
        if expected != bytes(hash_):
            self._fault(_("Posting %(position)s is not as it was written: its hash does not fit."), position=position)
        self.position = position
        self.verdict.head = bytes(hash_)

    def _entry(self, number: int, source_id: int, line: tuple[Any, ...]) -> bytes:
        position, line_number, entry_id, reverses_id, ended, committed, salt, entry_source = line[: len(_PLACE)]
        place = f"{position}.{line_number}"
        self.verdict.entries += 1
        if line_number != number or entry_source != source_id:
            self._fault(_("Entry %(place)s is not where it was written."), place=place)
        reversed_place = ""
        if reverses_id is not None:
            reversed_place, marked_with = self.marked.pop(reverses_id, ("", 0))
            if marked_with != position:
                self._fault(_("Entry %(place)s reverses an entry that is not marked with it."), place=place)
            if ended != position:
                self._fault(_("Entry %(place)s is a reversal that is marked as standing."), place=place)
        elif ended != NEVER:
            self.marked[entry_id] = (place, ended)
        expected = commitment(bytes(salt), position, line_number, reversed_place, line[len(_PLACE) :])
        if expected != bytes(committed):
            self._fault(_("Entry %(place)s is not as it was written: its contents were changed."), place=place)
        return bytes(committed)

    def close(self) -> None:
        """Compare with the head, and find marks without a reversal."""
        for place, _ended in self.marked.values():
            self._fault(_("Entry %(place)s is marked as reversed, but nothing reverses it."), place=place)
        head = Head.objects.filter(pk=1).first()
        position, hash_ = (head.position, bytes(head.hash)) if head else (0, GENESIS)
        if (position, hash_) != (self.position, self.verdict.head):
            self._fault(
                _("The head says position %(head)s, but the last posting is %(last)s: the end was cut or rewritten."),
                head=position,
                last=self.position,
            )

    def _fault(self, message: str, **values: object) -> None:
        self.verdict.faults.append(message % values)


def _postings_with_lines() -> Iterator[tuple[tuple[Any, ...], list[tuple[Any, ...]]]]:
    """Each posting with its entries, both in order, read as streams."""
    postings = Posting.objects.order_by("position").values_list(
        "position", "at", "by", "source_id", "source__name", "reason", "hash"
    )
    entries = Entry.objects.order_by("posting_id", "line").values_list(*_PLACE, *FACT_COLUMNS)
    groups = groupby(entries.iterator(5000), key=lambda line: line[0])
    position, lines = next(groups, (None, iter(())))
    for posting in postings.iterator(5000):
        if position == posting[0]:
            yield posting, list(lines)
            position, lines = next(groups, (None, iter(())))
        else:
            yield posting, []
