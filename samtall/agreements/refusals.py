"""What the rules of agreements refuse."""

from samtall.base.errors import Refusal


class NoText(Refusal):
    """There is no text for agreements on this kind of activity."""


class AlreadyDrawnUp(Refusal):
    """There is an agreement already."""


class Settled(Refusal):
    """The agreement is sent, signed or cancelled, and this can no longer be done."""


class NotAParty(Refusal):
    """Whoever signs is not one of those who sign."""
