"""Whether the books are as they were written: gapless, chained, every entry as hashed, reversals marked, guards up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from samtall.ledger import guards, reading
from samtall.ledger.canonical import GENESIS, commitment, posting_hash
from samtall.ledger.checkpoints import Checkpoint, compare
from samtall.ledger.models import NEVER
from samtall.ledger.reading import End, Header, Line


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
    with reading.one_moment():
        for header, lines in reading.postings():
            chain.read(header, lines)
            if progress and verdict.postings % every == 0:
                progress(verdict.postings)
            if len(verdict.faults) >= most_faults:
                return verdict
        chain.close(reading.end())
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
        self.last = End(0, None, GENESIS)
        self.marked: dict[int, tuple[str, int]] = {}  # entry id → its place and `ended`, until its reversal is met

    def read(self, header: Header | None, lines: Sequence[Line]) -> None:
        if header is None:
            self._fault(_("There are entries at position %(position)s, but no posting."), position=lines[0].position)
            return
        self.verdict.postings += 1
        if header.position != self.last.position + 1:
            self._fault(
                _("Posting %(next)s follows %(last)s: positions between them are missing."),
                next=header.position,
                last=self.last.position,
            )
        if not lines:
            self._fault(_("Posting %(position)s has no entries."), position=header.position)
        commitments = [self._entry(number, header.source_id, line) for number, line in enumerate(lines, start=1)]
        expected = posting_hash(
            self.last.hash, header.position, header.at, header.by, header.source, header.reason, commitments
        )
        if expected != header.hash:
            self._fault(
                _("Posting %(position)s is not as it was written: its hash does not fit."), position=header.position
            )
        self.last = End(header.position, header.at, header.hash)
        self.verdict.head = header.hash

    def _entry(self, number: int, source_id: int, line: Line) -> bytes:
        place = f"{line.position}.{line.line}"
        self.verdict.entries += 1
        if line.line != number or line.source_id != source_id:
            self._fault(_("Entry %(place)s is not where it was written."), place=place)
        reversed_place = ""
        if line.reverses_id is not None:
            reversed_place, marked_with = self.marked.pop(line.reverses_id, ("", 0))
            if marked_with != line.position:
                self._fault(_("Entry %(place)s reverses an entry that is not marked with it."), place=place)
            if line.ended != line.position:
                self._fault(_("Entry %(place)s is a reversal that is marked as standing."), place=place)
        elif line.ended != NEVER:
            self.marked[line.id] = (place, line.ended)
        if commitment(line.salt, line.position, line.line, reversed_place, line.values) != line.commitment:
            self._fault(_("Entry %(place)s is not as it was written: its contents were changed."), place=place)
        return line.commitment

    def close(self, head: End) -> None:
        """Compare with the head, and find marks without a reversal."""
        for place, _ended in self.marked.values():
            self._fault(_("Entry %(place)s is marked as reversed, but nothing reverses it."), place=place)
        if head != self.last:
            self._fault(
                _("The head says position %(head)s, but the last posting is %(last)s: the end was cut or rewritten."),
                head=head.position,
                last=self.last.position,
            )

    def _fault(self, message: str, **values: object) -> None:
        self.verdict.faults.append(message % values)
