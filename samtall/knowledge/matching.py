"""Who fits a wish, and why: a text index in memory, made anew when asked, for a region has hundreds."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Generic, TypeVar

from samtall.knowledge.words import stems

Thing = TypeVar("Thing")

#: A word that is part of a longer one ("energi" in "energibruk") tells half as much as the word itself.
IN_A_LONGER_WORD = 0.5
SHORTEST_PART = 5


@dataclass(frozen=True)
class Hit(Generic[Thing]):
    """Something that shares words with what was asked for: how much they tell, and which, most telling first."""

    thing: Thing
    score: float
    words: list[str] = field(default_factory=list)


def by_words(things: Iterable[Thing], text_of: Callable[[Thing], str], asked: str) -> list[Hit[Thing]]:
    """What shares words with `asked`, best first. A word that few things have tells more than one that many have."""
    indexed = [(thing, stems(text_of(thing))) for thing in things]
    wanted = stems(asked)
    weights = {word: _weight(word, [own for _thing, own in indexed]) for word in wanted}
    hits = []
    for thing, own in indexed:
        told = {word: weights[word] * _nearness(word, own) for word in wanted}
        shared = sorted((word for word in told if told[word]), key=lambda word: (-told[word], word))
        if shared:
            hits.append(Hit(thing, sum(told.values()), [wanted[word] for word in shared]))
    return sorted(hits, key=lambda hit: -hit.score)


def _weight(word: str, every: Sequence[dict[str, str]]) -> float:
    having = sum(1 for own in every if _nearness(word, own))
    return log(1 + len(every) / having) if having else 0.0


def _nearness(word: str, own: dict[str, str]) -> float:
    if word in own:
        return 1.0
    parts = (min(word, other, key=len) for other in own if word.startswith(other) or other.startswith(word))
    return IN_A_LONGER_WORD if any(len(part) >= SHORTEST_PART for part in parts) else 0.0
