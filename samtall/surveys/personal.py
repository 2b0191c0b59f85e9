"""The personal data in surveys: whom a round goes to, and what somebody may have written of people."""

from datetime import datetime

from django.utils.translation import gettext as _

from samtall.base.personal import PUBLIC_TASK, Address, Held, Processing, Signed, Subject, Text
from samtall.base.text import Words
from samtall.surveys.models import Invitee


def held(subject: Subject) -> list[Held]:
    theirs = Invitee.objects.filter(address__in=subject.emails).select_related("round__survey")
    return [
        Held(
            _("Invitation to a survey"),
            [(_("Survey"), str(Words.from_dict(one.round.survey.name))), (_("E-mail address"), one.address)],
            when=one.round.opened_at,
        )
        for one in theirs.order_by("pk")
    ]


def erase(subject: Subject, *, by: Signed, at: datetime) -> None:  # noqa: ARG001
    """Take the address off the list. That so many were invited stays; an answer cannot be found."""
    Invitee.objects.filter(address__in=subject.emails).delete()


PROCESSING = (
    Processing(
        code="surveys",
        words=Words("Undersøkelser", "Undersøkingar", "Surveys"),
        purpose=Words(
            "Å måle det som ikke kan telles, ved å spørre.",
            "Å måle det som ikkje kan teljast, ved å spørje.",
            "To measure what cannot be counted, by asking.",
        ),
        basis=PUBLIC_TASK,
        whose=Words("De som blir spurt", "Dei som blir spurde", "Those who are asked"),
        data=Words(
            "E-postadressen til de inviterte. Svarene står for seg, uten noe som fører tilbake til hvem som svarte.",
            "E-postadressa til dei inviterte. Svara står for seg, utan noko som fører tilbake til kven som svarte.",
            "The e-mail addresses of those invited. Answers stand apart, with nothing that leads back to who answered.",
        ),
        seen_by=Words(
            "Programlederen ser hvor mange. Ingen ser hvem som har svart hva.",
            "Programleiaren ser kor mange. Ingen ser kven som har svart kva.",
            "The programme manager sees how many. Nobody sees who has answered what.",
        ),
        kept=Words(
            "Adressene slettes når runden lukkes. Svarene står.",
            "Adressene blir sletta når runden blir lukka. Svara står.",
            "The addresses are deleted when the round closes. The answers stay.",
        ),
        fields={"surveys.Invitee": ("address",), "surveys.Answer": ("text",)},
        emails=(Address("surveys.Invitee", "address"),),
        texts=(Text("surveys.Answer", ("text",)),),
        held=held,
        erase=erase,
    ),
)
