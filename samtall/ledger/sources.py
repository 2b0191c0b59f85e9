"""What the things behind entries are called, to a reader who may see them.

The ledger holds no names. The room that owns "activity:17" registers a describer for the prefix "activity";
a list behind a figure asks it for titles and addresses when, and only when, a page shows them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Described:
    """A source's title and address, for one reader."""

    title: str
    url: str


#: Given source names of one prefix and the reader, the ones the reader may see, described.
Describer = Callable[[Sequence[str], Any], Mapping[str, Described]]

_describers: dict[str, Describer] = {}


def register(prefix: str, describer: Describer) -> None:
    _describers[prefix] = describer


def describe(names: Iterable[str], reader: Any) -> dict[str, Described]:
    """The sources that the reader may see, by name; the others are left out."""
    by_prefix: dict[str, list[str]] = {}
    for name in names:
        by_prefix.setdefault(name.partition(":")[0], []).append(name)
    described: dict[str, Described] = {}
    for prefix, group in by_prefix.items():
        if prefix in _describers:
            described.update(_describers[prefix](group, reader))
    return described
