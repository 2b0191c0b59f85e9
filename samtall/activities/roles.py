"""Roles that many kinds share, so that they mean the same wherever they are counted."""

from samtall.activities.kind import PartyType, Role
from samtall.base.text import Words
from samtall.ledger.facts import Side

INSTITUTION = Role(
    code="institution",
    words=Words(nb="Utdanningsinstitusjon", nn="Utdanningsinstitusjon", en="Education institution"),
    side=Side.EDUCATION,
    party=PartyType.ORGANISATION,
    required=True,
    headings=("Institusjon", "Høyskole", "Høgskule", "Universitet", "Lærested", "Lærestad", "Institution", "School"),
)

HOST = Role(
    code="host",
    words=Words(nb="Vertsvirksomhet", nn="Vertsverksemd", en="Host organisation"),
    side=Side.OUTSIDE,
    party=PartyType.ORGANISATION,
    required=True,
    headings=("Bedrift", "Virksomhet", "Verksemd", "Vertsbedrift", "Praksissted", "Praksisstad", "Host", "Business"),
)

CLIENT = Role(
    code="client",
    words=Words(nb="Oppdragsgiver", nn="Oppdragsgivar", en="Client"),
    side=Side.OUTSIDE,
    party=PartyType.ORGANISATION,
    required=True,
    headings=("Bedrift", "Virksomhet", "Verksemd", "Kunde", "Business", "Organisation"),
)

STUDENT = Role(
    code="student",
    words=Words(nb="Student", nn="Student", en="Student"),
    side=Side.EDUCATION,
    party=PartyType.PERSON,
    headings=("Studenter", "Studentar", "Antall studenter", "Tal på studentar", "Students"),
)

SUPERVISOR = Role(
    code="supervisor",
    words=Words(nb="Faglig veileder", nn="Fagleg rettleiar", en="Academic supervisor"),
    side=Side.EDUCATION,
    party=PartyType.PERSON,
    counted=False,
    headings=("Veileder", "Rettleiar", "Supervisor"),
)

COMPANY_SUPERVISOR = Role(
    code="company_supervisor",
    words=Words(nb="Veileder i virksomheten", nn="Rettleiar i verksemda", en="Company supervisor"),
    side=Side.OUTSIDE,
    party=PartyType.PERSON,
    counted=False,
    headings=("Kontaktperson", "Praksisveileder", "Praksisrettleiar", "Contact"),
)

SCHOOL = Role(
    code="school",
    words=Words(nb="Skole", nn="Skule", en="School"),
    side=Side.EDUCATION,
    party=PartyType.ORGANISATION,
    required=True,
    headings=("Institusjon", "Utdanningsinstitusjon", "Lærested", "Lærestad", "Institution"),
)

PUPIL = Role(
    code="pupil",
    words=Words(nb="Elever", nn="Elevar", en="Pupils"),
    side=Side.EDUCATION,
    party=PartyType.PERSON,
    named=False,
    headings=("Antall elever", "Tal på elevar", "Studenter", "Studentar", "Students"),
)

TEACHER = Role(
    code="teacher",
    words=Words(nb="Lærer", nn="Lærar", en="Teacher"),
    side=Side.EDUCATION,
    party=PartyType.PERSON,
    counted=False,
    headings=("Kontaktlærer", "Kontaktlærar"),
)
