"""What we keep of those who ask us about their data."""

from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from samtall.base.personal import Address, Held, Limit, Processing, Signed, Subject, Text
from samtall.base.text import Words
from samtall.privacy.models import Correction


def held(subject: Subject) -> list[Held]:
    return [
        Held(_("Request for correction"), [(_("Text"), one.text), (_("Answer"), one.answer)], when=one.asked_at)
        for one in Correction.objects.filter(email__in=subject.emails)
    ]


def erase(subject: Subject, *, by: Signed, at: datetime) -> None:  # noqa: ARG001
    Correction.objects.filter(email__in=subject.emails).delete()


def _answered() -> "QuerySet[Any]":
    return Correction.objects.exclude(answered_at=None).annotate(since=F("answered_at"))


def _end(corrections: list[Any], _at: datetime) -> None:
    Correction.objects.filter(pk__in=corrections).delete()


PROCESSING = (
    Processing(
        code="rights",
        words=Words("Innsyn, retting og sletting", "Innsyn, retting og sletting", "Access, correction and erasure"),
        purpose=Words(
            "Å svare dem som spør om egne opplysninger, og huske hva som er slettet.",
            "Å svare dei som spør om eigne opplysningar, og hugse kva som er sletta.",
            "To answer those who ask about their own data, and to remember what was erased.",
        ),
        basis=Words(
            "Rettslig plikt: personvernforordningen artikkel 6 nr. 1 bokstav c, jf. artikkel 15–17.",
            "Rettsleg plikt: personvernforordninga artikkel 6 nr. 1 bokstav c, jf. artikkel 15–17.",
            "A legal duty: the General Data Protection Regulation, article 6 (1) (c), see articles 15–17.",
        ),
        whose=Words("De som spør", "Dei som spør", "Those who ask"),
        data=Words(
            "E-postadresse, hva de ber om, svaret. Om en som er slettet: tidspunkt og koder uten navn.",
            "E-postadresse, kva dei bed om, svaret. Om ein som er sletta: tidspunkt og kodar utan namn.",
            "E-mail address, what they ask for, the answer. Of one who was erased: when, and codes that nobody can "
            "read a name from.",
        ),
        seen_by=Words("Personvernansvarlige", "Personvernansvarlege", "Those who answer for data protection"),
        kept=Words("%(days)d dager etter svaret.", "%(days)d dagar etter svaret.", "%(days)d days after the answer."),
        fields={"privacy.Correction": ("email", "text", "answer"), "privacy.Erased": ("line",)},
        emails=(Address("privacy.Correction", "email"),),
        texts=(Text("privacy.Correction", ("text", "answer")),),
        held=held,
        erase=erase,
        limit=Limit(setting="CORRECTIONS_KEPT_DAYS", waiting=_answered, end=_end),
    ),
)
