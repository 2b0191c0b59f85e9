"""`make bench-match`: find made-up names in a made-up register, beside other ways to do it.

The cases are of another seed than those the model was made from. Peers are asked fewer, as they are slow.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import nullcontext
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bench.databases import postgresql
from bench.match.setting_up import set_up

if TYPE_CHECKING:
    from bench.match.measuring import Ranked, Score
    from bench.match.noise import Case

_SEED = 2


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.match", description=__doc__)
    parser.add_argument("--scale", type=int, default=1_100_000, help="how many legal units")
    parser.add_argument("--cases", type=int, default=20_000, help="how many names to find")
    parser.add_argument("--peers", type=int, default=1_000, help="how many of them peers are asked; 0: no peers")
    parser.add_argument("--extracts", type=Path, nargs="*", default=[], help="the register's CSV, for real names too")
    parser.add_argument("--postgresql", action="store_true", help="on that of DATABASE_URL, or one of its own")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="samtall-bench-") as name:
        folder = Path(name)
        with postgresql(folder) if options.postgresql else nullcontext("") as url:
            os.environ["DATABASE_URL"] = url
            set_up(folder)
            _run(folder, options.scale, options.cases, options.peers, options.extracts)
            _let_go()
    return 0


def _let_go() -> None:
    from django.db import connections

    connections.close_all()


def _run(folder: Path, scale: int, count: int, for_peers: int, extracts: Sequence[Path]) -> None:
    from django.core.management import call_command

    from bench.match import loading, measuring, noise, real, register
    from samtall.parties.matching.model import model

    call_command("migrate", verbosity=0)
    units = register.made(scale)
    names = real.read(extracts, first_key=scale + 1)
    cases = noise.Typist(units, _SEED).cases(count)
    _say(f"loading {len(units):,} legal units and {sum(len(unit.sites) for unit in units):,} work sites")
    loading.load(units + names.known)
    built, busy, memory, in_all = _built(folder)
    found, each, typing = _asked(cases)
    print(f"## Found by name: {scale:,} legal units, {in_all:,} names, {count:,} cases\n")
    print(f"Index: {built:.1f} s ({busy:.1f} s of the processor), {memory:,.0f} MiB.", end=" ")
    print(f"While typing: {typing * 1000:.1f} ms.\n")
    rows = [("Samtall", measuring.score(cases, found, model().certain), 1 / each, built)]
    if for_peers:
        rows += _of_peers(units, cases[:for_peers])
    _table(rows)
    print("\n| kind | cases | first | in ten | tied rightly |\n| --- | --- | --- | --- | --- |")
    for kind, (cases_of, first, ten, tied) in measuring.by_kind(cases, found, model().certain).items():
        print(f"| {kind} | {cases_of} | {first:.3f} | {ten:.3f} | {tied:.3f} |")
    _print_calibration(cases, found)
    if extracts:
        cases = noise.Typist(names.known, _SEED, strangers=names.strangers).cases(count // 4)
        found, each, _typing = _asked(cases)
        print(
            f"\n## Real names: {len(names.known):,} known, {len(names.strangers):,} strangers, {len(cases):,} cases\n"
        )
        _table([("Samtall", measuring.score(cases, found, model().certain), 1 / each, built)])
        _print_calibration(cases, found)


def _built(folder: Path) -> tuple[float, float, float, int]:
    """Seconds by the clock and of the processor, MiB and names, in a process that has only this to do."""
    command = [sys.executable, "-m", "bench.match.building", str(folder)]
    return tuple(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def _asked(cases: "Sequence[Case]") -> "tuple[Ranked, float, float]":
    """What was found, seconds for each in bulk, and the median seconds of one while typing."""
    from bench.match.measuring import Ranked
    from samtall.parties.matching import find, suggest

    find([case.sought for case in cases[:200]])
    began = time.perf_counter()
    findings = find([case.sought for case in cases])
    each = (time.perf_counter() - began) / len(cases)
    units = [[candidate.organisation for candidate in one.candidates] for one in findings]
    best = np.array([one.candidates[0].probability if one.candidates else 0.0 for one in findings])
    times = []
    for case in cases[:100]:
        began = time.perf_counter()
        suggest(case.sought.name[:8])
        times.append(time.perf_counter() - began)
    return Ranked(units, best), each, statistics.median(times)


def _of_peers(units: Any, cases: "Sequence[Case]") -> "list[tuple[str, Score, float, float]]":
    from bench.match import measuring, peers

    names = peers.Names(units)
    rows = []
    for make in peers.PEERS:
        _say(f"asking {make.name}")
        began = time.perf_counter()
        peer = make(names)
        built = time.perf_counter() - began
        found = peer.ask(cases)
        took = time.perf_counter() - began - built
        # a peer has no probability: its threshold is the one that is right 99 times in 100 of these very cases
        truth = np.array([case.truth for case in cases])
        first = np.array([one[0] if one else 0 for one in found.units])
        certain = measuring.threshold(0.99, found.probability, (first == truth) & (truth > 0))
        rows.append((make.name, measuring.score(cases, found, certain), len(cases) / took, built))
    return rows


def _table(rows: "list[tuple[str, Score, float, float]]") -> None:
    heads = ("", "first", "in ten", "tied at 99 %", "tied at 98 %", "tied", "of these right", "nobody tied")
    print(f"| {' | '.join((*heads, 'per second', 'index, s'))} |")
    print("|" + " --- |" * 10)
    for name, score, rate, built in rows:
        shares = (score.first, score.ten, score.tied_at_99, score.tied_at_98, score.tied, score.precision)
        cells = " | ".join(f"{share:.3f}" for share in shares)
        print(f"| {name} | {cells} | {score.wrong_of_nobody:.3f} | {rate:,.0f} | {built:.0f} |")


def _print_calibration(cases: "Sequence[Case]", found: "Ranked") -> None:
    truth = np.array([case.truth for case in cases])
    first = np.array([units[0] if units else 0 for units in found.units])
    print("\n| probability said | cases | right |\n| --- | --- | --- |")
    for low, high in pairwise((0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 1.001)):
        some = (found.probability >= low) & (found.probability < high)
        if some.any():
            print(f"| {low:.2f}–{min(high, 1):.2f} | {some.sum()} | {(first == truth)[some].mean():.3f} |")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
