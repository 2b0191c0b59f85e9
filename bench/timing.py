"""How long a thing takes."""

import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any


def seconds(do: Callable[[], Any]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def medians(things: Sequence[Callable[[], Any]], runs: int) -> list[float]:
    """The median time of each of some things, in seconds, taken in turns so that a busy machine is busy for all.

    They should have been done once before: what is read for the first time is not what is compared.
    """
    taken = [[seconds(thing) for thing in things] for _ in range(runs)]
    return [statistics.median(times) for times in zip(*taken, strict=True)]
