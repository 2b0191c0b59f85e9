"""A bachelor or master thesis written with an outside organisation."""

from samtall.activities.kind import Evidence, Family, Field, FieldType, Kind, Milestone, Season
from samtall.activities.minimum import all_students_left
from samtall.activities.roles import COMPANY_SUPERVISOR, HOST, INSTITUTION, STUDENT, SUPERVISOR
from samtall.activities.stages import STUDENT_WORK
from samtall.base.text import Words

KIND = Kind(
    code="thesis",
    words=Words(nb="Studentoppgave", nn="Studentoppgåve", en="Thesis"),
    words_many=Words(nb="Studentoppgaver", nn="Studentoppgåver", en="Theses"),
    description=Words(
        nb="En bachelor- eller masteroppgave som studenter skriver sammen med en virksomhet.",
        nn="Ei bachelor- eller masteroppgåve som studentar skriv saman med ei verksemd.",
        en="A bachelor or master thesis that students write together with an organisation.",
    ),
    wish=Words(
        nb="Bachelor- eller masteroppgave",
        nn="Bachelor- eller masteroppgåve",
        en="A bachelor or master thesis",
    ),
    minimum=Words(
        nb="Arbeidet har begynt, og ikke alle studentene har sluttet.",
        nn="Arbeidet har byrja, og ikkje alle studentane har slutta.",
        en="The work has started, and not all of the students have left.",
    ),
    deed=Words(
        nb="{people} skrev studentoppgave sammen med {outside}",
        nn="{people} skreiv studentoppgåve saman med {outside}",
        en="{people} wrote a thesis together with {outside}",
    ),
    family=Family.STUDENT,
    roles=(HOST, INSTITUTION, STUDENT, SUPERVISOR, COMPANY_SUPERVISOR),
    evidence=(Evidence.AGREEMENT, Evidence.CONFIRMATION),
    fields=(
        Field(
            code="level",
            words=Words(nb="Nivå", nn="Nivå", en="Level"),
            type=FieldType.CHOICE,
            required=True,
            choices=(
                ("bachelor", Words(nb="Bachelor", nn="Bachelor", en="Bachelor")),
                ("master", Words(nb="Master", nn="Master", en="Master")),
            ),
            headings=("Grad", "Degree"),
        ),
    ),
    shortfall=all_students_left,
    ends_required=True,
    stages=STUDENT_WORK,
    milestones=(
        Milestone(
            "description", Words(nb="Prosjektbeskrivelse", nn="Prosjektskildring", en="Project description"), percent=20
        ),
        Milestone(
            "draft",
            Words(nb="Utkast til veileder", nn="Utkast til rettleiar", en="Draft to the supervisor"),
            percent=75,
        ),
        Milestone("handed_in", Words(nb="Levert", nn="Levert", en="Handed in"), percent=100),
    ),
    seasons=(
        Season(
            words=Words(nb="Vår", nn="Vår", en="Spring"),
            first=(1, 8),
            last=(6, 15),
            deadlines={
                "supervisor": (11, 1),
                "approval": (11, 15),
                "students": (12, 1),
                "agreement": (12, 20),
                "submission": (8, 31),
            },
        ),
    ),
    headings=(
        "Bacheloroppgave",
        "Bacheloroppgåve",
        "Masteroppgave",
        "Masteroppgåve",
        "Oppgave",
        "Oppgåve",
        "Bachelor thesis",
        "Master thesis",
    ),
)
