"""The personal data of those who get checkpoints."""

from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from samtall.base.personal import PUBLIC_TASK, Address, Held, Limit, Processing, Signed, Subject
from samtall.base.text import Words
from samtall.ui.writing import moment
from samtall.witnesses.models import Receiver


def _of(subject: Subject) -> "QuerySet[Receiver]":
    asked = Q(pk__in=[])
    for email in subject.emails:
        asked |= Q(email__iexact=email)
    return Receiver.objects.filter(asked).order_by("pk")


def held(subject: Subject) -> list[Held]:
    return [
        Held(
            _("Gets checkpoints of the books"),
            [
                (_("Name"), one.name),
                (_("E-mail address"), one.email),
                (_("Until"), moment(one.ended_at) if one.ended_at else ""),
            ],
            when=one.added_at,
        )
        for one in _of(subject)
    ]


def erase(subject: Subject, *, by: Signed, at: datetime) -> None:
    """They get no more; that somebody had the checkpoints stays."""
    theirs = _of(subject)
    theirs.filter(ended_at=None).update(ended_at=at, ended_by=by.signature)
    theirs.update(name="", email="")


def _ended() -> "QuerySet[Any]":
    return Receiver.objects.exclude(ended_at=None).exclude(email="").annotate(since=F("ended_at"))


def _empty(receivers: list[Any], _at: datetime) -> None:
    Receiver.objects.filter(pk__in=receivers).update(name="", email="")


PROCESSING = (
    Processing(
        code="witnesses",
        words=Words("Mottakere av kontrollpunkter", "Mottakarar av kontrollpunkt", "Receivers of checkpoints"),
        purpose=Words(
            "At andre enn vi kan vise at ingen har endret bøkene.",
            "At andre enn vi kan vise at ingen har endra bøkene.",
            "That others than us can show that nobody has changed the books.",
        ),
        basis=PUBLIC_TASK,
        whose=Words(
            "De som partnerne har pekt ut til å ta vare på kontrollpunkter",
            "Dei som partnarane har peikt ut til å ta vare på kontrollpunkt",
            "Those whom the partners have named to keep checkpoints",
        ),
        data=Words(
            "Navn, e-postadresse og hva som er sendt når",
            "Namn, e-postadresse og kva som er sendt når",
            "Name, e-mail address and what was sent when",
        ),
        seen_by=Words(
            "Administratorer og programledere",
            "Administratorar og programleiarar",
            "Administrators and programme managers",
        ),
        kept=Words(
            "%(days)d dager etter at de fikk det siste.",
            "%(days)d dagar etter at dei fekk det siste.",
            "%(days)d days after they got the last.",
        ),
        fields={"witnesses.Receiver": ("name", "email")},
        emails=(Address("witnesses.Receiver", "email", "name"),),
        held=held,
        erase=erase,
        limit=Limit(setting="MAIL_KEPT_DAYS", waiting=_ended, end=_empty),
    ),
)
