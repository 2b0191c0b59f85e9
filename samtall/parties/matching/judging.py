"""Candidates of a query beside each other: which organisation fits best, and how likely it is the one meant."""

from dataclasses import dataclass

import numpy as np

from samtall.parties.matching.comparing import Compared
from samtall.parties.matching.index import Array
from samtall.parties.matching.model import Model

#: What is known of a candidate only beside the others of the same query.
CONTEXT = {"score": 1, "lead": 1, "near": -1, "place": -1, "same_names": -1}


@dataclass(frozen=True, slots=True)
class Judged:
    """One pair for each query and organisation, best first within a query."""

    pairs: Compared
    context: Array

    @property
    def features(self) -> Array:
        return np.hstack([self.pairs.features, self.context])


def judge(compared: Compared, model: Model) -> Judged:
    return beside(compared, model.ranking.score(compared.features))


def beside(compared: Compared, score: Array) -> Judged:
    """The best entry of each organisation, and how it stands to the other organisations of the query."""
    order = np.lexsort((-score, compared.organisation, compared.query))
    query, unit = compared.query[order], compared.organisation[order]
    first = np.append(True, (query[1:] != query[:-1]) | (unit[1:] != unit[:-1])) if len(order) else np.zeros(0, bool)
    order = order[first]
    order = order[np.lexsort((-score[order], compared.query[order]))]
    pairs, its = compared[order], score[order]
    start = np.searchsorted(pairs.query, pairs.query, "left")
    end = np.searchsorted(pairs.query, pairs.query, "right")
    place = np.arange(len(its)) - start
    padded = np.append(its, -20.0)
    best = padded[start] if len(its) else its
    second = np.where(end - start > 1, padded[np.minimum(start + 1, len(its))], -20.0)
    rival = np.where(place == 0, second, best)
    near = _near(its, start, end)
    shared = np.log1p(pairs.same_key.astype(np.float32)) * (pairs.feature("covered") > 0.99)
    context = np.stack([its, np.clip(its - rival, -15, 15), near, np.minimum(place, 10), shared], axis=1)
    return Judged(pairs, context.astype(np.float32))


def _near(score: Array, start: Array, end: Array) -> Array:
    """How many others of the query are at most one and a half below in score, or above."""
    near = np.zeros(len(score), np.float32)
    for away in range(1, 10):
        for other in (np.arange(len(score)) - away, np.arange(len(score)) + away):
            inside = (other >= start) & (other < end)
            near += inside & (score[np.clip(other, 0, max(len(score) - 1, 0))] > score - 1.5)
    return near
