"""A real task from an organisation, solved by students as a part of their studies."""

from samtall.activities.kind import Evidence, Family, Field, FieldType, Kind
from samtall.activities.minimum import all_students_left
from samtall.activities.roles import CLIENT, INSTITUTION, STUDENT
from samtall.base.text import Words

KIND = Kind(
    code="student_project",
    words=Words(nb="Studentprosjekt", nn="Studentprosjekt", en="Student project"),
    words_many=Words(nb="Studentprosjekter", nn="Studentprosjekt", en="Student projects"),
    description=Words(
        nb="Studenter løser en virkelig oppgave for en virksomhet som en del av et emne.",
        nn="Studentar løyser ei verkeleg oppgåve for ei verksemd som ein del av eit emne.",
        en="Students solve a real task for an organisation as a part of a course of study.",
    ),
    minimum=Words(
        nb="Arbeidet har begynt, og ikke alle studentene har sluttet.",
        nn="Arbeidet har byrja, og ikkje alle studentane har slutta.",
        en="The work has started, and not all of the students have left.",
    ),
    family=Family.STUDENT,
    roles=(CLIENT, INSTITUTION, STUDENT),
    evidence=(Evidence.AGREEMENT, Evidence.CONFIRMATION),
    fields=(
        Field(
            code="subject",
            words=Words(nb="Emne", nn="Emne", en="Subject"),
            type=FieldType.TEXT,
            help=Words(
                nb="Emnet oppgaven hører til, for eksempel en emnekode.",
                nn="Emnet oppgåva høyrer til, til dømes ein emnekode.",
                en="The subject that the task belongs to, for example a course code.",
            ),
            headings=("Emnekode", "Course code"),
        ),
    ),
    shortfall=all_students_left,
    ends_required=True,
    headings=("Prosjekt", "Prosjektoppgave", "Prosjektoppgåve", "Project"),
)
