"""Organisation numbers of the test series: they begin with 2 or 3, and no real organisation has one."""

from collections.abc import Iterator

from samtall.parties.numbers import InvalidNumber, check


def test_series(first: int = 310_000_000) -> Iterator[str]:
    """Valid numbers (modulus 11) from `first` on, with a step that keeps them from looking alike."""
    for stem in range(first // 10, 40_000_000, 137):
        number = next((valid for digit in range(10) if (valid := _valid(f"{stem:08d}{digit}"))), None)
        if number:
            yield number


def _valid(number: str) -> str | None:
    try:
        return check(number)
    except InvalidNumber:
        return None
