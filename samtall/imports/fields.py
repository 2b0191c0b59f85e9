"""What a column of a spreadsheet can hold, with the headings that mean it in bokmål, nynorsk and English."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from samtall.activities.kind import Kind, PartyType
from samtall.activities.registry import kinds
from samtall.base.text import Words
from samtall.ledger.facts import Side

DETAIL = "detail:"


@dataclass(frozen=True)
class SheetField:
    """One thing that a column can hold: its words are the heading in our templates."""

    code: str
    words: Words
    explanation: Words
    headings: tuple[str, ...] = field(default=())

    def all_headings(self) -> list[str]:
        return [*self.words.as_dict().values(), *self.headings]


REFERENCE = SheetField(
    "reference",
    Words("Aktivitets-id", "Aktivitets-id", "Activity id"),
    Words(
        "Rader med samme id er én aktivitet. Kan stå tom.",
        "Rader med same id er éin aktivitet. Kan stå tom.",
        "Rows with the same id are one activity. May be empty.",
    ),
    (
        *("Id", "Ref", "Referanse", "Aktivitet-id", "Aktivitet-id/Ref", "Aktivitetsnr", "Aktivitetsnummer"),
        *("Reference", "Activity number"),
    ),
)
KIND = SheetField(
    "kind",
    Words("Slag", "Slag", "Kind"),
    Words("Hva slags aktivitet det er.", "Kva slags aktivitet det er.", "What kind of activity it is."),
    (
        *("Type", "Kategori", "Aktivitetstype", "Aktivitetsslag", "Type aktivitet", "Slags aktivitet"),
        *("Slag aktivitet", "Category", "Type of activity", "Activity type", "Kind of activity"),
    ),
)
TITLE = SheetField(
    "title",
    Words("Tittel", "Tittel", "Title"),
    Words("Hva aktiviteten heter.", "Kva aktiviteten heiter.", "What the activity is called."),
    (
        *("Aktivitet", "Navn på aktivitet", "Namn på aktivitet", "Aktivitetsnavn", "Aktivitetsnamn", "Overskrift"),
        *("Kursnavn", "Kursnamn", "Prosjektnavn", "Prosjektnamn", "Tema", "Activity", "Name of activity"),
    ),
)
STARTS = SheetField(
    "starts",
    Words("Fra", "Frå", "From"),
    Words("Første dag, for eksempel 15.09.2016.", "Første dag, til dømes 15.09.2016.", "First day, as 15.09.2016."),
    (
        *("Fra dato", "Frå dato", "Fra og med", "Frå og med", "Dato", "Start", "Startdato", "Oppstart", "Begynner"),
        *("Begynte", "Byrjar", "Byrja", "Date", "Start date", "From date", "Starts"),
    ),
)
ENDS = SheetField(
    "ends",
    Words("Til", "Til", "To"),
    Words("Siste dag.", "Siste dag.", "Last day."),
    (
        *("Til dato", "Til og med", "Slutt", "Sluttdato", "Avsluttet", "Avslutta", "Ferdig"),
        *("End", "End date", "To date", "Ends", "Until"),
    ),
)
ORGANISATION = SheetField(
    "organisation",
    Words("Virksomhet", "Verksemd", "Organisation"),
    Words(
        "Virksomheten som deltar, eller arbeidsgiveren til den som deltar.",
        "Verksemda som deltek, eller arbeidsgivaren til den som deltek.",
        "The organisation that takes part, or the employer of the person who does.",
    ),
    (
        *("Bedrift", "Firma", "Foretak", "Føretak", "Organisasjon", "Selskap", "Bedriftsnavn", "Bedriftsnamn"),
        *("Virksomhetsnavn", "Namn på verksemda", "Virksomhetens navn", "Arbeidsgiver", "Arbeidsgivar", "Partner"),
        *("Samarbeidspartner", "Company", "Business", "Employer", "Organization", "Company name"),
    ),
)
ORGANISATION_NUMBER = SheetField(
    "organisation_number",
    Words("Org.nr.", "Org.nr.", "Org. number"),
    Words(
        "Ni siffer, for hovedenheten eller underenheten.",
        "Ni siffer, for hovudeininga eller undereininga.",
        "Nine digits, of the legal unit or the sub-unit.",
    ),
    (
        *("Org nr", "Org nummer", "Orgnummer", "Organisasjonsnr", "Organisasjonsnummer", "Virksomhetens org.nr."),
        *("Org.nr. virksomhet", "Org.nr. verksemd", "Org.nr. bedrift", "Bedriftsnummer", "Foretaksnummer"),
        *("Org no", "Organisation number", "Organisation no", "Organization number", "Company number"),
    ),
)
EDUCATION = SheetField(
    "education",
    Words("Utdanningspart", "Utdanningspart", "Education party"),
    Words(
        "Universitetet, høyskolen eller skolen som deltar.",
        "Universitetet, høgskulen eller skulen som deltek.",
        "The university or school that takes part.",
    ),
    (
        *("Skole", "Skule", "Utdanningsinstitusjon", "Institusjon", "Universitet", "Høyskole", "Høgskule", "Lærested"),
        *("Lærestad", "Studiested", "Studiestad", "School", "University", "Institution"),
    ),
)
EDUCATION_NUMBER = SheetField(
    "education_number",
    Words("Org.nr. utdanningspart", "Org.nr. utdanningspart", "Education party number"),
    Words("Utdanningspartens ni siffer.", "Dei ni sifra til utdanningsparten.", "Its nine digits."),
    (
        *("Utdanningspartens org.nr.", "Org.nr. skole", "Org.nr. skule", "Skolens org.nr.", "Org.nr. institusjon"),
        *("School number", "Org. number of school"),
    ),
)
ROLE = SheetField(
    "role",
    Words("Rolle", "Rolle", "Role"),
    Words(
        "Virksomhetens eller personens rolle. Tom: den vanlige for slaget.",
        "Rolla til verksemda eller personen. Tom: den vanlege for slaget.",
        "The role of the organisation or person. Empty: the usual one of the kind.",
    ),
)
MUNICIPALITY = SheetField(
    "municipality",
    Words("Kommune", "Kommune", "Municipality"),
    Words(
        "Kommunen der det skjer: navn eller fire siffer.",
        "Kommunen der det skjer: namn eller fire siffer.",
        "The municipality where it happens: name or four digits.",
    ),
    (
        *("Kommunenr", "Kommunenummer", "Arbeidssted", "Arbeidsstad", "Arbeidsstedskommune", "Sted", "Stad"),
        *("Kommunenavn", "Place", "Municipality code"),
    ),
)
PERSON = SheetField(
    "person",
    Words("Deltaker", "Deltakar", "Participant"),
    Words("Navnet på den som deltar.", "Namnet på den som deltek.", "The name of the person who takes part."),
    ("Person", "Navn", "Namn", "Student", "Navn på deltaker", "Namn på deltakar", "Fullt navn", "Name", "Full name"),
)
EMAIL = SheetField(
    "email",
    Words("E-post", "E-post", "E-mail"),
    Words("E-postadressen til deltakeren.", "E-postadressa til deltakaren.", "The participant's e-mail address."),
    ("E-postadresse", "E-postadresse deltaker", "Epost", "Mail", "Mailadresse", "Email address"),
)
HEAD_COUNT = SheetField(
    "head_count",
    Words("Antall personer", "Tal på personar", "Number of people"),
    Words(
        "Hvor mange studenter, elever eller deltakere, når de ikke føres med navn.",
        "Kor mange studentar, elevar eller deltakarar, når dei ikkje er førte med namn.",
        "How many students, pupils or participants, when they are not named.",
    ),
    (
        *("Antall", "Tal", "Antall studenter", "Tal på studentar", "Antall elever", "Tal på elevar"),
        *("Antall deltakere", "Tal på deltakarar", "Antall deltagere", "Antall pers", "Studenter", "Studentar"),
        *("Deltakere", "Deltakarar", "Elever", "Elevar", "Number", "Number of students", "Number of participants"),
        *("Number of pupils", "Students", "Participants", "Head count"),
    ),
)
HOURS = SheetField(
    "hours",
    Words("Timer", "Timar", "Hours"),
    Words(
        "Timer, slik slaget regner dem: hele kursets eller studentens.",
        "Timar, slik slaget reknar dei: for heile kurset eller studenten.",
        "Hours, as the kind reckons them.",
    ),
    ("Antall timer", "Tal på timar", "Number of hours"),
)
ATTENDED_HOURS = SheetField(
    "attended_hours",
    Words("Timer til stede", "Timar til stades", "Hours attended"),
    Words(
        "Timer deltakeren var til stede; 0 er ikke møtt.",
        "Timar deltakaren var til stades; 0 er ikkje møtt.",
        "Hours that the participant attended; 0 is a no-show.",
    ),
    (
        *("Oppmøtte timer", "Oppmøtte timar", "Timer møtt", "Timar møtt", "Timer deltatt", "Timar delteke"),
        *("Møtte timer", "Attended hours", "Hours present"),
    ),
)
FTE = SheetField(
    "fte",
    Words("Årsverk", "Årsverk", "Full-time equivalents"),
    Words("Stillingens størrelse: 1 er full.", "Storleiken på stillinga: 1 er full.", "1 is a full position."),
    ("Antall årsverk", "Tal på årsverk", "FTE", "Stillinger", "Stillingar"),
)
OUTCOME = SheetField(
    "outcome",
    Words("Oppmøte", "Oppmøte", "Attendance"),
    Words(
        "Møtt, ikke møtt, sluttet eller fullført.",
        "Møtt, ikkje møtt, slutta eller fullført.",
        "Attended, no-show, dropped out or completed.",
    ),
    ("Deltakelse", "Deltaking", "Utfall", "Resultat", "Outcome", "Participation"),
)
ATTENDED_ON = SheetField(
    "attended_on",
    Words("Deltok dato", "Deltok dato", "Attended on"),
    Words(
        "Dagen deltakeren begynte, når den er en annen.",
        "Dagen deltakaren byrja, når han er ein annan.",
        "The day the participant began, when it is another.",
    ),
    ("Dato for deltakelse", "Dato for deltaking", "Møtte dato", "Deltok fra", "Deltok frå", "Date attended"),
)
EVIDENCE = SheetField(
    "evidence",
    Words("Dokumentasjon", "Dokumentasjon", "Evidence"),
    Words(
        "Hva som viser det og hvor det finnes, for eksempel «Avtale 16/1234».",
        "Kva som viser det og kvar det finst, til dømes «Avtale 16/1234».",
        "What shows it and where it is found, such as “Agreement 16/1234”.",
    ),
    ("Bevis", "Bilag", "Vedlegg", "Arkivref", "Dok", "Dokument", "Dokumenter", "Documentation", "Proof"),
)
EVIDENCE_KIND = SheetField(
    "evidence_kind",
    Words("Type dokumentasjon", "Type dokumentasjon", "Kind of evidence"),
    Words(
        "Avtale, deltakerliste, bekreftelse, referat eller registerutskrift.",
        "Avtale, deltakarliste, stadfesting, referat eller registerutskrift.",
        "Agreement, attendance list, confirmation, minutes or register extract.",
    ),
    ("Dokumentasjonstype", "Slags dokumentasjon", "Type of documentation"),
)
EVIDENCE_DATE = SheetField(
    "evidence_date",
    Words("Dokumentasjon datert", "Dokumentasjon datert", "Evidence dated"),
    Words("Datoen på dokumentasjonen.", "Datoen på dokumentasjonen.", "The date of the evidence."),
    ("Dokumentasjonsdato", "Dato dokumentasjon", "Dato for dokumentasjon", "Evidence date", "Date of evidence"),
)
STATUS = SheetField(
    "status",
    Words("Status", "Status", "Status"),
    Words(
        "Planlagt, pågår, gjennomført, avbrutt eller avlyst. Tom: etter datoene.",
        "Planlagd, pågår, gjennomført, avbroten eller avlyst. Tom: etter datoane.",
        "Planned, running, completed, aborted or cancelled. Empty: by the dates.",
    ),
    ("Tilstand", "State"),
)
PROGRAMME = SheetField(
    "programme",
    Words("Program", "Program", "Programme"),
    Words("Programmets navn.", "Namnet på programmet.", "The programme's name."),
    ("Byregionprogram", "Program (kort)", "Program"),
)
REMARK = SheetField(
    "remark",
    Words("Merknad", "Merknad", "Remark"),
    Words(
        "Står ved raden i importen, for dem som kan se personer; ikke i tallene.",
        "Står ved rada i importen, for dei som kan sjå personar; ikkje i tala.",
        "Is kept with the row in the import, for those who may see people; not in the figures.",
    ),
    (
        "Kommentar",
        "Kommentarer",
        "Kommentarar",
        "Notat",
        "Notater",
        "Merknader",
        "Comment",
        "Comments",
        "Note",
        "Remarks",
    ),
)
POSTAL_CODE = SheetField(
    "postal_code",
    Words("Postnummer", "Postnummer", "Postal code"),
    Words("Virksomhetens postnummer.", "Postnummeret til verksemda.", "The organisation's postal code."),
    ("Postnr", "Postnr.", "Zip", "Zip code"),
)
POSTAL_PLACE = SheetField(
    "postal_place",
    Words("Poststed", "Poststad", "Postal place"),
    Words("Virksomhetens poststed.", "Poststaden til verksemda.", "The organisation's postal place."),
    ("Post sted", "Postadresse sted", "By", "City", "Town"),
)
ADDRESS = SheetField(
    "address",
    Words("Adresse", "Adresse", "Address"),
    Words("Virksomhetens gateadresse.", "Gateadressa til verksemda.", "The organisation's street address."),
    ("Gateadresse", "Besøksadresse", "Besøksadr", "Postadresse", "Gate", "Street"),
)
COMPANY_EMAIL = SheetField(
    "company_email",
    Words("Virksomhetens e-post", "E-posten til verksemda", "Organisation's e-mail"),
    Words(
        "Brukes bare til å finne virksomheten, og blir ikke lagret.",
        "Blir berre brukt til å finne verksemda, og ikkje lagra.",
        "Only used to find the organisation, and not kept.",
    ),
    ("E-post bedrift", "Epost bedrift", "Bedriftens e-post", "E-post firma", "Kontakt e-post", "Company e-mail"),
)
WEB = SheetField(
    "web",
    Words("Nettside", "Nettside", "Web site"),
    Words("Virksomhetens nettsted.", "Nettstaden til verksemda.", "The organisation's web site."),
    ("Nettsted", "Nettstad", "Hjemmeside", "Heimeside", "Web", "URL", "Website", "Homepage"),
)

GENERAL = (
    *(REFERENCE, KIND, TITLE, STARTS, ENDS, ORGANISATION, ORGANISATION_NUMBER, EDUCATION, EDUCATION_NUMBER, ROLE),
    *(MUNICIPALITY, PERSON, EMAIL, HEAD_COUNT, HOURS, ATTENDED_HOURS, FTE, OUTCOME, ATTENDED_ON, EVIDENCE),
    *(EVIDENCE_KIND, EVIDENCE_DATE, STATUS, PROGRAMME, POSTAL_CODE, POSTAL_PLACE, ADDRESS, COMPANY_EMAIL, WEB, REMARK),
)
REQUIRED = (KIND, TITLE, STARTS)

#: Never taken in (I5), whatever stands in the cells.
NATIONAL_IDENTITY_HEADINGS = (
    *("Fødselsnummer", "Fødselsnr", "Fødsels- og personnummer", "Personnummer", "Personnr", "Fnr", "Pnr", "D-nummer"),
    *("Dnr", "Fødselsnummer (11 siffer)", "Personnummer (11 siffer)", "National identity number", "National id"),
    *("National id number", "Social security number", "SSN", "Personal identity number"),
)


def detail_fields(among: Iterable[Kind] | None = None) -> list[SheetField]:
    """The fields that kinds declare beyond the general ones; a code that several kinds use is one field."""
    found: dict[str, SheetField] = {}
    for kind in kinds() if among is None else among:
        for declared in kind.fields:
            headings = (*declared.words.as_dict().values(), *declared.headings)
            code = DETAIL + declared.code
            known = found.get(code)
            explanation = declared.help or Words(kind.words.nb, kind.words.nn, kind.words.en)
            found[code] = SheetField(
                code,
                known.words if known else declared.words,
                known.explanation if known else explanation,
                (*(known.headings if known else ()), *headings),
            )
    return list(found.values())


def all_fields() -> list[SheetField]:
    return [*GENERAL, *detail_fields()]


def field_of(code: str) -> SheetField | None:
    """The field with this code, or None."""
    return next((one for one in all_fields() if one.code == code), None)


def role_headings() -> list[tuple[str, str]]:
    """(heading, field code) for the roles of all kinds: who plays them stands in the column."""
    pairs: list[tuple[str, str]] = []
    for kind in kinds():
        for role in kind.roles:
            if not role.counted:
                continue
            if role.party is PartyType.ORGANISATION:
                code = EDUCATION.code if role.side is Side.EDUCATION else ORGANISATION.code
            else:
                code = PERSON.code if role.named else HEAD_COUNT.code
            pairs += [(heading, code) for heading in (*role.words.as_dict().values(), *role.headings)]
    return pairs
