"""Linear programmes: what a cell can be at most and at least, asked of the same table many times."""

from collections.abc import Mapping
from math import inf
from typing import Any

import numpy as np
from highspy import Highs, HighsModelStatus

#: Anything that can be the key of a dictionary.
Key = Any
#: What can grow without end is held at this.
_FAR = 1e6


class Programme:
    """Unknown numbers and what is known of their sums. Each question starts from where the last one ended."""

    def __init__(self, bounds: Mapping[Key, tuple[float, float]]) -> None:
        lows, highs = zip(*bounds.values(), strict=True)
        self._place = {key: number for number, key in enumerate(bounds)}
        self._columns = np.arange(len(bounds), dtype=np.int32)
        self._solver = _Solver()
        self._solver.addVars(len(bounds), np.array(lows, float), np.minimum(highs, _FAR))

    def equal(self, weights: Mapping[Key, float], number: float) -> None:
        """The weighted sum is this number."""
        self._add(weights, number, number)

    def at_most(self, weights: Mapping[Key, float], number: float) -> None:
        self._add(weights, -inf, number)

    def _add(self, weights: Mapping[Key, float], lowest: float, highest: float) -> None:
        if weights:
            places = np.array([self._place[key] for key in weights], np.int32)
            self._solver.addRow(lowest, highest, len(places), places, np.array(list(weights.values()), float))

    def least(self, weights: Mapping[Key, float]) -> dict[Key, float]:
        """The numbers at which the weighted sum is least."""
        cost = np.zeros(len(self._place))
        for key, weight in weights.items():
            cost[self._place[key]] = weight
        self._solver.changeColsCost(len(cost), self._columns, cost)
        self._solver.run()
        if self._solver.getModelStatus() != HighsModelStatus.kOptimal:
            raise ArithmeticError("no table looks like this one: its sums do not hold")
        return dict(zip(self._place, self._solver.getSolution().col_value, strict=True))


class _Solver(Highs):
    """On one thread, with no work beforehand that would not be done again for the next question."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        for option, value in (("presolve", "off"), ("parallel", "off"), ("threads", 1)):
            self.setOptionValue(option, value)

    def enableCallbacks(self) -> None:  # noqa: N802 - its name there
        """Nobody calls back, and it prints nothing: the first thing it does is to introduce itself."""
        self.silent()
