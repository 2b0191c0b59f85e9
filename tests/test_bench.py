"""The benchmark runs, on a small ledger: figures are equal to DuckDB's, the books are sound, pages answer."""

from pathlib import Path

import pytest

from bench import generator, report
from bench.measuring import measure
from bench.peers import DuckDB

pytestmark = pytest.mark.slow


@pytest.mark.django_db(transaction=True)
def test_the_benchmark_finds_the_same_answers_as_duckdb(tmp_path: Path) -> None:
    files = generator.write(tmp_path, 2_000)
    peer = DuckDB(tmp_path / "bench.duckdb")
    peer.load(files)
    measured = measure(files, peer, runs=1, say=lambda _text: None)
    assert list(measured.questions) == ["Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q8", "dash30", "dash150"]
    assert len(measured.rates) == 4
    assert "| dash150 |" in report.report([measured], [measured], 1, files.last_at.date())
