"""Everything that is measured on one database: in this process, on the database that DATABASE_URL names."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from bench import loading, pages, product, writing
from bench.generator import LAST_YEAR, Files
from bench.pages import Page
from bench.peers import DuckDB
from bench.timing import medians, seconds
from bench.workload import Answer, Task, tasks
from samtall.ledger import queries as ledger


@dataclass
class Measured:
    """Seconds of each question, here and in DuckDB; rates per second; pages."""

    database: str
    entries: int
    loading: float
    questions: dict[str, tuple[float, float]] = field(default_factory=dict)
    rates: dict[str, float] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)
    thirty: dict[str, float] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Measured":
        questions = {name: (ours, theirs) for name, (ours, theirs) in data["questions"].items()}
        return cls(**{**data, "questions": questions, "pages": [Page(**page) for page in data["pages"]]})


class Different(AssertionError):
    """Samtall and DuckDB do not answer the same."""


def measure(files: Files, peer: DuckDB | None, runs: int, say: Callable[[str], None]) -> Measured:
    """Load a generated ledger and measure; without a peer only the pages. The database must be migrated and empty."""
    say(f"{connection.vendor}: loading {files.entries:,} entries")
    measured = Measured(connection.vendor, files.entries, seconds(lambda: loading.load(files)))
    if peer:
        earlier = ledger.position_on(datetime(LAST_YEAR - 2, 12, 31, tzinfo=UTC))
        for task in tasks(ledger.position(), earlier):
            say(f"{connection.vendor}: {task.name} {task.title}")
            measured.questions[task.name] = _task(task, peer, runs)
        say(f"{connection.vendor}: writing")
        measured.rates["entries verified"] = writing.entries_verified()
    say(f"{connection.vendor}: pages")
    pages.fill_rooms(files)
    measured.pages = pages.measure(runs)
    measured.thirty = pages.thirty_figures(tasks(ledger.position(), 0), runs)
    measured.thirty |= pages.programme_of_thirty(tasks(ledger.position(), 0), runs)
    if peer:
        postings = max(min(files.entries // 1000, 500), 20)
        loading.be_patient()
        measured.rates["postings, one by one"] = writing.postings_one_by_one(postings)
        measured.rates["postings, 100 at once"] = writing.postings_in_bulk(postings * 10)
        # no more than are planned while one waits; the worker plans larger sheets
        measured.rates["rows imported"] = writing.rows_imported(min(postings * 2, 900))
    return measured


def _task(task: Task, peer: DuckDB, runs: int) -> tuple[float, float]:
    def ours() -> list[Answer]:
        return [product.answer(ask) for ask in task.asks]

    def theirs() -> list[Answer]:
        return [peer.answer(ask) for ask in task.asks]

    for ask, here, there in zip(task.asks, ours(), theirs(), strict=True):
        if _counted(here) != _counted(there):
            raise Different(f"{task.name}: {ask} is {_counted(here)} here and {_counted(there)} in DuckDB")
    own, other = medians([ours, theirs], runs)
    return own, other


def _counted(answer: Answer) -> Answer:
    """An answer without the rows that count nothing."""
    return {key: numbers for key, numbers in answer.items() if any(numbers)}
