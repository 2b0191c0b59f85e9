"""What the matcher makes of cases whose truth is known, without a database in between."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.match.noise import NOBODY, Case
from samtall.parties.matching import judging, retrieval
from samtall.parties.matching.comparing import Compared, compare, joined
from samtall.parties.matching.index import Array, Index
from samtall.parties.matching.model import Model
from samtall.parties.matching.query import queries

AT_ONCE = 512


def compared(index: Index, cases: Sequence[Case]) -> Compared:
    """All pairs of a case and an entry worth comparing; `query` is the number of the case."""
    found = []
    for start in range(0, len(cases), AT_ONCE):
        asked = queries([case.sought for case in cases[start : start + AT_ONCE]])
        some = compare(index, asked, retrieval.retrieve(index, asked))
        some.query[:] += start
        found.append(some)
    return joined(found)


@dataclass(frozen=True, slots=True)
class Ranked:
    """For each case: the organisations found, the likeliest first, and how likely the first is."""

    units: list[list[int]]
    probability: Array


def ranked(index: Index, cases: Sequence[Case], model: Model) -> Ranked:
    judged = judging.judge(compared(index, cases), model)
    return rank(judged, model.probability(judged.features), len(cases))


def rank(judged: judging.Judged, probability: Array, cases: int) -> Ranked:
    query = judged.pairs.query
    order = np.lexsort((-probability, query))
    start = np.searchsorted(query, np.arange(cases + 1))
    units = [judged.pairs.organisation[order[first:last]].tolist() for first, last in itertools.pairwise(start)]
    best = np.zeros(cases)
    some = start[1:] > start[:-1]
    best[some] = probability[order[start[:-1][some]]]
    return Ranked(units, best)


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of the cases that can be resolved, but for `wrong_of_nobody`: of those who are in no register."""

    first: float
    ten: float
    tied_at_99: float
    tied_at_98: float
    tied: float
    precision: float
    wrong_of_nobody: float


def score(cases: Sequence[Case], found: Ranked, certain: float) -> Score:
    truth = np.array([case.truth for case in cases])
    resolvable = np.array([case.resolvable for case in cases])
    first = np.array([units[0] if units else 0 for units in found.units])
    right = (first == truth) & (truth > 0)
    ten = np.array([case.truth in units[:10] for case, units in zip(cases, found.units, strict=True)])
    nobody = truth == 0
    tied = found.probability >= certain
    return Score(
        float(right[resolvable].mean()), float(ten[resolvable].mean()),
        _tied_at(0.99, found.probability, right, resolvable), _tied_at(0.98, found.probability, right, resolvable),
        float((tied & right & resolvable).sum() / resolvable.sum()),
        float(right[tied].mean()) if tied.any() else 1.0,
        float(tied[nobody].mean()) if nobody.any() else 0.0,
    )  # fmt: skip


def threshold(precision: float, probability: Array, right: Array) -> float:
    """The lowest score from which on so many are right."""
    order = np.argsort(-probability, kind="stable")
    so_far = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    last_of_equal = np.append(probability[order][1:] != probability[order][:-1], True)
    good = np.flatnonzero((so_far >= precision) & last_of_equal)
    return float(probability[order[good[-1]]]) if len(good) else float("inf")


def _tied_at(precision: float, probability: Array, right: Array, resolvable: Array) -> float:
    tied = probability >= threshold(precision, probability, right)
    return float((tied & right & resolvable).sum() / max(resolvable.sum(), 1))


def by_kind(cases: Sequence[Case], found: Ranked, certain: float) -> dict[str, tuple[int, float, float, float]]:
    """For each kind of difficulty: how many resolvable cases, right at first place, in the first ten, tied rightly."""
    kinds: dict[str, list[tuple[bool, bool, bool]]] = {}
    for case, units, likely in zip(cases, found.units, found.probability, strict=True):
        if case.resolvable:
            right = units[:1] == [case.truth]
            kinds.setdefault(case.kind, []).append((right, case.truth in units[:10], right and likely >= certain))
    return {
        kind: (len(rows), *(float(np.mean([row[at] for row in rows])) for at in range(3)))  # type: ignore[misc]
        for kind, rows in sorted(kinds.items())
        if kind != NOBODY
    }
