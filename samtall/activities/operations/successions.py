"""Who followed whom, told to the ledger, so that "as it is today" can be read from it alone (R4)."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from samtall.accounts.models import User
from samtall.ledger.facts import Fact, Standing
from samtall.ledger.operations import restate
from samtall.parties import operations as parties
from samtall.parties.models import Organisation, Succession


def record_succession(
    predecessor: Organisation, successor: Organisation, *, on: date, by: User, at: datetime, **said: Any
) -> Succession:
    """Say that one organisation followed another on a day; `cause`, `main` and `note` as parties has them."""
    with transaction.atomic():
        succession = parties.record_succession(predecessor, successor, on=on, at=at, **said)
        restate(f"succession:{succession.pk}", [fact_of(succession)], by=by.signature, at=at, reason="succession")
    return succession


def fact_of(succession: Succession) -> Fact:
    """The link as a fact; its role says whether it is the one that counting follows."""
    return Fact(
        kind="succession",
        family="",
        role="main" if succession.main else "part",
        starts=succession.on,
        ends=None,
        standing=Standing.VALIDATED,
        organisation=succession.predecessor_id,
        successor=succession.successor_id,
    )
