"""The roles that a user can hold, each as a declaration that can be read aloud."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from samtall.base.text import Words

#: What everybody may do, signed in or not.
PUBLIC = frozenset({"programmes.read", "figures.read", "publications.read"})

_READING = PUBLIC | {
    "figures.list",
    "figures.people",
    "publications.drafts",
    "surveys.read",
    "activities.read",
    "organisations.read",
    "api.use",
}


class Reach(Enum):
    """How far a role can reach: where it can be held."""

    EVERYTHING = auto()
    """Held for the whole installation only."""
    EITHER = auto()
    """Held for the whole installation, or at one organisation: then only what is that organisation's."""
    ORGANISATION = auto()
    """Held at an organisation only."""
    SELF = auto()
    """Held nowhere: reaches only what is about the person who holds it."""


@dataclass(frozen=True)
class Role:
    """A role: its name, who has it and why in one sentence, and what it may do beyond what everybody may.

    `local`: the administrators of an organisation may give it there, and not only those of the installation.
    `two_factors`: who holds it signs in with two factors, where the installation asks for that.
    """

    code: str
    words: Words
    sentence: Words
    permissions: frozenset[str]
    reach: Reach = Reach.EVERYTHING
    local: bool = False
    two_factors: bool = True


COORDINATOR = Role(
    code="coordinator",
    words=Words("Koordinator", "Koordinator", "Coordinator"),
    sentence=Words(
        "Registrerer samarbeid og virksomheter, og sender inn det som skal telles.",
        "Registrerer samarbeid og verksemder, og sender inn det som skal teljast.",
        "Records collaborations and organisations, and submits what is to be counted.",
    ),
    permissions=_READING
    | {
        "people.read",
        "activities.record",
        "organisations.change",
        "figures.change",
        "imports.run",
        "inquiries.read",
        "inquiries.handle",
        "inquiries.forms",
        "letters.handle",
    },
    reach=Reach.EITHER,
)

VALIDATOR = Role(
    code="validator",
    words=Words("Godkjenner", "Godkjennar", "Validator"),
    sentence=Words(
        "Kontrollerer det andre har sendt inn, og godkjenner det slik at det teller.",
        "Kontrollerer det andre har sendt inn, og godkjenner det slik at det tel.",
        "Checks what others have submitted, and validates it so that it counts.",
    ),
    permissions=_READING | {"people.read", "activities.validate", "publications.approve"},
    reach=Reach.EITHER,
)

PROGRAMME_MANAGER = Role(
    code="programme_manager",
    words=Words("Programleder", "Programleiar", "Programme manager"),
    sentence=Words(
        "Setter mål for programmet og bestemmer hvilke tall som måler dem.",
        "Set mål for programmet og avgjer kva tal som måler dei.",
        "Sets the programme's targets and decides which figures measure them.",
    ),
    permissions=_READING
    | {
        "programmes.change",
        "figures.change",
        "surveys.manage",
        "publications.write",
        "publications.approve",
        "witnesses.manage",
    },
)

READER = Role(
    code="reader",
    words=Words("Leser", "Lesar", "Reader"),
    sentence=Words(
        "Ser alle tall og listene bak dem, men endrer ingenting.",
        "Ser alle tal og listene bak dei, men endrar ingenting.",
        "Sees every figure and the list behind it, and changes nothing.",
    ),
    permissions=_READING,
    reach=Reach.EITHER,
    two_factors=False,
)

PRIVACY = Role(
    code="privacy",
    words=Words("Personvern", "Personvern", "Data protection"),
    sentence=Words(
        "Ser hva vi har om personer og hvem som har tilgang, og svarer for innsyn og sletting.",
        "Ser kva vi har om personar og kven som har tilgang, og svarer for innsyn og sletting.",
        "Sees what we hold about people and who has access, and answers for access and erasure.",
    ),
    permissions=_READING | {"people.read", "privacy.manage", "accounts.read"},
)

PARTNER = Role(
    code="partner",
    words=Words("Bedriftskontakt", "Bedriftskontakt", "Company contact"),
    sentence=Words(
        "Ser sakene og samarbeidene til sin egen virksomhet.",
        "Ser sakene og samarbeida til si eiga verksemd.",
        "Sees the cases and collaborations of their own organisation.",
    ),
    permissions=PUBLIC | {"mine.read"},
    reach=Reach.ORGANISATION,
    local=True,
    two_factors=False,
)

STUDENT = Role(
    code="student",
    words=Words("Student", "Student", "Student"),
    sentence=Words(
        "Ser det som gjelder en selv: egne saker og samarbeid.",
        "Ser det som gjeld ein sjølv: eigne saker og samarbeid.",
        "Sees what is about oneself: own cases and collaborations.",
    ),
    permissions=PUBLIC | {"mine.read"},
    reach=Reach.SELF,
    two_factors=False,
)

ADMINISTRATOR = Role(
    code="administrator",
    words=Words("Administrator", "Administrator", "Administrator"),
    sentence=Words(
        "Gir og avslutter andres roller, men kan ikke bruke dem selv.",
        "Gir og avsluttar rollene til andre, men kan ikkje bruke dei sjølv.",
        "Gives and ends the roles of others, and cannot use them.",
    ),
    permissions=PUBLIC | {"accounts.read", "accounts.manage", "witnesses.manage"},
    reach=Reach.EITHER,
    local=True,
)

ROLES: tuple[Role, ...] = (
    COORDINATOR,
    VALIDATOR,
    PROGRAMME_MANAGER,
    READER,
    ADMINISTRATOR,
    PRIVACY,
    PARTNER,
    STUDENT,
)

_BY_CODE = {role.code: role for role in ROLES}


def role(code: str) -> Role:
    """The role of a code; KeyError where there is none."""
    return _BY_CODE[code]


def known(codes: Iterable[str]) -> list[Role]:
    """The roles of these codes; a code that no longer is a role gives nothing."""
    return [_BY_CODE[code] for code in codes if code in _BY_CODE]
