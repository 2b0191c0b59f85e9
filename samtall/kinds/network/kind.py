"""What a network is: its roles, and what it takes to count (R6)."""

from samtall.activities.kind import Evidence, Family, Field, FieldType, Kind, PartyType, Role
from samtall.activities.roles import INSTITUTION
from samtall.base.text import Words
from samtall.kinds.network.facts import PARAMETERS, network_facts, never_counted
from samtall.ledger.facts import Side

MEMBER = Role(
    code="member",
    words=Words(nb="Medlem", nn="Medlem", en="Member"),
    side=Side.OUTSIDE,
    party=PartyType.ORGANISATION,
    required=True,
    headings=("Medlemmer", "Medlemar", "Medlemsbedrift", "Members", "Bedrift", "Virksomhet", "Verksemd"),
)

KIND = Kind(
    code="network",
    words=Words(nb="Nettverk", nn="Nettverk", en="Network"),
    words_many=Words(nb="Nettverk", nn="Nettverk", en="Networks"),
    description=Words(
        nb="Virksomheter og utdanningsinstitusjoner som møtes jevnlig om samarbeidet sitt.",
        nn="Verksemder og utdanningsinstitusjonar som møtest jamleg om samarbeidet sitt.",
        en="Organisations and education institutions that meet regularly about their collaboration.",
    ),
    wish=Words(nb="Bli med i et nettverk", nn="Bli med i eit nettverk", en="To join a network"),
    minimum=Words(
        nb="Minst tre virksomheter er med, minst én av dem innen utdanning, og de har minst to møter på tolv måneder.",
        nn="Minst tre verksemder er med, minst éi av dei innan utdanning, og dei har minst to møte på tolv månader.",
        en="At least three organisations are members, one or more in education, and they meet twice in twelve months.",
    ),
    family=Family.NETWORK,
    roles=(MEMBER, INSTITUTION),
    evidence=(Evidence.MINUTES,),
    fields=(
        Field(
            code="meetings",
            words=Words(nb="Møter", nn="Møte", en="Meetings"),
            type=FieldType.DATES,
            help=Words(
                nb="Datoene det ble holdt møte, med komma mellom.",
                nn="Datoane det vart halde møte, med komma mellom.",
                en="The dates of the meetings held, separated by commas.",
            ),
            headings=("Møtedatoer", "Møtedatoar", "Meeting dates"),
            own_page=True,
        ),
    ),
    parameters=PARAMETERS,
    shortfall=never_counted,
    facts=network_facts,
    ends_required=True,
    headings=("Nettverkssamarbeid", "Klynge", "Cluster"),
)
