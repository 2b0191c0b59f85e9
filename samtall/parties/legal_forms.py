"""Organisation forms of the business register: their codes and names."""

LEGAL_FORMS = {
    "AAFY": "Underenhet til ikke-næringsdrivende",
    "ADOS": "Administrativ enhet - offentlig sektor",
    "ANNA": "Annen juridisk person",
    "ANS": "Ansvarlig selskap med solidarisk ansvar",
    "AS": "Aksjeselskap",
    "ASA": "Allmennaksjeselskap",
    "BA": "Selskap med begrenset ansvar",
    "BBL": "Boligbyggelag",
    "BEDR": "Underenhet til næringsdrivende og offentlig forvaltning",
    "BO": "Andre bo",
    "BRL": "Borettslag",
    "DA": "Ansvarlig selskap med delt ansvar",
    "ENK": "Enkeltpersonforetak",
    "EOFG": "Europeisk økonomisk foretaksgruppe",
    "ESEK": "Eierseksjonssameie",
    "FKF": "Fylkeskommunalt foretak",
    "FLI": "Forening/lag/innretning",
    "FYLK": "Fylkeskommune",
    "GFS": "Gjensidig forsikringsselskap",
    "IKJP": "Andre ikke-juridiske personer",
    "IKS": "Interkommunalt selskap",
    "KBO": "Konkursbo",
    "KF": "Kommunalt foretak",
    "KIRK": "Den norske kirke",
    "KOMM": "Kommune",
    "KS": "Kommandittselskap",
    "KTRF": "Kontorfellesskap",
    "NUF": "Norskregistrert utenlandsk foretak",
    "OPMV": "Særskilt oppdelt enhet, jf. mvaloven § 2-2",
    "ORGL": "Organisasjonsledd",
    "PERS": "Andre enkeltpersoner registrert i tilknyttet register",
    "PK": "Pensjonskasse",
    "PRE": "Partrederi",
    "REV": "Enkeltpersoner som registreres i Revisorregisteret",
    "SA": "Samvirkeforetak",
    "SAM": "Tingsrettslig sameie",
    "SE": "Europeisk selskap",
    "SF": "Statsforetak",
    "SPA": "Sparebank",
    "STAT": "Staten",
    "STI": "Stiftelse",
    "SÆR": "Annet foretak iflg. særskilt lov",
    "TVAM": "Tvangsregistrert for MVA",
    "UDEF": "Udefinert",
    "UTLA": "Utenlandsk enhet",
    "VPFO": "Verdipapirfond",
}

#: The forms of sub-units.
SUB_UNITS = frozenset({"BEDR", "AAFY"})

#: Forms that are one person, whose address is a home.
PERSONS = frozenset({"ENK", "PERS", "REV"})

#: Endings that people write, or leave out, after a name.
NAME_ENDINGS = ("as", "asa", "sa", "ans", "da", "ba", "bbl", "brl", "iks", "kf", "fkf", "ks", "nuf", "sf", "enk", "sti")

_CODES = {name.casefold(): code for code, name in LEGAL_FORMS.items()}


def code_of_form(name: str) -> str:
    """The code of a form written out, such as "Aksjeselskap"; "" when there is none."""
    return _CODES.get(name.strip().casefold(), "")
