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

FILE = Path(__file__).parent / "model.json"


@dataclass(frozen=True, slots=True)
class Forest:
    """All trees as one array of nodes; leaves lead to themselves."""

    roots: Array
    feature: Array
    threshold: Array
    left: Array
    right: Array
    value: Array
    depth: int
    base: float

    @classmethod
    def of(cls, plain: dict[str, Any]) -> "Forest":
        columns: dict[str, list[Any]] = {name: [] for name in ("feature", "threshold", "left", "right", "value")}
        roots = []
        for tree in plain["trees"]:
            first = len(columns["feature"])
            roots.append(first)
            for at, (feature, left, right) in enumerate(zip(tree["feature"], tree["left"], tree["right"], strict=True)):
                leaf = feature < 0
                columns["feature"].append(max(feature, 0))
                columns["left"].append(first + (at if leaf else left))
                columns["right"].append(first + (at if leaf else right))
            columns["threshold"] += tree["threshold"]
            columns["value"] += tree["value"]
        return cls(
            np.array(roots, np.int32), np.array(columns["feature"], np.int32),
            np.array(columns["threshold"], np.float32), np.array(columns["left"], np.int32),
            np.array(columns["right"], np.int32), np.array(columns["value"], np.float32),
            plain["depth"], plain["base"],
        )  # fmt: skip

    def score(self, features: Array) -> Array:
        """One score for each row of features."""
        rows = np.arange(len(features))[:, None]
        node = np.broadcast_to(self.roots, (len(features), len(self.roots)))
        for _ in range(self.depth):
            goes_left = features[rows, self.feature[node]] <= self.threshold[node]
            node = np.where(goes_left, self.left[node], self.right[node])
        total: Array = self.base + self.value[node].sum(axis=1)
        return total


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
