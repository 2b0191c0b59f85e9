"""The intervals, against scipy's own and against what Newcombe published."""

import pytest
from scipy.stats import binomtest, ttest_1samp, ttest_ind

from samtall.surveys.results import kept_back
from samtall.surveys.statistics import difference_of_means, difference_of_shares, mean, wilson

BEFORE, AFTER = [1, 2, 2, 3, 3, 3, 4], [3, 3, 4, 4, 5, 5, 5, 4]


@pytest.mark.parametrize(("hits", "count"), [(0, 10), (1, 20), (7, 13), (20, 20)])
def test_a_share_has_wilsons_interval(hits: int, count: int) -> None:
    expected = binomtest(hits, count).proportion_ci(method="wilson")
    found = wilson(hits, count)
    assert (found.value, found.low, found.high) == pytest.approx((hits / count, *expected))


def test_a_mean_has_students_interval() -> None:
    expected = ttest_1samp(BEFORE, 0).confidence_interval()
    found = mean(BEFORE)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


def test_a_change_of_a_mean_has_welchs_interval() -> None:
    expected = ttest_ind(AFTER, BEFORE, equal_var=False).confidence_interval()
    found = difference_of_means(BEFORE, AFTER)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))
    assert difference_of_means([3] * 5, [4] * 5).low == 1


def test_a_change_of_a_share_has_newcombes_interval() -> None:
    """56 of 70 against 48 of 80: 0.2, from 0.0524 to 0.3339 (Newcombe 1998, method 10)."""
    found = difference_of_shares((48, 80), (56, 70))
    assert (round(found.value, 4), round(found.low, 4), round(found.high, 4)) == (0.2, 0.0524, 0.3339)


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((9, 0, 7), (9, 0, 7)),
        ((9, 3, 7), (9, None, None)),
        ((9, 3, 2), (9, None, None)),
        ((9, 1, 1), (None, None, None)),
        ((4, 0, 0), (None, 0, 0)),
        ((2, 20), (None, None)),
    ],
)
def test_small_cells_are_kept_back_and_cannot_be_told_from_the_sum(
    counts: tuple[int, ...], told: tuple[int | None, ...]
) -> None:
    """R20"""
    assert kept_back(counts) == told
