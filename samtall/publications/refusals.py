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


class ChangedMeanwhile(Refusal):
    """Somebody else changed the block while this one was being written."""


class NotTheSame(Refusal):
    """What stands is not what was read: it was put forward anew."""


class SettledAlready(Refusal):
    """The comment was settled before."""


class LinkEnded(Refusal):
    """The link was ended before."""


class NotOpen(Refusal):
    """A figure in the edition may not be read by everybody."""


class ToldElsewhere(Refusal):
    """The same people are counted somewhere else too, and the two numbers could be held against each other (R20)."""


class TooMuch(Refusal):
    """More than an edition can hold."""
