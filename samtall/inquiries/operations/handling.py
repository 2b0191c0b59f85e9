"""What the desk does with an inquiry. Every change is kept with who made it, when and why."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.activities.models import Activity
from samtall.base.errors import Refusal
from samtall.base.reading import read_text
from samtall.inquiries import letters
from samtall.inquiries.models import LONGEST, Handover, Inquiry, Message, Record
from samtall.inquiries.operations.receiving import next_number
from samtall.inquiries.operations.turn import NotNow, refuse_closed, restate_inquiry, turn, write_record
from samtall.inquiries.states import CHOSEN, EXPLAINED, State
from samtall.parties.models import Organisation


class ReasonMissing(Refusal):
    """The outcome must be explained."""


def assign(
    inquiry: Inquiry, person: User | None, *, unit: str = "", by: User, at: datetime, reason: str = ""
) -> Inquiry:
    """Give it to somebody, or to a unit that shares it out itself. To who has it already: nothing happens."""
    with turn(inquiry, by=by, at=at):
        refuse_closed(inquiry)
        unit = unit.strip()[:200]
        if (inquiry.assignee, inquiry.unit) == (person, unit):
            return inquiry
        if person is None and not unit:
            raise Refusal(_("Choose a person, or write which unit gets it."))
        inquiry.assignee, inquiry.unit = person, unit
        if inquiry.state == State.RECEIVED and person is not None:
            inquiry.state = State.ASSIGNED
        write_record(inquiry, Record.Action.ASSIGNED, by=by, at=at, to=str(person or unit), reason=reason)
    return inquiry


def move(inquiry: Inquiry, state: State, *, by: User, at: datetime, reason: str = "") -> Inquiry:
    """Say how far it has come, or how it ended. Raises ReasonMissing where the sender deserves to know why."""
    with turn(inquiry, by=by, at=at):
        refuse_closed(inquiry)
        if state not in CHOSEN:
            raise NotNow(_("An inquiry does not become “%(state)s” this way.") % {"state": state.label})
        if state == inquiry.state:
            return inquiry
        if state in EXPLAINED and not reason.strip():
            raise ReasonMissing(_("Write why."))
        inquiry.state = state
        if state != State.SPAM:
            inquiry.answered_at = inquiry.answered_at or at
        write_record(inquiry, Record.Action.MOVED, by=by, at=at, reason=reason)
    return inquiry


def reopen(inquiry: Inquiry, *, by: User, at: datetime, reason: str) -> Inquiry:
    """It was not over after all."""
    with turn(inquiry, by=by, at=at):
        if inquiry.is_open:
            raise NotNow(_("The case is open already."))
        if not reason.strip():
            raise ReasonMissing(_("Write why."))
        inquiry.state = State.ASSIGNED if inquiry.assignee else State.RECEIVED
        inquiry.merged_into = None
        write_record(inquiry, Record.Action.REOPENED, by=by, at=at, reason=reason)
    return inquiry


def note(inquiry: Inquiry, text: str, *, by: User, at: datetime) -> Message:
    """Write something for the desk only."""
    text = read_text(text, most=LONGEST, lines=True)
    return Message.objects.create(inquiry=inquiry, sort=Message.Sort.NOTE, text=text, by=by, at=at)


def answer(inquiry: Inquiry, text: str, *, by: User, at: datetime) -> Message:
    """Write to the sender: they get a letter, and read it on their page; the clock of the promised answer stops."""
    text = read_text(text, most=LONGEST, lines=True)
    with turn(inquiry, by=by, at=at):
        refuse_closed(inquiry)
        if not inquiry.email:
            raise NotNow(_("Who asked has been erased, so there is nobody to answer. Say how the case ended."))
        message = Message.objects.create(inquiry=inquiry, sort=Message.Sort.ANSWER, text=text, by=by, at=at)
        inquiry.answered_at = inquiry.answered_at or at
        if inquiry.state in (State.RECEIVED, State.ASSIGNED):
            inquiry.assignee = inquiry.assignee or by
            inquiry.state = State.IN_DIALOGUE
            write_record(inquiry, Record.Action.MOVED, by=by, at=at)
        letters.send_answer(inquiry, message, at=at)
    return message


def merge(inquiry: Inquiry, into: Inquiry, *, by: User, at: datetime, reason: str = "") -> Inquiry:
    """It is about the same as another, where it is answered from now on."""
    with turn(inquiry, by=by, at=at):
        refuse_closed(inquiry)
        into.refresh_from_db()
        if inquiry.pk == into.pk:
            raise Refusal(_("A case cannot be merged with itself."))
        refuse_closed(into)
        inquiry.state, inquiry.merged_into = State.MERGED, into
        write_record(inquiry, Record.Action.MERGED, by=by, at=at, to=into.number, reason=reason)
        write_record(into, Record.Action.MERGED, by=by, at=at, to=inquiry.number, reason=reason)
    return inquiry


def split(inquiry: Inquiry, *, kinds: Sequence[str], description: str, by: User, at: datetime) -> Inquiry:
    """Part of it becomes a case of its own: these kinds, and what is said of them. Returns the new case."""
    description = read_text(description, most=LONGEST, lines=True)
    with turn(inquiry, by=by, at=at):
        refuse_closed(inquiry)
        if strange := set(kinds) - set(inquiry.kinds):
            raise Refusal(_("The case does not ask for %(kinds)s.") % {"kinds": ", ".join(sorted(strange))})
        part = Inquiry.objects.get(pk=inquiry.pk)
        part.pk, part.key, part.number = None, f"split-{by.pk}-{at.timestamp():.6f}"[:32], next_number(at)
        part.kinds, part.description, part.split_from = list(kinds), description, inquiry
        part.link = 1
        part.save()
        inquiry.kinds = [kind for kind in inquiry.kinds if kind not in kinds]
        write_record(part, Record.Action.SPLIT, by=by, at=at, to=inquiry.number)
        write_record(inquiry, Record.Action.SPLIT, by=by, at=at, to=part.number)
        restate_inquiry(part, by=by.signature, at=at)
    return part


def settle_organisation(inquiry: Inquiry, organisation: Organisation, *, by: User, at: datetime) -> Inquiry:
    """Say which organisation asked, where the sender's words did not tell."""
    with turn(inquiry, by=by, at=at):
        inquiry.organisation, inquiry.establishment = organisation, None
        write_record(inquiry, Record.Action.NAMED, by=by, at=at, to=organisation.name)
    return inquiry


def hand_over(inquiry: Inquiry, activity: Activity, *, by: User, at: datetime) -> Handover:
    """It led to this activity. One inquiry may lead to several; it stays open until somebody says that it is done."""
    with turn(inquiry, by=by, at=at):
        if not (inquiry.is_open or inquiry.state == State.HANDED_OVER):
            refuse_closed(inquiry)
        inquiry.answered_at = inquiry.answered_at or at
        handover = Handover.objects.create(inquiry=inquiry, activity=activity, by=by, at=at)
        inquiry.state = State.HANDED_OVER
        write_record(inquiry, Record.Action.HANDED_OVER, by=by, at=at, to=activity.title)
    return handover


def renew_link(inquiry: Inquiry, *, by: User | None, at: datetime) -> Inquiry:
    """The link to the sender's page no longer holds; the next letter carries a new one."""
    with turn(inquiry, by=by, at=at):
        inquiry.link += 1
        write_record(inquiry, Record.Action.LINK, by=by, at=at)
    return inquiry
