"""Pupils try an occupation at an organisation, led by their teacher. They are counted by head: most are under 18."""

from samtall.activities.kind import Evidence, Family, Field, FieldType, Kind
from samtall.activities.roles import HOST, PUPIL, SCHOOL, TEACHER
from samtall.base.text import Words

KIND = Kind(
    code="pupil_placement",
    words=Words(nb="Utplassering av elever", nn="Utplassering av elevar", en="Pupils' work placement"),
    words_many=Words(nb="Utplasseringer av elever", nn="Utplasseringar av elevar", en="Pupils' work placements"),
    description=Words(
        nb="Elever prøver et yrke i en virksomhet, for eksempel i yrkesfaglig fordypning (YFF). De telles uten navn.",
        nn="Elevar prøver eit yrke i ei verksemd, til dømes i yrkesfagleg fordjuping (YFF). Dei blir talde utan namn.",
        en="Pupils try an occupation at an organisation, for example in vocational studies. Counted without names.",
    ),
    wish=Words(nb="Elever i praksis", nn="Elevar i praksis", en="Pupils on placement"),
    minimum=Words(nb="Utplasseringen har begynt.", nn="Utplasseringa har byrja.", en="The placement has started."),
    family=Family.CONTACT,
    roles=(HOST, SCHOOL, PUPIL, TEACHER),
    evidence=(Evidence.AGREEMENT, Evidence.CONFIRMATION, Evidence.ATTENDANCE_LIST),
    fields=(
        Field(
            code="days",
            words=Words(nb="Dager per elev", nn="Dagar per elev", en="Days per pupil"),
            type=FieldType.INTEGER,
            headings=("Antall dager", "Tal på dagar", "Days"),
        ),
    ),
    deed=Words(
        nb="{people} var utplassert hos {outside}",
        nn="{people} var utplasserte hos {outside}",
        en="{people} had a work placement with {outside}",
    ),
    ends_required=True,
    headings=(
        "YFF",
        "Utplassering",
        "Yrkesfaglig fordypning",
        "Yrkesfagleg fordjuping",
        "Arbeidsuke",
        "Work experience",
    ),
)
