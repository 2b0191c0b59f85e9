"""What the sender does: sends an inquiry, confirms it, adds to it, withdraws it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from samtall.accounts.models import User
from samtall.activities.finding import find_party
from samtall.base.errors import Refusal
from samtall.base.reading import read_text
from samtall.base.working_days import working_days_after
from samtall.inquiries import letters
from samtall.inquiries.declaration import Declaration, read
from samtall.inquiries.models import LONGEST, CaseNumbers, ContactForm, Inquiry, Message, Record, Unconfirmed
from samtall.inquiries.operations.turn import refuse_closed, turn, write_record
from samtall.inquiries.states import State
from samtall.parties.models import Establishment
from samtall.places.queries import code_on, municipality_named

#: What an inquiry keeps in columns of its own, by the question that fills it.
COLUMNS = ("contact_name", "email", "phone", "kinds", "subjects", "description")


@dataclass(frozen=True)
class Received:
    """The inquiry, and whether it is new: a form that is sent again gives the one it gave before."""

    inquiry: Inquiry
    new: bool


class NothingToConfirm(Refusal):
    """There is no such form waiting: confirmed already, or too old."""


def receive(form: ContactForm, said: Mapping[str, Any], *, key: str, language: str, at: datetime) -> Received:
    """Keep what was sent, once for each key, with a case number, a deadline, and whoever the routes give it to."""
    if known := Inquiry.objects.filter(key=key).first():
        return Received(known, new=False)
    try:
        with transaction.atomic():
            inquiry = _made(form, said, key=key, language=language, at=at)
    except IntegrityError:  # the same form, sent twice at the same moment
        return Received(Inquiry.objects.get(key=key), new=False)
    return Received(inquiry, new=True)


def hold(form: ContactForm, said: Mapping[str, Any], *, key: str, language: str, at: datetime) -> Unconfirmed:
    """Keep what was sent until its sender has confirmed it; sent again, the later one is kept."""
    with transaction.atomic():
        held, _new = Unconfirmed.objects.update_or_create(
            key=key, defaults={"form": form, "said": dict(said), "language": language, "sent_at": at}
        )
        letters.ask_to_confirm(held, at=at)
    return held


def confirm(key: str, *, at: datetime) -> Received:
    """The sender has confirmed: what was held becomes an inquiry. Raises NothingToConfirm."""
    if known := Inquiry.objects.filter(key=key).first():
        return Received(known, new=False)
    with transaction.atomic():
        held = Unconfirmed.objects.select_for_update().select_related("form").filter(key=key).first()
        if held is None:
            raise NothingToConfirm(_("The link has expired. Send the form once more."))
        received = receive(held.form, held.said, key=key, language=held.language, at=at)
        held.delete()
    return received


def add(inquiry: Inquiry, text: str, *, at: datetime) -> Message:
    """The sender writes more in the case."""
    text = read_text(text, most=LONGEST, lines=True)
    with turn(inquiry, by=None, at=at):
        refuse_closed(inquiry)
        return Message.objects.create(inquiry=inquiry, sort=Message.Sort.ADDED, text=text, at=at)


def withdraw(inquiry: Inquiry, *, at: datetime, reason: str = "") -> Inquiry:
    """The sender no longer asks."""
    with turn(inquiry, by=None, at=at):
        refuse_closed(inquiry)
        inquiry.state = State.WITHDRAWN
        write_record(inquiry, Record.Action.WITHDRAWN, by=None, at=at, reason=reason)
    return inquiry


def _made(form: ContactForm, said: Mapping[str, Any], *, key: str, language: str, at: datetime) -> Inquiry:
    declaration, day = read(form.text), timezone.localdate(at)
    found = find_party(said["organisation"]).party
    organisation = found.organisation if isinstance(found, Establishment) else found
    place = municipality_named(said["municipality"], day) if said.get("municipality") else None
    inquiry = Inquiry(
        number=next_number(at),
        key=key,
        form=form,
        received_at=at,
        due_on=working_days_after(day, declaration.answer_within),
        organisation=organisation,
        establishment=found if isinstance(found, Establishment) else None,
        organisation_text=said["organisation"],
        municipality=code_on(place, day) if place else "",
        reply_language=said.get("reply_language", language),
        answers={code: said[code] for code in said if code not in (*COLUMNS, "organisation", "reply_language")},
        **{code: said[code] for code in COLUMNS if code in said},
    )
    inquiry.save()
    write_record(inquiry, Record.Action.RECEIVED, by=None, at=at)
    _route(inquiry, declaration, at=at)
    letters.send_receipt(inquiry, at=at)
    return inquiry


def next_number(at: datetime) -> str:
    """The next case number of this year; who asks for one holds the year until the inquiry is saved."""
    year = timezone.localdate(at).year
    CaseNumbers.objects.get_or_create(year=year)
    CaseNumbers.objects.filter(year=year).update(last=F("last") + 1)
    return f"{year}-{CaseNumbers.objects.get(year=year).last:04d}"


def _route(inquiry: Inquiry, declaration: Declaration, *, at: datetime) -> None:
    """Give it to whom the form's routes say, if they say anything."""
    route = declaration.route(kinds=inquiry.kinds, subjects=inquiry.subjects, municipality=inquiry.municipality)
    if route is None:
        return
    inquiry.unit = route.unit
    person = User.objects.filter(email__iexact=route.person, is_active=True).first() if route.person else None
    if person is not None:
        inquiry.assignee, inquiry.state = person, State.ASSIGNED
    inquiry.save()
    write_record(inquiry, Record.Action.ASSIGNED, by=None, at=at, to=str(person or route.unit))
