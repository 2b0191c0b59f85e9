"""The personal data in inquiries: who asked, and what was written in the case."""

from datetime import datetime
from typing import Any

from django.db.models import F, Max, Q, QuerySet
from django.utils.translation import gettext as _

from samtall.base.personal import PUBLIC_TASK, Address, Held, Limit, Processing, Signed, Subject, Text
from samtall.base.text import Words
from samtall.base.traces import strike
from samtall.inquiries import showing
from samtall.inquiries.models import Inquiry, Message, Unconfirmed
from samtall.inquiries.states import OPEN


def inquiries_of(subject: Subject) -> "QuerySet[Inquiry]":
    """The inquiries that were sent from somebody's address."""
    asked = Q(pk__in=[])
    for email in subject.emails:
        asked |= Q(email__iexact=email)
    return (
        Inquiry.objects.filter(asked).select_related("organisation", "form", "assignee").order_by("received_at", "pk")
    )


def held(subject: Subject) -> list[Held]:
    found = [one for inquiry in inquiries_of(subject).prefetch_related("messages") for one in _case(inquiry)]
    waiting = [one for one in Unconfirmed.objects.all() if str(one.said.get("email", "")).lower() in subject.emails]
    return found + [
        Held(
            _("Form that waits to be confirmed"),
            [(code, str(value)) for code, value in one.said.items() if value],
            when=one.sent_at,
        )
        for one in waiting
    ]


def _case(inquiry: Inquiry) -> list[Held]:
    values = [(_("State"), inquiry.get_state_display())]
    values += [(str(label), str(value)) for label, value in showing.answers_of(inquiry)]
    case = Held(
        _("Inquiry %(number)s") % {"number": inquiry.number},
        [(label, value) for label, value in values if value],
        when=inquiry.received_at,
    )
    shown = [one for one in inquiry.messages.all() if one.sort != Message.Sort.NOTE]
    return [case] + [Held(_("Written in the case"), [(_("Text"), one.text)], when=one.at) for one in shown]


def erase(subject: Subject, *, by: Signed, at: datetime) -> None:  # noqa: ARG001
    """Forget who asked; that an organisation asked, and what came of it, stays. The sender's link stops holding."""
    theirs = [one.pk for one in inquiries_of(subject)]
    forget_senders(theirs, at)
    held_back = [
        one.pk for one in Unconfirmed.objects.all() if str(one.said.get("email", "")).lower() in subject.emails
    ]
    Unconfirmed.objects.filter(pk__in=held_back).delete()


def forget_senders(inquiries: list[Any], _at: datetime) -> None:
    """Delete who asked, and strike their name out of what was written in the case."""
    for one in Inquiry.objects.filter(pk__in=inquiries):
        words = [word for word in (one.email, one.contact_name, one.phone) if word.strip()]
        Inquiry.objects.filter(pk=one.pk).update(contact_name="", email="", phone="", link=F("link") + 1)
        for model, fields, within in (
            ("inquiries.Inquiry", ("description", "answers"), Q(pk=one.pk)),
            ("inquiries.Message", ("text",), Q(inquiry=one)),
            ("inquiries.Record", ("to", "reason"), Q(inquiry=one)),
        ):
            strike(model, fields, words, within=within)


def _closed() -> "QuerySet[Any]":
    """Cases that are over and still say who asked, by when something last happened."""
    return Inquiry.objects.exclude(state__in=OPEN).exclude(email="").annotate(since=Max("records__at"))


PROCESSING = (
    Processing(
        code="inquiries",
        words=Words("Henvendelser", "Førespurnader", "Inquiries"),
        purpose=Words(
            "Å svare virksomheter som vil samarbeide, og føre det videre til dem som kan.",
            "Å svare verksemder som vil samarbeide, og føre det vidare til dei som kan.",
            "To answer organisations that want to collaborate, and to bring it to those who can.",
        ),
        basis=PUBLIC_TASK,
        whose=Words(
            "De som skriver i kontaktskjemaet", "Dei som skriv i kontaktskjemaet", "Those who write in the contact form"
        ),
        data=Words(
            "Navn, e-postadresse, telefon, virksomhet og det som er skrevet",
            "Namn, e-postadresse, telefon, verksemd og det som er skrive",
            "Name, e-mail address, telephone, organisation and what is written",
        ),
        seen_by=Words(
            "Koordinatorer, og den det gjelder", "Koordinatorar, og den det gjeld", "Coordinators, and the person"
        ),
        kept=Words(
            "Hvem som spurte: %(days)d dager etter at saken er avsluttet. At virksomheten spurte, blir stående.",
            "Kven som spurde: %(days)d dagar etter at saka er avslutta. At verksemda spurde, blir ståande.",
            "Who asked: %(days)d days after the case was closed. That the organisation asked stays.",
        ),
        fields={
            "inquiries.Inquiry": (
                "contact_name",
                "email",
                "phone",
                "organisation_text",
                "description",
                "answers",
                "subjects",
                "unit",
            ),
            "inquiries.Record": ("to", "reason"),
            "inquiries.Message": ("text",),
            "inquiries.Unconfirmed": ("said",),
            "inquiries.ContactForm": ("text",),
        },
        emails=(Address("inquiries.Inquiry", "email", "contact_name"),),
        texts=(
            Text("inquiries.Inquiry", ("contact_name", "organisation_text", "description", "answers", "unit")),
            Text("inquiries.Record", ("to", "reason")),
            Text("inquiries.Message", ("text",)),
            Text("inquiries.Unconfirmed", ("said",)),
        ),
        held=held,
        erase=erase,
        limit=Limit(setting="INQUIRIES_KEPT_DAYS", waiting=_closed, end=forget_senders),
    ),
)
