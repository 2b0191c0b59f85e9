"""Someone from working life teaches at an education institution."""

from samtall.activities.kind import Evidence, Family, Field, FieldType, Kind, PartyType, Role
from samtall.activities.roles import INSTITUTION
from samtall.base.text import Words
from samtall.ledger.facts import Side

LECTURER = Role(
    code="lecturer",
    words=Words(nb="Foreleserens virksomhet", nn="Verksemda til førelesaren", en="Lecturer's organisation"),
    side=Side.OUTSIDE,
    party=PartyType.ORGANISATION,
    required=True,
    headings=("Bedrift", "Virksomhet", "Verksemd", "Foreleser", "Førelesar", "Lecturer", "Business"),
)
AUDIENCE = Role(
    code="audience",
    words=Words(nb="Tilhørere", nn="Tilhøyrarar", en="Audience"),
    side=Side.EDUCATION,
    party=PartyType.PERSON,
    named=False,
    headings=("Antall tilhørere", "Tal på tilhøyrarar", "Antall studenter", "Tal på studentar"),
)

KIND = Kind(
    code="guest_lecture",
    words=Words(nb="Gjesteforelesning", nn="Gjesteførelesing", en="Guest lecture"),
    words_many=Words(nb="Gjesteforelesninger", nn="Gjesteførelesingar", en="Guest lectures"),
    description=Words(
        nb="Noen fra arbeidslivet underviser studenter eller elever.",
        nn="Nokon frå arbeidslivet underviser studentar eller elevar.",
        en="Someone from working life teaches students or pupils.",
    ),
    wish=Words(
        nb="Holde gjesteforelesning",
        nn="Halde gjesteførelesing",
        en="To give a guest lecture",
    ),
    minimum=Words(
        nb="Forelesningen er begynt eller holdt.",
        nn="Førelesinga er byrja eller halden.",
        en="The lecture has begun or been held.",
    ),
    deed=Words(
        nb="{outside} holdt gjesteforelesning ved {education}",
        nn="{outside} heldt gjesteførelesing ved {education}",
        en="{outside} gave a guest lecture at {education}",
    ),
    family=Family.CONTACT,
    roles=(LECTURER, INSTITUTION, AUDIENCE),
    evidence=(Evidence.CONFIRMATION, Evidence.AGREEMENT, Evidence.ATTENDANCE_LIST),
    fields=(
        Field(
            code="hours",
            words=Words(nb="Timer", nn="Timar", en="Hours"),
            type=FieldType.DECIMAL,
            headings=("Varighet", "Lengd", "Duration"),
        ),
    ),
    headings=("Forelesning", "Førelesing", "Lecture"),
)
