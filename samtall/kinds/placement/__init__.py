"""A student's placement at a host organisation, as part of the education."""

from samtall.activities.kind import Evidence, Family, Field, FieldType, Kind
from samtall.activities.minimum import all_students_left
from samtall.activities.roles import HOST, INSTITUTION, STUDENT
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
    minimum=Words(
        nb="Praksisen har begynt, og ikke alle studentene har sluttet.",
        nn="Praksisen har byrja, og ikkje alle studentane har slutta.",
        en="The placement has started, and not all of the students have left.",
    ),
    family=Family.STUDENT,
    roles=(HOST, INSTITUTION, STUDENT),
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
    ),
    shortfall=all_students_left,
    ends_required=True,
    headings=("Praksis", "Praksisplass", "Internship"),
)
