"""What can be done with inquiries."""

from samtall.inquiries.operations.forms import save_form
from samtall.inquiries.operations.handling import (
    ReasonMissing,
    answer,
    assign,
    hand_over,
    merge,
    move,
    note,
    renew_link,
    reopen,
    settle_organisation,
    split,
)
from samtall.inquiries.operations.receiving import NothingToConfirm, Received, add, confirm, hold, receive, withdraw
from samtall.inquiries.operations.turn import NotNow

__all__ = [
    "NotNow",
    "NothingToConfirm",
    "ReasonMissing",
    "Received",
    "add",
    "answer",
    "assign",
    "confirm",
    "hand_over",
    "hold",
    "merge",
    "move",
    "note",
    "receive",
    "renew_link",
    "reopen",
    "save_form",
    "settle_organisation",
    "split",
    "withdraw",
]
