"""The statistics of surveys: intervals for a mean, for a share, and for what two rounds differ by.

All are at 95 per cent. Rounds are held against each other as if they had asked different people: who answered in both
is not known, so the intervals are rather too wide than too narrow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

Z = 1.959963984540054  # the normal quantile of 0.975


@dataclass(frozen=True)
class Estimate:
    """A mean, a share or a difference, and the interval that it lies in."""

    value: float
    low: float
    high: float


def wilson(hits: int, count: int) -> Estimate:
    """A share by Wilson's interval, which holds for few answers and for shares near 0 and 1."""
    share = hits / count
    middle = (share + Z**2 / (2 * count)) / (1 + Z**2 / count)
    half = Z * sqrt(share * (1 - share) / count + Z**2 / (4 * count**2)) / (1 + Z**2 / count)
    return Estimate(share, max(middle - half, 0.0), min(middle + half, 1.0))


def mean(values: Sequence[int]) -> Estimate:
    """A mean by Student's t. At least two values."""
    average, error = _mean_and_error(values)
    half = _t(len(values) - 1) * error
    return Estimate(average, average - half, average + half)


def difference_of_means(before: Sequence[int], after: Sequence[int]) -> Estimate:
    """How much a mean has risen, by Welch's interval."""
    (first, error), (second, other) = _mean_and_error(before), _mean_and_error(after)
    risen, spread = second - first, error**2 + other**2
    if not spread:
        return Estimate(risen, risen, risen)
    freedom = spread**2 / (error**4 / (len(before) - 1) + other**4 / (len(after) - 1))
    half = _t(freedom) * sqrt(spread)
    return Estimate(risen, risen - half, risen + half)


def difference_of_shares(before: tuple[int, int], after: tuple[int, int]) -> Estimate:
    """How much a share (hits, count) has risen, by Newcombe's interval, which is made of Wilson's two."""
    first, second = wilson(*before), wilson(*after)
    risen = second.value - first.value
    low = risen - sqrt((second.value - second.low) ** 2 + (first.high - first.value) ** 2)
    high = risen + sqrt((second.high - second.value) ** 2 + (first.value - first.low) ** 2)
    return Estimate(risen, low, high)


def _mean_and_error(values: Sequence[int]) -> tuple[float, float]:
    count = len(values)
    average = sum(values) / count
    return average, sqrt(sum((one - average) ** 2 for one in values) / (count - 1) / count)


def _t(freedom: float) -> float:
    from scipy.special import stdtrit  # slow to import, so not before the first interval

    return float(stdtrit(freedom, 0.975))
