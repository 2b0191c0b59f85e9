"""A team of students from several subjects works on a client's challenge through a season (as Demola does)."""

from samtall.activities.kind import Evidence, Family, Field, FieldType, Kind, Milestone, Season
from samtall.activities.minimum import all_students_left
from samtall.activities.roles import CLIENT, COMPANY_SUPERVISOR, INSTITUTION, STUDENT, SUPERVISOR
from samtall.activities.stages import STUDENT_WORK
from samtall.base.text import Words

KIND = Kind(
    code="innovation_project",
    words=Words(nb="Innovasjonsprosjekt", nn="Innovasjonsprosjekt", en="Innovation project"),
    words_many=Words(nb="Innovasjonsprosjekter", nn="Innovasjonsprosjekt", en="Innovation projects"),
    description=Words(
        nb=(
            "Et lag av studenter fra flere fag arbeider med en utfordring fra en oppdragsgiver gjennom en sesong, slik "
            "Demola gjør. Resultatet tilhører laget, og oppdragsgiveren kan lisensiere eller kjøpe det."
        ),
        nn=(
            "Eit lag av studentar frå fleire fag arbeider med ei utfordring frå ein oppdragsgivar gjennom ein sesong, "
            "slik Demola gjer. Resultatet høyrer til laget, og oppdragsgivaren kan lisensiere eller kjøpe det."
        ),
        en=(
            "A team of students from several subjects works on a client's challenge through a season, as Demola does. "
            "The result belongs to the team, and the client may license or buy it."
        ),
    ),
    wish=Words(
        nb="Innovasjonsprosjekt med et studentteam",
        nn="Innovasjonsprosjekt med eit studentteam",
        en="An innovation project with a student team",
    ),
    minimum=Words(
        nb="Laget har begynt, og ikke alle studentene har sluttet.",
        nn="Laget har byrja, og ikkje alle studentane har slutta.",
        en="The team has started, and not all of the students have left.",
    ),
    deed=Words(
        nb="{people} arbeidet med en utfordring fra {outside}",
        nn="{people} arbeidde med ei utfordring frå {outside}",
        en="{people} worked on a challenge from {outside}",
    ),
    family=Family.STUDENT,
    roles=(CLIENT, INSTITUTION, STUDENT, SUPERVISOR, COMPANY_SUPERVISOR),
    evidence=(Evidence.AGREEMENT, Evidence.CONFIRMATION, Evidence.MINUTES),
    fields=(
        Field(
            code="challenge",
            words=Words(nb="Utfordring", nn="Utfordring", en="Challenge"),
            type=FieldType.TEXT,
            help=Words(
                nb="Hva laget skal finne ut av, i én setning.",
                nn="Kva laget skal finne ut av, i éi setning.",
                en="What the team is to find out, in one sentence.",
            ),
            headings=("Case", "Oppgave", "Oppgåve"),
        ),
        Field(
            code="licence",
            words=Words(nb="Lisens", nn="Lisens", en="Licence"),
            type=FieldType.CHOICE,
            help=Words(
                nb="Hva oppdragsgiveren valgte å gjøre med resultatet.",
                nn="Kva oppdragsgivaren valde å gjere med resultatet.",
                en="What the client chose to do with the result.",
            ),
            choices=(
                ("none", Words(nb="Ingen", nn="Ingen", en="None")),
                ("option", Words(nb="Opsjon", nn="Opsjon", en="Option")),
                ("licensed", Words(nb="Lisensiert", nn="Lisensiert", en="Licensed")),
                ("bought", Words(nb="Kjøpt", nn="Kjøpt", en="Bought")),
            ),
        ),
    ),
    shortfall=all_students_left,
    ends_required=True,
    stages=STUDENT_WORK,
    milestones=(
        Milestone("kick_off", Words(nb="Oppstart", nn="Oppstart", en="Kick-off"), percent=0),
        Milestone("halfway", Words(nb="Midtveis", nn="Midtvegs", en="Mid-term"), percent=50),
        Milestone("pitch", Words(nb="Sluttpresentasjon", nn="Sluttpresentasjon", en="Final pitch"), percent=100),
    ),
    seasons=(
        Season(
            words=Words(nb="Høst", nn="Haust", en="Autumn"),
            first=(9, 1),
            last=(12, 15),
            deadlines={
                "supervisor": (6, 1),
                "approval": (6, 15),
                "students": (8, 25),
                "agreement": (8, 31),
                "submission": (1, 31),
            },
        ),
        Season(
            words=Words(nb="Vår", nn="Vår", en="Spring"),
            first=(2, 1),
            last=(5, 31),
            deadlines={
                "supervisor": (11, 15),
                "approval": (12, 1),
                "students": (1, 20),
                "agreement": (1, 31),
                "submission": (6, 30),
            },
        ),
    ),
    headings=("Demola", "Demola-prosjekt", "Innovation"),
)
