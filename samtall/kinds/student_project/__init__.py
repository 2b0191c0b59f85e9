"""A real task from an organisation, solved by students as a part of their studies."""

from samtall.activities.kind import Evidence, Family, Field, FieldType, Kind, Milestone, Season
from samtall.activities.minimum import all_students_left
from samtall.activities.roles import CLIENT, COMPANY_SUPERVISOR, INSTITUTION, STUDENT, SUPERVISOR
from samtall.activities.stages import STUDENT_WORK
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
    wish=Words(
        nb="Prosjektoppgave for en gruppe studenter",
        nn="Prosjektoppgåve for ei gruppe studentar",
        en="A project for a group of students",
    ),
    minimum=Words(
        nb="Arbeidet har begynt, og ikke alle studentene har sluttet.",
        nn="Arbeidet har byrja, og ikkje alle studentane har slutta.",
        en="The work has started, and not all of the students have left.",
    ),
    deed=Words(
        nb="{people} løste en oppgave for {outside}",
        nn="{people} løyste ei oppgåve for {outside}",
        en="{people} solved a task for {outside}",
    ),
    family=Family.STUDENT,
    roles=(CLIENT, INSTITUTION, STUDENT, SUPERVISOR, COMPANY_SUPERVISOR),
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
    stages=STUDENT_WORK,
    milestones=(
        Milestone(
            "start",
            Words(nb="Oppstart med oppdragsgiveren", nn="Oppstart med oppdragsgivaren", en="Start with the client"),
            percent=0,
        ),
        Milestone("halfway", Words(nb="Midtveis", nn="Midtvegs", en="Halfway"), percent=50),
        Milestone("presentation", Words(nb="Presentasjon", nn="Presentasjon", en="Presentation"), percent=100),
    ),
    seasons=(
        Season(
            words=Words(nb="Høst", nn="Haust", en="Autumn"),
            first=(8, 20),
            last=(12, 15),
            deadlines={
                "supervisor": (5, 15),
                "approval": (6, 1),
                "students": (8, 25),
                "agreement": (8, 15),
                "submission": (1, 31),
            },
        ),
        Season(
            words=Words(nb="Vår", nn="Vår", en="Spring"),
            first=(1, 8),
            last=(6, 15),
            deadlines={
                "supervisor": (11, 1),
                "approval": (11, 15),
                "students": (1, 8),
                "agreement": (12, 20),
                "submission": (8, 31),
            },
        ),
    ),
    headings=("Prosjekt", "Prosjektoppgave", "Prosjektoppgåve", "Project"),
)
