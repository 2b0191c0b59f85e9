"""What came out, as Markdown."""

import platform
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import duckdb

from bench.measuring import Measured
from bench.pages import Page
from bench.workload import tasks

TARGET = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def report(large: Sequence[Measured], small: Sequence[Measured], runs: int, today: date) -> str:
    """All tables; `small` holds the pages of a ledger that is small, for comparison."""
    parts = [
        "# Benchmarks",
        f"Written by `python -m bench --write` on {today:%Y-%m-%d}: {large[0].entries:,} entries, "
        f"medians of {runs} runs, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"DuckDB {duckdb.__version__}. What is measured and how to read it: [performance.md](performance.md).",
        "## Figures beside DuckDB",
        "Milliseconds, and in brackets the ratio to DuckDB's time for the same question in the same run: below 1 is "
        "faster than DuckDB. All answers were equal. Questions in bold must not be slower than DuckDB at a million.",
        _questions(large),
        "## Writing, checking, importing",
        _rates(large),
        "## Pages",
        "Milliseconds in all; in brackets the page's own part, beyond the queries that read the ledger; and the "
        "number of queries. After the stroke: the first time, before any figure on it had been answered.",
        _pages(large, small),
        "## Thirty figures",
        "Milliseconds for thirty figures by year over five years, as pages ask for them, and for the whole page of a "
        "programme with a target for each of them: what no new entry touches is answered from memory.",
        _thirty(large),
    ]
    return "\n\n".join(parts) + "\n"


def _questions(large: Sequence[Measured]) -> str:
    rows = []
    for task in tasks(0, 0):
        name = f"**{task.name}**" if task.narrow else task.name
        cells = [name, task.title]
        for measured in large:
            ours, theirs = measured.questions[task.name]
            cells += [f"{_ms(ours)} ({ours / theirs:.2f})", _ms(theirs)]
        rows.append(cells)
    heads = [head for measured in large for head in (_NAMES[measured.database], "DuckDB beside it")]
    return _table(["", "Question", *heads], rows)


def _rates(large: Sequence[Measured]) -> str:
    names = list(large[0].rates)
    rows = [[f"{name}, per second", *(f"{measured.rates[name]:,.0f}" for measured in large)] for name in names]
    return _table(["", *(_NAMES[measured.database] for measured in large)], rows)


def _pages(large: Sequence[Measured], small: Sequence[Measured]) -> str:
    columns = [measured for pair in zip(small, large, strict=True) for measured in pair]
    heads = [f"{_NAMES[measured.database]}, {measured.entries:,} entries" for measured in columns]
    rows = []
    for number, page in enumerate(large[0].pages):
        shown = [measured.pages[number] for measured in columns]
        rows.append(
            [page.name, *(f"{_ms(one.total)} ({_ms(one.own)}); {one.queries} / {_ms(one.cold)}" for one in shown)]
        )
    return _table(["Page", *heads], rows)


def _page(page: Page) -> str:
    return f"{_ms(page.total)} ({_ms(page.own)}); {page.queries} / {_ms(page.cold)}"


def _thirty(large: Sequence[Measured]) -> str:
    rows = [[name, *(_ms(measured.thirty[name]) for measured in large)] for name in large[0].thirty]
    return _table(["", *(_NAMES[measured.database] for measured in large)], rows)


def too_slow(large: Iterable[Measured]) -> list[str]:
    """The narrow questions that took longer than in DuckDB."""
    return [
        f"{task.name} on {_NAMES[measured.database]}"
        for measured in large
        for task in tasks(0, 0)
        if task.narrow and measured.questions[task.name][0] > measured.questions[task.name][1]
    ]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.1f}" if seconds < 0.1 else f"{seconds * 1000:,.0f}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
