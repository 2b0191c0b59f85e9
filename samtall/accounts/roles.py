"""The roles that a user can hold, each as a declaration that can be read aloud."""

from dataclasses import dataclass

from samtall.base.text import Words

#: What everybody may do, signed in or not.
PUBLIC = frozenset({"programmes.read", "figures.read"})

_READING = PUBLIC | {"figures.list", "figures.people", "activities.read", "organisations.read", "api.use"}


@dataclass(frozen=True)
class Role:
    """A role: its name, who has it and why in one sentence, and what it may do beyond what everybody may."""

    code: str
    words: Words
    sentence: Words
    permissions: frozenset[str]


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
        "imports.run",
        "inquiries.read",
        "inquiries.handle",
        "inquiries.forms",
        "letters.handle",
    },
)

VALIDATOR = Role(
    code="validator",
    words=Words("Godkjenner", "Godkjennar", "Validator"),
    sentence=Words(
        "Kontrollerer det andre har sendt inn, og godkjenner det slik at det teller.",
        "Kontrollerer det andre har sendt inn, og godkjenner det slik at det tel.",
        "Checks what others have submitted, and validates it so that it counts.",
    ),
    permissions=_READING | {"people.read", "activities.validate"},
)

PROGRAMME_MANAGER = Role(
    code="programme_manager",
    words=Words("Programleder", "Programleiar", "Programme manager"),
    sentence=Words(
        "Setter mål for programmet og bestemmer hvilke tall som måler dem.",
        "Set mål for programmet og avgjer kva tal som måler dei.",
        "Sets the programme's targets and decides which figures measure them.",
    ),
    permissions=_READING | {"programmes.change", "figures.change"},
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
)

ADMINISTRATOR = Role(
    code="administrator",
    words=Words("Administrator", "Administrator", "Administrator"),
    sentence=Words(
        "Gir og avslutter andres roller, men kan ikke bruke dem selv.",
        "Gir og avsluttar rollene til andre, men kan ikkje bruke dei sjølv.",
        "Gives and ends the roles of others, and cannot use them.",
    ),
    permissions=PUBLIC | {"accounts.manage"},
)

ROLES: tuple[Role, ...] = (COORDINATOR, VALIDATOR, PROGRAMME_MANAGER, READER, ADMINISTRATOR)

_BY_CODE = {role.code: role for role in ROLES}


def role(code: str) -> Role:
    """The role of a code; KeyError where there is none."""
    return _BY_CODE[code]


def permissions_of(codes: frozenset[str]) -> frozenset[str]:
    """What somebody who holds these roles may do; a code that no longer is a role gives nothing."""
    return PUBLIC.union(*(_BY_CODE[code].permissions for code in codes if code in _BY_CODE))
