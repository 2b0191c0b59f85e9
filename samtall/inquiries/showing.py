"""How inquiries are shown: to their sender, and at the desk."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samtall.activities import registry
from samtall.activities.naming import address_of
from samtall.activities.operations import UnknownKind
from samtall.inquiries.declaration import Declaration, read
from samtall.inquiries.forms import CHOICES, REPLY_LANGUAGES, USUAL
from samtall.inquiries.models import Inquiry, Message, Record
from samtall.inquiries.queries import is_late
from samtall.inquiries.states import State
from samtall.mail.models import IncomingLetter
from samtall.parties.numbers import format_number
from samtall.places.queries import name_of_code
from samtall.ui.frame import Link
from samtall.ui.tables import Column, Event, Table
from samtall.ui.writing import short_date

JOINED = "\N{WORD JOINER}"
#: Questions that are put to the sender, as they are called at the desk.
AT_DESK = {"contact_name": gettext_lazy("Contact person"), "reply_language": gettext_lazy("Language of the answer")}

Pairs = list[tuple[str, str | Link]]


def wish(code: str) -> str:
    """How a kind is asked for; its code when it no longer can be."""
    try:
        return str(registry.kind(code).wish or code)
    except UnknownKind:
        return code


def wishes(inquiry: Inquiry) -> str:
    return ", ".join(wish(code) for code in inquiry.kinds)


def link_to(inquiry: Inquiry) -> Link:
    """A link with the case number, joined so that no line breaks in it."""
    return Link(reverse("inquiry", args=[inquiry.number]), inquiry.number.replace("-", f"{JOINED}-{JOINED}"))


def who_has_it(inquiry: Inquiry) -> str:
    """The person, the unit, or both; that nobody has it yet."""
    return ", ".join(str(part) for part in (inquiry.assignee, inquiry.unit) if part) or _("Nobody yet")


def answers_of(inquiry: Inquiry, *, at_desk: bool = False) -> Pairs:
    """What the sender wrote, in the order and the words of the form; what was left empty is left out."""
    called = AT_DESK if at_desk else {}
    declaration = read(inquiry.form.text)
    said = _said(inquiry)
    pairs: Pairs = []
    for question in declaration.questions:
        if question.code in said and (text := _shown(question.code, said[question.code], declaration)):
            label = called.get(question.code) or question.label or USUAL[question.code][1]
            pairs.append((str(label), text))
    return pairs


def _said(inquiry: Inquiry) -> dict[str, Any]:
    columns = ("contact_name", "email", "phone", "kinds", "subjects", "description", "reply_language")
    own = {code: getattr(inquiry, code) for code in columns}
    return dict(inquiry.answers) | own | {"organisation": inquiry.organisation_text}


def _shown(code: str, value: Any, declaration: Declaration) -> str:
    named = {subject.code: str(subject.words) for subject in declaration.subjects} if code == "subjects" else {}
    named |= {choice: str(label) for choice, label in CHOICES.get(code, ())}
    named |= dict(REPLY_LANGUAGES) if code == "reply_language" else {}
    if code == "kinds":
        named = {choice: wish(choice) for choice in value}
    if isinstance(value, list):
        return ", ".join(str(named.get(one, one)) for one in value)
    return named.get(str(value), str(value))


# To the sender.


def facts_for_sender(inquiry: Inquiry) -> Pairs:
    pairs: Pairs = [(_("Status"), str(State(inquiry.state).label)), (_("Who has it"), who_has_it(inquiry))]
    if inquiry.is_open and inquiry.answered_at is None:
        pairs.append((_("You will have an answer by"), short_date(inquiry.due_on)))
    return pairs


def events_for_sender(inquiry: Inquiry) -> list[Event]:
    """What happened, oldest first: where it is, what was answered and added; never what the desk notes for itself."""
    events = [
        Event(when=record.at, title=_event(record), text=record.reason if _is_explanation(record) else "")
        for record in inquiry.records.order_by("pk")
        if record.action not in (Record.Action.NAMED, Record.Action.LINK, Record.Action.SPLIT)
    ]
    events += [_message_event(message) for message in _messages(inquiry) if message.sort != Message.Sort.NOTE]
    return sorted(events, key=lambda event: event.when)


def _is_explanation(record: Record) -> bool:
    return record.action == Record.Action.MOVED and record.state in (State.DECLINED, State.NO_MATCH)


def _event(record: Record) -> str:
    if record.action == Record.Action.ASSIGNED:
        return _("Given to %(who)s") % {"who": record.to}
    if record.action == Record.Action.REOPENED:
        return _("Opened again")
    return str(State(record.state).label)


def _messages(inquiry: Inquiry) -> Iterable[Message]:
    return inquiry.messages.select_related("by").order_by("pk")


def _message_event(message: Message) -> Event:
    titles = {
        Message.Sort.NOTE: _("Note"),
        Message.Sort.ANSWER: _("Answer"),
        Message.Sort.ADDED: _("Added by the sender"),
    }
    return Event(message.at, titles[Message.Sort(message.sort)], str(message.by or ""), message.text)


# At the desk.


def due(inquiry: Inquiry, today: date) -> str:
    """When an answer is due, or since when it is late; nothing once it is answered or closed."""
    if not inquiry.is_open or inquiry.answered_at is not None:
        return ""
    if is_late(inquiry, today):
        return _("Late since %(day)s") % {"day": short_date(inquiry.due_on)}
    return short_date(inquiry.due_on)


def inquiries_table(inquiries: Iterable[Inquiry], today: date) -> Table:
    columns = [_("Case"), _("Organisation"), _("Asks for"), _("Status"), _("Who has it"), _("Answer due")]
    rows = [
        (
            link_to(one),
            one.asked_by,
            wishes(one),
            str(State(one.state).label),
            who_has_it(one),
            due(one, today),
        )
        for one in inquiries
    ]
    return Table(_("Inquiries"), [Column(label) for label in columns], rows, caption_hidden=True)


def others_table(inquiries: Iterable[Inquiry]) -> Table:
    columns = [_("Case"), _("Came in"), _("Asks for"), _("Status"), _("Who has it")]
    rows = [
        (link_to(one), short_date(one.received_at), wishes(one), str(State(one.state).label), who_has_it(one))
        for one in inquiries
    ]
    return Table(_("Other cases of the same organisation"), [Column(label) for label in columns], rows)


def facts_at_desk(inquiry: Inquiry, today: date) -> Pairs:
    organisation = inquiry.organisation
    pairs: Pairs = []
    if organisation is not None:
        label = f"{organisation.name} ({format_number(organisation.number) or _('without a number')})"
        pairs.append((_("Organisation"), Link(address_of(organisation), label)))
    if inquiry.municipality:
        pairs.append((_("Municipality"), name_of_code(inquiry.municipality) or inquiry.municipality))
    pairs += [
        (_("Who has it"), who_has_it(inquiry)),
        (_("Came in"), short_date(inquiry.received_at)),
        (_("Answer due"), due(inquiry, today) or _("Answered")),
    ]
    if inquiry.merged_into:
        pairs.append((_("Merged with"), link_to(inquiry.merged_into)))
    if inquiry.split_from:
        pairs.append((_("Split from"), link_to(inquiry.split_from)))
    return pairs


def events_at_desk(inquiry: Inquiry, letters_in: Iterable[IncomingLetter]) -> list[Event]:
    """Everything, newest first: changes with who and why, notes, answers, and what the sender wrote."""
    events = [
        Event(when=record.at, title=_event_at_desk(record), who=str(record.by or ""), text=record.reason)
        for record in inquiry.records.select_related("by").order_by("pk")
    ]
    events += [_message_event(message) for message in _messages(inquiry)]
    events += [Event(one.received_at, _("Letter from the sender"), one.sender, one.text) for one in letters_in]
    return sorted(events, key=_when, reverse=True)


def _when(event: Event) -> datetime:
    assert isinstance(event.when, datetime)  # noqa: S101 - those of a case always are
    return event.when


def _event_at_desk(record: Record) -> str:
    texts = {
        Record.Action.NAMED: _("Organisation: %(to)s"),
        Record.Action.LINK: _("New link to the sender's page"),
        Record.Action.SPLIT: _("Split: %(to)s"),
        Record.Action.MERGED: _("Merged: %(to)s"),
        Record.Action.HANDED_OVER: _("Became a collaboration: %(to)s"),
    }
    template = texts.get(Record.Action(record.action))
    return template % {"to": record.to} if template else _event(record)
