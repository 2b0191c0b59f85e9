"""An organisation is mentor for a youth enterprise of pupils, led by their teacher. The pupils are counted by head."""

from samtall.activities.kind import Evidence, Family, Kind, PartyType, Role
from samtall.activities.roles import PUPIL, SCHOOL, TEACHER
from samtall.base.text import Words
from samtall.ledger.facts import Side

MENTOR = Role(
    code="mentor",
    words=Words(nb="Mentorbedrift", nn="Mentorbedrift", en="Mentor organisation"),
    side=Side.OUTSIDE,
    party=PartyType.ORGANISATION,
    required=True,
    headings=("Mentor", "Bedrift", "Virksomhet", "Verksemd", "Business"),
)

KIND = Kind(
    code="youth_enterprise",
    words=Words(nb="Mentor for ungdomsbedrift", nn="Mentor for ungdomsbedrift", en="Mentor of a youth enterprise"),
    words_many=Words(
        nb="Mentorer for ungdomsbedrifter", nn="Mentorar for ungdomsbedrifter", en="Mentors of youth enterprises"
    ),
    description=Words(
        nb="En virksomhet er mentor for elever som driver en ungdomsbedrift. Elevene telles uten navn.",
        nn="Ei verksemd er mentor for elevar som driv ei ungdomsbedrift. Elevane blir talde utan namn.",
        en="An organisation is mentor for pupils who run a youth enterprise. The pupils are counted without names.",
    ),
    wish=Words(
        nb="Være mentor for en ungdomsbedrift",
        nn="Vere mentor for ei ungdomsbedrift",
        en="To mentor a youth enterprise",
    ),
    minimum=Words(nb="Samarbeidet har begynt.", nn="Samarbeidet har byrja.", en="The collaboration has started."),
    family=Family.CONTACT,
    roles=(MENTOR, SCHOOL, PUPIL, TEACHER),
    evidence=(Evidence.AGREEMENT, Evidence.CONFIRMATION),
    deed=Words(
        nb="{outside} var mentor for en ungdomsbedrift med {people}",
        nn="{outside} var mentor for ei ungdomsbedrift med {people}",
        en="{outside} was mentor of a youth enterprise with {people}",
    ),
    ends_required=True,
    headings=("Ungdomsbedrift", "UB", "Youth enterprise"),
)
