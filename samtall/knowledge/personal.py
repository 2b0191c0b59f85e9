"""The contacts in the directory of knowledge environments."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from samtall.base.personal import PUBLIC_TASK, Address, Held, Processing, Signed, Subject, Text
from samtall.base.text import Words
from samtall.knowledge.models import Environment


def _with_contact(subject: Subject) -> "QuerySet[Environment]":
    asked = Q(contact_name__in=subject.names)
    for email in subject.emails:
        asked |= Q(contact_email__iexact=email)
    return Environment.objects.filter(asked)


def held(subject: Subject) -> list[Held]:
    return [
        Held(
            _("Contact of %(environment)s") % {"environment": one.name},
            [(_("Name"), one.contact_name), (_("E-mail address"), one.contact_email)],
            when=one.updated_at,
        )
        for one in _with_contact(subject)
    ]


def erase(subject: Subject, *, by: Signed, at: datetime) -> None:  # noqa: ARG001
    _with_contact(subject).update(contact_name="", contact_email="")


PROCESSING = (
    Processing(
        code="knowledge",
        words=Words(
            "Kontaktpersoner i kunnskapsmiljøer",
            "Kontaktpersonar i kunnskapsmiljø",
            "Contacts of knowledge environments",
        ),
        purpose=Words(
            "Å vite hvem en spør om et fagområde.",
            "Å vite kven ein spør om eit fagområde.",
            "To know whom to ask about a subject.",
        ),
        basis=PUBLIC_TASK,
        whose=Words(
            "Ansatte i utdanning og forskning", "Tilsette i utdanning og forsking", "Staff in education and research"
        ),
        data=Words(
            "Navn og e-postadresse i arbeidet", "Namn og e-postadresse i arbeidet", "Name and e-mail address at work"
        ),
        seen_by=Words("De som har tilgang", "Dei som har tilgang", "Those who have access"),
        kept=Words(
            "Til institusjonen oppdaterer katalogen.",
            "Til institusjonen oppdaterer katalogen.",
            "Until the institution updates the directory.",
        ),
        fields={"knowledge.Environment": ("contact_name", "contact_email", "offers")},
        emails=(Address("knowledge.Environment", "contact_email", "contact_name"),),
        texts=(Text("knowledge.Environment", ("offers",)),),
        held=held,
        erase=erase,
    ),
)
