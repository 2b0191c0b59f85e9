"""What the rules of publishing refuse."""

from samtall.base.errors import Refusal


class WrongState(Refusal):
    """The edition is not in the state that this needs."""


class PeriodTaken(Refusal):
    """There is an edition of this period already (R20)."""


class NotIndependent(Refusal):
    """Four eyes: who put an edition forward does not approve it."""


class NothingToSay(Refusal):
    """There is nothing in the edition to publish."""
