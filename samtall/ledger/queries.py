"""What can be asked of the books without reading figures."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from samtall.base.periods import FOREVER
from samtall.ledger.canonical import FACT_COLUMNS
from samtall.ledger.facts import Fact
from samtall.ledger.models import NEVER, Entry, Head, Posting


def position() -> int:
    """The position of the last posting; 0 while the books are empty."""
    head = Head.objects.filter(pk=1).first()
    return head.position if head else 0


def last_at() -> datetime | None:
    """When the last posting was made; None while the books are empty."""
    head = Head.objects.filter(pk=1).first()
    return head.at if head else None


def position_on(moment: date | datetime) -> int:
    """The last position recorded at or before a moment; a date means the end of that day in Norway."""
    if isinstance(moment, datetime):
        postings = Posting.objects.filter(at__lte=moment)
    else:
        postings = Posting.objects.filter(at__lt=end_of(moment))
    last = postings.order_by("-position").values_list("position", flat=True).first()
    return last or 0


def end_of(day: date) -> datetime:
    """The midnight in Norway that ends a day."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=timezone.get_default_timezone())


def standing(source: str) -> list[Fact]:
    """The facts that stand about a source now, in the order they were entered."""
    entries = Entry.objects.filter(source__name=source, ended=NEVER).order_by("posting_id", "line")
    return [fact_of(entry) for entry in entries]


def standing_of(sources: Sequence[str], *, position: int = NEVER - 1) -> dict[str, list[Fact]]:
    """The facts that stand about each of several sources that have any, now or as of a position; one query."""
    found: dict[str, list[Fact]] = {}
    stood = Entry.objects.filter(source__name__in=sources, posting_id__lte=position, ended__gt=position)
    entries = stood.select_related("source")
    for entry in entries.order_by("posting_id", "line"):
        found.setdefault(entry.source.name, []).append(fact_of(entry))
    return found


def says(source: str, facts: Iterable[Fact]) -> bool:
    """Whether exactly these facts stand about a source, in any order."""
    return Counter(standing(source)) == Counter(facts)


@dataclass(frozen=True)
class Line:
    """One entry as a reader of the books sees it."""

    posting: Posting
    fact: Fact
    reverses: str  # "position.line" of the entry that is reversed, or empty


def history(source: str) -> list[Line]:
    """Everything ever entered about a source, oldest first."""
    return _lines(Entry.objects.filter(source__name=source))


def posted(position: int) -> list[Line]:
    """What was entered at a position; empty where there is none."""
    return _lines(Entry.objects.filter(posting=position)) if 0 < position < NEVER else []


def _lines(entries: QuerySet[Entry]) -> list[Line]:
    return [
        Line(
            posting=entry.posting,
            fact=fact_of(entry),
            reverses=f"{entry.reverses.posting_id}.{entry.reverses.line}" if entry.reverses else "",
        )
        for entry in entries.select_related("posting", "posting__source", "reverses").order_by("posting_id", "line")
    ]


def fact_of(entry: Entry) -> Fact:
    """The fact that an entry adds or reverses."""
    values = {column: getattr(entry, column) for column in FACT_COLUMNS}
    if values["ends"] == FOREVER:
        values["ends"] = None
    return Fact(**values)
