"""One change of an inquiry at a time: locked, recorded, and said to the books."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.base.errors import Refusal
from samtall.identities.operations import Hints, written
from samtall.inquiries.facts import Course, facts_of
from samtall.inquiries.models import Inquiry, Record
from samtall.inquiries.states import OPEN, State
from samtall.ledger.operations import restate
from samtall.parties.numbers import check, format_number
from samtall.parties.operations import add_organisation
from samtall.parties.queries import attributes_on

#: Who signs in the books where no user did it.
SYSTEM = "system:inquiries"

#: What has begun, or been answered, by the state it was in.
_STAGES = {State.IN_DIALOGUE: 1, State.MATCHED: 2, State.AGREED: 3, State.HANDED_OVER: 4}


class NotNow(Refusal):
    """The inquiry is in a state in which this cannot be done."""


@contextmanager
def turn(inquiry: Inquiry, *, by: User | None, at: datetime) -> Iterator[Inquiry]:
    """Change an inquiry while nobody else does: it is read again under a lock, saved at the end, and restated."""
    with transaction.atomic():
        inquiry.refresh_from_db(from_queryset=Inquiry.objects.select_for_update())
        yield inquiry
        if by is not None and inquiry.organisation is None and inquiry.state != State.SPAM:
            _name(inquiry, at)
        inquiry.save()
        restate_inquiry(inquiry, by=by.signature if by else SYSTEM, at=at)


def refuse_closed(inquiry: Inquiry) -> None:
    if not inquiry.is_open:
        raise NotNow(_("The case is closed (%(state)s). Open it again first.") % {"state": State(inquiry.state).label})


def write_record(
    inquiry: Inquiry, action: Record.Action, *, by: User | None, at: datetime, to: str = "", reason: str = ""
) -> Record:
    """Keep that something was done, and where that left the inquiry."""
    return Record.objects.create(
        inquiry=inquiry, action=action, state=inquiry.state, by=by, at=at, to=to[:200], reason=reason.strip()[:500]
    )


def restate_inquiry(inquiry: Inquiry, *, by: str, at: datetime, reason: str = "") -> None:
    """Say to the books what an inquiry stands for: nothing before a person has looked at it, and nothing for spam."""
    organisation, course = inquiry.organisation, course_of(inquiry)
    if organisation is None or course is None:
        restate(inquiry.source, (), by=by, at=at, reason=reason)
        return
    counted = organisation.counted
    attributes = attributes_on(counted, course.asked_on)
    facts = facts_of(course, counted, attributes, inquiry.municipality)
    restate(inquiry.source, facts, by=by, at=at, reason=reason)


def course_of(inquiry: Inquiry) -> Course | None:
    """How far it has come since it was last opened again; None while no person has looked at it."""
    records = list(inquiry.records.order_by("pk"))
    looked_at = any(record.by_id for record in records)
    if not looked_at or inquiry.state in (State.SPAM, State.MERGED):
        return None
    opened = max((number for number, one in enumerate(records) if one.action == Record.Action.REOPENED), default=0)
    stages = [_STAGES.get(State(record.state), 0) for record in records[opened:]]
    ended = None if inquiry.state in OPEN else timezone.localdate(records[-1].at)
    answered = 1 if inquiry.answered_at else 0
    return Course(timezone.localdate(inquiry.received_at), ended, max([answered, *stages]))


def _name(inquiry: Inquiry, at: datetime) -> None:
    """A person takes it up: what the sender called themselves becomes an organisation, to be identified later (R2)."""
    text = inquiry.organisation_text
    if not any(character.isalpha() for character in text):  # a number, and a right one, that no register here knows
        inquiry.organisation = add_organisation(format_number(check(text)), number=text, at=at)
        return
    hints = Hints(
        municipality=inquiry.municipality,
        domain=inquiry.email.rpartition("@")[2],
        day=timezone.localdate(inquiry.received_at),
    )
    inquiry.organisation = written(text, hints=hints, source=inquiry.source, at=at)
