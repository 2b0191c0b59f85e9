"""What a figure answers: an exact amount with its honest bounds (R17).

A distinct count and a total are different types: counts of the same parties in two groups cannot be added up.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samtall.base.periods import Period
from samtall.figures.definitions import Definition, Sharing, Unit


@dataclass(frozen=True, order=True)
class Distinct:
    """How many different ones. Has no addition: the same one may be in both."""

    value: int


@dataclass(frozen=True, order=True)
class Total:
    """A sum, exact to the thousandth of its unit (or the millionth of an activity)."""

    value: Decimal

    def __add__(self, other: "Total") -> "Total":
        return Total(self.value + other.value)


Amount = Distinct | Total

_PER_UNIT = {Unit.LEARNER_DAYS: 8_000}  # thousandths of an hour in a learner-day of eight hours (R12)


def amount_of(definition: Definition, stored: int) -> Amount:
    """What the compiler counted, in the definition's unit."""
    if definition.sharing is Sharing.SHARE:
        return Total(Decimal(stored) / 1_000_000)
    if definition.unit.distinct:
        return Distinct(stored)
    return Total(Decimal(stored) / _PER_UNIT.get(definition.unit, 1_000))


@dataclass(frozen=True)
class Result:
    """A figure's answer for one period, as the books stood at a position.

    `exact` holds validated facts about identified parties only (R2, R7). `pending` is what validation of submitted
    facts would add, `unidentified` how many parties without an id stand beside it. The true value lies between
    `lowest` and `highest`. `activities` says how many activities are behind a count of parties (R3). What is `withheld`
    has noughts that say nothing: so few people are behind it that this reader is not told (R20).
    """

    definition: Definition
    period: Period
    position: int
    exact: Amount
    pending: Amount
    unidentified: int
    lowest: Amount
    highest: Amount
    activities: int | None = None
    on: date | None = None
    withheld: bool = False

    @property
    def value(self) -> int | Decimal:
        return self.exact.value

    @property
    def certain(self) -> bool:
        """Whether there is nothing beside the exact value."""
        return self.lowest == self.highest


@dataclass(frozen=True)
class Part:
    """One group of a breakdown: the code of its kind, municipality, period … and its answer."""

    code: str
    result: Result


@dataclass(frozen=True)
class Breakdown:
    """A figure in parts. `overlap` is how much the parts together exceed the whole (R3); None where parts add up.

    `by` says what it is divided by. `overlapping` tells of a sum whose amounts stand in several parts, as hours do by
    institution. A `discreet` one has no overlap to tell of: it would give away what is hidden (R20).
    """

    parts: tuple[Part, ...]
    whole: Result
    by: str = ""
    overlapping: bool = False
    discreet: bool = False

    @property
    def sum_of_parts(self) -> int | Decimal:
        return sum(part.result.value for part in self.parts)

    @property
    def overlap(self) -> int | Decimal | None:
        if self.discreet or not (self.overlapping or isinstance(self.whole.exact, Distinct)):
            return None
        return self.sum_of_parts - self.whole.value
