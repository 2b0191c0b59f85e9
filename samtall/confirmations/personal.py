"""The personal data in requests to confirm."""

from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from samtall.base.personal import PUBLIC_TASK, Address, Held, Limit, Processing, Signed, Subject, Text
from samtall.base.text import Words
from samtall.confirmations import operations
from samtall.confirmations.models import Request
from samtall.ui.writing import moment


def requests_to(subject: Subject) -> "QuerySet[Request]":
    """The requests that were sent to somebody's address, or for their part."""
    hashes = [operations.address_hash(email) for email in subject.emails]
    theirs = Q(address_hash__in=hashes) | Q(part__person_key__in=subject.keys)
    return Request.objects.filter(theirs).select_related("activity").order_by("asked_at", "pk")


def held(subject: Subject) -> list[Held]:
    return [
        Held(
            _("Request to confirm"),
            [
                (label, value)
                for label, value in (
                    (_("Activity"), one.activity.title),
                    (_("E-mail address"), one.address),
                    (_("Answer"), one.get_answer_display() if one.answer else ""),
                    (_("Answered"), moment(one.answered_at) if one.answered_at else ""),
                    (_("Text"), one.text),
                )
                if value
            ],
            when=one.asked_at,
        )
        for one in requests_to(subject)
    ]


def erase(subject: Subject, *, by: Signed, at: datetime) -> None:  # noqa: ARG001
    """Forget whom the letters went to, and let links that hold stop holding. That somebody confirmed stays."""
    theirs = requests_to(subject)
    Request.objects.filter(pk__in=theirs.values("pk"), answered_at=None, revoked_at=None).update(revoked_at=at)
    Request.objects.filter(pk__in=[one.pk for one in theirs]).update(address="", address_hash="", text="")


def _addresses() -> "QuerySet[Any]":
    return Request.objects.exclude(address="").annotate(since=F("expires_at"))


def _end(requests: list[Any], _at: datetime) -> None:
    Request.objects.filter(pk__in=requests).update(address="")


PROCESSING = (
    Processing(
        code="confirmations",
        words=Words("Bekreftelser", "Stadfestingar", "Confirmations"),
        purpose=Words(
            "Å la partene bekrefte det som har funnet sted.",
            "Å la partane stadfeste det som har funne stad.",
            "To let the parties confirm what took place.",
        ),
        basis=PUBLIC_TASK,
        whose=Words(
            "De som blir bedt om å bekrefte", "Dei som blir bedne om å stadfeste", "Those who are asked to confirm"
        ),
        data=Words(
            "E-postadresse, svar og tidspunkt", "E-postadresse, svar og tidspunkt", "E-mail address, answer and when"
        ),
        seen_by=Words("Koordinatorer", "Koordinatorar", "Coordinators"),
        kept=Words(
            "Adressen: til den har svart, og høyst %(days)d dager etter fristen. Etterpå står en kode som ingen kan "
            "lese adressen av.",
            "Adressa: til ho har svart, og høgst %(days)d dagar etter fristen. Etterpå står ein kode som ingen kan "
            "lese adressa av.",
            "The address: until it has answered, and at most %(days)d days after the link has expired. After that a "
            "code is left that nobody can read the address from.",
        ),
        fields={"confirmations.Request": ("address", "address_hash", "text")},
        emails=(Address("confirmations.Request", "address"),),
        texts=(Text("confirmations.Request", ("text",), "activity__participations__person_key__in"),),
        held=held,
        erase=erase,
        limit=Limit(setting="CONFIRMATION_ADDRESSES_KEPT_DAYS", waiting=_addresses, end=_end),
    ),
)
