"""The life of an inquiry: where it can be, and where it can go from there."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    RECEIVED = "received", pgettext_lazy("inquiry", "Received")
    ASSIGNED = "assigned", _("Assigned")
    IN_DIALOGUE = "in_dialogue", _("In dialogue")
    MATCHED = "matched", _("Matched")
    AGREED = "agreed", _("Agreed")
    HANDED_OVER = "handed_over", _("Became a collaboration")
    DECLINED = "declined", _("Declined")
    NO_MATCH = "no_match", _("No match found")
    WITHDRAWN = "withdrawn", _("Withdrawn by the sender")
    MERGED = "merged", _("Merged with another")
    SPAM = "spam", _("Spam")


#: On the way, in order. Who has an inquiry in one of these has something to do.
OPEN = (State.RECEIVED, State.ASSIGNED, State.IN_DIALOGUE, State.MATCHED, State.AGREED)

#: The named outcomes: every inquiry ends in one of them.
OUTCOMES = (
    State.HANDED_OVER,
    State.DECLINED,
    State.NO_MATCH,
    State.WITHDRAWN,
    State.MERGED,
    State.SPAM,
)

#: What somebody at the desk may choose by hand; the others come about by assigning, handing over, merging, withdrawing.
CHOSEN = (State.IN_DIALOGUE, State.MATCHED, State.AGREED, State.DECLINED, State.NO_MATCH, State.SPAM)

#: Outcomes that must be explained.
EXPLAINED = (State.DECLINED, State.NO_MATCH)


def may_go(origin: State, target: State) -> bool:
    """Whether an inquiry can go from one state to another: on or back among the open ones, or to an outcome."""
    return origin != target and origin in OPEN
