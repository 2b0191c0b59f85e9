"""The trees of model.json, asked with numpy alone.

A tree is lists by node: the feature, the threshold (at or below goes left), the two children, and a leaf's value; a
leaf has feature -1. A score is the sum of the leaves reached, and a probability is read off the measured table.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from samtall.parties.matching.index import Array

#: Rows scored at once, so that they stay near the processor.
_ROWS = 1_024
FILE = Path(__file__).parent / "model.json"


@dataclass(frozen=True, slots=True)
class Forest:
    """All trees, made complete: below node n of a level are 2n and 2n + 1 of the next, and the last level is leaves."""

    feature: list[Array]
    threshold: list[Array]
    value: Array
    base: float

    @classmethod
    def of(cls, plain: dict[str, Any]) -> "Forest":
        trees, depth = plain["trees"], plain["depth"]
        feature, threshold = [], []
        level = [[0] for _tree in trees]
        for _ in range(depth):
            rows = [[_split(tree, node) for node in nodes] for tree, nodes in zip(trees, level, strict=True)]
            feature.append(np.array([[split[0] for split in row] for row in rows], np.intp))
            threshold.append(np.array([[split[1] for split in row] for row in rows], np.float32))
            level = [[node for split in row for node in split[2:]] for row in rows]
        value = [[tree["value"][node] for node in nodes] for tree, nodes in zip(trees, level, strict=True)]
        return cls(feature, threshold, np.array(value, np.float32), plain["base"])

    def score(self, features: Array) -> Array:
        """One score for each row of features."""
        scores = [self._score(features[at : at + _ROWS]) for at in range(0, len(features), _ROWS)]
        return np.concatenate(scores) if scores else np.zeros(0)

    def _score(self, features: Array) -> Array:
        flat = np.ascontiguousarray(features, np.float32).ravel()
        row = np.arange(len(features))[:, None] * features.shape[1]
        trees = np.arange(len(self.value))
        node = np.zeros((len(features), len(trees)), np.intp)
        for feature, threshold in zip(self.feature, self.threshold, strict=True):
            at = node + trees * feature.shape[1]
            goes_right = flat.take(row + feature.take(at)) > threshold.take(at)
            node = 2 * node + goes_right
        total: Array = self.base + self.value.take(node + trees * self.value.shape[1]).sum(axis=1)
        return total


def _split(tree: dict[str, Any], node: int) -> tuple[int, float, int, int]:
    """The feature, threshold and children of a node; a leaf is its own child on the left."""
    feature = tree["feature"][node]
    if feature < 0:
        return 0, float("inf"), node, node
    return feature, tree["threshold"][node], tree["left"][node], tree["right"][node]


@dataclass(frozen=True, slots=True)
class Model:
    features: list[str]
    context: list[str]
    ranking: Forest
    """How well an entry fits, alone."""
    trust: Forest
    """How likely it is the one meant, beside the other candidates."""
    scores: Array
    probabilities: Array
    certain: float
    """From this probability on, the measured precision is at least 99 in 100."""
    doubt: float
    """Below this probability a candidate is not worth showing."""

    def probability(self, features: Array) -> Array:
        read: Array = np.interp(self.trust.score(features), self.scores, self.probabilities)
        return read


@cache
def model() -> Model:
    plain = json.loads(FILE.read_text(encoding="utf-8"))
    return Model(
        plain["features"], plain["context"], Forest.of(plain["ranking"]), Forest.of(plain["trust"]),
        np.array(plain["calibration"]["score"]), np.array(plain["calibration"]["probability"]),
        plain["certain"], plain["doubt"],
    )  # fmt: skip
