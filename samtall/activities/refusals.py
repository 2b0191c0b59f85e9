"""What the rules of activities refuse, in words that a person can act on."""

from collections.abc import Mapping, Sequence

from samtall.base.errors import Refusal


class UnknownKind(Refusal):
    """There is no such kind of activity."""


class Invalid(Refusal):
    """Something written cannot be kept; `errors` has the message of each field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(" ".join(errors.values()))
        self.errors = dict(errors)


class WrongStep(Refusal):
    """The activity is not on the step of the ladder that this needs (R7)."""


class WrongState(Refusal):
    """The activity is not in the state that this needs."""


class NotApproved(Refusal):
    """A proposal has not been approved by whoever decides it."""


class NotStarted(Refusal):
    """It has not happened yet, and what has not started counts nowhere (R6)."""


class Incomplete(Refusal):
    """The activity falls short of what counts (R6); `shortfalls` has a sentence for each thing that is missing."""

    def __init__(self, shortfalls: Sequence[str]) -> None:
        super().__init__(" ".join(shortfalls))
        self.shortfalls = list(shortfalls)


class EvidenceMissing(Refusal):
    """Nothing shows that it took place, of the kinds of evidence that count (R15)."""


class NotIndependent(Refusal):
    """Four eyes: who stands behind an activity cannot validate it (R7)."""


class ReasonMissing(Refusal):
    """This is kept with a reason, and none was given."""


class AlreadyTakesPart(Refusal):
    """The party already has this role at this time."""
