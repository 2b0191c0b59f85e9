"""A course for people in working life, given by an education institution."""

from samtall.activities.kind import Evidence, FactRole, Family, Field, FieldType, Kind, PartyType, Role
from samtall.base.text import Words
from samtall.kinds.course.facts import PARAMETERS, course_facts
from samtall.ledger.facts import Side

PROVIDER = Role(
    code="provider",
    words=Words(nb="Kurstilbyder", nn="Kurstilbydar", en="Course provider"),
    side=Side.EDUCATION,
    party=PartyType.ORGANISATION,
    required=True,
    headings=("Tilbyder", "Tilbydar", "Institusjon", "Utdanningsinstitusjon", "Provider", "Institution"),
)
PARTICIPANT = Role(
    code="participant",
    words=Words(nb="Deltaker", nn="Deltakar", en="Participant"),
    side=Side.OUTSIDE,
    party=PartyType.PERSON,
    required=True,
    quantity_unit="hour",
    headings=("Kursdeltaker", "Kursdeltakar", "Deltakere", "Deltakarar", "Participants"),
)

KIND = Kind(
    code="course",
    words=Words(nb="Kurs", nn="Kurs", en="Course"),
    words_many=Words(nb="Kurs", nn="Kurs", en="Courses"),
    description=Words(
        nb=(
            "Et kurs for folk i arbeidslivet, holdt av en utdanningsinstitusjon. For hver deltaker føres arbeidsgiver "
            "og timene deltakeren var til stede; 0 timer er ikke møtt."
        ),
        nn=(
            "Eit kurs for folk i arbeidslivet, halde av ein utdanningsinstitusjon. For kvar deltakar fører du "
            "arbeidsgivar og timane deltakaren var til stades; 0 timar er ikkje møtt."
        ),
        en=(
            "A course for people in working life, given by an education institution. For each participant the employer "
            "is recorded, and the hours that they attended; 0 hours is a no-show."
        ),
    ),
    wish=Words(
        nb="Kurs eller etterutdanning for ansatte",
        nn="Kurs eller etterutdanning for tilsette",
        en="Courses or further education for employees",
    ),
    minimum=Words(
        nb="En virksomhet deltok når minst én av folkene var til stede på minst halvparten av kurstimene.",
        nn="Ei verksemd deltok når minst éin av folka var til stades på minst halvparten av kurstimane.",
        en="A business took part when at least one of its people attended at least half of the course's hours.",
    ),
    family=Family.COURSE,
    roles=(PROVIDER, PARTICIPANT),
    evidence=(Evidence.ATTENDANCE_LIST,),
    fields=(
        Field(
            code="hours",
            words=Words(nb="Kurstimer", nn="Kurstimar", en="Course hours"),
            type=FieldType.DECIMAL,
            required=True,
            help=Words(
                nb="Hvor mange timer hele kurset varer.",
                nn="Kor mange timar heile kurset varer.",
                en="How many hours the whole course lasts.",
            ),
            headings=("Timer totalt", "Timar totalt", "Varighet", "Duration"),
        ),
    ),
    fact_roles=(FactRole("business", Words(nb="Bedrift på kurs", nn="Bedrift på kurs", en="Business on a course")),),
    parameters=PARAMETERS,
    facts=course_facts,
    headings=("Etterutdanning", "Vidareutdanning", "Videreutdanning", "EVU", "Seminar", "Training"),
)
