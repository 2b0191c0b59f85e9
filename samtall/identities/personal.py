"""Names that somebody wrote for an organisation, which may be a person's."""

from datetime import datetime

from django.utils.translation import gettext as _

from samtall.base.personal import PUBLIC_TASK, Held, Processing, Signed, Subject, Text
from samtall.base.text import Words, search_key
from samtall.base.traces import STRUCK
from samtall.identities.models import WrittenName
from samtall.parties.models import Organisation


def held(subject: Subject) -> list[Held]:
    return [
        Held(_("Written where an organisation was asked for"), [(_("Name"), one.name)]) for one in _named_as(subject)
    ]


def erase(subject: Subject, *, by: Signed, at: datetime) -> None:  # noqa: ARG001
    """An organisation that no register has, and that bears the name of somebody: only its number stays."""
    for organisation in _named_as(subject):
        organisation.name = f"{STRUCK} {organisation.pk}"
        organisation.save()
        for written in WrittenName.objects.filter(organisation=organisation):
            written.address, written.domain = "", ""
            written.save()


def _named_as(subject: Subject) -> list[Organisation]:
    names = [search_key(name) for name in subject.names]
    return list(Organisation.objects.filter(number="", search_name__in=names)) if names else []


PROCESSING = (
    Processing(
        code="written-names",
        words=Words("Navn slik de ble skrevet", "Namn slik dei blei skrivne", "Names as they were written"),
        purpose=Words(
            "Å finne ut hvilken virksomhet som er ment, og huske svaret.",
            "Å finne ut kva verksemd som er meint, og hugse svaret.",
            "To find out which organisation is meant, and to remember the answer.",
        ),
        basis=PUBLIC_TASK,
        whose=Words(
            "De som er nevnt der det skulle stått en virksomhet",
            "Dei som er nemnde der det skulle stått ei verksemd",
            "Those named where an organisation should have stood",
        ),
        data=Words("Navn, sted, begrunnelser", "Namn, stad, grunngjevingar", "Names, places, reasons"),
        seen_by=Words("De som har tilgang", "Dei som har tilgang", "Those who have access"),
        kept=Words(
            "Så lenge aktiviteten de ble skrevet for, står i bøkene.",
            "Så lenge aktiviteten dei blei skrivne for, står i bøkene.",
            "As long as the activity that they were written for stands in the books.",
        ),
        fields={
            "identities.WrittenName": ("key", "address", "domain"),
            "identities.Identification": ("withdrawn_because", "reasons"),
            "identities.Distinction": ("withdrawn_because",),
            "identities.Suspicion": ("reasons",),
        },
        texts=(
            Text("identities.Identification", ("withdrawn_because", "reasons")),
            Text("identities.Distinction", ("withdrawn_because",)),
            Text("identities.Suspicion", ("reasons",)),
        ),
        held=held,
        erase=erase,
    ),
)
