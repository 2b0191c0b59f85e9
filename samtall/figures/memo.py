"""What has been answered need not be counted again, as long as nothing that it rests on has changed.

An answer rests on the definition, the period, how it is divided, and the books up to a position; on nothing else. The
books up to a position are told by the hash of the posting there, which vouches for all before it: a transaction taken
back, a copy restored or another database have other hashes, so no answer of theirs is ever given. When more has been
posted, the answer holds until an entry touches it (see `touching`).

It lives in the process, is bounded, and forgets what was used longest ago. Losing it costs time and nothing else.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, Generic, TypeVar

from django.conf import settings

from samtall.base.periods import Period
from samtall.figures.compiler import Grouping, Question
from samtall.figures.definitions import CHOSEN
from samtall.figures.touching import touches
from samtall.ledger.models import Entry, Posting

V = TypeVar("V")

#: How many answers are kept, and how many new entries are looked through to carry one on.
ANSWERS, ENTRIES = 50_000, 5_000
_SEEN = ("kind", "family", "starts", "ends", "outcome", "organisation", "establishment", "person", "unit")
_COLUMNS = tuple(dict.fromkeys((*_SEEN, *CHOSEN.values())))


@dataclass(frozen=True)
class Books:
    """The books up to a position, and the hash that vouches for them."""

    position: int
    hash: bytes


class Kept(Generic[V]):
    """A bounded store, safe to use from several threads; the one used longest ago goes first."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._things: OrderedDict[Hashable, V] = OrderedDict()

    def get(self, key: Hashable) -> V | None:
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
            return self._things.get(key)

    def put(self, key: Hashable, thing: V) -> None:
        with self._lock:
            self._things[key] = thing
            self._things.move_to_end(key)
            while len(self._things) > self._most:
                self._things.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._things.clear()


_exact: Kept[Any] = Kept(ANSWERS)  # by question and hash
_latest: Kept[tuple[Books, Any]] = Kept(ANSWERS)  # by question: the newest answer, to be carried on
_since: Kept[list[Any] | None] = Kept(16)  # the entries between two states of the books


def forget() -> None:
    """Answer everything from the books again."""
    for kept in (_exact, _latest, _since):
        kept.clear()


def books_at(position: int) -> Books | None:
    """The books as they stood at a position; none while they were empty."""
    last = Posting.objects.filter(position__lte=position).order_by("-position").values_list("position", "hash").first()
    return Books(last[0], bytes(last[1])) if last else None


def answered(
    about: str,
    question: Question,
    count: Callable[[Question], Sequence[V]],
    *,
    keep: Callable[[V], bool] = lambda _answer: True,
) -> list[V]:
    """What a question answers for each of its periods, from memory where that holds.

    `count` counts what is missing, for all such periods at once; `about` tells what is asked of the question.
    """
    books = books_at(question.position) if settings.REMEMBER_ANSWERS else None
    if books is None:
        return list(count(question))
    found = [_remembered(_key(about, question, period), question, period, books) for period in question.periods]
    missing = tuple(period for period, known in zip(question.periods, found, strict=True) if known is None)
    if missing:
        counted = iter(count(Question(question.definition, missing, books.position, question.grouping, question.on)))
        for number, period in enumerate(question.periods):
            if found[number] is None:
                answer = next(counted)
                found[number] = (answer,)
                if keep(answer):
                    _remember(_key(about, question, period), books, answer)
    return [known[0] for known in found if known is not None]


def _key(about: str, question: Question, period: Period) -> Hashable:
    return about, question.definition, question.grouping, question.on, period.first, period.last


def _remember(key: Hashable, books: Books, answer: Any) -> None:
    _exact.put((key, books.hash), (answer,))
    latest = _latest.get(key)
    if latest is None or latest[0].position <= books.position:
        _latest.put(key, (books, answer))


def _remembered(key: Hashable, question: Question, period: Period, books: Books) -> tuple[Any] | None:
    """The answer in a tuple of its own, as it may be nothing at all."""
    known: tuple[Any] | None = _exact.get((key, books.hash))
    if known is not None:
        return known
    latest = _latest.get(key)
    if latest is None or latest[0].position >= books.position:
        return None
    since = _entries_since(latest[0], books)
    by_institution = question.grouping is Grouping.INSTITUTION
    if since is None or any(touches(question.definition, period, one, by_institution=by_institution) for one in since):
        return None
    _remember(key, books, latest[1])
    return (latest[1],)


def _entries_since(before: Books, now: Books) -> list[Any] | None:
    """The entries posted between two states of the same books; none when they are too many, or the books others."""
    key = before.hash, now.hash
    known = _since.get(key)
    if known is not None:
        return known
    if not Posting.objects.filter(position=before.position, hash=before.hash).exists():
        return None
    new = Entry.objects.filter(posting__gt=before.position, posting__lte=now.position)
    entries: list[Any] = list(new.values_list(*_COLUMNS, named=True)[: ENTRIES + 1])
    if len(entries) > ENTRIES:
        return None
    _since.put(key, entries)
    return entries
