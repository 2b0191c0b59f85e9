"""A bachelor or master thesis written with an outside organisation."""

from samtall.activities.kind import Evidence, Family, Field, FieldType, Kind
from samtall.activities.minimum import all_students_left
from samtall.activities.roles import HOST, INSTITUTION, STUDENT
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
    minimum=Words(
        nb="Arbeidet har begynt, og ikke alle studentene har sluttet.",
        nn="Arbeidet har byrja, og ikkje alle studentane har slutta.",
        en="The work has started, and not all of the students have left.",
    ),
    family=Family.STUDENT,
    roles=(HOST, INSTITUTION, STUDENT),
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
