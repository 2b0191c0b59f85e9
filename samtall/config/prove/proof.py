"""What a proof is: what it shows, how it is tried, and what must make it fail."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from samtall.base.text import Words

Size = Literal["full", "small"]


@dataclass(frozen=True)
class Trial:
    """What a proof is given: how large it is to be, and a folder of its own. The database is migrated and empty."""

    size: Size
    folder: Path

    def times(self, full: int, small: int) -> int:
        """How many, of what costs time."""
        return full if self.size == "full" else small


@dataclass(frozen=True)
class Figure:
    """What came of it: of what was `tried`, how many were `found` to be wrong, and how many may be."""

    what: Words
    found: float
    tried: Words
    most: float = 0
    unit: str = ""
    examples: Sequence[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return self.found <= self.most


@dataclass(frozen=True)
class Weakness:
    """A protection that can be taken away, for as long as `taken_away()` is entered, to see that the proof notices."""

    code: str
    words: Words
    taken_away: Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True)
class Proof:
    """A promise that can be tried. `run` gives its figures as they come; Words say what is promised."""

    name: str
    promise: Words
    run: Callable[[Trial], Iterable[Figure]]
    weaknesses: Sequence[Weakness]
