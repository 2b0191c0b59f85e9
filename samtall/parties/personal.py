"""The personal data of people who take part, and of owners of one-person firms."""

from datetime import datetime

from django.utils.translation import gettext as _

from samtall.base.personal import PUBLIC_TASK, Address, Held, Processing, Signed, Subject
from samtall.base.text import Words
from samtall.parties.models import Person
from samtall.parties.operations import erase_person


def held(subject: Subject) -> list[Held]:
    people = Person.objects.filter(pk__in=subject.people).select_related("organisation").order_by("pk")
    return [
        Held(
            _("Registered person"),
            [
                (label, value)
                for label, value in (
                    (_("Name"), one.name),
                    (_("E-mail address"), one.email),
                    (_("Organisation"), str(one.organisation or "")),
                )
                if value
            ],
        )
        for one in people
    ]


def erase(subject: Subject, *, by: Signed, at: datetime) -> None:
    """Destroy the link between the person and the key that figures count (R5)."""
    for person in Person.objects.filter(pk__in=subject.people):
        erase_person(person, by=by, at=at)


PROCESSING = (
    Processing(
        code="people",
        words=Words("Personer som deltar", "Personar som deltek", "People who take part"),
        purpose=Words(
            "Å vite hvem som samarbeider om hva, og å telle hver person bare én gang.",
            "Å vite kven som samarbeider om kva, og å telje kvar person berre éin gong.",
            "To know who collaborates on what, and to count each person only once.",
        ),
        basis=PUBLIC_TASK,
        whose=Words(
            "Studenter, veiledere og kontaktpersoner",
            "Studentar, rettleiarar og kontaktpersonar",
            "Students, supervisors and contacts",
        ),
        data=Words(
            "Navn, e-postadresse, virksomhet. Elever under 18 år telles uten navn.",
            "Namn, e-postadresse, verksemd. Elevar under 18 år blir talde utan namn.",
            "Name, e-mail address, organisation. Pupils under 18 are counted without names.",
        ),
        seen_by=Words(
            "Koordinatorer, godkjennere og personvernansvarlige; i tallene er en person bare en tilfeldig nøkkel",
            "Koordinatorar, godkjennarar og personvernansvarlege; i tala er ein person berre ein tilfeldig nøkkel",
            "Coordinators, validators and those who answer for data protection; in the figures a person is only a "
            "random key",
        ),
        kept=Words(
            "Som deltakelse i aktiviteter, under.",
            "Som deltaking i aktivitetar, under.",
            "As taking part in activities, below.",
        ),
        fields={"parties.Person": ("name", "search_name", "email")},
        emails=(Address("parties.Person", "email", "name"),),
        held=held,
        erase=erase,
    ),
    Processing(
        code="register",
        words=Words(
            "Virksomheter med en persons navn", "Verksemder med ein persons namn", "Organisations named after a person"
        ),
        purpose=Words(
            "Å vite hvilke virksomheter som samarbeider, også enkeltpersonforetak.",
            "Å vite kva verksemder som samarbeider, også enkeltpersonføretak.",
            "To know which organisations collaborate, one-person firms among them.",
        ),
        basis=PUBLIC_TASK,
        whose=Words(
            "Innehavere av enkeltpersonforetak", "Innehavarar av enkeltpersonføretak", "Owners of one-person firms"
        ),
        data=Words(
            "Foretakets navn, adresse og nettsted, slik Enhetsregisteret viser dem for alle",
            "Namnet, adressa og nettstaden til føretaket, slik Einingsregisteret viser dei for alle",
            "The firm's name, address and web site, as the public business register shows them to everybody",
        ),
        seen_by=Words("De som har tilgang", "Dei som har tilgang", "Those who have access"),
        kept=Words(
            "Så lenge registeret viser dem. Det registeret fjerner, slettes her også.",
            "Så lenge registeret viser dei. Det registeret fjernar, blir sletta her òg.",
            "As long as the register shows them. What the register takes back is erased here as well.",
        ),
        fields={
            "parties.Organisation": ("name", "search_name"),
            "parties.Establishment": ("name", "search_name"),
            "parties.OrganisationAttributes": ("name", "street", "domain"),
            "parties.EstablishmentAttributes": ("name", "street", "domain"),
            "parties.Succession": ("note",),
        },
    ),
)
