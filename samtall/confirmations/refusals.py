"""What the rules of confirmations refuse."""

from samtall.base.errors import Refusal


class NotOver(Refusal):
    """What has not ended cannot be confirmed yet."""


class NotAccepted(Refusal):
    """A confirmation does not count for this kind of activity."""


class NoLetters(Refusal):
    """Those who are counted without names get no letters: their teacher does."""


class LinkSpent(Refusal):
    """The link was used, revoked, or has expired."""


class AlreadyAnswered(Refusal):
    """There is an answer already."""
