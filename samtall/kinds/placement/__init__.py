"""A student's placement at a host organisation, as part of the education."""

from samtall.activities.kind import Evidence, Family, Field, FieldType, Kind, Milestone, Season
from samtall.activities.minimum import all_students_left
from samtall.activities.roles import COMPANY_SUPERVISOR, HOST, INSTITUTION, STUDENT, SUPERVISOR
from samtall.activities.stages import STUDENT_WORK
from samtall.base.text import Words

KIND = Kind(
    code="placement",
    words=Words(nb="Studentpraksis", nn="Studentpraksis", en="Placement"),
    words_many=Words(nb="Studentpraksis", nn="Studentpraksis", en="Placements"),
    description=Words(
        nb="Studenter er i praksis i en virksomhet i en kortere eller lengre periode, som en del av utdanningen.",
        nn="Studentar er i praksis i ei verksemd i ein kortare eller lengre periode, som ein del av utdanninga.",
        en="Students are placed with an organisation for a shorter or longer time, as a part of their education.",
    ),
    wish=Words(
        nb="Studenter i praksis",
        nn="Studentar i praksis",
        en="Students on placement",
    ),
    minimum=Words(
        nb="Praksisen har begynt, og ikke alle studentene har sluttet.",
        nn="Praksisen har byrja, og ikkje alle studentane har slutta.",
        en="The placement has started, and not all of the students have left.",
    ),
    deed=Words(
        nb="{people} var i praksis hos {outside}",
        nn="{people} var i praksis hos {outside}",
        en="{people} had a placement with {outside}",
    ),
    family=Family.STUDENT,
    roles=(HOST, INSTITUTION, STUDENT, SUPERVISOR, COMPANY_SUPERVISOR),
    evidence=(Evidence.AGREEMENT, Evidence.CONFIRMATION, Evidence.ATTENDANCE_LIST),
    fields=(
        Field(
            code="hours",
            words=Words(nb="Timer per student", nn="Timar per student", en="Hours per student"),
            type=FieldType.DECIMAL,
            headings=("Timer", "Timar", "Hours"),
        ),
        Field(
            code="credits",
            words=Words(nb="Studiepoeng", nn="Studiepoeng", en="Credits (ECTS)"),
            type=FieldType.DECIMAL,
            headings=("Credits", "ECTS"),
        ),
        Field(
            code="portal_reference",
            words=Words(
                nb="Referanse i praksisportalen",
                nn="Referanse i praksisportalen",
                en="Reference in the placement portal",
            ),
            type=FieldType.TEXT,
            help=Words(
                nb="Når praksisen føres i den nasjonale portalen. Den samme referansen er den samme praksisen.",
                nn="Når praksisen blir ført i den nasjonale portalen. Den same referansen er den same praksisen.",
                en="When the placement is kept in the national portal. The same reference is the same placement.",
            ),
            headings=("Portalreferanse", "Referanse i ALP", "ALP-referanse", "Portal reference"),
            unique=True,
        ),
    ),
    shortfall=all_students_left,
    ends_required=True,
    stages=STUDENT_WORK,
    milestones=(
        Milestone("first_talk", Words(nb="Oppstartssamtale", nn="Oppstartssamtale", en="First talk"), percent=0),
        Milestone(
            "halfway", Words(nb="Midtveisvurdering", nn="Midtvegsvurdering", en="Halfway assessment"), percent=50
        ),
        Milestone("final", Words(nb="Sluttvurdering", nn="Sluttvurdering", en="Final assessment"), percent=100),
    ),
    seasons=(
        Season(
            words=Words(nb="Høst", nn="Haust", en="Autumn"),
            first=(8, 20),
            last=(12, 15),
            deadlines={
                "supervisor": (5, 1),
                "approval": (5, 15),
                "students": (6, 15),
                "agreement": (8, 10),
                "submission": (1, 31),
            },
        ),
        Season(
            words=Words(nb="Vår", nn="Vår", en="Spring"),
            first=(1, 8),
            last=(6, 15),
            deadlines={
                "supervisor": (10, 15),
                "approval": (11, 1),
                "students": (11, 15),
                "agreement": (12, 15),
                "submission": (8, 31),
            },
        ),
    ),
    headings=("Praksis", "Praksisplass", "Internship"),
)
