"""Pupils or students visit an organisation. They are counted by head, without names: many are under 18."""

from samtall.activities.kind import Evidence, Family, Kind
from samtall.activities.roles import HOST, PUPIL, SCHOOL, TEACHER
from samtall.base.text import Words

KIND = Kind(
    code="company_visit",
    words=Words(nb="Bedriftsbesøk", nn="Bedriftsbesøk", en="Company visit"),
    words_many=Words(nb="Bedriftsbesøk", nn="Bedriftsbesøk", en="Company visits"),
    description=Words(
        nb="Elever eller studenter besøker en virksomhet. De telles uten navn.",
        nn="Elevar eller studentar vitjar ei verksemd. Dei blir talde utan namn.",
        en="Pupils or students visit an organisation. They are counted without names.",
    ),
    wish=Words(
        nb="Ta imot bedriftsbesøk",
        nn="Ta imot bedriftsbesøk",
        en="To receive a company visit",
    ),
    minimum=Words(
        nb="Besøket er begynt eller gjennomført.",
        nn="Besøket er byrja eller gjennomført.",
        en="The visit has begun or taken place.",
    ),
    deed=Words(
        nb="{people} besøkte {outside}",
        nn="{people} vitja {outside}",
        en="{people} visited {outside}",
    ),
    family=Family.CONTACT,
    roles=(HOST, SCHOOL, PUPIL, TEACHER),
    evidence=(Evidence.CONFIRMATION, Evidence.AGREEMENT, Evidence.ATTENDANCE_LIST),
    headings=("Besøk", "Ekskursjon", "Visit", "Excursion"),
)
