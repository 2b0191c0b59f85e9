"""Which heading holds what, in the register's own files and in the county's tidied copy."""

from collections.abc import Iterable

from samtall.parties.models import RegisterLoad

Kind = RegisterLoad.Kind

#: Our name of a column, and the headings it may have; the register's own come first and are also paths in its JSON.
HEADINGS = {
    "number": ("organisasjonsnummer", "Org. nr."),
    "name": ("navn",),
    "form": ("organisasjonsform.kode", "Organisasjonsform - Kode"),
    "form_name": ("organisasjonsform.beskrivelse", "Organisasjonsform"),
    "owner": ("overordnetEnhet", "Overordnet enhet"),
    "employees": ("antallAnsatte", "Antall ansatte"),
    "industry": ("naeringskode1.kode", "NACE 1"),
    "industry_name": ("naeringskode1.beskrivelse", "NACE 1 - Bransje"),
    "sector": ("institusjonellSektorkode.kode", "Sektorkode"),
    "website": ("hjemmeside",),
    "bankrupt": ("konkurs",),
    "winding_up": ("underAvvikling",),
    "dissolution": ("underTvangsavviklingEllerTvangsopplosning",),
    "deleted": ("slettedato",),
    "ended": ("nedleggelsesdato",),
}

#: Where a unit is: a legal unit's place of business, a work site's location (R11); a postal address is neither.
ADDRESSES = {Kind.ENHETER: "forretningsadresse", Kind.UNDERENHETER: "beliggenhetsadresse"}
PLACE = {
    "municipality": ("{address}.kommunenummer",),
    "municipality_name": ("{address} - Kommune",),
    "postal_code": ("{address}.postnummer",),
    "street": ("{address}.adresse",),
}

#: Without these a file is not an extract of the register.
NEEDED = {Kind.ENHETER: ("number", "name"), Kind.UNDERENHETER: ("number", "name", "owner")}


def headings(kind: Kind) -> dict[str, tuple[str, ...]]:
    """The headings of each column in a file of this kind."""
    place = {name: tuple(path.format(address=ADDRESSES[kind]) for path in paths) for name, paths in PLACE.items()}
    return HEADINGS | place


def kind_of(found: Iterable[str]) -> Kind | None:
    """The kind of a file by its headings; None when they do not tell."""
    folded = [heading.strip().casefold() for heading in found]
    kinds = [kind for kind, address in ADDRESSES.items() if any(name.startswith(address) for name in folded)]
    return kinds[0] if len(kinds) == 1 else None


def positions(found: Iterable[str], kind: Kind) -> dict[str, int]:
    """Our columns and where they stand among the headings of a file."""
    places = {heading.strip().casefold(): index for index, heading in reversed(list(enumerate(found)))}
    return {
        name: places[heading.casefold()]
        for name, choices in headings(kind).items()
        for heading in choices
        if heading.casefold() in places
    }
